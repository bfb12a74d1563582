"""What pages a site has: a pure value, from which sitemap, links and files follow."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mcsite.content.catalogue import KINDS, Catalogue
from mcsite.content.models.course import Course
from mcsite.content.vocabulary import broad_field
from mcsite.site import urls

PER_PAGE = 50  # courses on a page of the list that works without JavaScript
NONE: Mapping[str, int] = MappingProxyType({})
TOPICS = ("fields", "levels", "skills", "occupations", "languages")


class PageKind(StrEnum):
    """Kinds of pages; the value is the name of the template."""

    CHOOSER = "chooser"
    HOME = "home"
    CATALOGUE = "catalogue"
    COURSE = "course"
    PROVIDERS = "providers"
    PROVIDER = "provider"
    PATHWAYS = "pathways"
    PATHWAY = "pathway"
    TOPICS = "topics"
    TOPIC = "topic"
    SAVED = "saved"
    VERIFY_FILE = "verify-file"
    TEXT = "text"
    GALLERY = "gallery"
    EXAMPLE = "example"
    MOVED = "moved"
    NOT_FOUND = "not-found"


_ALONE = (
    PageKind.NOT_FOUND, PageKind.SAVED, PageKind.MOVED, PageKind.GALLERY, PageKind.EXAMPLE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One page: its kind, language and path, and what it is about.

    `key` is an id, or "fields/06" for a topic, or "courses/<id>" for what moved there, or the
    name of a text page; `number` counts pages of a list.
    """

    kind: PageKind
    language: str
    path: str
    key: str = ""
    number: int = 1

    @property
    def indexed(self) -> bool:
        """Tell whether search engines may list it."""
        return self.kind not in _ALONE and self.number == 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page but those of credentials, which are a stream."""

    pages: Sequence[PageSpec]
    topics: Mapping[str, Mapping[str, tuple[str, ...]]]  # kind → key → ids of courses


def plan_site(catalogue: Catalogue, examples: Mapping[str, int] = NONE) -> Plan:
    """Return the plan of a catalogue's site. `examples` are how many states each component has,
    where there is to be a gallery.
    """
    topics = {kind: _topic(catalogue, kind) for kind in TOPICS}
    default = catalogue.site.default_language
    pages = [PageSpec(kind=PageKind.CHOOSER, language=default, path="")]
    for language in catalogue.site.languages:
        pages.extend(_pages(catalogue, language, topics))
    pages.append(PageSpec(kind=PageKind.NOT_FOUND, language=default, path=urls.NOT_FOUND))
    pages.extend(_gallery(default, examples))
    return Plan(tuple(pages), topics)


def offered(catalogue: Catalogue) -> list[Course]:
    """Return the courses that aren't withdrawn, by id."""
    return [course for course in catalogue.courses.values() if course.withdrawn is None]


def _pages(
    catalogue: Catalogue, language: str, topics: dict[str, dict[str, tuple[str, ...]]]
) -> Iterator[PageSpec]:
    yield PageSpec(kind=PageKind.HOME, language=language, path=urls.home(language))
    yield from _list(PageKind.CATALOGUE, language, urls.courses(language), len(offered(catalogue)))
    yield from _things(catalogue, language)
    for kind, keys in topics.items():
        if keys:
            path = urls.topics(language, kind)
            yield PageSpec(kind=PageKind.TOPICS, language=language, path=path, key=kind)
        for key, ids in keys.items():
            path = urls.topic(language, kind, key)
            yield from _list(PageKind.TOPIC, language, path, len(ids), key=f"{kind}/{key}")
    yield PageSpec(kind=PageKind.SAVED, language=language, path=urls.saved(language))
    yield PageSpec(kind=PageKind.VERIFY_FILE, language=language, path=urls.verify(language))
    for name in ("about", "privacy", "accessibility"):
        path = urls.text_page(language, name)
        yield PageSpec(kind=PageKind.TEXT, language=language, path=path, key=name)


def pages_of(count: int) -> range:
    """Return the numbers of the pages that so many courses fill."""
    return range(1, max(1, math.ceil(count / PER_PAGE)) + 1)


def _list(
    kind: PageKind, language: str, path: str, count: int, *, key: str = ""
) -> Iterator[PageSpec]:
    """Yield the pages of a list of courses."""
    for number in pages_of(count):
        page = urls.numbered(path, number)
        yield PageSpec(kind=kind, language=language, path=page, key=key, number=number)


def _things(catalogue: Catalogue, language: str) -> Iterator[PageSpec]:
    for key in catalogue.courses:
        path = urls.course(language, key)
        yield PageSpec(kind=PageKind.COURSE, language=language, path=path, key=key)
    yield PageSpec(kind=PageKind.PROVIDERS, language=language, path=urls.providers(language))
    counts = Counter(course.provider for course in offered(catalogue))
    for key in catalogue.providers:
        path = urls.provider(language, key)
        yield from _list(PageKind.PROVIDER, language, path, counts[key], key=key)
    yield PageSpec(kind=PageKind.PATHWAYS, language=language, path=urls.pathways(language))
    for key in catalogue.pathways:
        path = urls.pathway(language, key)
        yield PageSpec(kind=PageKind.PATHWAY, language=language, path=path, key=key)
    for kind in KINDS:
        for alias, key in sorted(catalogue.aliases(kind).items()):
            path, target = urls.thing(language, kind, alias), f"{kind}/{key}"
            yield PageSpec(kind=PageKind.MOVED, language=language, path=path, key=target)


def keys_of(course: Course, kind: str) -> list[str]:
    """Return the topics of one kind that a course belongs to."""
    if kind == "fields":
        return sorted({broad_field(code) for code in course.field} | set(course.field))
    if kind == "levels":
        return [str(course.level.eqf)] if course.level and course.level.eqf else []
    if kind == "skills":
        return [uuid_of(skill.uri) for skill in course.skills]
    if kind == "occupations":
        return [uuid_of(occupation.uri) for occupation in course.occupations]
    return list(course.language)


def uuid_of(uri: str) -> str:
    """Return the last part of an ESCO URI, which is stable in addresses."""
    return uri.rsplit("/", 1)[-1]


def uri_of(kind: str, key: str) -> str:
    """Return the ESCO URI of the topic of a skill or an occupation; `kind` is a plural."""
    return f"http://data.europa.eu/esco/{kind.removesuffix('s')}/{key}"


def _gallery(language: str, examples: Mapping[str, int]) -> Iterator[PageSpec]:
    if examples:
        yield PageSpec(kind=PageKind.GALLERY, language=language, path=urls.GALLERY)
    for name, count in examples.items():
        for number in range(1, count + 1):
            path = urls.example(name, number)
            yield PageSpec(
                kind=PageKind.EXAMPLE, language=language, path=path, key=name, number=number
            )


def _topic(catalogue: Catalogue, kind: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for course in offered(catalogue):
        for key in keys_of(course, kind):
            found.setdefault(key, []).append(course.id)
    return {key: tuple(ids) for key, ids in sorted(found.items())}
