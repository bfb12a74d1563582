"""What issuing and withdrawing share: the signer, the status lists, appending to the log."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Issuer
from mcsite.credentials.checks import issuer_keys
from mcsite.credentials.cryptosuites import PrivateKeySigner, public_key_of
from mcsite.credentials.evidence import Evidence
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import secure, verify_proofs
from mcsite.credentials.status_list import (
    MIN_LENGTH,
    PURPOSES,
    StatusList,
    status_list_document,
)
from mcsite.errors import MachineError, UsageError
from mcsite.store.atomic import write_atomically
from mcsite.store.audit import read_list, status_files
from mcsite.store.issuers import documents_of, find_key
from mcsite.store.key_files import read_private_key
from mcsite.store.status_log import StatusLog, read_status_log


@dataclass(frozen=True, slots=True)
class IssuerSigner:
    """An issuer of the project, with the key that signs for it now."""

    issuer: Issuer
    signer: PrivateKeySigner


def signer_of(catalogue: Catalogue, key_file: Path, *, now: dt.datetime) -> IssuerSigner:
    """Return the signer in `key_file`; it has to be a current key of issuers.yaml."""
    private = read_private_key(key_file)
    found = find_key(catalogue.issuers, public_key_of(private))
    if found is None:
        raise UsageError(
            f"the public key of {key_file} isn't in credentials/issuers.yaml",
            hint="mcsite keygen adds it; a key of another site doesn't sign here",
        )
    issuer, record = found
    if record.revoked is not None or not record.covers(now):
        raise UsageError(f"the key {record.id} isn't in use today", hint="make one: mcsite keygen")
    return IssuerSigner(issuer, PrivateKeySigner(record.id, private))


def write_status_lists(
    project: Path, catalogue: Catalogue, by: IssuerSigner, first_lists: set[int], now: dt.datetime
) -> list[Path]:
    """Derive the lists from status.yaml, sign them, verify them, and only then replace the old."""
    log, _ = read_status_log(project)
    numbers = {number for first in first_lists for number in (first, first + 1)}
    numbers |= {int(path.stem) for path in status_files(project)}
    written = []
    for number in sorted(numbers):
        document = _signed_list(catalogue, by, log, number, now)
        path = project / "credentials" / "status" / f"{number}.json"
        _refuse_lost_bits(path, number, log)
        write_atomically(path, canonical(document) + b"\n")
        written.append(path)
    return written


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
    """A revocation is for ever: a list that forgets one is never written."""
    if not path.exists() or PURPOSES[(number - 1) % len(PURPOSES)] != "revocation":
        return
    subject = read_list(path).get("credentialSubject")
    encoded = subject.get("encodedList") if isinstance(subject, dict) else None
    old = StatusList.decode(encoded).indexes()
    lost = old - log.bits("revocation").get(number, frozenset())
    if lost:
        raise MachineError(
            f"status.yaml doesn't name {len(lost)} revocations that {path.name} has",
            hint="restore the lines of credentials/status.yaml that were removed",
        )
