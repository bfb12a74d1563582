"""Pieces that every document of the European Learning Model is made of: nodes, concepts, notes.

A node has a class and an id of its own. A concept is a code of a controlled vocabulary; validators
refuse one that doesn't name its scheme (`inScheme`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from mcsite.content.iso import country_name, language_name
from mcsite.content.vocabulary import Term
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.errors import ContentError

AUTHORITY = "http://publications.europa.eu/resource/authority"
ESCO_SKILLS = "http://data.europa.eu/esco/concept-scheme/skills"
UNSTATED_COUNTRY = "OP_DATPRO"  # the authority's own code for what isn't settled
_FOLDER = Path(__file__).parent
_EMPTY: tuple[JsonValue, ...] = (None, "", [], {})

Words = Mapping[str, str]  # a text by language, two letters each


class Numbering:
    """Gives every node of one document an id of its own."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def node(self, kind: str, **properties: JsonValue) -> JsonObject:
        """Return a node of the class `kind`; properties without a value are left out."""
        name = kind[0].lower() + kind[1:]
        self.counts[name] += 1
        said = {key: value for key, value in properties.items() if value not in _EMPTY}
        return {"id": f"urn:epass:{name}:{self.counts[name]}", "type": kind, **said}

    def note(self, words: Words, *, subject: JsonObject | None = None) -> JsonObject | None:
        """Return a Note of these words, about a concept perhaps; None without words."""
        return self.node("Note", noteLiteral=dict(words), subject=subject) if words else None

    def page(self, url: str, title: Words | None = None) -> JsonObject | None:
        """Return a WebResource, None without an address."""
        return self.node("WebResource", contentURL=url, title=dict(title or {})) if url else None


def concept(uri: str, labels: Words, *, scheme: str = "", notation: str = "") -> JsonObject:
    """Return a Concept of a vocabulary whose scheme follows from `uri`, unless it is given."""
    found: JsonObject = {
        "id": uri,
        "type": "Concept",
        "inScheme": {"id": scheme or _scheme_of(uri), "type": "ConceptScheme"},
        "prefLabel": dict(labels),
    }
    if notation:
        found["notation"] = notation
    return found


def _scheme_of(uri: str) -> str:
    """Return the scheme of a code of the Publications Office, or of Europass (".../25831c2")."""
    parent = uri.rsplit("/", 1)[0]
    return parent if uri.startswith(AUTHORITY) else f"{parent}/25831c2"


def own_concept(vocabulary: str, term: Term) -> JsonObject:
    """Return a Concept for a code that has no official URI."""
    return concept(
        f"urn:epass:concept:{vocabulary}:{term.code}",
        labels_of(term),
        scheme=f"urn:epass:conceptScheme:{vocabulary}",
    )


def labels_of(term: Term) -> Words:
    """Return every label of a term that documents of the model can hold."""
    return {language: text for language, text in term.labels.items() if language in languages()}


def many(items: Iterable[JsonValue]) -> JsonValue:
    """Return the value of a property: nothing, the one item, or a list of them."""
    found = [item for item in items if item is not None]
    return found[0] if len(found) == 1 else found


@cache
def words(key: str) -> Words:
    """Return a text of this export in every language that it has."""
    head, *lines = (_FOLDER / "words.tsv").read_text("utf-8").splitlines()
    rows = (dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines)
    row = next(row for row in rows if row["key"] == key)
    return {language: text for language, text in row.items() if language != "key"}


@cache
def _codes(name: str) -> Mapping[str, str]:
    lines = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def languages() -> Mapping[str, str]:
    """Return the languages that texts can be in: two letters → code of the Publications Office."""
    return _codes("language")


def country_codes() -> Mapping[str, str]:
    """Return the countries that there are codes for: ISO 3166-1 → the Publications Office's."""
    return _codes("country")


def language_of_text(tag: str) -> str:
    """Return the two letters under which a text stands: "pt-PT" → "pt"; empty where none can."""
    primary = tag.split("-", 1)[0]
    return primary if primary in languages() else ""


def language_concept(tag: str, readers: Iterable[str]) -> JsonObject:
    """Return the Concept of a language, named in the languages of the readers."""
    code = language_of_text(tag)
    if not code:
        raise ContentError(f"European Digital Credentials have no code for the language {tag!r}")
    labels = {reader: language_name(code, reader) for reader in readers}
    return concept(f"{AUTHORITY}/language/{languages()[code]}", labels)


def country_concept(code: str, readers: Iterable[str]) -> JsonObject:
    """Return the Concept of a country (ISO 3166-1 alpha-2); without one, that it isn't stated."""
    if not code:
        return concept(f"{AUTHORITY}/country/{UNSTATED_COUNTRY}", {"en": "Provisional data"})
    authority = _codes("country").get(code)
    if authority is None:
        raise ContentError(f"European Digital Credentials have no code for the country {code!r}")
    labels = {reader: country_name(code, reader) for reader in readers}
    return concept(f"{AUTHORITY}/country/{authority}", labels)
