"""Which proof sets were verified whole, RDFC included: paid for once, and kept by digest.

A build verifies the JCS proof of every credential and takes the RDFC proof that it names as bound
to it. `mcsite check` verifies that one too, which takes longer; what it found good is known by the
digest of the line and of the keys it was checked with, so that a changed byte or key is checked
anew. What was found bad is never kept.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from mcsite.credentials.checks import IssuerKeys
from mcsite.credentials.cryptosuites import SUITES
from mcsite.credentials.proofs import proofs_of, verify_proofs
from mcsite.store.batches import StoredCredential
from mcsite.store.cache import read_cache, write_cache

CACHE = "verified-proofs.txt"
# Raise it with every change of what is verified, or of the contexts: older results count no more.
_HEADING = b"mcsite verified proofs 1"
_MOST = 1_000_000  # results that are kept
_LENGTH = 16  # bytes of a digest: as hard to meet by chance, or on purpose, as a key to guess


@dataclass(slots=True)
class WholeProofs:
    """Verifies proof sets whole, but those that were before."""

    known: frozenset[bytes] = frozenset()
    good: set[bytes] = field(default_factory=set)  # of this run
    verified: int = 0  # in this run

    @classmethod
    def kept(cls, project: Path) -> Self:
        """Return what an earlier run kept; nothing of a file that can't be read."""
        heading, *lines = read_cache(project, CACHE).split(b"\n")
        if heading != _HEADING or any(len(line) != 2 * _LENGTH for line in lines if line):
            return cls()
        try:
            return cls(frozenset(bytes.fromhex(line.decode()) for line in lines if line))
        except ValueError:
            return cls()

    def keep(self, project: Path) -> None:
        """Keep what this run found good, for the next one."""
        if self.good != self.known:
            lines = sorted(digest.hex().encode() for digest in self.good)[:_MOST]
            write_cache(project, CACHE, b"\n".join([_HEADING, *lines, b""]))

    def reason(self, stored: StoredCredential, keys: IssuerKeys) -> str:
        """Return "ok", or the word for what is wrong with a proof of a credential whose JCS proof
        holds.
        """
        proofs = proofs_of(stored.document)
        suites = (SUITES.get(str(proof.get("cryptosuite"))) for proof in proofs)
        if not any(suite and suite.canonicalization == "rdfc" for suite in suites):
            return "ok"
        digest = _digest(stored, keys)
        if digest not in self.known:
            self.verified += 1
            reason = verify_proofs(stored.document, keys.key_of).reason
            if reason != "ok":
                return reason
        self.good.add(digest)
        return "ok"


def _digest(stored: StoredCredential, keys: IssuerKeys) -> bytes:
    """Return what a result is kept by: the exact line, and every key that its proofs name."""
    found = hashlib.sha256(hashlib.sha256(stored.text).digest())
    for proof in proofs_of(stored.document):
        key = keys.key_of(str(proof.get("verificationMethod")))
        found.update(b"" if key is None else key.algorithm.encode() + key.raw)
    return found.digest()[:_LENGTH]
