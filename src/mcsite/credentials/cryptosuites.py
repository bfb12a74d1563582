"""Keys, signatures and the table of Data Integrity cryptosuites: the one door to `cryptography`.

Multikey and did:key encodings follow Controlled Identifiers 1.0, section 2.2.2; the suites follow
VC Data Integrity EdDSA 1.0 and ECDSA 1.0. Signatures are raw bytes: 64 for Ed25519 and P-256, 96
for P-384. RSA keys stand in JSON Web Keys only, and sign tokens (RS256, RFC 7518, section 3.3).
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mcsite.credentials import base58

PublicHandle = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
PrivateHandle = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Suite:
    """A cryptosuite: how a document is made into bytes, and which keys sign them."""

    name: str
    canonicalization: str  # "jcs" or "rdfc"
    algorithms: frozenset[str]


_ECDSA = frozenset({"P-256", "P-384"})
SUITES = {
    suite.name: suite
    for suite in (
        Suite("eddsa-jcs-2022", "jcs", frozenset({"Ed25519"})),
        Suite("eddsa-rdfc-2022", "rdfc", frozenset({"Ed25519"})),
        Suite("ecdsa-jcs-2019", "jcs", _ECDSA),
        Suite("ecdsa-rdfc-2019", "rdfc", _ECDSA),
    )
}


@dataclass(frozen=True, slots=True)
class _Kind:
    prefix: bytes  # multicodec, as a varint
    length: int  # of the raw public key
    signature_length: int


_KINDS = {
    "Ed25519": _Kind(b"\xed\x01", 32, 64),
    "P-256": _Kind(b"\x80\x24", 33, 64),
    "P-384": _Kind(b"\x81\x24", 49, 96),
}
_CURVES: dict[str, ec.EllipticCurve] = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}


class BadKey(ValueError):
    """A public key can't be used: wrong length or encoding, or a point that any message fits."""


class OffCurve(BadKey):
    """A public key has the form of one, and is no point of its curve: only an engine can tell."""


class BadSignatureBytes(ValueError):
    """A signature has the wrong length or values that no honest signer makes."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that passed the checks of security: right length, on the curve, full order."""

    algorithm: str  # "Ed25519", "P-256", "P-384" or "RSA"
    raw: bytes  # of RSA the modulus
    handle: PublicHandle = field(compare=False)

    @property
    def multibase(self) -> str:
        """The key as Multikey's `publicKeyMultibase`; not for RSA."""
        return "z" + base58.encode(_KINDS[self.algorithm].prefix + self.raw)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Tell whether `signature` is this key's over `message`. Raises BadSignatureBytes."""
        length = (
            len(self.raw) if self.algorithm == "RSA" else _KINDS[self.algorithm].signature_length
        )
        if len(signature) != length:
            raise BadSignatureBytes(f"a signature has {length} bytes")
        try:
            if isinstance(self.handle, ed25519.Ed25519PublicKey):
                _check_ed25519_signature(signature)
                self.handle.verify(signature, message)
            elif isinstance(self.handle, rsa.RSAPublicKey):
                self.handle.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
            else:
                half = length // 2
                numbers = (int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
                self.handle.verify(
                    utils.encode_dss_signature(*numbers), message, ec.ECDSA(_hash(self.algorithm))
                )
        except InvalidSignature:
            return False
        return True


@lru_cache(maxsize=1024)
def public_key(multibase: str) -> PublicKey:
    """Return the key that a Multikey's `publicKeyMultibase` stands for, or raise BadKey."""
    if not multibase.startswith("z") or len(multibase) > 100:  # noqa: PLR2004 -- P-384 needs 70
        raise BadKey("a public key is multibase, base58-btc")
    try:
        data = base58.decode(multibase[1:])
    except ValueError as error:
        raise BadKey(str(error)) from error
    for algorithm, kind in _KINDS.items():
        if data.startswith(kind.prefix) and len(data) == len(kind.prefix) + kind.length:
            return _from_raw(algorithm, data[len(kind.prefix) :])
    raise BadKey("neither Ed25519, P-256 nor P-384, or of the wrong length")


def _from_raw(algorithm: str, raw: bytes) -> PublicKey:
    if algorithm == "Ed25519":
        _check_point(raw, BadKey)
        try:
            handle = ed25519.Ed25519PublicKey.from_public_bytes(raw)
        except ValueError as error:
            raise OffCurve(str(error)) from error
        return PublicKey(algorithm, raw, handle)
    return _on_curve(algorithm, raw)


def _on_curve(algorithm: str, raw: bytes) -> PublicKey:
    try:
        handle = ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[algorithm], raw)
    except ValueError as error:
        raise OffCurve(str(error)) from error
    point = handle.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return PublicKey(algorithm, point, handle)


