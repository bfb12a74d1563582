"""Verifying credentials from other programs: the part of mcsite that keeps its shape.

`verify` is pure: it judges a document by the evidence that it is given, and reads neither clock nor
disk nor network. `verify_offline` and `verify_online` gather the evidence first. All of them give
the nine checks and the verdict of docs/explanation/verification.md. docs/reference/python.md has
examples.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from mcsite.commands.verify import Candidate, Verifier, offline_source
from mcsite.credentials.evidence import Evidence, Needs, Registry, Unavailable
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.verdict import Check, CheckResult, State, Verdict
from mcsite.credentials.verify import Verification, needs, verify
from mcsite.errors import McsiteError
from mcsite.store.carriers import credential_in
from mcsite.store.evidence import read_registries
from mcsite.store.https import HttpsClient

__all__ = [
    "Check",
    "CheckResult",
    "Evidence",
    "HttpsClient",
    "McsiteError",
    "Needs",
    "Registry",
    "State",
    "Unavailable",
    "Verdict",
    "Verification",
    "credential_in",
    "key_of_link",
    "needs",
    "read_registries",
    "verify",
    "verify_offline",
    "verify_online",
]


def verify_offline(
    data: bytes,
    folder: Path,
    *,
    now: dt.datetime,
    key: bytes | None = None,
    trusted: tuple[Registry, ...] | None = None,
) -> Verification:
    """Verify a document with what stands in `folder`: a repository, a built site, or the files of
    one. Uses no network.

    `key` opens a sealed one (`key_of_link` reads it from a link's fragment). `trusted` are lists of
    issuers to rely on instead of those in the folder. Raises McsiteError where the folder can't be
    used; a document can be any bytes.
    """
    verifier = Verifier(now=now, offline=offline_source(folder, now=now), trusted=trusted)
    return verifier.verification(Candidate("", data, key))


def verify_online(
    data: bytes,
    *,
    now: dt.datetime,
    agree: Callable[[str], bool],
    key: bytes | None = None,
    trusted: tuple[Registry, ...] | None = None,
    client: HttpsClient | None = None,
) -> Verification:
    """Verify a document with what its issuer's host answers, if `agree` says yes to that host.

    The document names the host: `agree` is where a program refuses hosts that it doesn't expect. A
    host that it refuses, or that doesn't answer, leaves checks that could not be made. `client`
    says how long to wait, and whose certificates to believe.
    """
    verifier = Verifier(
        now=now,
        may_ask=lambda _, host: agree(host),
        trusted=trusted,
        client=client or HttpsClient(),
    )
    return verifier.verification(Candidate("", data, key))
