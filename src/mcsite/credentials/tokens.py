"""Credentials secured as JSON Web Tokens: Securing Verifiable Credentials using JOSE and COSE
(VC-JOSE-COSE, section 3.1), and the compact JWS of Open Badges 3.0 (section 8.2).

A token's payload is the credential, or has it in the claim `vc` as in the older profile. The
registered claims repeat parts of it; where they say something else, the token is refused.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from mcsite.credentials import base64url
from mcsite.credentials.cryptosuites import BadKey, BadSignatureBytes, PublicKey
from mcsite.credentials.faults import FormatFault
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.jwk import key_of_jwk
from mcsite.credentials.proofs import KeyOf, ProofSetResult, timestamp
from mcsite.credentials.strict_json import JsonFault, parse_object

_COMPACT = re.compile(rb"\s*([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\s*", re.ASCII)
_REGISTERED = ("iss", "sub", "jti", "nbf", "exp", "iat")
_TIMES = ("nbf", "exp", "iat")
_LAST_SECOND = 253_370_764_799  # of the year 9998: later moments aren't compared
ALGORITHMS = {
    "EdDSA": "Ed25519",
    "Ed25519": "Ed25519",  # RFC 9864
    "ES256": "P-256",
    "ES384": "P-384",
    "RS256": "RSA",
}
MAX_TRIED = 16  # keys of an issuer, where a token names none
# Of a header: what the token is, and what is in it. A token made for another use proves nothing.
_TYPES = (None, "vc+jwt", "vc+ld+jwt", "jwt")
_CONTENTS = (None, "vc", "vc+ld+json", "vc+json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token of good form. What it says of itself is in `header`, of the credential in
    `document`.
    """

    header: JsonObject
    document: JsonObject
    signed: bytes
    signature: bytes
    not_before: dt.datetime | None = None
    not_after: dt.datetime | None = None
    created: str = ""  # when it says that it was signed


def read_token(data: bytes) -> Token | None:
    """Return the token in `data`, None where that isn't one at all; raises FormatFault."""
    found = _COMPACT.fullmatch(data)
    if found is None:
        return None
    try:
        header, claims = (
            parse_object(base64url.decode_strictly(found[n].decode())) for n in (1, 2)
        )
        signature = base64url.decode_strictly(found[3].decode())
    except JsonFault as error:
        raise FormatFault(error.reason) from error
    except ValueError as error:
        raise FormatFault("not-json") from error
    document = _document(claims)
    moments = {name: _moment(claims[name]) for name in _TIMES if name in claims}
    signed_at = moments.get("iat", moments.get("nbf"))
    return Token(
        header=header,
        document=document,
        signed=found[1] + b"." + found[2],
        signature=signature,
        not_before=moments.get("nbf"),
        not_after=moments.get("exp"),
        created=timestamp(signed_at) if signed_at else str(document.get("validFrom", "")),
    )


def _document(claims: JsonObject) -> JsonObject:
    """Return the credential, with what only a registered claim says of it."""
    inner = claims.get("vc", {name: claims[name] for name in claims if name not in _REGISTERED})
    foreign = [name for name in claims if "vc" in claims and name not in (*_REGISTERED, "vc")]
    if not isinstance(inner, dict):
        raise FormatFault("not-a-credential")
    if foreign:
        raise FormatFault("unmapped-term", named=foreign[0])
    document: JsonObject = dict(inner)
    issuer = document.get("issuer")
    _agree(claims, "iss", issuer.get("id") if isinstance(issuer, dict) else issuer)
    _agree(claims, "jti", document.get("id"))
    for name, claim in (("issuer", "iss"), ("id", "jti")):
        if claim in claims:
            document.setdefault(name, claims[claim])
    for name, claim in (("validFrom", "nbf"), ("validUntil", "exp")):
        if claim in claims:
            document.setdefault(name, timestamp(_moment(claims[claim])))
    subject = document.get("credentialSubject")
    if isinstance(subject, dict) and "sub" in claims:
        _agree(claims, "sub", subject.get("id"))
        document["credentialSubject"] = {"id": claims["sub"], **subject}
    return document


