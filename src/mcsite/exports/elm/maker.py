"""What resources of the catalogue are made with: ids, texts, codes, and pages."""

import datetime as dt
from collections.abc import Mapping

from mcsite.content.catalogue import Catalogue
from mcsite.content.markdown import plain_text
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES, Term
from mcsite.credentials.json_types import JsonObject
from mcsite.exports.elm import nodes
from mcsite.exports.elm.nodes import language_concept, language_of_text, own_concept
from mcsite.exports.elm.resources import Concept, Literal, Resource, Words, resource

DOCUMENT = "catalogue.jsonld"  # of the site: it describes what its fragments name


class Maker:
    """Makes values for the resources of one catalogue. `readers` are the languages of labels."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        tags = map(language_of_text, catalogue.site.languages)
        self.readers = tuple(dict.fromkeys(tag for tag in tags if tag)) or ("en",)
        self._concepts: dict[tuple[str, str], Concept] = {}

    def id(self, kind: str, *parts: str | int) -> str:
        """Return the id of a resource."""
        return f"{self.catalogue.site.base_url}/{DOCUMENT}#" + "-".join(map(str, (kind, *parts)))

    def words(self, text: Text) -> Words:
        """Return a text by two letters of a language, the site's default first."""
        ordered = sorted(text.by_language.items(), key=lambda item: item[0] != text.default)
        found = {language_of_text(tag): said for tag, said in reversed(ordered)}
        found.pop("", None)
        return Words(dict(reversed(found.items())))

    def plain(self, text: Text | None) -> Words | None:
        """Return Markdown as plain text."""
        if text is None:
            return None
        written = {tag: plain_text(said) for tag, said in self.words(text).by_language.items()}
        return Words({tag: said for tag, said in written.items() if said}) if written else None

    def labels(self, term: Term) -> Mapping[str, str]:
        """Return what a code is called, in every language of the site."""
        return {reader: term.label(reader) for reader in self.readers}

    def concept(self, vocabulary: str, code: str) -> Concept:
        """Return a code of a vocabulary; one of our own where there is no official one."""
        found = self._concepts.get((vocabulary, code))
        if found is None:
            term = VOCABULARIES[vocabulary].terms[code]
            labels = self.labels(term)
            made = nodes.concept(term.uri, labels) if term.uri else own_concept(vocabulary, term)
            found = self._concepts[vocabulary, code] = as_concept(made)
        return found

    def language(self, tag: str) -> Concept:
        """Return a language, which has to be one of `nodes.languages`."""
        found = self._concepts.get(("language", tag))
        if found is None:
            found = as_concept(language_concept(tag, self.readers))
            self._concepts["language", tag] = found
        return found

    def page(self, url: str | None, language: str = "") -> Resource | None:
        """Return a page on the web, in a language perhaps."""
        if not url:
            return None
        said = self.language(language) if language_of_text(language) else None
        return resource("WebResource", "", ("language", said),
                        ("contentUrl", Literal(url, "anyURI")))  # fmt: skip


def note(said: Words | None) -> Resource | None:
    """Return a text as a Note, None without words."""
    return resource("Note", "", ("noteLiteral", said)) if said and said.by_language else None


def moment(day: dt.date) -> str:
    """Return the beginning of a day, which is how the model writes days."""
    return f"{day.isoformat()}T00:00:00Z"


def as_concept(made: JsonObject) -> Concept:
    """Return a concept of `nodes` as a value."""
    labels, scheme = made.get("prefLabel"), made["inScheme"]
    said = {tag: str(text) for tag, text in labels.items()} if isinstance(labels, dict) else {}
    return Concept(str(made["id"]), str(scheme["id"]) if isinstance(scheme, dict) else "", said)
