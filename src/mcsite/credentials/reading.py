"""From bytes to a document whose form can be relied on: the first check, format."""

import datetime as dt
import re
from dataclasses import dataclass

from mcsite.credentials import base64url
from mcsite.credentials.contexts import VOCABULARIES, vocabulary_of
from mcsite.credentials.faults import FormatFault
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import proofs_of
from mcsite.credentials.rdf import UnmappedDocument
from mcsite.credentials.rdfc import check_mapped
from mcsite.credentials.sealing import KEY_BYTES, WrongKey, unseal
from mcsite.credentials.status_list import PURPOSES
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.credentials.times import parse_time
from mcsite.credentials.tokens import Token, read_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document, and the sealed envelope around it or the token that it came in."""

    document: JsonObject
    envelope: JsonObject | None = None
    token: Token | None = None


def open_credential(data: bytes, key: bytes | None) -> Opened:
    """Return the credential in `data`, unsealed with `key` where it is sealed; or FormatFault."""
    token = read_token(data)
    if token is not None:
        return _in_token(token)
    try:
        outer = parse_object(data)
    except JsonFault as error:
        raise FormatFault(error.reason) from error
    token = _enveloped(outer)
    if token is not None:
        return _in_token(token)
    if outer.get("type") != "SealedCredential":
        check_form(outer)
        return Opened(document=outer)
    inner = _unsealed(outer, key)
    check_form(inner)
    return Opened(document=inner, envelope=outer)


def _in_token(token: Token) -> Opened:
    check_form(token.document)
    return Opened(document=token.document, token=token)


_DATA = "data:application/vc+jwt,"


def _enveloped(outer: JsonObject) -> Token | None:
    """Return the token in an EnvelopedVerifiableCredential (VC Data Model 2.0, section 4.13)."""
    address = outer.get("id")
    if outer.get("type") != "EnvelopedVerifiableCredential" or not isinstance(address, str):
        return None
    if outer.keys() != {"@context", "id", "type"} or not address.startswith(_DATA):
        raise FormatFault("not-a-credential")
    token = read_token(address.removeprefix(_DATA).encode())
    if token is None:
        raise FormatFault("not-a-credential")
    return token


def _unsealed(outer: JsonObject, key: bytes | None) -> JsonObject:
    identifier, jwe = outer.get("id"), outer.get("jwe")
    if not isinstance(identifier, str) or not isinstance(jwe, str) or not proofs_of(outer):
        raise FormatFault("not-a-credential")
    if not key:
        reason = "key-missing" if key is None else "key-damaged"
        raise FormatFault(reason, credential=identifier)
    try:
        inner = parse_object(unseal(jwe, key))
    except WrongKey as error:
        raise FormatFault("key-wrong", credential=identifier) from error
    except JsonFault as error:
        raise FormatFault(error.reason, credential=identifier) from error
    inner_status = inner.get("credentialStatus")
    same_status = outer.get("credentialStatus", inner_status) == inner_status
    if inner.get("id") != identifier or not same_status:
        raise FormatFault("envelope-mismatch", credential=identifier)
    return inner


def check_form(document: JsonObject) -> None:
    """Refuse what isn't a Verifiable Credential 2.0 of known contexts, terms and status types."""
    vocabulary = vocabulary_of(document.get("@context"))
    if "@context" not in document or "VerifiableCredential" not in listed(document.get("type")):
        raise FormatFault("not-a-credential")
    if vocabulary is None:
        raise FormatFault("unknown-context", named=_unknown_context(document["@context"]))
    if not issuer_of(document) or not isinstance(document.get("credentialSubject"), dict):
        raise FormatFault("not-a-credential")
    if not isinstance(document.get("id", ""), str):
        raise FormatFault("not-a-credential")
    _check_status(document)
    try:
        check_mapped({k: v for k, v in document.items() if k != "proof"}, vocabulary)
    except UnmappedDocument as error:
        raise FormatFault("unmapped-term", named=error.named) from error
    for name in ("validFrom", "validUntil"):
        if name in document and parse_time(document[name]) is None:
            raise FormatFault("bad-date")


def _unknown_context(contexts: JsonValue) -> str:
    """Return the first context that isn't carried, empty where the order or a form is at fault."""
    known = max(VOCABULARIES, key=len)
    named = [context for context in listed(contexts) if context not in known]
    return named[0] if named and isinstance(named[0], str) else ""


MAX_STATUSES = 8  # each may be a list to fetch


def _check_status(document: JsonObject) -> None:
    if len(listed(document.get("credentialStatus"))) > MAX_STATUSES:
        raise FormatFault("unknown-status-type")
    for entry in listed(document.get("credentialStatus")):
        if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
            kind = entry.get("type") if isinstance(entry, dict) else None
            raise FormatFault("unknown-status-type", named=kind if isinstance(kind, str) else "")
        if entry.get("statusPurpose") not in PURPOSES:
            raise FormatFault("unknown-status-type")
        if not isinstance(entry.get("statusListCredential"), str):
            raise FormatFault("unknown-status-type")


def listed(value: JsonValue) -> list[JsonValue]:
    """Return a JSON-LD property's values: none, one, or a list of them."""
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def issuer_of(document: JsonObject) -> str:
    """Return the issuer's identifier, or an empty text."""
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def course_of(document: JsonObject) -> str:
    """Return the id that a credential's course had when it was issued; empty where none is told."""
    subject = document.get("credentialSubject")
    issued = subject.get("achievement") if isinstance(subject, dict) else None
    url = str(issued.get("id", "")) if isinstance(issued, dict) else ""
    return url.rstrip("/").rsplit("/", 1)[-1]


def time_of(document: JsonObject, name: str) -> dt.datetime | None:
    """Return the moment in a property of a document whose form was checked."""
    return parse_time(document.get(name))


# What can't be of a key ends it: programs for mail take the full stop after a link into it.
_KEY = re.compile(r"(?:^#*|&)k=([\w-]*)", re.ASCII)


def key_of_link(fragment: str) -> bytes | None:
    """Return the key in a link's fragment ("k=…", base64url), None where there is none; of no
    bytes where it isn't whole.
    """
    found = _KEY.search(fragment)
    if found is None:
        return None
    try:
        key = base64url.decode(found[1])
    except ValueError:
        return b""
    return key if len(key) == KEY_BYTES else b""


def link_of(url: str, key: bytes) -> str:
    """Return the link that opens the sealed credential at `url`."""
    return f"{url}#k={base64url.encode(key)}"
