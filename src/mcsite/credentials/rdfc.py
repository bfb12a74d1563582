"""RDF Dataset Canonicalization (RDFC-1.0) of credentials: the one door to pyoxigraph.

Only documents of known contexts and mapped terms are read, so that nothing signed is silently
dropped.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from mcsite.credentials.contexts import Vocabulary, vocabulary_of
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject, JsonValue

MAX_NODES = 512
MAX_TWINS = 3  # equal nodes in one list
MAX_LOOKALIKES = 3  # nodes without an id that say the same: canonicalising tries permutations
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_MAYBE_NUMBER = re.compile(r"[-+0-9.eE]*|true|false")


class UnmappedDocument(ValueError):
    """A document can't be read as RDF without losing or guessing something."""


def canonical_nquads(document: JsonObject) -> bytes:
    """Return the canonical N-Quads of `document` (RDFC-1.0, section 4), or raise
    UnmappedDocument.
    """
    vocabulary = vocabulary_of(document.get("@context"))
    if vocabulary is None:
        raise UnmappedDocument("contexts that this program doesn't carry")
    types = types_checked(document, vocabulary)
    context = vocabulary.context_for(types, _terms_checked(document))
    body = _ENCODER.encode({key: value for key, value in document.items() if key != "@context"})
    try:
        dataset = Dataset(
            parse(b'{"@context":' + context + b"," + body[1:].encode(), format=RdfFormat.JSON_LD)
        )
    except SyntaxError as error:
        raise UnmappedDocument(f"not JSON-LD: {error}") from error
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS) or b""
    if any(f"<{address}>".encode() not in lines for address in _addresses_in(document, vocabulary)):
        raise UnmappedDocument("an address isn't one, and would be dropped")
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _addresses_in(document: JsonObject, vocabulary: Vocabulary) -> Iterator[str]:
    """Give the ids and links of `document`: a reader of JSON-LD drops those that are malformed."""
    waiting: list[JsonObject] = [document]
    while waiting:
        node = waiting.pop()
        for term, value in node.items():
            if term == "id" or term in vocabulary.links:
                for item in value if isinstance(value, list) else [value]:
                    if isinstance(item, str):
                        yield item if _ADDRESS.fullmatch(item) else "\n"
            waiting.extend(_nodes_in(value))


def types_checked(document: JsonObject, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the types in `document`; refuse unmapped terms and graphs that are made to be slow."""
    types: set[str] = set()
    nodes = 0
    waiting: list[JsonObject] = [document]
    while waiting:
        node = waiting.pop()
        nodes += 1
        if nodes > MAX_NODES:
            raise UnmappedDocument(f"more than {MAX_NODES} nodes")
        types.update(_types_of_checked(node, vocabulary))
        for value in node.values():
            waiting.extend(_nodes_in(value))
    return frozenset(types)


def _types_of_checked(node: JsonObject, vocabulary: Vocabulary) -> frozenset[str]:
    types = frozenset(_types_of(node))
    mapped = vocabulary.everywhere
    for name in types:
        if name not in vocabulary.of_type:
            raise UnmappedDocument(f"the type {name!r} isn't in the document's contexts")
        mapped = mapped | vocabulary.of_type[name]
    for term in node:
        if term not in mapped and term != "@context":
            raise UnmappedDocument(f"the term {term!r} isn't in the document's contexts")
    identifier = node.get("id", "urn:x")
    if not isinstance(identifier, str) or ":" not in identifier or identifier.startswith("_:"):
        raise UnmappedDocument("an id isn't an absolute address")
    return types


def _types_of(node: JsonObject) -> Iterator[str]:
    types = node.get("type", [])
    for name in types if isinstance(types, list) else [types]:
        if not isinstance(name, str):
            raise UnmappedDocument("a type isn't a name")
        yield name


def _nodes_in(value: JsonValue) -> Iterator[JsonObject]:
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        found = [item for item in value if isinstance(item, dict)]
        if any(isinstance(item, list) for item in value):
            raise UnmappedDocument("a list in a list")
        if len(found) > MAX_TWINS:
            _refuse_twins(found)
        yield from found


def _refuse_twins(nodes: list[JsonObject]) -> None:
    counts: dict[bytes, int] = {}
    for node in nodes:
        key = canonical(node)
        counts[key] = counts.get(key, 0) + 1
    if max(counts.values()) > MAX_TWINS:
        raise UnmappedDocument("too many equal nodes in one list")


def _terms_checked(document: JsonObject) -> frozenset[str]:
    """Return the terms in `document`; refuse poisoned graphs.

    That is, many blank nodes that only their neighbours tell apart: canonicalising would try all
    their orders. Looks at what nodes say themselves, and not at how: a text and a list of just
    that text are one statement, a number may be written in several ways.
    """
    terms: set[str] = set()
    counts: Counter[frozenset[str]] = Counter()
    waiting: list[JsonObject] = [document]
    while waiting:
        node = waiting.pop()
        terms.update(node)
        said = set(_texts_in(node))
        if any(text.startswith("_:") for text in said):
            raise UnmappedDocument("a blank node is named")
        if "id" not in node:
            counts[frozenset(text for text in said if not _MAYBE_NUMBER.fullmatch(text))] += 1
        for value in node.values():
            waiting.extend(_nodes_in(value))
    if max(counts.values(), default=0) > MAX_LOOKALIKES:
        raise UnmappedDocument("too many nodes that look alike")
    return frozenset(terms)


def _texts_in(node: JsonObject) -> Iterator[str]:
    for value in node.values():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield str(item.get("id", ""))
            elif isinstance(item, str):
                yield item
