"""Keys and signatures at their edges: what engines disagree on never reaches them."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from mcsite.credentials import base58
from mcsite.credentials.cryptosuites import (
    BadKey,
    BadSignatureBytes,
    PrivateKeySigner,
    public_key,
    public_key_of,
)
from tests.institution import private_key

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022
SMALL_ORDER = [0, 1, FIELD - 1, ORDER_8_Y, FIELD - ORDER_8_Y]
NOT_CANONICAL = [FIELD, FIELD + 1, 2**255 - 1]


def multibase(raw: bytes, prefix: bytes = b"\xed\x01") -> str:
    return "z" + base58.encode(prefix + raw)


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", [*SMALL_ORDER, *NOT_CANONICAL])
def test_a_weak_or_badly_encoded_point_is_no_key(y: int, sign: int) -> None:
    raw = (y | sign << 255).to_bytes(32, "little")

    with pytest.raises(BadKey):
        public_key(multibase(raw))


def test_the_identity_would_have_verified_anything() -> None:
    """Why it matters: the library accepts one signature by the identity for every message."""
    identity = ed25519.Ed25519PublicKey.from_public_bytes((1).to_bytes(32, "little"))
    signature = (1).to_bytes(32, "little") + bytes(32)

    for message in (b"one", b"two", b"three"):
        identity.verify(signature, message)


@pytest.mark.parametrize("y", [*SMALL_ORDER, *NOT_CANONICAL])
def test_a_weak_first_half_of_a_signature_is_refused(y: int) -> None:
    key = public_key_of(private_key(0))

    with pytest.raises(BadSignatureBytes):
        key.verifies(y.to_bytes(32, "little") + bytes(32), b"message")


def test_the_second_half_of_a_signature_has_one_value() -> None:
    private = private_key(0)
    assert isinstance(private, ed25519.Ed25519PrivateKey)
    signature = private.sign(b"message")
    shifted = (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")

    with pytest.raises(BadSignatureBytes):
        public_key_of(private).verifies(signature[:32] + shifted, b"message")


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()], ids=lambda curve: curve.name)
def test_elliptic_curves_sign_raw_bytes_of_one_length(curve: ec.EllipticCurve) -> None:
    signer = PrivateKeySigner("did:web:x#k", private_key(6, curve=curve))
    key = public_key_of(private_key(6, curve=curve))
    signature = signer.sign(b"message")

    assert len(signature) == (64 if key.algorithm == "P-256" else 96)
    assert key.verifies(signature, b"message")
    assert not key.verifies(signature, b"massage")
    for wrong in (signature[:-1], signature + b"\0", b""):
        with pytest.raises(BadSignatureBytes):
            key.verifies(wrong, b"message")


@pytest.mark.parametrize(
    "text",
    ["", "z", "u6Mk", "z0OIl", "z" + "1" * 200, multibase(bytes(31)), multibase(bytes(33)),
     multibase(bytes(33), b"\x80\x24"), multibase(bytes(32), b"\x12\x00")],
)  # fmt: skip
def test_what_isn_t_a_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        public_key(text)


@pytest.mark.parametrize("number", range(4))
def test_a_key_survives_its_encoding(number: int) -> None:
    key = public_key_of(private_key(number))

    assert public_key(key.multibase) == key
    assert key.multibase.startswith("z6Mk")
