"""Changed credentials: bytes and parts that chance alters, and what may still be valid of them."""

import base64
import copy
import datetime as dt
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from mcsite.credentials import base64url
from mcsite.credentials.cryptosuites import PrivateKeySigner, Signer, public_key_of
from mcsite.credentials.evidence import Evidence, Registry
from mcsite.credentials.faults import FormatFault
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import proofs_of, secure_jcs
from mcsite.credentials.rdfc import canonical_nquads
from mcsite.credentials.reading import open_credential
from mcsite.credentials.strict_json import JsonFault, parse_object
from tests.generated import ODD, SCRIPTS
from tests.institution import LINK_KEY, NOW, Institution, private_key

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**53, 0.5, 1e300, "", "x", [], {}, [[]], ["x"], {"id": "urn:x"},
    "2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "did:web:evil.example", "none", "__proto__",
    *ODD, *SCRIPTS[:4],
)  # fmt: skip
BYTES = (b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\0", b"\xff", b"\xed\xa0\x80",
         b"1e", b"\\u0000", b"\\ud800", b"\xef\xbb\xbf", b".", b"=", b"~", b" ",
         b"null", b"-")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Original:
    """A credential as it was published, with the key of its link."""

    name: str
    data: bytes
    key: bytes | None = None


def originals() -> tuple[list[Original], Evidence]:
    """Return credentials of every kind, all of them valid, and the evidence for them."""
    it = Institution()
    public = it.issue(name="Jānis Bērziņš 🎓")
    other = it.issue(name="Olena Ševčenko")
    single = {**other, "proof": secured_alone(it, other)}
    curve = private_key(3, curve=ec.SECP256R1())
    did = f"did:key:{public_key_of(curve).multibase}"
    bare: dict[str, Any] = {k: v for k, v in public.items() if k != "proof"}
    unlisted = {k: v for k, v in bare.items() if k != "credentialStatus"}
    foreign = {**unlisted, "issuer": {**it.profile(), "id": did}}
    found = [
        Original("public", canonical(public)),
        Original("public, written widely", json.dumps(public, indent=1).encode()),
        Original("public, JCS alone", canonical(single)),
        Original("sealed", canonical(it.seal(public)), LINK_KEY),
        Original("token", token(bare, it.signer(), alg="EdDSA", kid="#key-1")),
        Original("token of a did:key", token(foreign, PrivateKeySigner(did, curve), alg="ES256")),
    ]
    evidence = it.evidence(registries=(Registry("own", frozenset({it.did, did})),))
    return found, evidence


def token(payload: JsonObject, signer: Signer, **header: str) -> bytes:
    """Return a JSON Web Token."""
    parts = [json.dumps(part).encode() for part in ({**header, "typ": "vc+jwt"}, payload)]
    head = ".".join(base64url.encode(part) for part in parts)
    return f"{head}.{base64url.encode(signer.sign(head.encode()))}".encode()


def secured_alone(it: Institution, document: JsonObject) -> Any:
    """Return a JCS proof of a document that stands for itself."""
    bare = {k: v for k, v in document.items() if k != "proof"}
    return secure_jcs(bare, it.signer(), NOW - dt.timedelta(days=30))["proof"]


def mutated(original: Original, chance: random.Random, others: Sequence[Original]) -> bytes:
    """Return a changed document: one to three changes of bytes, or of parts."""
    data = original.data
    change = chance.choice((_bytes_changed, _parts_changed, _parts_changed))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = change(data, chance, others)
    return data


def _bytes_changed(data: bytes, chance: random.Random, others: Sequence[Original]) -> bytes:
    at = chance.randrange(len(data) + 1)
    length = chance.choice((1, 1, 2, 8, 64))
    other = chance.choice(others).data
    start = chance.randrange(len(other))
    changes: tuple[Callable[[], bytes], ...] = (
        lambda: (
            data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
            if at < len(data)
            else data + b"x"
        ),
        lambda: data[:at] + chance.choice(BYTES) + data[at:],
        lambda: data[:at] + chance.choice(BYTES) + data[at + length :],
        lambda: data[:at] + data[at + length :],
        lambda: data[:at] + data[at : at + length] * 2 + data[at + length :],
        lambda: data[:at],
        lambda: data[:at] + other[start : start + length] + data[at + length :],
        lambda: data[:at] + chance.randbytes(length) + data[at + length :],
    )
    return chance.choice(changes)()


