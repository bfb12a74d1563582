"""Ids lead somewhere, and nothing counts towards itself."""

from collections.abc import Iterable, Iterator, Sequence

from mcsite.content.catalogue import Catalogue
from mcsite.content.fields import did_you_mean
from mcsite.content.models.course import Occupation, Skill
from mcsite.content.rules.places import Places
from mcsite.content.text import Text
from mcsite.findings import Finding

Loc = tuple[int | str, ...]


def ids_are_defined(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC301: every id that a file names is another file's."""
    for key, loc, wanted, known in _references(catalogue):
        if wanted not in known:
            hint = did_you_mean(wanted, known) if known else "there is none yet"
            yield places.finding(key, loc, "MC301", f"{wanted!r} isn't there", hint=hint)


Reference = tuple[str, Loc, str, Iterable[str]]


def _references(catalogue: Catalogue) -> Iterator[Reference]:
    """Yield (file, place, id, ids that are there) for every id that a file names."""
    for index, wanted in enumerate(catalogue.site.featured):
        yield "site", ("featured", index), wanted, catalogue.courses
    yield from _of_courses(catalogue)
    yield from _of_pathways(catalogue)
    for number, issuer in enumerate(catalogue.issuers):
        for index, wanted in enumerate(issuer.providers):
            yield "issuers", (number, "providers", index), wanted, catalogue.providers


def _of_courses(catalogue: Catalogue) -> Iterator[Reference]:
    stacks = {**catalogue.courses, **catalogue.pathways}
    for course in catalogue.courses.values():
        key = f"courses/{course.id}"
        yield key, ("provider",), course.provider, catalogue.providers
        for index, wanted in enumerate(course.replaces):
            yield key, ("replaces", index), wanted, catalogue.courses
        into = course.stackability.into if course.stackability else ()
        for index, wanted in enumerate(into):
            yield key, ("stackability", "into", index), wanted, stacks


def _of_pathways(catalogue: Catalogue) -> Iterator[Reference]:
    for pathway in catalogue.pathways.values():
        key = f"pathways/{pathway.id}"
        if pathway.provider is not None:
            yield key, ("provider",), pathway.provider, catalogue.providers
        for number, step in enumerate(pathway.steps):
            for index, wanted in enumerate(step.courses):
                yield key, ("steps", number, "courses", index), wanted, catalogue.courses


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
    """MC305: a skill of an outcome is labelled in some course's `skills`."""
    for course in catalogue.courses.values():
        for number, outcome in enumerate(course.learning_outcomes):
            for index, uri in enumerate(outcome.skills):
                if uri not in catalogue.skills:
                    loc = ("learning_outcomes", number, "skills", index)
                    hint = "add it to skills, with its label"
                    yield places.finding(
                        f"courses/{course.id}", loc, "MC305", f"{uri} has no label", hint=hint
                    )


def stacks_have_no_circle(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC303: nothing counts towards itself, however long the way."""
    into = {
        course.id: [name for name in course.stackability.into if name in catalogue.courses]
        for course in catalogue.courses.values()
        if course.stackability
    }
    done: set[str] = set()
    for start in into:
        on_the_way: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            name, depth = waiting.pop()
            del on_the_way[depth:]
            if name in on_the_way:
                circle = " → ".join([*on_the_way[on_the_way.index(name) :], name])
                loc = ("stackability", "into")
                yield places.finding(f"courses/{on_the_way[-1]}", loc, "MC303", f"circle: {circle}")
                continue
            if name in done:
                continue
            on_the_way.append(name)
            waiting.extend((target, depth + 1) for target in into.get(name, []))
        done.add(start)


def steps_can_be_taken(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC306: a step asks for no more courses than it has."""
    for pathway in catalogue.pathways.values():
        for number, step in enumerate(pathway.steps):
            if step.any_of is not None and step.any_of > len(step.courses):
                loc = ("steps", number, "any_of")
                message = f"asks for {step.any_of} of {len(step.courses)} courses"
                yield places.finding(f"pathways/{pathway.id}", loc, "MC306", message)
