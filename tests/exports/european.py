"""The official validators of European Digital Credentials, run offline: SHACL and JSON Schema."""

import copy
import datetime as dt
import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import pyshacl
from jsonschema import Draft202012Validator, FormatChecker
from pyld import jsonld
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from mcsite.exports.elm.nodes import languages
from tests.reference import reference

ELM = "http://data.europa.eu/snb/model/elm/"
CREDENTIAL = "https://www.w3.org/2018/credentials#"
CONTEXTS = {
    "https://www.w3.org/2018/credentials/v1": "contexts/credentials-v1.jsonld",
    "http://data.europa.eu/snb/model/context/edc-ap": "elm/edc-ap-context.jsonld",
}
# What sealing adds: the moment of issuing, and the identifier in the seal's certificate, without
# which the issuer isn't one. The Commission's own unsealed sample lacks the same.
ADDED_BY_SEALING = {
    ("issued", "MinCount"),
    ("issuer", "Node"),
    ("eidasLegalIdentifier", "MinCount"),
}
ISSUED_IS_MISSING = ["'issued' is a required property"]


def _load(url: str, options: object) -> dict[str, Any]:
    """Answer for the two contexts, and for nothing else: a context that can't be read would leave
    nothing to validate.
    """
    del options
    document = json.loads(reference(CONTEXTS[url]).read_text("utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": document}


def graph_of(credential: object) -> Graph:
    """Return the credential as RDF, read with the pinned contexts; of one graph, N-Quads are
    N-Triples.
    """
    quads = jsonld.to_rdf(
        copy.deepcopy(credential),
        {"documentLoader": _load, "format": "application/n-quads"},
    )
    return Graph().parse(data=quads, format="nt")


@cache
def _shapes() -> Graph:
    shapes = Graph()
    for name in ("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl"):
        shapes.parse(reference(f"elm/{name}"), format="turtle")
    return shapes


@cache
def _ontology() -> Graph:
    return Graph().parse(reference("elm/ELM.ttl"), format="turtle")


def violations(graph: Graph) -> set[tuple[str, str]]:
    """Return what the shapes of structure and of vocabularies find: (property, constraint)."""
    _, report, _ = pyshacl.validate(
        graph, shacl_graph=_shapes(), ont_graph=_ontology(), inference="none", advanced=True
    )
    assert isinstance(report, Graph)
    return {
        (
            _short(report.value(result, SH.resultPath) or report.value(result, SH.sourceShape)),
            _short(report.value(result, SH.sourceConstraintComponent)).removesuffix(
                "ConstraintComponent"
            ),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def _short(name: object) -> str:
    return str(name).replace("#", "/").rsplit("/", 1)[-1]


def focus_nodes(graph: Graph, classes: Iterable[str]) -> dict[str, int]:
    """Return how many nodes of each class there are for the shapes to look at."""
    return {name: len(set(graph.subjects(RDF.type, URIRef(ELM + name)))) for name in classes}


_FORMATS = FormatChecker()


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    """RFC 3339, which xsd:dateTime with a zone shares."""
    return dt.datetime.strptime(str(value), "%Y-%m-%dT%H:%M:%S%z").tzinfo is not None


@_FORMATS.checks("duration")
def _is_duration(value: object) -> bool:
    """RFC 3339, appendix A, which asks for whole numbers, unlike xsd:duration."""
    days, hours = r"([0-9]+Y)?([0-9]+M)?([0-9]+D)?", r"(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?"
    return re.fullmatch(rf"P(?=[0-9T]){days}{hours}", str(value)) is not None


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    """RFC 3986, section 4.3: a scheme, and no character that has to be escaped."""
    return (
        re.fullmatch(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Za-z_~-]+", str(value)) is not None
    )


@cache
def _schema() -> Draft202012Validator:
    """Return the JSON Schema without what isn't European Digital Credentials': a base that only
    EBSI serves, and the third type that EBSI asks for.
    """
    schema = json.loads(reference("elm/edc-3.2.schema.json").read_text("utf-8"))
    ebsi, own = schema["allOf"]
    assert "ebsi" in ebsi["$ref"]
    schema["allOf"] = [own]
    types = schema["$defs"]["EuropeanDigitalCredentialType"]["properties"]["type"]
    assert types.pop("minItems") == 3
    return Draft202012Validator(schema, format_checker=_FORMATS)


def schema_errors(credential: object) -> list[str]:
    """Return what the JSON Schema of ELM 3.2 finds."""
    return sorted(error.message for error in _schema().iter_errors(credential))


def keys_of(value: object) -> set[str]:
    """Return every key of a document, but for languages, and those of its contexts."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if not isinstance(value, dict) or value.keys() <= languages().keys():
        return set()
    inner = (keys_of(item) for key, item in value.items() if key != "@context")
    return set(value).union(*inner)


def mapped_keys() -> set[str]:
    """Return the terms that the two contexts map: any other is dropped without a word."""
    found = {"@context", "id", "type"}
    for name in CONTEXTS.values():
        context = json.loads(reference(name).read_text("utf-8"))["@context"]
        found |= set(context)
        credential = context.get("VerifiableCredential")
        if isinstance(credential, dict):
            found |= set(credential["@context"])
    return found


def nodes_of(value: object) -> Iterable[dict[str, Any]]:
    """Yield every node of a document, those within others too."""
    if isinstance(value, list):
        for item in value:
            yield from nodes_of(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes_of(item)
