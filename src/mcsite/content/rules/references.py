"""Ids lead somewhere, and nothing counts towards itself."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mcsite.content.catalogue import KINDS, Catalogue
from mcsite.content.fields import did_you_mean
from mcsite.content.models.course import Occupation, Skill
from mcsite.content.models.pathway import Step
from mcsite.content.rules.places import Places
from mcsite.content.text import Text
from mcsite.findings import Finding, Severity

Loc = tuple[int | str, ...]


def ids_are_defined(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC301: every id that a file names is another file's."""
    renamed = {old: new for kind in KINDS for old, new in catalogue.aliases(kind).items()}
    for key, loc, wanted, known in _references(catalogue):
        if wanted not in known:
            hint = did_you_mean(wanted, known) if known else "there is none yet"
            if renamed.get(wanted) in known:
                hint = f"it is called {renamed[wanted]!r} now"
            yield places.finding(key, loc, "MC301", f"{wanted!r} isn't there", hint=hint)


Reference = tuple[str, Loc, str, frozenset[str]]


def _references(catalogue: Catalogue) -> Iterator[Reference]:
    """Yield (file, place, id, ids that are there) for every id that a file names."""
    courses, providers = catalogue.ids("courses"), catalogue.ids("providers")
    for index, wanted in enumerate(catalogue.site.featured):
        yield "site", ("featured", index), wanted, courses
    yield from _of_courses(catalogue, courses, providers)
    yield from _of_pathways(catalogue, courses, providers)
    for number, issuer in enumerate(catalogue.issuers):
        for index, wanted in enumerate(issuer.providers):
            yield "issuers", (number, "providers", index), wanted, providers


def _of_courses(
    catalogue: Catalogue, courses: frozenset[str], providers: frozenset[str]
) -> Iterator[Reference]:
    stacks = courses | catalogue.ids("pathways")
    for course in catalogue.courses.values():
        key = f"courses/{course.id}"
        yield key, ("provider",), course.provider, providers
        for index, wanted in enumerate(course.replaces):
            yield key, ("replaces", index), wanted, courses
        into = course.stackability.into if course.stackability else ()
        for index, wanted in enumerate(into):
            yield key, ("stackability", "into", index), wanted, stacks


def _of_pathways(
    catalogue: Catalogue, courses: frozenset[str], providers: frozenset[str]
) -> Iterator[Reference]:
    for pathway in catalogue.pathways.values():
        key = f"pathways/{pathway.id}"
        if pathway.provider is not None:
            yield key, ("provider",), pathway.provider, providers
    for key, loc, wanted in _steps(catalogue):
        yield key, loc, wanted, courses


def skills_have_one_label(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC304: one URI, one label, in all files."""
    seen: dict[str, tuple[Text, str]] = {}
    for course in catalogue.courses.values():
        named: tuple[tuple[str, Sequence[Skill | Occupation]], ...] = (
            ("skills", course.skills),
            ("occupations", course.occupations),
        )
        for name, listed in named:
            for index, skill in enumerate(listed):
                label, where = seen.setdefault(skill.uri, (skill.label, course.id))
                if dict(label.by_language) != dict(skill.label.by_language):
                    yield places.finding(
                        f"courses/{course.id}",
                        (name, index, "label"),
                        "MC304",
                        f"the course {where!r} has another label for {skill.uri}",
                        hint=f"there it is {label.in_language(label.default)}",
                    )


def outcome_skills_have_labels(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC305: a skill of an outcome is labelled in some course's `skills`.

    Nothing is said while a course is at fault, which may be the one that has the label.
    """
    if catalogue.ids("courses") != catalogue.courses.keys():
        return
    for course in catalogue.courses.values():
        for number, outcome in enumerate(course.learning_outcomes):
            for index, uri in enumerate(outcome.skills):
                if uri not in catalogue.skills:
                    loc = ("learning_outcomes", number, "skills", index)
                    hint = "add it to skills, with its label"
                    yield places.finding(
                        f"courses/{course.id}", loc, "MC305", f"{uri} has no label", hint=hint
                    )


def nothing_counts_towards_itself(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC303: no course counts towards itself, or replaces itself, however long the way."""
    into = {
        course.id: course.stackability.into
        for course in catalogue.courses.values()
        if course.stackability
    }
    replaces = {course.id: course.replaces for course in catalogue.courses.values()}
    for field, edges in ((("stackability", "into"), into), (("replaces",), replaces)):
        for circle in _circles(edges):
            message = f"circle: {' → '.join([*circle, circle[0]])}"
            index = edges[circle[-1]].index(circle[0])
            yield places.finding(f"courses/{circle[-1]}", (*field, index), "MC303", message)


def _circles(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield a circle for each edge that closes one; every edge is walked once."""
    done: set[str] = set()
    for start in edges:
        way: dict[str, Iterator[str]] = {}  # names on the way, with the edges left to walk
        if start not in done:
            way[start] = iter(edges[start])
        while way:
            name = next(reversed(way))
            target = next(way[name], None)
            if target is None:
                done.add(name)
                del way[name]
            elif target in way:
                names = list(way)
                yield names[names.index(target) :]
            elif target in edges and target not in done:
                way[target] = iter(edges[target])


def steps_can_be_taken(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC306, MC640: a step asks for no more courses than it has, nor for more credits than they
    bring together.
    """
    for pathway in catalogue.pathways.values():
        for number, step in enumerate(pathway.steps):
            if step.any_of is not None and step.any_of > len(step.courses):
                loc = ("steps", number, "any_of")
                message = f"asks for {step.any_of} of {len(step.courses)} courses"
                yield places.finding(f"pathways/{pathway.id}", loc, "MC306", message)
            brought = _credits(catalogue, step)
            if step.minimum_ects is not None and brought < step.minimum_ects:
                yield places.finding(
                    f"pathways/{pathway.id}", ("steps", number, "minimum_ects"), "MC640",
                    f"asks for {step.minimum_ects} ECTS, and its courses bring {brought}",
                    severity=Severity.WARNING,
                )  # fmt: skip


def _credits(catalogue: Catalogue, step: Step) -> Decimal:
    """Return what the courses of a step bring together; those that aren't there bring nothing."""
    found = (catalogue.courses[name] for name in step.courses if name in catalogue.courses)
    return sum((course.workload.ects or Decimal(0) for course in found), Decimal(0))


def withdrawn_courses_are_not_offered(
    catalogue: Catalogue, places: Places, today: dt.date
) -> Iterator[Finding]:
    """MC606: neither the home page nor a pathway leads to a course that isn't offered any more."""
    withdrawn = {
        course.id: course.withdrawn.since
        for course in catalogue.courses.values()
        if course.withdrawn and course.withdrawn.since <= today
    }
    places_of = [("site", ("featured", n), name) for n, name in enumerate(catalogue.site.featured)]
    for key, loc, name in [*places_of, *_steps(catalogue)]:
        if name in withdrawn:
            yield places.finding(
                key, loc, "MC606", f"the course {name!r} was withdrawn on {withdrawn[name]}",
                severity=Severity.WARNING, hint="name the course that replaces it",
            )  # fmt: skip


def _steps(catalogue: Catalogue) -> Iterator[tuple[str, Loc, str]]:
    for pathway in catalogue.pathways.values():
        for number, step in enumerate(pathway.steps):
            for index, name in enumerate(step.courses):
                yield f"pathways/{pathway.id}", ("steps", number, "courses", index), name
