"""Controlled vocabularies: a short readable code, the official URI, and labels.

The tables in vocabularies/ are mcsite's own. Codes and URIs are those of the European Learning
Model 3.1
(http://data.europa.eu/snb/…); tests compare them with the official lists. A URI is absent where
no official
code could be established: none is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
    "participation",
    "qf-ehea",
    "supervision",
)


@dataclass(frozen=True, slots=True)
class Term:
    """A code of a vocabulary. `uri` is None where no official one is established."""

    code: str
    uri: str | None
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        """Return what a reader of `language` calls it; English where there is no translation."""
        return self.labels.get(language) or self.labels["en"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A controlled vocabulary."""

    name: str
    terms: Mapping[str, Term]


def _rows(name: str) -> list[dict[str, str]]:
    head, *lines = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    columns = head.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def _vocabulary(name: str) -> Vocabulary:
    terms = {
        row["code"]: Term(
            code=row["code"],
            uri=row["uri"] or None,
            labels={key: text for key, text in row.items() if key not in ("code", "uri")},
        )
        for row in _rows(name)
    }
    return Vocabulary(name, MappingProxyType(terms))


VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {name: _vocabulary(name) for name in NAMES}
)
_EQF_IN_WORDS = {row["code"]: row for row in _rows("eqf-words")}


def eqf_in_words(level: int, language: str) -> str:
    """Return what an EQF level means, in one plain sentence."""
    row = _EQF_IN_WORDS[str(level)]
    return row.get(language) or row["en"]


def broad_field(code: str) -> str:
    """Return the two-digit ISCED-F field that `code` belongs to."""
    return code[:2]
