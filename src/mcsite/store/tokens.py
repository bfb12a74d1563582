"""Keys that never leave a token or hardware module: PKCS #11, named by URIs (RFC 7512).

The one door to PyKCS11, which is an extra: `mcsite[pkcs11]`. Ed25519 (CKM_EDDSA) and P-256
(CKM_ECDSA over SHA-256); a token's own signatures are those of the cryptosuites: 64 raw bytes.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

import PyKCS11

from mcsite.credentials import base58
from mcsite.credentials.cryptosuites import BadKey, BadSignatureBytes, PublicKey, Signer, public_key
from mcsite.errors import MachineError, UsageError
from mcsite.store.key_files import Ask

MODULE = "MCSITE_PKCS11_MODULE"  # the environment may name the library, in place of the URI
_PATH = frozenset({"token", "object", "id", "serial", "manufacturer", "model", "type", "slot-id"})
_QUERY = frozenset({"module-path"})
_ED25519 = (bytes.fromhex("06032b6570"), b"\x13\x0cedwards25519")
_P256 = bytes.fromhex("06082a8648ce3d030107")
_RAW = 32  # bytes of a coordinate, and of an Ed25519 key


@dataclass(frozen=True, slots=True)
class TokenUri:
    """The attributes of a URI, decoded. `id` is bytes in hexadecimal digits."""

    path: Mapping[str, str]
    module: str

    @property
    def token(self) -> str:
        """How the token is called."""
        return self.path.get("token") or self.path.get("serial") or self.path.get("slot-id", "")


def parse_uri(uri: str) -> TokenUri:
    """Return what a pkcs11: URI says, or UsageError: what isn't understood isn't skipped."""
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    attributes = _attributes(path, ";", _PATH)
    options = _attributes(query, "&", _QUERY)
    if not attributes.keys() & {"token", "serial", "slot-id"}:
        raise UsageError(f"{uri} names no token", hint="pkcs11:token=…;object=…")
    if not attributes.keys() & {"object", "id"}:
        raise UsageError(f"{uri} names no key", hint="pkcs11:token=…;object=…")
    module = options.get("module-path") or os.environ.get(MODULE, "")
    if not module:
        raise UsageError(
            f"{uri} doesn't say which library speaks to the token",
            hint=f"add ?module-path=/usr/lib/….so, or set {MODULE}",
        )
    return TokenUri(attributes, module)


def _attributes(text: str, separator: str, known: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(separator) if text else ():
        name, equals, value = part.partition("=")
        if name in ("pin-value", "pin-source"):
            raise UsageError(
                "a PIN never stands in a URI, which other users of the machine can see",
                hint="mcsite asks for it, or takes it from MCSITE_KEY_SECRET",
            )
        if not equals or name not in known or name in found:
            raise UsageError(f"{part!r} isn't an attribute of a pkcs11: URI that is known here")
        found[name] = unquote_to_bytes(value).hex() if name == "id" else unquote(value)
    return found


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A private key in a token, with an open session."""

    public: PublicKey
    session: Any
    handle: Any

    def signer(self, verification_method: str) -> Signer:
        """Return what signs with it under that name."""
        return TokenSigner(verification_method, self)


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """A signer whose private key stays in its token."""

    verification_method: str
    key: TokenKey

    @property
    def algorithm(self) -> str:
        """The algorithm of the key."""
        return self.key.public.algorithm

    def sign(self, message: bytes) -> bytes:
        """Return the raw signature over `message`, after checking that it is one."""
        if self.algorithm == "Ed25519":
            mechanism, data = PyKCS11.Mechanism(PyKCS11.CKM_EDDSA, None), message
        else:
            mechanism = PyKCS11.Mechanism(PyKCS11.CKM_ECDSA, None)
            data = hashlib.sha256(message).digest()
        try:
            signature = bytes(self.key.session.sign(self.key.handle, data, mechanism))
        except PyKCS11.PyKCS11Error as error:
            raise MachineError(f"the token didn't sign: {error}") from error
        if not self._is_ours(signature, message):
            raise MachineError("the token's signature isn't one of its public key")
        return signature

    def _is_ours(self, signature: bytes, message: bytes) -> bool:
        try:
            return self.key.public.verifies(signature, message)
        except BadSignatureBytes:
            return False


