"""Courses from schema.org: Course, CourseInstance, Offer, as JSON-LD or within a page.

What schema.org has no property for (assessment, quality assurance), or says in words that aren't
one of our codes, is left out: nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from mcsite.content.shapes import fields_of
from mcsite.content.source import Mapping, Node, Scalar
from mcsite.findings import Position
from mcsite.imports.codes import code_of
from mcsite.imports.drafting import Draft, key_of, reading_of
from mcsite.imports.linked import Graph, Thing, day_of, hours_of, items, plain, words
from mcsite.imports.markup import markdown_of
from mcsite.imports.reading import Reading, Record, Wanted, word

_EQF = re.compile(r"\b(?:EQF|EKI)\D{0,12}([1-8])\b")
_ECTS = re.compile(r"\b(?:ECTS|EC|KP|European Credit)", re.IGNORECASE)
_ESCO = "http://data.europa.eu/esco/skill/"
_MODES = {
    "onsite": "onsite",
    "on-site": "onsite",
    "offline": "onsite",
    "in-person": "onsite",
    "full-time": "",
    "part-time": "",
    "synchronous": "",
    "asynchronous": "",
    "distance": "online",
    "distance learning": "online",
    "online": "online",
    "blended": "blended",
}  # fmt: skip -- "" says nothing of the form of participation


def read_schema_org(root: Node, path: PurePosixPath, wanted: Wanted) -> Reading:
    """Return the courses of a document, or raise Unreadable."""
    graph, at = Graph(root), Position(path)
    drafts = [Draft(wanted, at, found) for found in graph.things("Course")]
    return reading_of([(draft, drafted(draft, graph)) for draft in drafts], at, "course (Course)")


def drafted(draft: Draft, graph: Graph) -> Record:
    """Return the record of a course."""
    course, wanted = draft.source, draft.wanted
    draft.put("title", words(_values(course, "name"), wanted))
    _outcomes(draft, graph)
    _measures(draft, graph)
    draft.put("prerequisites", _prerequisites(course, graph, wanted))
    draft.put("summary", words(_values(course, "abstract"), wanted))
    draft.text("summary", _marked(words(_values(course, "description"), wanted)))
    draft.put_list("language", draft.codes("language", _languages(course, graph), "the language"))
    _runs(draft, graph)
    provider = graph.first(course, "provider", "publisher", "creator", "sourceOrganization")
    names = _names(provider)
    return draft.record(
        key_of(course.text("courseCode"), course.text("identifier"), course.id, course.text("url")),
        names, provider.node if provider else None, partial=("participation", "skills"),
    )  # fmt: skip


def _names(provider: Thing | None) -> list[str]:
    if provider is None:
        return []
    said = [*provider.scalars("name", "legalName", "alternateName", "url", "sameAs")]
    return [*(one.text for one in said), provider.id]


def _values(course: Thing, name: str) -> tuple[Node, ...]:
    return items(course.values.get(name))


def _marked(said: Mapping | None) -> Mapping | None:
    """Return a text in which HTML has become Markdown."""
    if said is None:
        return None
    texts: dict[str, Node] = {
        tag: word(markdown_of(node.text), node)
        for tag, (_, node) in said.entries.items()
        if isinstance(node, Scalar)
    }
    return fields_of(texts, said)


def _outcomes(draft: Draft, graph: Graph) -> None:
    """Take what a course teaches: texts are outcomes, terms of ESCO are skills."""
    skills, texts = [], []
    for node in _values(draft.source, "teaches"):
        term = graph.resolved(node)
        uri = next((one for one in (term.id, term.text("url")) if one.startswith(_ESCO)), "")
        label = words(_values(term, "name"), draft.wanted)
        if uri and label is not None:
            skills.append(fields_of({"uri": word(uri, node), "label": label}, node))
            continue
        said = words([node], draft.wanted) or label
        texts += [said] if said is not None else []
    draft.put_list("learning_outcomes", [fields_of({"text": said}, said) for said in texts])
    draft.put_list("skills", skills)


def _measures(draft: Draft, graph: Graph) -> None:
    """Take credits that say that they are ECTS, hours, and the level where it is one of the EQF."""
    course = draft.source
    for node in _values(course, "numberOfCredits"):
        value = graph.resolved(node)
        told = " ".join(one.text for one in value.scalars("name", "unitText", "unitCode", "@type"))
        number = next(value.scalars("value"), None)
        if number is not None and _ECTS.search(told):
            draft.put_part("workload", ects=_figure(number))
        else:
            draft.left_out(node, "numberOfCredits doesn't say that the credits are ECTS")
    runs = graph.of(course, "hasCourseInstance")
    loads = [*course.scalars("timeRequired", "courseWorkload")]
    loads += [said for run in runs for said in run.scalars("courseWorkload")]
    hours = next(filter(None, map(hours_of, loads)), None)
    draft.put_part("workload", hours=hours)
    if loads and hours is None:
        draft.left_out(loads[0], f"the workload {loads[0].text[:40]!r} isn't told in hours")
    levels = [*_levels(course, graph)]
    eqf = next((word(code, said) for said in levels if (code := _eqf(said.text))), None)
    draft.put_part("level", eqf=eqf)
    if levels and eqf is None:
        draft.left_out(levels[0], f"the level {levels[0].text[:80]!r} isn't one of the EQF")


def _figure(number: Scalar) -> Scalar:
    return word(number.text.strip().replace(",", "."), number)


def _levels(course: Thing, graph: Graph) -> Iterator[Scalar]:
    for node in _values(course, "educationalLevel"):
        said = plain(node)
        if said is not None:
            yield said
        else:
            yield from graph.resolved(node).scalars("@id", "url", "termCode", "name", "targetName")


def _eqf(text: str) -> str:
    """Return an EQF level that a text names as such, by its label or its URI."""
    found = _EQF.search(text)
    return found[1] if found else "" if text.strip().isdigit() else code_of("eqf", text)


def _languages(course: Thing, graph: Graph) -> Iterator[Scalar]:
    for node in _values(course, "inLanguage"):
        said = plain(node)
        if said is not None:
            yield said
        else:
            named = graph.resolved(node)
            yield from [*named.scalars("alternateName"), *named.scalars("name")][:1]


def _prerequisites(course: Thing, graph: Graph, wanted: Wanted) -> Mapping | None:
    found = []
    for node in _values(course, "coursePrerequisites"):
        named = graph.resolved(node).values.get("name") or graph.resolved(node).values.get(
            "targetName"
        )
        found.append(words([node], wanted) or words(items(named), wanted))
    said = [one for one in found if one is not None]
    if len(said) < 2:  # noqa: PLR2004 -- one text stands as it is
        return said[0] if said else None
    tags = dict.fromkeys(tag for one in said for tag in one.entries)
    joined: dict[str, Node] = {}
    for tag in tags:
        texts = [one.entries[tag][1] for one in said if tag in one.entries]
        lines = "\n".join(f"- {text.text}" for text in texts if isinstance(text, Scalar))
        joined[tag] = word(lines, texts[0])
    return fields_of(joined, said[0])


def _runs(draft: Draft, graph: Graph) -> None:
    """Take the runs of a course; the forms of participation are those of all of them."""
    runs = graph.of(draft.source, "hasCourseInstance")
    modes = [_modes(draft, [*run.scalars("courseMode")]) for run in runs]
    own = _modes(draft, [*draft.source.scalars("courseMode")])
    all_modes = {one.text: one for found in [own, *modes] for one in found}
    draft.put_list("participation", all_modes.values())
    told = [
        _run(run, graph, draft.wanted, found if len(found) < len(all_modes) else [])
        for run, found in zip(runs, modes, strict=True)
    ]
    draft.put_list("offerings", [run for run in told if run.entries])


def _modes(draft: Draft, said: Iterable[Scalar]) -> list[Scalar]:
    known = [word(_MODES.get(one.text.strip().casefold(), one.text), one) for one in said]
    return draft.codes("participation", [one for one in known if one.text], "the form")


_DAYS = (("startDate", "start"), ("endDate", "end"), ("applicationDeadline", "apply_by"))


def _run(run: Thing, graph: Graph, wanted: Wanted, modes: list[Scalar]) -> Mapping:
    offer, place = graph.first(run, "offers"), graph.first(run, "location")
    days = {ours: next(run.scalars(name), None) for name, ours in _DAYS}
    urls = [*run.scalars("url"), *(offer.scalars("url") if offer else ())]
    found: dict[str, Node | None] = {
        **{name: day_of(day) for name, day in days.items() if day is not None},
        "place": words(items(place.values.get("name")), wanted) if place else None,
        "mode": modes[0] if len(modes) == 1 else None,
        "price": _price(offer) if offer else None,
        "seats": next(run.scalars("maximumAttendeeCapacity"), None),
        "url": next(iter(urls), None),
    }
    return fields_of({name: node for name, node in found.items() if node is not None}, run.node)


def _price(offer: Thing) -> Mapping | None:
    amount, currency = (next(offer.scalars(name), None) for name in ("price", "priceCurrency"))
    if amount is None:
        return None
    parts: dict[str, Node] = {"amount": _figure(amount)}
    return fields_of(parts | ({"currency": currency} if currency is not None else {}), amount)