def _parts_changed(data: bytes, chance: random.Random, others: Sequence[Original]) -> bytes:
    if data.count(b".") == 2 and not data.lstrip().startswith(b"{"):
        return _token_changed(data, chance, others)
    try:
        document: Any = parse_object(data)
    except JsonFault:
        return _bytes_changed(data, chance, others)
    _change_in(document, chance, others)
    return json.dumps(document, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _token_changed(data: bytes, chance: random.Random, others: Sequence[Original]) -> bytes:
    """Change the header or the payload of a token, or take a part of another."""
    parts = data.strip().split(b".")
    place = chance.randrange(2)
    try:
        value: Any = json.loads(base64.urlsafe_b64decode(parts[place] + b"=="))
    except ValueError:
        return _bytes_changed(data, chance, others)
    if isinstance(value, dict):
        _change_in(value, chance, others)
    text = json.dumps(value).encode()
    parts[place] = base64.urlsafe_b64encode(text).rstrip(b"=")
    return b".".join(parts)


def _change_in(document: dict[str, Any], chance: random.Random, others: Sequence[Original]) -> None:
    document.setdefault("type", "x")  # there is a place at least
    places = list(_places(document))
    holder, key = chance.choice(places)
    other_holder, other_key = chance.choice(places)
    action = chance.randrange(8)
    if action == 0:
        del holder[key]
    elif action == 1:
        holder[key] = copy.deepcopy(chance.choice(VALUES))
    elif action == 2:
        holder[key] = copy.deepcopy(other_holder[other_key])
    elif action == 3 and isinstance(holder, dict):
        holder[chance.choice(("name", "type", "id", "proof", "x", "@context", "nonce", "aud"))] = (
            copy.deepcopy(chance.choice(VALUES))
        )
    elif action == 4 and isinstance(holder, list):
        holder.insert(0, copy.deepcopy(holder[key]))
    elif action == 5 and isinstance(holder, list):
        chance.shuffle(holder)
    elif action == 6:
        _take_from(document, chance, others)
    else:
        holder[key] = _near(holder[key], chance)


def _take_from(document: dict[str, Any], chance: random.Random, others: Sequence[Original]) -> None:
    """Put a part of another credential in the place of this one's."""
    try:
        other = parse_object(chance.choice(others).data)
    except JsonFault:
        return
    name = chance.choice(list(other))
    document[name] = copy.deepcopy(other[name])


def _near(value: Any, chance: random.Random) -> Any:
    """Return a value that is almost the same."""
    if isinstance(value, str) and value:
        at = chance.randrange(len(value))
        return (
            value[:at]
            + chance.choice(("", "a", "0", "\u200b", "Ā", value[at] * 2))
            + value[at + 1 :]
        )
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int | float):
        return value + chance.choice((1, -1, 0.5))
    return [value]


def _places(value: Any) -> Any:
    """Give every place in a document: the object or list that holds it, and its key."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        keys = holder.keys() if isinstance(holder, dict) else range(len(holder))
        for key in list(keys):
            yield holder, key
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])


def says_the_same(original: Original, data: bytes) -> bool:
    """Tell whether a changed document still says what was signed, and with what was signed.

    White space may differ, the order of keys and of proofs; a proof of several may be missing.
    Where only an RDFC proof is left, the document may be another text for the same statements.
    """
    try:
        one, other = (open_credential(text, original.key) for text in (original.data, data))
    except FormatFault:
        return False
    if (one.token is None) != (other.token is None):
        return False
    pairs = [(one.document, other.document), (one.envelope or {}, other.envelope or {})]
    return all(_is_same(was, now) for was, now in pairs)


def _is_same(was: JsonObject, now: JsonObject) -> bool:
    bare = [{k: v for k, v in each.items() if k != "proof"} for each in (was, now)]
    proofs = [{canonical(proof) for proof in proofs_of(each)} for each in (was, now)]
    if not proofs[1] <= proofs[0]:
        return False
    if canonical(bare[0]) == canonical(bare[1]):
        return True
    suites = {proof.get("cryptosuite") for proof in proofs_of(now)}
    return suites == {"eddsa-rdfc-2022"} and canonical_nquads(bare[0]) == canonical_nquads(bare[1])
