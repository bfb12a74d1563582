"""Which proof sets were verified whole, RDFC included: paid for once, and kept by digest.

A build verifies the JCS proof of every credential and takes the RDFC proof that it names as bound
to it. `mcsite check` verifies that one too, which takes longer; what it found good is known by the
digest of the line and of the keys it was checked with, so that a changed byte or key is checked
anew. What was found bad is never kept.
"""

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Self

from mcsite.credentials.checks import IssuerKeys
from mcsite.credentials.cryptosuites import SUITES
from mcsite.credentials.proofs import proofs_of, verify_proofs
from mcsite.store.batches import StoredCredential
from mcsite.store.cache import read_cache, write_cache

CACHE = "verified-proofs"
# Raise it with every change of what is verified, or of the contexts: older results count no more.
_HEADING = b"mcsite verified proofs 2\n"
_MOST = 1_000_000  # results that are kept
_LENGTH = 16  # bytes of a digest: as hard to meet by chance, or on purpose, as a key to guess


@dataclass(slots=True)
class WholeProofs:
    """Verifies proof sets whole, but those that were before. Digests stand side by side: a million
    of them, each for itself, would be a lot of memory.
    """

    known: bytes = b""  # of an earlier run, sorted
    good: bytearray = field(default_factory=bytearray)  # of this run
    verified: int = 0  # in this run

    @classmethod
    def kept(cls, project: Path) -> Self:
        """Return what an earlier run kept; nothing of a file that can't be read."""
        data = read_cache(project, CACHE)
        known = data.removeprefix(_HEADING)
        return cls(known if known != data and not len(known) % _LENGTH else b"")

    def keep(self, project: Path) -> None:
        """Keep what this run found good, for the next one."""
        places = range(0, len(self.good), _LENGTH)
        found = groupby(sorted(bytes(self.good[at : at + _LENGTH]) for at in places))
        good = b"".join(digest for digest, _ in islice(found, _MOST))
        if good != self.known:
            write_cache(project, CACHE, _HEADING + good)

    def taken(self) -> "WholeProofs":
        """Return what was found since this was asked before."""
        found = WholeProofs(good=self.good, verified=self.verified)
        self.good, self.verified = bytearray(), 0
        return found

    def add(self, other: "WholeProofs") -> None:
        """Take what was found elsewhere."""
        self.good += other.good
        self.verified += other.verified

    def reason(self, stored: StoredCredential, keys: IssuerKeys) -> str:
        """Return "ok", or the word for what is wrong with a proof of a credential whose JCS proof
        holds.
        """
        proofs = proofs_of(stored.document)
        suites = (SUITES.get(str(proof.get("cryptosuite"))) for proof in proofs)
        if not any(suite and suite.canonicalization == "rdfc" for suite in suites):
            return "ok"
        digest = _digest(stored, keys)
        if not self._is_known(digest):
            self.verified += 1
            reason = verify_proofs(stored.document, keys.key_of).reason
            if reason != "ok":
                return reason
        self.good += digest
        return "ok"

    def _is_known(self, digest: bytes) -> bool:
        def at(place: int) -> bytes:
            return self.known[place * _LENGTH : (place + 1) * _LENGTH]

        count = len(self.known) // _LENGTH
        place = bisect_left(range(count), digest, key=at)
        return place < count and at(place) == digest


def _digest(stored: StoredCredential, keys: IssuerKeys) -> bytes:
    """Return what a result is kept by: the exact line, and every key that its proofs name."""
    found = hashlib.sha256(hashlib.sha256(stored.text).digest())
    for proof in proofs_of(stored.document):
        key = keys.key_of(str(proof.get("verificationMethod")))
        found.update(b"" if key is None else key.algorithm.encode() + key.raw)
    return found.digest()[:_LENGTH]
