"""credentials/compromised/<public key>.jsonl: what an issuer did sign with a key that was stolen.

One signed part of the list a line (docs/decisions/0014). A site publishes each part by itself.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Issuer, IssuerKey
from mcsite.credentials.checks import IssuerKeys
from mcsite.credentials.compromise import MAX_DIGITS, TYPE, issued_service, issued_terms
from mcsite.credentials.did import KeyRecord
from mcsite.credentials.evidence import Evidence
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import proofs_of, verify_proofs
from mcsite.credentials.reading import listed
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.credentials.times import parse_time
from mcsite.findings import Finding, Position, Severity
from mcsite.store.issuers import document_of

FOLDER = PurePosixPath("credentials/compromised")
_DIGITS = {16**digits: digits for digits in range(MAX_DIGITS + 1)}  # by the number of parts


def list_path(root: Path, key: IssuerKey) -> Path:
    """Return where the list of a key is kept."""
    return root / FOLDER / f"{key.public_key}.jsonl"


def list_address(base_url: str, key: IssuerKey) -> str:
    """Return the address that the parts' names are added to."""
    return f"{base_url}/trust/issued/{key.public_key}/"


def read_parts(root: Path, key: IssuerKey) -> list[JsonObject]:
    """Return the parts of a key's list, none where there is no list; JsonFault for a bad line."""
    path = list_path(root, key)
    if not path.is_file():
        return []
    return [parse_object(line) for line in path.read_bytes().splitlines() if line.strip()]


def published_parts(catalogue: Catalogue, issuer: Issuer) -> Iterator[tuple[str, JsonObject]]:
    """Yield the parts of all lists of an issuer with their addresses; none of a spoilt list."""
    for key in issuer.keys:
        try:
            parts = [] if key.compromised is None else read_parts(catalogue.root, key)
        except JsonFault:
            continue
        folder = list_address(catalogue.site.base_url, key)
        addresses = _addresses(folder, len(parts))
        if [part.get("id") for part in parts] == addresses:
            yield from zip(addresses, parts, strict=True)


def published_document(catalogue: Catalogue, issuer: Issuer) -> JsonObject:
    """Return the issuer's DID document, with the way to its lists where it has any."""
    services = _services(catalogue, issuer)
    document = document_of(issuer)
    if not services:
        return document
    terms = issued_terms(f"{catalogue.site.base_url}/trust/issued/#")
    return {
        **document,
        "@context": [*listed(document["@context"]), terms],
        "service": services,
    }


def published_evidence(catalogue: Catalogue) -> Evidence:
    """Return what the site says of its issuers' keys: DID documents, and lists of stolen keys."""
    issuers = catalogue.issuers
    return Evidence(
        did_documents={issuer.did: published_document(catalogue, issuer) for issuer in issuers},
        issued={
            address: part
            for issuer in issuers
            for address, part in published_parts(catalogue, issuer)
        },
    )


def _services(catalogue: Catalogue, issuer: Issuer) -> list[JsonValue]:
    found: list[JsonValue] = []
    for key in issuer.keys:
        path = list_path(catalogue.root, key)
        if key.compromised is None or not path.is_file():
            continue
        count = sum(1 for line in path.read_bytes().splitlines() if line.strip())
        if count in _DIGITS:
            folder = list_address(catalogue.site.base_url, key)
            found.append(issued_service(f"{issuer.did}#{key.id}", folder, _DIGITS[count]))
    return found


def list_findings(catalogue: Catalogue, issuer: Issuer, keys: IssuerKeys) -> Iterator[Finding]:
    """Yield what is wrong with the lists of an issuer: each part is whole, in its place, and
    signed with a key that counts.
    """
    for key in issuer.keys:
        path = list_path(catalogue.root, key)
        if not path.is_file():
            continue
        at = Position(FOLDER / path.name)
        try:
            parts = read_parts(catalogue.root, key)
        except JsonFault as fault:
            yield _fault(at, f"not JSON that mcsite reads: {fault}")
            continue
        folder = list_address(catalogue.site.base_url, key)
        expected = _addresses(folder, len(parts))
        if [part.get("id") for part in parts] != expected:
            yield _fault(at, "the list isn't whole, or not for this site")
        elif not all(
            part.get("type") == TYPE
            and part.get("issuer") == issuer.did
            and part.get("key") == f"{issuer.did}#{key.id}"
            for part in parts
        ):
            yield _fault(at, f"the list isn't about the key {key.id}")
        elif not all(is_signed(part, keys) for part in parts):
            yield _fault(at, "the list isn't signed with a key that counts")


def is_signed(part: JsonObject, keys: IssuerKeys) -> bool:
    """Tell whether a part's proof holds, made by a key that isn't stolen and was in use."""
    if not verify_proofs(part, keys.key_of, check_rdfc=False).holds:
        return False
    return all(
        _counts(keys.keys[str(proof.get("verificationMethod"))], proof) for proof in proofs_of(part)
    )


def _counts(record: KeyRecord, proof: JsonObject) -> bool:
    created = parse_time(proof.get("created"))
    return record.revoked is None and created is not None and record.covers(created)


def _addresses(folder: str, count: int) -> list[str]:
    digits = _DIGITS.get(count)
    if digits is None:
        return []
    if digits == 0:
        return [f"{folder}all.json"]
    return [f"{folder}{number:0{digits}x}.json" for number in range(count)]


def _fault(at: Position, message: str) -> Finding:
    return Finding(
        at=at,
        code="MC515",
        severity=Severity.ERROR,
        message=message,
        hint="restore the file from Git, or run mcsite keys compromised again",
    )
