"""Private keys on disk: PKCS#8 PEM, readable by their owner alone, never in the repository."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from mcsite.credentials.cryptosuites import PrivateHandle
from mcsite.errors import UsageError
from mcsite.store.atomic import write_atomically

MAX_BYTES = 16 * 1024


def new_private_key(kind: str) -> PrivateHandle:
    """Return a fresh key: "ed25519" or "p256"."""
    if kind == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate()


def write_private_key(path: Path, private: PrivateHandle) -> None:
    """Write `private` to a new file of mode 600."""
    if path.exists():
        raise UsageError(f"{path} exists, and a key is never overwritten")
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_atomically(path, pem, mode=0o600)


def read_private_key(path: Path, password: bytes | None = None) -> PrivateHandle:
    """Return the key in a PEM file."""
    try:
        data = path.read_bytes()[:MAX_BYTES]
        private = load_pem_private_key(data, password=password)
    except FileNotFoundError:
        raise UsageError(f"the key file {path} isn't there") from None
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{path} isn't a private key that can be read: {error}") from error
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name == "secp256r1":
        return private
    raise UsageError(f"{path} is neither an Ed25519 nor a P-256 key")
