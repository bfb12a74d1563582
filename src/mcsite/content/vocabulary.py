"""Controlled vocabularies: a short readable code, the official URI, and labels.

The tables in vocabularies/ are mcsite's own: a table a vocabulary with its codes, URIs and English
labels, and vocabularies/labels/ with a table a language. Codes and URIs are those of the European
Learning Model 3.1 (http://data.europa.eu/snb/…); tests compare them with the official lists. A URI
is absent where no official code could be established: none is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent / "vocabularies"
NAMES = (
    "accreditation-type",
    "assessment-type",
    "credit-system",
    "eqf",
    "isced-f",
    "learning-opportunity-type",
    "nqf",
    "participation",
    "qf-ehea",
    "supervision",
)
_EQF_WORDS = "eqf-words"  # a sentence a level, which has no URI
_STATEMENTS = "statements"  # of Annex I, for which no vocabulary has a code


@dataclass(frozen=True, slots=True)
class Term:
    """A code of a vocabulary. `uri` is None where no official one is established."""

    vocabulary: str
    code: str
    uri: str | None
    english: str

    def label(self, language: str) -> str:
        """Return what a reader of `language` calls it; English where there is no translation."""
        return _label(self.vocabulary, self.code, language) or self.english

    @property
    def labels(self) -> Mapping[str, str]:
        """What it is called in each language that has a word for it, English first."""
        found = {
            language: _label(self.vocabulary, self.code, language)
            for language in languages_of_labels()
        }
        return {"en": self.english} | {language: text for language, text in found.items() if text}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A controlled vocabulary."""

    name: str
    terms: Mapping[str, Term]


def _rows(path: str) -> list[dict[str, str]]:
    head, *lines = (_FOLDER / f"{path}.tsv").read_text("utf-8").splitlines()
    columns = head.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


@cache
def languages_of_labels() -> tuple[str, ...]:
    """Return the languages beside English that labels are translated into."""
    return tuple(sorted(path.stem for path in (_FOLDER / "labels").glob("*.tsv")))


@cache
def _labels(language: str) -> Mapping[tuple[str, str], str]:
    if language not in languages_of_labels():
        return {}
    rows = _rows(f"labels/{language}")
    return {(row["vocabulary"], row["code"]): row["label"] for row in rows}


def _label(vocabulary: str, code: str, language: str) -> str:
    """Return a label in `language` (BCP 47); "" where there is none. Regions share a label."""
    return _labels(language.partition("-")[0]).get((vocabulary, code), "")


def _vocabulary(name: str) -> Vocabulary:
    terms = {
        row["code"]: Term(name, row["code"], row["uri"] or None, row["en"]) for row in _rows(name)
    }
    return Vocabulary(name, MappingProxyType(terms))


VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {name: _vocabulary(name) for name in NAMES}
)


@cache
def eqf_in_words(level: int, language: str) -> str:
    """Return what an EQF level means, in one plain sentence."""
    english = {row["code"]: row["en"] for row in _rows(_EQF_WORDS)}
    return _label(_EQF_WORDS, str(level), language) or english[str(level)]


@cache
def statement(key: str) -> Mapping[str, str]:
    """Return what credentials state in words where no vocabulary has a code, by language."""
    english = {row["code"]: row["en"] for row in _rows(_STATEMENTS)}
    return Term(_STATEMENTS, key, None, english[key]).labels


def stated(key: str, language: str) -> str:
    """Return that in one language; English where there is no translation."""
    return _label(_STATEMENTS, key, language) or statement(key)["en"]


def broad_field(code: str) -> str:
    """Return the two-digit ISCED-F field that `code` belongs to."""
    return code[:2]
