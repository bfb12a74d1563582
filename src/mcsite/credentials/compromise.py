"""What an issuer did sign with a key that was stolen later (docs/decisions/0014).

A thief can date a signature back, so the dates of a stolen key prove nothing. What it signed counts
where its digest stands in a list that the issuer makes of what it did issue, signed by a key that
nobody stole. A list is published in parts, so that a reader fetches a few kilobytes of it. The
issuer's DID document leads to it: a service of type IssuedWithKey.
"""

from collections.abc import Iterable

from mcsite.credentials import base64url
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import MAX_PROOFS, binding, proofs_of

TYPE = "IssuedWithKey"
FULL = 256  # digests in a part, on average: beyond it a list has sixteen times as many parts
MAX_DIGITS = 4
_DIGITS = tuple(str(number) for number in range(MAX_DIGITS + 1))


def digest_of(document: JsonObject) -> str:
    """Return the digest of a document as it was issued, with its proofs: SHA-256 of its JCS
    (RFC 8785) in base64url.
    """
    return binding(document)


def digits_for(count: int) -> int:
    """Return by how many hexadecimal digits of a digest a list of `count` is parted."""
    return next(n for n in range(MAX_DIGITS + 1) if count <= FULL * 16**n or n == MAX_DIGITS)


def part_name(digest: str, digits: int) -> str:
    """Return the name of the part that a digest would stand in."""
    return f"{base64url.decode(digest).hex()[:digits] or 'all'}.json"


def issued_parts(
    *, issuer: str, key: str, folder: str, digests: Iterable[str]
) -> dict[str, JsonObject]:
    """Return the parts of a list by name, still to be signed; empty ones too, as they say no.

    `key` is the DID URL of the stolen key, `folder` the address that the parts' names are added to.
    """
    known = sorted(set(digests))
    digits = digits_for(len(known))
    parts: dict[str, list[JsonValue]] = {
        f"{number:0{digits}x}.json" if digits else "all.json": [] for number in range(16**digits)
    }
    for digest in known:
        parts[part_name(digest, digits)].append(digest)
    return {
        name: {
            "type": TYPE,
            "id": folder + name,
            "issuer": issuer,
            "key": key,
            "digests": members,
        }
        for name, members in parts.items()
    }


def issued_service(key: str, folder: str, digits: int) -> JsonObject:
    """Return the entry of a DID document's `service` that leads to a list (DID Core 1.0, 5.4)."""
    return {
        "id": f"{key}-issued",
        "type": TYPE,
        "serviceEndpoint": folder,
        "key": key,
        "digits": str(digits),
    }


def issued_terms(namespace: str) -> JsonObject:
    """Return the context of a service's own terms: readers of JSON-LD refuse what isn't mapped."""
    return {
        TYPE: namespace + TYPE,
        "key": {"@id": f"{namespace}key", "@type": "@id"},
        "digits": f"{namespace}digits",
    }


def part_address(did_document: JsonObject, key: str, digest: str) -> str | None:
    """Return where the part for `digest` stands, None where the issuer publishes no list."""
    services = did_document.get("service")
    for entry in services if isinstance(services, list) else []:
        if isinstance(entry, dict) and entry.get("type") == TYPE and entry.get("key") == key:
            folder, digits = entry.get("serviceEndpoint"), entry.get("digits")
            if isinstance(folder, str) and digits in _DIGITS:
                return folder + part_name(digest, int(str(digits)))
    return None


def part_addresses(did_document: JsonObject, documents: Iterable[JsonObject]) -> list[str]:
    """Return the parts that are needed to judge `documents`: those of keys that were revoked. A
    document with more proofs than are judged needs none.
    """
    methods = did_document.get("verificationMethod")
    revoked = {
        str(method.get("id"))
        for method in (methods if isinstance(methods, list) else [])
        if isinstance(method, dict) and "revoked" in method
    }
    found: dict[str, None] = {}
    for document in documents if revoked else ():
        proofs = proofs_of(document)
        if len(proofs) > MAX_PROOFS:
            continue
        digest = digest_of(document)
        for proof in proofs:
            key = str(proof.get("verificationMethod"))
            address = part_address(did_document, key, digest) if key in revoked else None
            if address is not None:
                found[address] = None
    return list(found)


def names(part: JsonObject, *, issuer: str, key: str, digest: str) -> bool:
    """Tell whether a part, whose proof was checked, names `digest` as issued with `key`."""
    digests = part.get("digests")
    return (
        part.get("type") == TYPE
        and part.get("issuer") == issuer
        and part.get("key") == key
        and isinstance(digests, list)
        and digest in digests
    )
