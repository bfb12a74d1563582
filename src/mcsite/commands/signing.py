"""What issuing and withdrawing share: the signer, the status lists, appending to the log."""

import contextlib
import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.project import with_issuers_of_now
from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Issuer
from mcsite.credentials.checks import issuer_keys
from mcsite.credentials.cryptosuites import Signer
from mcsite.credentials.evidence import Evidence
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import secure, secure_jcs, verify_proofs
from mcsite.credentials.reading import issuer_of
from mcsite.credentials.status_list import (
    MIN_LENGTH,
    PURPOSES,
    MalformedList,
    StatusList,
    status_list_document,
)
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.store.changes import changing
from mcsite.store.issuers import documents_of, find_key
from mcsite.store.key_files import KeyName, SigningKey, open_key
from mcsite.store.notices import ended_key, notice_in, proofs_hold, with_notices
from mcsite.store.signed_lists import moved_from, read_list, status_files
from mcsite.store.status_log import PATH as STATUS
from mcsite.store.status_log import StatusEvent, StatusLog


@dataclass(frozen=True, slots=True)
class IssuerSigner:
    """An issuer of the project, with the key that signs for it now."""

    issuer: Issuer
    signer: Signer
    key: SigningKey


def signer_of(catalogue: Catalogue, key_name: KeyName, *, now: dt.datetime) -> IssuerSigner:
    """Return the signer of a private key: it has to be a current key of issuers.yaml, and the site
    has to stand where it has issued for.
    """
    _refuse_moved(catalogue)
    return _judged(catalogue, open_key(key_name, catalogue.root), f"{key_name}", now)


@contextlib.contextmanager
def signing(
    catalogue: Catalogue, by: IssuerSigner, *, now: dt.datetime
) -> Iterator[tuple[Catalogue, IssuerSigner]]:
    """Hold the project's credentials, and yield the catalogue and the signer by what issuers.yaml
    says then: while this one waited, another command may have ended the key.
    """
    with changing(catalogue.root):
        catalogue = with_issuers_of_now(catalogue)
        yield catalogue, _judged(catalogue, by.key, by.signer.verification_method, now)


def _judged(catalogue: Catalogue, key: SigningKey, called: str, now: dt.datetime) -> IssuerSigner:
    """Return the signer of a key that may sign now, or refuse it."""
    found = find_key(catalogue.issuers, key.public)
    if found is None:
        raise UsageError(
            f"the public key of {called} isn't in credentials/issuers.yaml",
            hint="mcsite keygen adds it; a key of another site doesn't sign here",
        )
    issuer, record = found
    if record.revoked is not None or not record.covers(now):
        raise UsageError(f"the key {record.id} isn't in use today", hint="make one: mcsite keygen")
    return IssuerSigner(issuer, key.signer(record.id), key)


def _refuse_moved(catalogue: Catalogue) -> None:
    base_url = catalogue.site.base_url
    moved = moved_from(catalogue.root, base_url)
    if moved:
        raise ContentError(
            f"credentials were issued for {moved}, and base_url in site.yaml is {base_url}",
            hint="put base_url back: it is part of every credential, and can't change",
        )


@dataclass(frozen=True, slots=True)
class SignedList:
    """A status list that is ready to replace the file at `path`."""

    path: Path
    data: bytes


def signed_lists(
    catalogue: Catalogue, by: IssuerSigner, log: StatusLog, more: Collection[int], now: dt.datetime
) -> list[SignedList]:
    """Derive the issuer's lists and those of the pairs `more` from `log`, sign and verify them.

    Lists of another issuer stay as they are: a list counts only with its own issuer's signature.
    """
    owners = list_owners(catalogue.root)
    numbers = {number for number, owner in owners.items() if owner in (by.issuer.did, None)}
    numbers |= {number for first in more for number in (first, first + 1)}
    made = []
    for number in sorted(numbers):
        path = catalogue.root / "credentials" / "status" / f"{number}.json"
        _refuse_lost_bits(path, number, log)
        document = _signed_list(catalogue, by, log, number, now)
        made.append(SignedList(path, canonical(document) + b"\n"))
    return made


def signed_notices(catalogue: Catalogue, by: IssuerSigner, now: dt.datetime) -> dict[Path, bytes]:
    """Return status.yaml with those of the issuer's notices signed anew whose key doesn't count in
    `catalogue`: they say the same. Empty where there are none.
    """
    path = catalogue.root / STATUS
    if not path.exists():
        return {}
    keys = issuer_keys(by.issuer.did, Evidence(did_documents=documents_of(catalogue.issuers)))

    def anew(event: StatusEvent) -> JsonObject | None:
        notice = notice_in(event)
        if notice is None or not (proofs_hold(notice, keys) and ended_key(notice, keys)):
            return None
        said = {name: value for name, value in notice.items() if name != "proof"}
        return secure_jcs(said, by.signer, now)

    old = path.read_bytes()
    made = with_notices(old, anew)
    return {path: made} if made != old else {}


def list_owners(project: Path) -> dict[int, str | None]:
    """Return whose each status list on disk is, by number; None where the file is spoilt."""
    owners: dict[int, str | None] = {}
    for path in status_files(project):
        try:
            owners[int(path.stem)] = issuer_of(read_list(path))
        except JsonFault:
            owners[int(path.stem)] = None
    return owners


def _signed_list(
    catalogue: Catalogue, by: IssuerSigner, log: StatusLog, number: int, now: dt.datetime
) -> JsonObject:
    purpose = PURPOSES[(number - 1) % len(PURPOSES)]
    url = f"{catalogue.site.base_url}/status/{number}.json"
    document = secure(
        status_list_document(
            url=url,
            issuer=by.issuer.did,
            purpose=purpose,
            content=StatusList.of(log.bits(purpose).get(number, frozenset()), MIN_LENGTH),
            valid_from=now,
            valid_until=now + dt.timedelta(days=catalogue.site.status_list_days),
        ),
        by.signer,
        now,
    )
    keys = issuer_keys(by.issuer.did, Evidence(did_documents=documents_of([by.issuer])))
    if not verify_proofs(document, keys.key_of).holds:
        raise MachineError(f"the new list {url} doesn't verify; nothing was replaced")
    return document


def _refuse_lost_bits(path: Path, number: int, log: StatusLog) -> None:
    """A list that forgets a revocation, or a suspension that nobody ended, is never written."""
    if not path.exists():
        return
    purpose = PURPOSES[(number - 1) % len(PURPOSES)]
    lost = len(log.forgotten(purpose, number, _indexes_in(path)))
    if lost:
        raise ContentError(
            f"status.yaml doesn't name {lost} {purpose}{'' if lost == 1 else 's'} that {path.name} "
            "has",
            hint="restore the lines of credentials/status.yaml that were removed, from Git",
        )


def _indexes_in(path: Path) -> frozenset[int]:
    """Return what a list has set; where Git has joined the lists of two branches, one a line,
    what either has. What can't be read says nothing that could be lost.
    """
    found: frozenset[int] = frozenset()
    data = path.read_bytes()
    for text in (data, *data.splitlines()):
        try:
            subject = parse_object(text).get("credentialSubject")
            encoded = subject.get("encodedList") if isinstance(subject, dict) else None
            found |= StatusList.decode(encoded).indexes()
        except (JsonFault, MalformedList):
            continue
    return found
