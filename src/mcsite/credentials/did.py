"""Decentralised identifiers of issuers: did:web documents, did:key and did:jwk (DID Core 1.0)."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from mcsite.credentials import base64url
from mcsite.credentials.cryptosuites import BadKey, OffCurve, PublicKey, public_key
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.jwk import jwk_text, key_of_jwk, key_of_jwk_text
from mcsite.credentials.proofs import timestamp
from mcsite.credentials.strict_json import parse_object
from mcsite.credentials.times import parse_time

DID_V1 = "https://www.w3.org/ns/did/v1"
MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"
# A host's name, and its port where it has one.
AUTHORITY = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?")
_WINDOW: JsonObject = {
    name: {
        "@id": f"https://www.w3.org/2018/credentials#{name}",
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    }
    for name in ("validFrom", "validUntil")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """A public key of an issuer and its window (docs/decisions/0004)."""

    id: str  # DID URL
    multibase: str = ""  # a Multikey's key, or
    jwk: str = ""  # a JSON Web Key, as its canonical text; where both are empty, of no known kind
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None  # when it retired
    revoked: dt.datetime | None = None  # when it was compromised

    def covers(self, moment: dt.datetime) -> bool:
        """Tell whether the key was in use at `moment`."""
        after = self.valid_from is None or self.valid_from <= moment
        return after and (self.valid_until is None or moment <= self.valid_until)

    @property
    def key(self) -> PublicKey:
        """The key itself; raises BadKey."""
        return key_of_jwk_text(self.jwk) if self.jwk else public_key(self.multibase)


def did_web_for(base_url: str) -> str:
    """Return the did:web of a site: "https://a.example:8443/b" → "did:web:a.example%3A8443:b"."""
    address = base_url.split("://", 1)[-1].rstrip("/")
    host, _, path = address.partition("/")
    return ":".join(["did:web", host.replace(":", "%3A"), *(path.split("/") if path else [])])


def did_web_parts(did: str) -> tuple[str, str] | None:
    """Return host and path of a did:web ("a.example", "b/c"), or None for another method."""
    if not did.startswith("did:web:"):
        return None
    named, *path = did.removeprefix("did:web:").split(":")
    host = named.replace("%3a", "%3A").replace("%3A", ":", 1)
    if not AUTHORITY.fullmatch(host):
        return None
    if any(part in ("", ".", "..") or "/" in part for part in path):
        return None
    return host, "/".join(path)


def did_web_url(did: str) -> str:
    """Return where a did:web's document stands (did:web method, section 2.5.2)."""
    parts = did_web_parts(did)
    if parts is None:
        raise ValueError(f"{did} isn't a did:web")
    host, path = parts
    return f"https://{host}/{path}/did.json" if path else f"https://{host}/.well-known/did.json"


def did_document(did: str, keys: Sequence[KeyRecord]) -> JsonObject:
    """Return the DID document that lists `keys` for assertions."""
    methods: list[JsonValue] = []
    for key in keys:
        method: JsonObject = {
            "id": key.id,
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.multibase,
        }
        for name, moment in (
            ("validFrom", key.valid_from),
            ("validUntil", key.valid_until),
            ("revoked", key.revoked),
        ):
            if moment is not None:
                method[name] = timestamp(moment)
        methods.append(method)
    return {
        "@context": [DID_V1, MULTIKEY_V1, _WINDOW],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [key.id for key in keys],
    }


class MalformedDidDocument(ValueError):
    """A DID document isn't one, or isn't the one asked for."""


def assertion_keys(document: JsonObject, did: str) -> Mapping[str, KeyRecord]:
    """Return the keys that `did` may make assertions with, by DID URL, or raise
    MalformedDidDocument.
    """
    if document.get("id") != did:
        raise MalformedDidDocument("the document is another issuer's")
    methods = _listed(document.get("verificationMethod"))
    by_id = {str(m.get("id")): m for m in methods if isinstance(m, dict)}
    found: dict[str, KeyRecord] = {}
    for entry in _listed(document.get("assertionMethod")):
        method = by_id.get(entry) if isinstance(entry, str) else entry
        if isinstance(method, dict) and method.get("controller") == did:
            record = _record(method, did)
            found[record.id] = record
    return found


def did_key_record(did: str) -> KeyRecord:
    """Return the one key of a did:key; raises BadKey."""
    multibase = did.removeprefix("did:key:")
    if multibase == did:
        raise BadKey(f"{did} isn't a did:key")
    with suppress(OffCurve):
        public_key(multibase)
    return KeyRecord(id=f"{did}#{multibase}", multibase=multibase)


def did_jwk_record(did: str) -> KeyRecord:
    """Return the one key of a did:jwk (did:jwk method, section 2.2); raises BadKey."""
    try:
        jwk = parse_object(base64url.decode_strictly(did.removeprefix("did:jwk:")))
    except ValueError as error:
        raise BadKey(f"{did[:40]} isn't a did:jwk") from error
    key_of_jwk(jwk)
    return KeyRecord(id=f"{did}#0", jwk=jwk_text(jwk))


def _listed(value: JsonValue) -> Sequence[JsonValue]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _record(method: JsonObject, did: str) -> KeyRecord:
    identifier, multibase = method.get("id"), method.get("publicKeyMultibase")
    jwk = method.get("publicKeyJwk")
    if not isinstance(identifier, str):
        raise MalformedDidDocument("a verification method has no id")
    if not identifier.startswith(did + "#"):
        raise MalformedDidDocument("a verification method isn't the issuer's")
    return KeyRecord(
        id=identifier,
        multibase=multibase if isinstance(multibase, str) else "",
        jwk=jwk_text(jwk) if isinstance(jwk, dict) and not multibase else "",
        valid_from=_moment(method, "validFrom"),
        valid_until=_moment(method, "validUntil"),
        revoked=_moment(method, "revoked"),
    )


def _moment(method: JsonObject, name: str) -> dt.datetime | None:
    if name not in method:
        return None
    moment = parse_time(method[name])
    if moment is None:
        raise MalformedDidDocument(f"{name} isn't a date and time")
    return moment
