"""Resources as linked data: JSON-LD 1.1, and the same graph in Turtle 1.1.

The JSON-LD brings its own context, so that a reader has to fetch nothing. Concepts stand once,
after what refers to them.
"""

import re
from collections.abc import Iterable
from functools import cache
from json.encoder import encode_basestring
from typing import Any

import orjson

from mcsite.exports.elm.resources import (
    ADMS,
    DCTERMS,
    ELM,
    FOAF,
    RDF,
    REGORG,
    SKOS,
    XSD,
    Concept,
    Literal,
    Reference,
    Resource,
    Value,
    Words,
    iri_of,
    written,
)

_PREFIXES = {
    "adms": ADMS, "dcterms": DCTERMS, "elm": ELM, "foaf": FOAF, "rdf": RDF, "rov": REGORG,
    "skos": SKOS, "xsd": XSD,
}  # fmt: skip
_TERMS = {"type": "dcType"}  # what JSON-LD itself has a use for
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def json_ld(resources: Iterable[Resource]) -> bytes:
    """Return the graph as JSON-LD."""
    return written(JsonLd(), resources)


def turtle(resources: Iterable[Resource]) -> bytes:
    """Return the graph as Turtle."""
    return written(Turtle(), resources)


class _Concepts:
    """Every concept that is referred to, once; the one with labels, if any has."""

    def __init__(self) -> None:
        self._by_uri: dict[str, Concept] = {}

    def add(self, concept: Concept) -> None:
        """Note one."""
        if concept.labels or concept.uri not in self._by_uri:
            self._by_uri[concept.uri] = concept

    def in_order(self) -> list[Concept]:
        """Return them by URI."""
        return [self._by_uri[uri] for uri in sorted(self._by_uri)]


class JsonLd:
    """Writes the graph as JSON-LD."""

    def __init__(self) -> None:
        self._context: dict[str, Any] = {"id": "@id", "type": "@type"}
        self._nodes = bytearray()
        self._concepts = _Concepts()

    def add(self, one: Resource) -> None:
        """Write a resource."""
        self._write(self._node(one))

    def _write(self, node: dict[str, Any]) -> None:
        if self._nodes:
            self._nodes += b","
        self._nodes += orjson.dumps(node)

    def finished(self) -> bytes:
        """Return the document."""
        for concept in self._concepts.in_order():
            self._write(self._concept(concept))
        context = orjson.dumps(self._context, option=orjson.OPT_SORT_KEYS)
        return b"".join((b'{"@context":', context, b',"@graph":[', self._nodes, b"]}\n"))

    def _node(self, one: Resource) -> dict[str, Any]:
        self._define(one.kind, iri_of(one.kind))
        node: dict[str, Any] = {"id": one.id} if one.id else {}
        node["type"] = one.kind
        for name, value in one.properties:
            term = _TERMS.get(name, name)
            if term not in self._context:
                self._context[term] = _definition(name, value)
            said = self._value(value)
            if term not in node:
                node[term] = said
            elif isinstance(node[term], list):
                node[term].append(said)
            else:
                node[term] = [node[term], said]
        return node

    def _value(self, value: Value) -> Any:
        match value:
            case Words():
                return dict(value.by_language)
            case Concept():
                self._concepts.add(value)
                return value.uri
            case Reference():
                return value.id
            case Literal():
                return value.text
            case Resource():
                return self._node(value)

    def _concept(self, one: Concept) -> dict[str, Any]:
        for kind in ("Concept", "ConceptScheme"):
            self._define(kind, iri_of(kind))
        self._define("inScheme", iri_of("inScheme"))
        self._define("prefLabel", {"@id": iri_of("prefLabel"), "@container": "@language"})
        scheme = {"id": one.scheme, "type": "ConceptScheme"}
        node = {"id": one.uri, "type": "Concept", "inScheme": scheme}
        return node | ({"prefLabel": dict(one.labels)} if one.labels else {})

    def _define(self, term: str, definition: Any) -> None:
        self._context.setdefault(term, definition)


def _definition(name: str, value: Value) -> Any:
    """Return how JSON-LD has to read a property, which its kind of value tells."""
    match value:
        case Words():
            return {"@id": iri_of(name), "@container": "@language"}
        case Literal() if value.datatype != "string":
            return {"@id": iri_of(name), "@type": XSD + value.datatype}
        case Concept() | Reference():
            return {"@id": iri_of(name), "@type": "@id"}
        case _:
            return iri_of(name)


class Turtle:
    """Writes the graph as Turtle."""

    def __init__(self) -> None:
        prefixes = (f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
        self._text = bytearray("".join(prefixes).encode())
        self._named: list[Resource] = []  # within others, with an id: mailboxes
        self._concepts = _Concepts()

    def add(self, one: Resource) -> None:
        """Write a resource."""
        self._write(f"{_iri(one.id)} {self._said(one, ' ')}")

    def finished(self) -> bytes:
        """Return the document."""
        for one in self._named:
            self.add(one)
        concepts = self._concepts.in_order()
        for concept in concepts:
            labels = (f"{_quoted(text)}@{tag}" for tag, text in concept.labels.items())
            said = ["a skos:Concept", f"skos:inScheme {_iri(concept.scheme)}"]
            said += [f"skos:prefLabel {label}" for label in labels]
            self._write(f"{_iri(concept.uri)} {' ; '.join(said)}")
        for scheme in sorted({concept.scheme for concept in concepts}):
            self._write(f"{_iri(scheme)} a skos:ConceptScheme")
        return bytes(self._text)

    def _write(self, statement: str) -> None:
        self._text += f"\n{statement} .\n".encode()

    def _said(self, one: Resource, indent: str) -> str:
        """Return the predicates and objects of a resource."""
        said = [f"a {_term(one.kind)}"]
        for name, value in one.properties:
            said += [f"{_term(name)} {text}" for text in self._objects(value, indent + " ")]
        return f" ;\n{indent}".join(said)

    def _objects(self, value: Value, indent: str) -> Iterable[str]:
        match value:
            case Words():
                return (f"{_quoted(text)}@{tag}" for tag, text in value.by_language.items())
            case Concept():
                self._concepts.add(value)
                return (_iri(value.uri),)
            case Reference():
                return (_iri(value.id),)
            case Literal():
                plain = value.datatype == "string"
                return (_quoted(value.text) + ("" if plain else f"^^xsd:{value.datatype}"),)
            case Resource() if value.id:
                self._named.append(value)
                return (_iri(value.id),)
            case Resource():
                return (f"[ {self._said(value, indent)} ]",)


@cache
def _term(name: str) -> str:
    """Return the short form of a class or property, of which there are some hundred."""
    iri = iri_of(name)
    for prefix, start in _PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return _iri(iri)


def _iri(iri: str) -> str:
    escaped = _NOT_IN_IRI.sub(lambda found: f"%{ord(found[0]):02X}", iri)
    return f"<{escaped}>"


def _quoted(text: str) -> str:
    """Return a string of Turtle, whose escapes are those of JSON."""
    return encode_basestring(text)
