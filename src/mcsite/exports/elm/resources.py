"""Resources of the European Learning Model as values, which each format writes in its own way.

Properties have the names of the elements of loq.xsd 3.1, which are the local names of the model's
properties, and stand in the order that it asks for. `VOCABULARY` has their IRIs.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol, TypeAlias

ELM = "http://data.europa.eu/snb/model/elm/"
ADMS = "http://www.w3.org/ns/adms#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
REGORG = "http://www.w3.org/ns/regorg#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
# properties and classes that the model takes from elsewhere; all others are its own
VOCABULARY: Mapping[str, str] = {
    **dict.fromkeys(
        ("title", "description", "type", "language", "temporal", "valid", "spatial"), DCTERMS
    ),
    **dict.fromkeys(("altLabel", "prefLabel", "notation", "inScheme"), SKOS),
    **dict.fromkeys(("Concept", "ConceptScheme"), SKOS),
    **dict.fromkeys(("Location", "PeriodOfTime"), DCTERMS),
    "homepage": FOAF,
    "identifier": ADMS,
    "legalName": REGORG,
    "value": RDF,
}  # fmt: skip


def iri_of(name: str) -> str:
    """Return the IRI of a property or class."""
    return VOCABULARY.get(name, ELM) + name


class Words(NamedTuple):
    """A text by language."""

    by_language: Mapping[str, str]


class Concept(NamedTuple):
    """A code of a controlled vocabulary: its URI, its scheme's, and what to call it."""

    uri: str
    scheme: str
    labels: Mapping[str, str]


class Reference(NamedTuple):
    """Another resource of the same document."""

    id: str


class Literal(NamedTuple):
    """A value that isn't human text; `datatype` is the local name of a type of XML Schema."""

    text: str
    datatype: str = "string"


class Resource(NamedTuple):
    """A resource of a class. One without an id stands inside another, as a blank node."""

    kind: str
    properties: tuple[tuple[str, "Value"], ...]
    id: str = ""


Value: TypeAlias = Words | Concept | Reference | Literal | Resource


def resource(kind: str, identifier: str, *said: tuple[str, Value | None]) -> Resource:
    """Return a resource; properties of None are left out."""
    kept = tuple((name, value) for name, value in said if value is not None)
    return Resource(kind, kept, identifier)


def several(name: str, values: Iterable[Value | None]) -> tuple[tuple[str, Value | None], ...]:
    """Return a property with many values."""
    return tuple((name, value) for value in values)


class Format(Protocol):
    """Writes a file of resources, one by one: a catalogue's together would be a lot of memory."""

    def add(self, one: Resource) -> None:
        """Write a resource."""

    def finished(self) -> bytes:
        """Return the file."""


def written(form: Format, resources: Iterable[Resource]) -> bytes:
    """Return a file of resources."""
    for one in resources:
        form.add(one)
    return form.finished()