def open_token_key(uri: str, ask: Ask) -> TokenKey:
    """Return the key that a URI names, logged in with the PIN that `ask` gives."""
    wanted = parse_uri(uri)
    try:
        library = PyKCS11.PyKCS11Lib()
        library.load(wanted.module)
        session = library.openSession(_slot(library, wanted))
        _log_in(session, ask(f"the PIN of the token {wanted.token}"))
        return _key(session, wanted, uri)
    except PyKCS11.PyKCS11Error as error:
        raise UsageError(f"{uri} can't be opened: {error}") from error


def _log_in(session: Any, pin: str) -> None:
    """Log in; a token knows a program that did already, whatever its sessions."""
    try:
        session.login(pin)
    except PyKCS11.PyKCS11Error as error:
        if error.value != PyKCS11.CKR_USER_ALREADY_LOGGED_IN:
            raise


def _slot(library: Any, wanted: TokenUri) -> Any:
    found = []
    for slot in library.getSlotList(tokenPresent=True):
        info = library.getTokenInfo(slot)
        told = {
            "token": info.label,
            "serial": info.serialNumber,
            "manufacturer": info.manufacturerID,
            "model": info.model,
            "slot-id": str(slot),
        }
        if all(str(told[name]).strip("\0 ") == wanted.path.get(name, str(told[name]).strip("\0 "))
               for name in told):  # fmt: skip
            found.append(slot)
    if len(found) != 1:
        raise UsageError(f"{len(found) or 'no'} tokens are called {wanted.token}")
    return found[0]


def _key(session: Any, wanted: TokenUri, uri: str) -> TokenKey:
    named: list[tuple[Any, Any]] = []
    if "object" in wanted.path:
        named.append((PyKCS11.CKA_LABEL, wanted.path["object"]))
    if "id" in wanted.path:
        named.append((PyKCS11.CKA_ID, tuple(bytes.fromhex(wanted.path["id"]))))
    privates = session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY), *named])
    publics = session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PUBLIC_KEY), *named])
    if len(privates) != 1 or len(publics) != 1:
        raise UsageError(
            f"{uri} names {len(privates)} private and {len(publics)} public keys, not one of each"
        )
    attributes = [PyKCS11.CKA_EC_PARAMS, PyKCS11.CKA_EC_POINT]
    params, point = session.getAttributeValue(publics[0], attributes)
    if params is None or point is None:
        raise UsageError(f"{uri} is neither an Ed25519 nor a P-256 key")
    return TokenKey(_public(bytes(params), bytes(point), uri), session, privates[0])


def _public(params: bytes, point: bytes, uri: str) -> PublicKey:
    """Return a public key from its curve's name and its point, DER or bare."""
    if len(point) > 2 and point[0] == 4 and point[1] == len(point) - 2:  # noqa: PLR2004 -- OCTET STRING
        point = point[2:]
    if params in _ED25519 and len(point) == _RAW:
        prefixed = b"\xed\x01" + point
    elif params == _P256 and len(point) == 1 + 2 * _RAW and point[0] == 4:  # noqa: PLR2004 -- SEC 1
        prefixed = b"\x80\x24" + bytes([2 + point[-1] % 2]) + point[1 : 1 + _RAW]
    else:
        raise UsageError(f"{uri} is neither an Ed25519 nor a P-256 key")
    try:
        return public_key("z" + base58.encode(prefixed))
    except BadKey as error:
        raise UsageError(f"{uri} can't be used: {error}") from error
