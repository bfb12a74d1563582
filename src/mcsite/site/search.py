"""Search: the table of facets, and spellings of words (docs/decisions/0007)."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import orjson

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course, Funding
from mcsite.content.slugs import slug_of
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES, broad_field
from mcsite.site.context import SiteContext
from mcsite.site.plan import keys_of, uri_of
from mcsite.site.runs import lowest_price, starts_of


@dataclass(slots=True)
class _Values:
    """The values of one facet, numbered as they are first met; `label` tells what a key is called
    in a language.
    """

    label: Callable[[str, str], str]
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """Return the number of a value."""
        return self.numbers.setdefault(key, len(self.numbers))

    def several(self, keys: Iterable[str]) -> list[int]:
        """Return the numbers of values, each once."""
        return sorted({self.number(key) for key in keys})

    def table(self, language: str) -> list[dict[str, str]]:
        """Return keys and labels in the order of their numbers."""
        return [{"key": key, "label": self.label(key, language)} for key in self.numbers]


def facet_tables(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield each language of the site, and the catalogue's facets in it, by columns: one list a
    field, one place in it a course.
    """
    courses, values = list(context.catalogue.courses.values()), _values(context)
    rows = [_row(context, course, values) for course in courses]
    alike = {name: [row[name] for row in rows] for name in _COLUMNS if name not in _SAID}
    for language in context.languages:
        said = {
            "title": [str(course.title.in_language(language)) for course in courses],
            "summary": [
                str((course.summary or course.title).in_language(language)) for course in courses
            ],
        }
        table = {
            "version": 1,
            "language": language,
            "courses": {name: (alike | said)[name] for name in _COLUMNS},
            "values": {name: numbered.table(language) for name, numbered in values.items()},
        }
        yield language, orjson.dumps(table)


def _values(context: SiteContext) -> dict[str, _Values]:
    """Return the facets that have values of their own, none of which is known yet."""
    catalogue, programmes = context.catalogue, _programmes(context.catalogue)
    return {
        "provider": _texts(lambda key: catalogue.providers[key].legal_name),
        "field": _Values(lambda key, language: VOCABULARIES["isced-f"].terms[key].label(language)),
        "language": _Values(lambda key, language: context.localiser(language).language_name(key)),
        "mode": _Values(
            lambda key, language: VOCABULARIES["participation"].terms[key].label(language)
        ),
        "skill": _texts(lambda key: catalogue.skills[uri_of("skills", key)]),
        "occupation": _texts(lambda key: catalogue.occupations[uri_of("occupations", key)]),
        "funding": _texts(programmes.__getitem__),
    }


def _texts(text: Callable[[str], Text]) -> _Values:
    return _Values(lambda key, language: str(text(key).in_language(language)))


def _programmes(catalogue: Catalogue) -> dict[str, Text]:
    """Return the programmes that fund courses, in every language in which a course names them."""
    found: dict[str, Text] = {}
    for course in catalogue.courses.values():
        for funding in course.funding:
            key = programme_key(funding, catalogue)
            known = found.get(key, funding.programme)
            texts = {**funding.programme.by_language, **known.by_language}
            found[key] = Text(texts, known.default)
    return found


def programme_key(funding: Funding, catalogue: Catalogue) -> str:
    """Return what a programme is called in addresses. It has no id: its name in the site's own
    language is what courses have in common. A digest tells names apart that begin alike.
    """
    name = str(funding.programme.in_language(catalogue.site.default_language))
    digest = hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()[:6]
    return f"{slug_of(name)}-{digest}".removeprefix("-")


_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
     "ð": "d"}
)  # fmt: skip
_TAG = re.compile(r"<[^>]*>")
_SUCH = "".join(map(chr, _LETTERS))
_WORDS = re.compile(rf"\w*[{_SUCH}]\w*")
_COLUMNS = (
    "id", "title", "summary", "provider", "field", "eqf", "ects", "hours", "languages", "mode",
    "start", "price", "currency", "stackable", "skills", "occupations", "funding", "withdrawn",
)  # fmt: skip
_SAID = ("title", "summary")  # columns that are others in each language


def _row(context: SiteContext, course: Course, values: Mapping[str, _Values]) -> dict[str, object]:
    """Return what is the same in every language."""
    price = lowest_price(context, course)
    return {
        "id": course.id,
        "provider": values["provider"].number(course.provider),
        "field": values["field"].several(broad_field(code) for code in course.field),
        "eqf": (course.level.eqf or 0) if course.level else 0,
        "ects": _plain(course.workload.ects),
        "hours": _plain(course.workload.hours),
        "languages": values["language"].several(course.language),
        "mode": values["mode"].several(course.participation),
        "start": [day.isoformat() for day in starts_of(context, course)],
        "price": _plain(price.amount if price else None),
        "currency": price.currency if price else "",
        "stackable": int(
            course.stackability is not None and course.stackability.type == "stackable"
        ),
        "skills": values["skill"].several(keys_of(course, "skills")),
        "occupations": values["occupation"].several(keys_of(course, "occupations")),
        "funding": values["funding"].several(
            programme_key(one, context.catalogue) for one in course.funding
        ),
        "withdrawn": int(course.withdrawn is not None),
    }


def _plain(number: Decimal | None) -> float | int | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def plain_spellings(markup: str) -> str:
    """Return the words of a page that have letters which lose no mark when Unicode decomposes
    them, spelled as keyboards without those letters do: "lodz" for "Łódź".

    Pagefind takes marks away but leaves such letters; the browser's fold.js spells queries so.
    """
    lower = str.lower(markup)  # of Markup, it would be Markup
    if not any(letter in lower for letter in _SUCH):
        return ""
    words = set(_WORDS.findall(_TAG.sub(" ", lower)))
    return " ".join(
        sorted(
            "".join(
                char
                for char in unicodedata.normalize("NFD", word.translate(_LETTERS))
                if not unicodedata.combining(char)
            )
            for word in words
        )
    )
