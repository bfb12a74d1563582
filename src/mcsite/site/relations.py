"""What stands beside what in a catalogue: looked up once, so that no page walks through all."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mcsite.content.catalogue import Catalogue, LabourMarketRow
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.vocabulary import broad_field
from mcsite.site.plan import offered

Value = TypeVar("Value")
SIMILAR = 4  # courses shown beside one
_COMMON = 200  # a skill that more courses have says nothing of how alike two are


@dataclass(frozen=True, slots=True)
class Relations:
    """By id of a course or provider, or URI; what isn't offered any more is similar to nothing."""

    replaced_by: Mapping[str, str]
    pathways: Mapping[str, tuple[str, ...]]  # in which a course is a step
    leading: Mapping[str, tuple[str, ...]]  # pathways, by the URI of the occupation they lead to
    taking_part: Mapping[str, tuple[str, ...]]  # pathways, by a provider that has a course in them
    of_provider: Mapping[str, tuple[Course, ...]]
    similar: Mapping[str, tuple[Course, ...]]
    demand: Mapping[str, tuple[LabourMarketRow, ...]]  # by the URI of an occupation


def relations_of(catalogue: Catalogue) -> Relations:
    """Return how the courses of a catalogue are related."""
    courses = offered(catalogue)
    pathways = catalogue.pathways.values()
    return Relations(
        replaced_by={
            old: course.id for course in catalogue.courses.values() for old in course.replaces
        },
        pathways=_tuples((name, way.id) for way in pathways for name in _courses_of(way)),
        leading=_tuples((way.outcome.occupation or "", way.id) for way in pathways),
        taking_part=_tuples(
            (provider, way.id) for way in pathways for provider in _providers_of(way, catalogue)
        ),
        of_provider=_tuples((course.provider, course) for course in courses),
        similar=_similar(courses),
        demand=_tuples((row.occupation, row) for row in catalogue.labour_market),
    )


def _tuples(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    """Return the values of each key, in their order."""
    return {key: tuple(values) for key, values in _grouped(pairs).items()}


def _courses_of(pathway: Pathway) -> dict[str, None]:
    """Return the ids of a pathway's courses, each once."""
    return dict.fromkeys(name for step in pathway.steps for name in step.courses)


def _providers_of(pathway: Pathway, catalogue: Catalogue) -> set[str]:
    """Return who offers a pathway, or a course of it."""
    found = {catalogue.courses[name].provider for name in _courses_of(pathway)}
    return found | {pathway.provider} if pathway.provider else found


def _similar(courses: list[Course]) -> dict[str, tuple[Course, ...]]:
    """Return for each course those with the most skills in common, then of its field the nearest
    in level.
    """
    by_id = {course.id: course for course in courses}
    levels = {course.id: (course.level.eqf or 0) if course.level else 0 for course in courses}
    by_skill = _grouped((skill.uri, course.id) for course in courses for skill in course.skills)
    fields = {course.id: _fields(course) for course in courses}
    by_field = _grouped((code, (levels[name], name)) for name in fields for code in fields[name])
    for places in by_field.values():
        places.sort()
    found: dict[str, tuple[Course, ...]] = {}
    for course in courses:
        name, level = course.id, levels[course.id]
        shared = Counter(
            other for skill in course.skills for other in _few(by_skill[skill.uri])
            if other != name
        )  # fmt: skip
        likest = sorted((-count, abs(levels[one] - level), one) for one, count in shared.items())
        chosen = dict.fromkeys(one for _, _, one in likest[:SIMILAR])
        for code in fields[name]:
            if len(chosen) < SIMILAR:
                chosen |= dict.fromkeys(_around(by_field[code], (level, name)))
        found[name] = tuple(by_id[one] for one in list(chosen)[:SIMILAR])
    return found


def _grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    groups: dict[str, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _fields(course: Course) -> list[str]:
    """Return the fields of a course, then the broad ones that they belong to."""
    return list(dict.fromkeys([*course.field, *map(broad_field, course.field)]))


def _few(ids: list[str]) -> list[str]:
    return ids if len(ids) <= _COMMON else []


def _around(places: list[tuple[int, str]], own: tuple[int, str]) -> Iterator[str]:
    """Yield the courses of a field that stand next to `own`, the nearest in level first. A place is
    a level with an id.
    """
    at = bisect_left(places, own)
    beside = [*places[max(0, at - SIMILAR) : at], *places[at + 1 : at + 1 + SIMILAR]]
    near = sorted((abs(level - own[0]), name) for level, name in beside)
    return (name for _, name in near)
