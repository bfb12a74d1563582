"""Sealed credentials: ciphertext that only the link's key opens (JWE, RFC 7516: dir, A256GCM)."""

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

PADDING_STEP = 2048  # bytes: the length of the ciphertext says little about the person
KEY_BYTES = 32
_HEADER = {"alg": "dir", "enc": "A256GCM"}
_ALGORITHMS = ["dir", "A256GCM"]


class WrongKey(ValueError):
    """A key doesn't open a sealed credential, or its ciphertext was changed."""


def seal(document: bytes, key: bytes) -> str:
    """Return `document` (JSON) padded with spaces and encrypted under `key`, as a compact JWE."""
    padded = document + b" " * (-len(document) % PADDING_STEP)
    return jwe.encrypt_compact(_HEADER, padded, _key(key), algorithms=_ALGORITHMS)


def unseal(text: str, key: bytes) -> bytes:
    """Return the document in a compact JWE, or raise WrongKey."""
    try:
        found = jwe.decrypt_compact(text, _key(key), algorithms=_ALGORITHMS)
    except (JoseError, ValueError, TypeError) as error:  # TypeError: a header of odd types
        raise WrongKey("the key doesn't open this credential") from error
    if found.headers() != _HEADER or found.plaintext is None:
        raise WrongKey("a sealed credential is encrypted with dir and A256GCM")
    return found.plaintext.rstrip(b" ")


def _key(key: bytes) -> OctKey:
    if len(key) != KEY_BYTES:
        raise WrongKey(f"a key has {KEY_BYTES} bytes")
    return OctKey.import_key(key)