def _agree(claims: JsonObject, name: str, said: JsonValue) -> None:
    if name in claims and said is not None and claims[name] != said:
        raise FormatFault("claims-mismatch", named=name)


def _moment(value: JsonValue) -> dt.datetime:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _LAST_SECOND:
        raise FormatFault("bad-date")
    return dt.datetime.fromtimestamp(value, dt.UTC)


def token_result(
    token: Token, issuer: str, key_of: KeyOf, methods: Iterable[str]
) -> ProofSetResult:
    """Check the signature of a token; `methods` are those that the issuer may sign with.

    Where the issuer's keys aren't known, a key in the header shows that the token is whole. It
    doesn't show whose it is: such a result has no methods.
    """
    fault, named = _header_fault(token, issuer)
    if fault:
        return ProofSetResult(fault, supported=fault != "proof-not-supported", named=named)
    listed = tuple(methods)
    try:
        return _result(token, issuer, key_of, listed)
    except BadKey:
        return ProofSetResult("bad-key")


def _result(token: Token, issuer: str, key_of: KeyOf, listed: tuple[str, ...]) -> ProofSetResult:
    carried = key_of_jwk(token.header["jwk"]) if "jwk" in token.header else None
    method = _method(_kid(token.header), issuer, listed, carried, key_of)
    if method == _FOREIGN:
        return ProofSetResult("foreign-method")
    if not method and 0 < len(listed) <= MAX_TRIED:
        method = next((m for m in listed if _verifies(token, key_of(m))), listed[0])
    key = key_of(method) if method else None
    if key is None and not listed:
        key, method = carried, ""
    return ProofSetResult(
        "unknown-key" if key is None else _signature_reason(token, key),
        supported=key is not None,
        methods=(method,) if method else (),
        created=(token.created,) if method else (),
    )


def _header_fault(token: Token, issuer: str) -> tuple[str, str]:
    """Return the first word of what is wrong with a header, and what it is; empty: nothing."""
    algorithm = token.header.get("alg")
    if algorithm == "none":
        return "no-proof", ""
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        return "proof-not-supported", algorithm if isinstance(algorithm, str) else ""
    for name in ("crit", "b64"):
        if name in token.header:
            return "proof-not-supported", name
    if "proof" in token.document:
        return "proof-not-supported", "proof"
    known = (("typ", _TYPES), ("cty", _CONTENTS))
    if any(_media_type(token.header.get(name)) not in types for name, types in known):
        return "wrong-purpose", ""
    return ("foreign-method" if token.header.get("iss", issuer) != issuer else ""), ""


def _media_type(value: JsonValue) -> JsonValue:
    """Return a media type as headers abbreviate it (RFC 7515, section 4.1.9)."""
    return value.lower().removeprefix("application/") if isinstance(value, str) else value


def _kid(header: JsonObject) -> str:
    """Return the name of the key in a header, empty where there is none; raises BadKey."""
    kid = header.get("kid", "")
    if not isinstance(kid, str) or ("kid" in header and not kid):
        raise BadKey("the name of a key isn't text")
    return kid


_FOREIGN = "foreign"  # no DID URL is that


def _method(
    kid: str,
    issuer: str,
    listed: tuple[str, ...],
    carried: PublicKey | None,
    key_of: KeyOf,
) -> str:
    """Return which of the issuer's keys a header means; empty where it doesn't say."""
    if kid:
        method = kid if ":" in kid else f"{issuer}#{kid.removeprefix('#')}"
        known = key_of(method)
        if not method.startswith(f"{issuer}#"):
            return _FOREIGN if issuer.startswith("did:") else ""
        return _FOREIGN if carried and known and carried != known else method
    if carried is not None:
        same = [method for method in listed if key_of(method) == carried]
        return same[0] if same else _FOREIGN if listed else ""
    return ""


def _verifies(token: Token, key: PublicKey | None) -> bool:
    return key is not None and _signature_reason(token, key) == "ok"


def _signature_reason(token: Token, key: PublicKey) -> str:
    if ALGORITHMS[str(token.header["alg"])] != key.algorithm:
        return "bad-key"
    try:
        return "ok" if key.verifies(token.signature, token.signed) else "does-not-match"
    except BadSignatureBytes:
        return "bad-signature-bytes"
