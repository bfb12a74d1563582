"""Codes from what others write for them: our own words, official URIs, labels in any language."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from mcsite.content.iso import is_language_tag
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.exports.elm.nodes import AUTHORITY, country_codes, languages

_OWN_CONCEPT = "urn:epass:concept:"
_SEPARATORS = re.compile(r"[\n;]")


@cache
def _known(vocabulary: str) -> dict[str, str]:
    """Return code by everything that stands for it, in lower case."""
    found: dict[str, str] = {}
    for code, term in VOCABULARIES[vocabulary].terms.items():
        for label in term.labels.values():
            found.setdefault(label.casefold(), code)
    for code, term in VOCABULARIES[vocabulary].terms.items():
        found[code] = code
        found[f"{_OWN_CONCEPT}{vocabulary}:{code}"] = code
        if term.uri:
            found[term.uri.casefold()] = code
    return found


def code_of(vocabulary: str, text: str) -> str:
    """Return the code that a code, a URI or a label stands for; "" where there is none."""
    key = " ".join(text.split()).casefold()
    found = _known(vocabulary).get(key, "")
    if not found and vocabulary == "isced-f" and key.isdigit():
        return _with_zeros(key)
    return found


def _with_zeros(digits: str) -> str:
    """Return a code of ISCED-F whose first zeros a spreadsheet took away, where only one fits."""
    terms = VOCABULARIES["isced-f"].terms
    fitting = {digits.zfill(width) for width in range(len(digits) + 1, 5)} & terms.keys()
    return fitting.pop() if len(fitting) == 1 else ""


@cache
def _tags(readers: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for reader in readers:
        locale = Locale.parse(reader, sep="-")
        for tag, name in locale.languages.items():
            found.setdefault(str(name).casefold(), str(tag).replace("_", "-"))
    for tag, authority in languages().items():
        found[f"{AUTHORITY}/language/{authority}".casefold()] = tag
        found[authority.casefold()] = tag
    return found


def language_of(text: str, readers: tuple[str, ...]) -> str:
    """Return the tag that a tag, a URI, or a name in a language of the site or English stands for;
    "" where there is none.
    """
    said = text.strip()
    if is_language_tag(said):
        return said
    found = _tags((*readers, "en")).get(said.casefold(), "")
    return found if is_language_tag(found) else ""


def country_of(uri: str) -> str:
    """Return the code of a country by its URI of the Publications Office; "" without one."""
    by_uri = {f"{AUTHORITY}/country/{name}": code for code, name in country_codes().items()}
    return by_uri.get(uri, "")


def pieces_of(vocabulary: str, text: str, readers: tuple[str, ...]) -> Iterator[str]:
    """Yield the codes that a cell holds, apart by line, semicolon, comma or space; what isn't one
    as it stands.
    """
    for piece in filter(None, map(str.strip, _SEPARATORS.split(text))):
        found = _meaning(vocabulary, piece, readers)
        parts = piece.split(",") if "," in piece else piece.split()
        apart = [part.strip() for part in parts if part.strip()]
        known = [_meaning(vocabulary, part, readers) for part in apart]
        if found or (vocabulary and not any(known) and "," not in piece):
            yield found or piece
        else:
            yield from (code or part for code, part in zip(known, apart, strict=True))


def _meaning(vocabulary: str, piece: str, readers: tuple[str, ...]) -> str:
    match vocabulary:
        case "language":
            return language_of(piece, readers)
        case "":
            return ""
        case _:
            return code_of(vocabulary, piece)
