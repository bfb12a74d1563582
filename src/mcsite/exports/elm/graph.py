"""Resources as linked data: JSON-LD 1.1, and the same graph in Turtle 1.1.

The JSON-LD brings its own context, so that a reader has to fetch nothing. Concepts stand once,
after what refers to them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from json.encoder import encode_basestring
from typing import Any

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
)

_PREFIXES = {
    "adms": ADMS, "dcterms": DCTERMS, "elm": ELM, "foaf": FOAF, "rdf": RDF, "rov": REGORG,
    "skos": SKOS, "xsd": XSD,
}  # fmt: skip
_TERMS = {"type": "dcType"}  # what JSON-LD itself has a use for
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def json_ld(resources: Iterable[Resource]) -> bytes:
    """Return the graph as JSON-LD."""
    found = list(resources)
    context: dict[str, Any] = {"id": "@id", "type": "@type"}
    graph = [_node(one, context) for one in found]
    graph += [_concept_node(one, context) for one in _concepts(found)]
    document = {"@context": dict(sorted(context.items())), "@graph": graph}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def turtle(resources: Iterable[Resource]) -> bytes:
    """Return the graph as Turtle."""
    found = list(resources)
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in _PREFIXES.items()]
    named = (*found, *_named_within(found))
    lines += [f"\n{_iri(one.id)} {_said(one, ' ')} ." for one in named]
    for concept in _concepts(found):
        labels = (f"{_quoted(text)}@{tag}" for tag, text in concept.labels.items())
        said = ["a skos:Concept", f"skos:inScheme {_iri(concept.scheme)}"]
        said += [f"skos:prefLabel {label}" for label in labels]
        lines.append(f"\n{_iri(concept.uri)} {' ; '.join(said)} .")
    schemes = sorted({concept.scheme for concept in _concepts(found)})
    lines += [f"\n{_iri(scheme)} a skos:ConceptScheme ." for scheme in schemes]
    return ("\n".join(lines) + "\n").encode()


def _concepts(resources: Sequence[Resource]) -> list[Concept]:
    """Return every concept that is referred to, once, by URI; the one with labels, if any has."""
    found: dict[str, Concept] = {}
    for concept in _concepts_in(resources):
        if concept.labels or concept.uri not in found:
            found[concept.uri] = concept
    return [found[uri] for uri in sorted(found)]


def _named_within(resources: Iterable[Resource]) -> Iterator[Resource]:
    """Yield the resources that stand within others and have an id: mailboxes."""
    for one in resources:
        for _, value in one.properties:
            if isinstance(value, Resource):
                yield from [value] if value.id else _named_within([value])


def _concepts_in(resources: Iterable[Resource]) -> Iterator[Concept]:
    for one in resources:
        for _, value in one.properties:
            if isinstance(value, Concept):
                yield value
            elif isinstance(value, Resource):
                yield from _concepts_in([value])


def _node(one: Resource, context: dict[str, Any]) -> dict[str, Any]:
    context[one.kind] = iri_of(one.kind)
    node: dict[str, Any] = {"id": one.id} if one.id else {}
    node["type"] = one.kind
    for name, value in one.properties:
        term = _TERMS.get(name, name)
        context[term] = _definition(name, value)
        said = _json_value(value, context)
        if term not in node:
            node[term] = said
        elif isinstance(node[term], list):
            node[term].append(said)
        else:
            node[term] = [node[term], said]
    return node


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


def _json_value(value: Value, context: dict[str, Any]) -> Any:
    match value:
        case Words():
            return dict(value.by_language)
        case Concept():
            return value.uri
        case Reference():
            return value.id
        case Literal():
            return value.text
        case Resource():
            return _node(value, context)


def _concept_node(one: Concept, context: dict[str, Any]) -> dict[str, Any]:
    for kind in ("Concept", "ConceptScheme"):
        context[kind] = iri_of(kind)
    context["inScheme"] = iri_of("inScheme")
    context["prefLabel"] = {"@id": iri_of("prefLabel"), "@container": "@language"}
    scheme = {"id": one.scheme, "type": "ConceptScheme"}
    node = {"id": one.uri, "type": "Concept", "inScheme": scheme}
    return node | ({"prefLabel": dict(one.labels)} if one.labels else {})


def _said(one: Resource, indent: str) -> str:
    """Return the predicates and objects of a resource."""
    said = [f"a {_term(one.kind)}"]
    for name, value in one.properties:
        said += [f"{_term(name)} {text}" for text in _objects(value, indent + " ")]
    return f" ;\n{indent}".join(said)


def _objects(value: Value, indent: str) -> Iterator[str]:
    match value:
        case Words():
            for language, text in value.by_language.items():
                yield f"{_quoted(text)}@{language}"
        case Concept():
            yield _iri(value.uri)
        case Reference():
            yield _iri(value.id)
        case Literal():
            plain = value.datatype == "string"
            yield _quoted(value.text) + ("" if plain else f"^^xsd:{value.datatype}")
        case Resource() if value.id:
            yield _iri(value.id)
        case Resource():
            yield f"[ {_said(value, indent)} ]"


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