def ed25519_key(raw: bytes) -> PublicKey:
    """Return the Ed25519 key of 32 bytes; raises BadKey."""
    return _from_raw("Ed25519", raw)


def ec_key(algorithm: str, x: bytes, y: bytes) -> PublicKey:
    """Return the key at a point of P-256 or P-384; raises BadKey where it isn't on the curve."""
    return _from_raw(algorithm, b"\x04" + x + y)


RSA_BITS = range(2048, 8193)  # of a modulus


def rsa_key(modulus: bytes) -> PublicKey:
    """Return the RSA key with `modulus`, of the exponent 65537; raises BadKey."""
    number = int.from_bytes(modulus)
    if modulus[:1] == b"\0" or number.bit_length() not in RSA_BITS or number % 2 == 0:
        raise BadKey("an RSA key of a wrong size or form")
    try:
        return PublicKey("RSA", modulus, rsa.RSAPublicNumbers(65537, number).public_key())
    except ValueError as error:
        raise BadKey(str(error)) from error


def public_key_of(private: PrivateHandle) -> PublicKey:
    """Return the public half of a private key."""
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return _from_raw("Ed25519", private.public_key().public_bytes_raw())
    algorithm = {"secp256r1": "P-256", "secp384r1": "P-384"}.get(private.curve.name)
    if algorithm is None:
        raise BadKey(f"keys on the curve {private.curve.name} aren't used in Data Integrity")
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return _from_raw(algorithm, point)


class Signer(Protocol):
    """Whatever can sign: a key in memory, a hardware module, a key service."""

    @property
    def verification_method(self) -> str:
        """DID URL of the public key."""

    @property
    def algorithm(self) -> str:
        """A key of the suites' `algorithms`."""

    def sign(self, message: bytes) -> bytes:
        """Return the raw signature over `message`."""


@dataclass(frozen=True, slots=True)
class PrivateKeySigner:
    """A signer with its private key in memory."""

    verification_method: str
    private: PrivateHandle

    @property
    def algorithm(self) -> str:
        """The algorithm of the key."""
        return public_key_of(self.private).algorithm

    def sign(self, message: bytes) -> bytes:
        """Return the raw signature over `message`."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(message)
        algorithm = self.algorithm
        half = _KINDS[algorithm].signature_length // 2
        r, s = utils.decode_dss_signature(self.private.sign(message, ec.ECDSA(_hash(algorithm))))
        return r.to_bytes(half) + s.to_bytes(half)


def digest(algorithm: str, data: bytes) -> bytes:
    """Return the hash that suites use with keys of `algorithm`: SHA-384 for P-384, else SHA-256."""
    return hashlib.sha384(data).digest() if algorithm == "P-384" else hashlib.sha256(data).digest()


def _hash(algorithm: str) -> hashes.HashAlgorithm:
    return hashes.SHA384() if algorithm == "P-384" else hashes.SHA256()


# Ed25519, RFC 8032: implementations disagree on the edges below, so none of them gets that far.
_FIELD = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
# y of a point of order 8: a root of d*y^4 + 2*y^2 - 1, as doubling it gives y = 0
_ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022
_SMALL_ORDER_Y = frozenset({0, 1, _FIELD - 1, _ORDER_8_Y, _FIELD - _ORDER_8_Y})


def _check_point(encoded: bytes, error: type[ValueError]) -> None:
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    if y >= _FIELD:
        raise error("a point isn't encoded in the one canonical way")
    if y in _SMALL_ORDER_Y:
        raise error("a point of small order")


def _check_ed25519_signature(signature: bytes) -> None:
    _check_point(signature[:32], BadSignatureBytes)
    if int.from_bytes(signature[32:], "little") >= _ORDER:
        raise BadSignatureBytes("the number S of a signature is out of range")
