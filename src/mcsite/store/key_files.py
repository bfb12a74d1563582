"""Private keys: PKCS#8 PEM in a file of their owner's or in the environment, or in a token.

A file is readable by its owner alone, may be encrypted, and is never in the repository.
"""

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from mcsite.credentials.cryptosuites import (
    PrivateHandle,
    PrivateKeySigner,
    PublicKey,
    Signer,
    public_key_of,
)
from mcsite.errors import UsageError
from mcsite.store.atomic import repository_with, write_atomically

MAX_BYTES = 16 * 1024

Ask = Callable[[str], str]  # what is asked for, e.g. "the PIN of the token x" → the answer


def _nobody(what: str) -> str:
    raise UsageError(f"{what} is needed")


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a private key is: a file's path, "env:NAME" for PEM in a variable of the environment,
    or a "pkcs11:" URI (RFC 7512) for one in a token. `ask` is asked for a passphrase or a PIN.
    """

    where: str
    ask: Ask = _nobody

    def __str__(self) -> str:
        return self.where


KeyName = Path | KeyPlace


class SigningKey(Protocol):
    """A private key that is open, wherever it is."""

    @property
    def public(self) -> PublicKey:
        """Its public half."""

    def signer(self, verification_method: str) -> Signer:
        """Return what signs with it under that name."""


@dataclass(frozen=True, slots=True)
class MemoryKey:
    """A private key in memory."""

    private: PrivateHandle

    @property
    def public(self) -> PublicKey:
        """Its public half."""
        return public_key_of(self.private)

    def signer(self, verification_method: str) -> Signer:
        """Return what signs with it under that name."""
        return PrivateKeySigner(verification_method, self.private)


def open_key(name: KeyName, project: Path) -> SigningKey:
    """Return the private key at a place, or raise UsageError; so for a file in the repository of
    `project`, where it would be published.
    """
    place = name if isinstance(name, KeyPlace) else KeyPlace(str(name))
    if place.where.startswith("pkcs11:"):
        return _token_key(place)
    if place.where.startswith("env:"):
        return MemoryKey(_from_environment(place))
    path = Path(place.where)
    _refuse_in_repository(path, project)
    return MemoryKey(read_private_key(path, ask=place.ask))


def _refuse_in_repository(path: Path, project: Path) -> None:
    folder = repository_with(path, project) if path.exists() else None
    if folder is not None:
        raise UsageError(
            f"the private key {path} is inside the repository ({folder})",
            hint="move it to a folder that only you can read; where it was in a commit that others "
            "have, it is stolen: mcsite keys compromised",
        )


def new_private_key(kind: str) -> PrivateHandle:
    """Return a fresh key: "ed25519" or "p256"."""
    if kind == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate()


def write_private_key(path: Path, private: PrivateHandle, *, passphrase: str = "") -> None:
    """Write `private` to a new file of mode 600, encrypted where there is a passphrase."""
    if path.exists():
        raise UsageError(f"{path} exists, and a key is never overwritten")
    encryption: KeySerializationEncryption = (
        BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    )
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    write_atomically(path, pem, mode=0o600)


def read_private_key(path: Path, *, ask: Ask = _nobody) -> PrivateHandle:
    """Return the key in a PEM file; `ask` is asked where it is encrypted."""
    try:
        data = path.read_bytes()[:MAX_BYTES]
    except FileNotFoundError:
        raise UsageError(f"the key file {path} isn't there") from None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    return _from_pem(data, str(path), ask)


def _from_environment(place: KeyPlace) -> PrivateHandle:
    name = place.where.removeprefix("env:")
    text = os.environ.get(name, "")
    if not text:
        raise UsageError(f"the environment has no {name}, or it is empty")
    return _from_pem(text.encode(), f"the key in {name}", place.ask)


def _from_pem(data: bytes, name: str, ask: Ask) -> PrivateHandle:
    password = None
    if b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in data:
        password = ask(f"the passphrase of {name}").encode()
    try:
        private = load_pem_private_key(data, password=password)
    except (ValueError, TypeError) as error:
        wrong = "its passphrase is another" if password else f"{error}"
        raise UsageError(f"{name} isn't a private key that can be read: {wrong}") from error
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name == "secp256r1":
        return private
    raise UsageError(f"{name} is neither an Ed25519 nor a P-256 key")


def _token_key(place: KeyPlace) -> SigningKey:
    """Open a key in a token; the library for that is an extra."""
    try:
        tokens = importlib.import_module("mcsite.store.tokens")
    except ImportError as error:
        raise UsageError(
            f"keys in tokens need a library that isn't installed: {error.name}",
            hint="pip install 'mcsite[pkcs11]'",
        ) from error
    found: SigningKey = tokens.open_token_key(place.where, place.ask)
    return found
