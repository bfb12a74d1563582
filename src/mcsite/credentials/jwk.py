"""Public keys as JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037) and as did:jwk.

Strict: values are base64url as RFC 7515 has it, of the length of their field; a key that says
what it is for is for verifying; a private key where a public one belongs is refused.
"""

from functools import lru_cache

from mcsite.credentials import base64url
from mcsite.credentials.cryptosuites import BadKey, PublicKey, ec_key, ed25519_key, rsa_key
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.strict_json import JsonFault, parse_object

_COORDINATES = {"P-256": 32, "P-384": 48}  # bytes
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_SIGNING = {
    "Ed25519": ("EdDSA", "Ed25519"),
    "P-256": ("ES256",),
    "P-384": ("ES384",),
    "RSA": ("RS256",),
}


def jwk_text(jwk: JsonObject) -> str:
    """Return the one text that stands for a JWK in key records."""
    return canonical(jwk).decode()


@lru_cache(maxsize=1024)
def key_of_jwk_text(text: str) -> PublicKey:
    """Return the key that a JWK, written as JSON, stands for; raises BadKey."""
    try:
        return key_of_jwk(parse_object(text.encode()))
    except JsonFault as error:
        raise BadKey(str(error)) from error


def key_of_jwk(jwk: JsonValue) -> PublicKey:
    """Return the key that a JWK stands for; raises BadKey."""
    if not isinstance(jwk, dict):
        raise BadKey("a JWK is an object")
    if any(name in jwk for name in _PRIVATE):
        raise BadKey("a private key, or a shared one")
    key = _key(jwk)
    uses = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not isinstance(uses, list) or "verify" not in uses:
        raise BadKey("a key that isn't for verifying")
    if jwk.get("alg", _SIGNING[key.algorithm][0]) not in _SIGNING[key.algorithm]:
        raise BadKey("a key for another algorithm")
    return key


def _key(jwk: JsonObject) -> PublicKey:
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if kind == "OKP" and curve == "Ed25519":
        return ed25519_key(_bytes(jwk.get("x"), 32))
    if kind == "EC" and isinstance(curve, str) and curve in _COORDINATES:
        x, y = (_bytes(jwk.get(name), _COORDINATES[curve]) for name in ("x", "y"))
        return ec_key(curve, x, y)
    if kind == "RSA":
        if jwk.get("e") != "AQAB":
            raise BadKey("an RSA key with another exponent than 65537")
        return rsa_key(_bytes(jwk.get("n")))
    raise BadKey("neither Ed25519, P-256, P-384 nor RSA")


def _bytes(value: JsonValue, length: int | None = None) -> bytes:
    if not isinstance(value, str):
        raise BadKey("a part of the key isn't text")
    try:
        found = base64url.decode_strictly(value)
    except ValueError as error:
        raise BadKey(str(error)) from error
    if length is not None and len(found) != length:
        raise BadKey(f"a part of the key hasn't {length} bytes")
    return found
