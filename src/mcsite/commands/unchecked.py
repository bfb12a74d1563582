"""What a document that can't be checked says of itself: named to its reader, never vouched for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mcsite.credentials.contexts import VOCABULARIES
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.reading import issuer_of, listed
from mcsite.credentials.strict_json import JsonFault, parse_object

_KNOWN = frozenset(context for contexts in VOCABULARIES for context in contexts)
SEAL = "an electronic seal (JAdES), which the Commission's EDC Viewer checks"
_SHOWN = 8  # of a list of any length


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What stands in a document, believed or not. Texts are as they stand there."""

    title: str
    issuer: str
    proofs: tuple[str, ...]  # cryptosuites, or types of proofs of an older kind
    contexts: tuple[str, ...]  # that aren't known here
    statuses: tuple[str, ...]  # types of status entries
    schemas: tuple[str, ...]  # that it says to conform to; mcsite checks none of others


def claimed_by(data: bytes) -> Claimed | None:
    """Return what a JSON document claims, None where it doesn't look like a credential."""
    try:
        document, seal = _inside(parse_object(data))
    except JsonFault:
        return None
    subject = _object(document.get("credentialSubject"))
    if not subject:
        return None
    issuer = _object(document.get("issuer"))
    name = _text(issuer.get("name")) or _first(issuer.get("legalName"))
    title = _text(_object(subject.get("achievement")).get("name")) or _text(document.get("name"))
    return Claimed(
        title=title or _first(_object(document.get("displayParameter")).get("title")),
        issuer=f"{name} ({issuer_of(document)})" if name else issuer_of(document),
        proofs=seal + _texts(document.get("proof"), "cryptosuite", "type"),
        contexts=tuple(
            context if isinstance(context, str) else "terms of its own"
            for context in listed(document.get("@context"))[:_SHOWN]
            if not isinstance(context, str) or context not in _KNOWN
        ),
        statuses=_texts(document.get("credentialStatus"), "type"),
        schemas=_texts(document.get("credentialSchema"), "id"),
    )


def _inside(document: JsonObject) -> tuple[JsonObject, tuple[str, ...]]:
    """Return a credential, and the seal around it: European Digital Credentials are sealed as JSON
    of RFC 7515 (JAdES), and uploaded in an object of their own before that.
    """
    payload = document.get("payload")
    if isinstance(payload, str) and "signatures" in document:
        return parse_object(payload.encode("utf-8", "surrogatepass")), (SEAL,)
    inner = document.get("credential")
    return (dict(inner), ()) if isinstance(inner, Mapping) else (document, ())


def _object(value: JsonValue) -> JsonObject:
    first = next(iter(listed(value)), None)
    return dict(first) if isinstance(first, dict) else {}


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _first(value: JsonValue) -> str:
    """Return a text that stands in several languages in one of them."""
    return next(map(_text, value.values()), "") if isinstance(value, Mapping) else ""


def _texts(value: JsonValue, *keys: str) -> tuple[str, ...]:
    """Return, for each of some objects, the first of its `keys` that holds a text."""

    def found() -> Iterator[str]:
        for entry in listed(value)[:_SHOWN]:
            if isinstance(entry, dict):
                yield next((_text(entry.get(key)) for key in keys if _text(entry.get(key))), "")

    return tuple(text for text in found() if text)
