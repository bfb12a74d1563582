"""mcsite keys compromised: a key was stolen, and what it signed for the institution stays good.

docs/decisions/0014 has the rule that verifiers follow.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from mcsite.commands.keys import find_issuer_key, signatures_of
from mcsite.commands.signing import IssuerSigner, signed_lists, signed_notices, signing
from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Issuer, IssuerKey
from mcsite.credentials.compromise import digest_of, issued_parts
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import secure_jcs, timestamp
from mcsite.credentials.strict_json import JsonFault
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Finding
from mcsite.store.audit import Audit
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.changes import change_together
from mcsite.store.issued_lists import list_address, list_path, read_parts
from mcsite.store.issuers_text import PATH, with_mark
from mcsite.store.ledger import Ledger, entry_of
from mcsite.store.status_log import StatusLog, read_status_log


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromise:
    """What was listed as issued with a stolen key: how many documents of each batch.

    `added` are the ids of those that an earlier list doesn't name; None where there was none.
    """

    key: str
    batches: Counter[str]
    added: tuple[str, ...] | None
    files: tuple[Path, ...] = field(default=())


def compromised_key(
    catalogue: Catalogue, name: str, by: IssuerSigner, *, at: dt.datetime, now: dt.datetime
) -> Compromise:
    """Say that a key was stolen. The key of `by` signs the list of what the institution did issue
    with it, from the batches, and signs anew the status lists and notices that the stolen key did.
    """
    root = catalogue.root
    with signing(catalogue, by, now=now) as (current, successor):
        issuer, key = find_issuer_key(current, name)
        method = f"{issuer.did}#{key.id}"
        if successor.issuer.did != issuer.did or successor.signer.verification_method == method:
            raise UsageError(
                f"another key of {issuer.did} has to sign", hint="make one: mcsite keygen"
            )
        later = _with_issuer(current, _stolen(issuer, key, key.compromised or at))
        issued = _issued_with(current, issuer, key, now)
        before = _known(root, key)
        files = _list_files(later, key, successor, set(issued), now)
        for other, known in _lists_signed_with(root, issuer, key, method).items():
            files |= _list_files(later, _key(issuer, other), successor, known, now)
        files |= _status_files(later, successor, now)
        if key.compromised is None:
            path = root / PATH
            text = path.read_text("utf-8")
            files[path] = with_mark(text, issuer.did, key.id, "compromised", timestamp(at)).encode()
        change_together(root, files)
        return Compromise(
            key=method,
            batches=Counter(stored.at.path.name for stored in issued.values()),
            added=tuple(stored.id for digest, stored in issued.items() if digest not in before)
            if before
            else None,
            files=tuple(files),
        )


def _key(issuer: Issuer, name: str) -> IssuerKey:
    return next(key for key in issuer.keys if key.id == name)


def _stolen(issuer: Issuer, key: IssuerKey, at: dt.datetime | None) -> Issuer:
    """Return the issuer as it is when `key` was stolen at that time, or never (None)."""
    changed = key.model_copy(update={"compromised": at})
    keys = tuple(changed if one.id == key.id else one for one in issuer.keys)
    return issuer.model_copy(update={"keys": keys})


def _with_issuer(catalogue: Catalogue, changed: Issuer) -> Catalogue:
    issuers = tuple(changed if one.did == changed.did else one for one in catalogue.issuers)
    return replace(catalogue, issuers=issuers)


def _issued_with(
    catalogue: Catalogue, issuer: Issuer, key: IssuerKey, now: dt.datetime
) -> dict[str, StoredCredential]:
    """Return what the batches have from a key, by digest and without its content. Each has to be
    in order, but for the key's having been stolen.
    """
    audit = Audit(_with_issuer(catalogue, _stolen(issuer, key, None)), now)
    ledger = Ledger(StatusLog(()), catalogue.site.base_url)
    issued: dict[str, StoredCredential] = {}
    wrong: list[Finding] = []
    for stored in read_batches(catalogue.root):
        if isinstance(stored, Finding):
            wrong.append(stored)
            continue
        ledger.enter(stored.at.path, [entry_of(stored)])
        found = audit.fault_of(stored)
        if found is not None:
            wrong.append(found)
        elif f"{issuer.did}#{key.id}" in signatures_of(stored.document):
            issued[digest_of(stored.document)] = replace(stored, text=b"", document={})
    wrong.extend(ledger.findings(catalogue.root))
    if wrong:
        raise ContentError("credentials/ has errors; nothing was signed", findings=wrong)
    return issued


def _list_files(
    catalogue: Catalogue, key: IssuerKey, by: IssuerSigner, digests: set[str], now: dt.datetime
) -> dict[Path, bytes | None]:
    parts = issued_parts(
        issuer=by.issuer.did,
        key=f"{by.issuer.did}#{key.id}",
        folder=list_address(catalogue.site.base_url, key),
        digests=digests,
    )
    lines = [canonical(secure_jcs(part, by.signer, now)) + b"\n" for part in parts.values()]
    return {list_path(catalogue.root, key): b"".join(lines)}


def _lists_signed_with(
    root: Path, issuer: Issuer, stolen: IssuerKey, method: str
) -> dict[str, set[str]]:
    """Return what the lists of other stolen keys name that `method` signed: it counts no more."""
    found: dict[str, set[str]] = {}
    for key in issuer.keys:
        if key.compromised is None or key.id == stolen.id:
            continue
        for part in read_parts(root, key):
            if method in signatures_of(part):
                found.setdefault(key.id, set()).update(_digests(part))
    return found


def _known(root: Path, key: IssuerKey) -> set[str]:
    """Return what a key's list names so far."""
    try:
        return {digest for part in read_parts(root, key) for digest in _digests(part)}
    except JsonFault:
        return set()


def _digests(part: JsonObject) -> Iterator[str]:
    digests = part.get("digests")
    for digest in digests if isinstance(digests, list) else []:
        if isinstance(digest, str):
            yield digest


def _status_files(
    catalogue: Catalogue, by: IssuerSigner, now: dt.datetime
) -> dict[Path, bytes | None]:
    """Return status lists and notices signed anew."""
    log, findings = read_status_log(catalogue.root)
    if findings:
        raise ContentError("credentials/status.yaml has errors", findings=findings)
    lists = signed_lists(catalogue, by, log, (), now)
    files = {one.path: one.data for one in lists}
    return {**files, **signed_notices(catalogue, by, now)}
