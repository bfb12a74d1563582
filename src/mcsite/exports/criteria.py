"""The words of an achievement's criteria: written from a course, and read back from a credential.

Open Badges has one text for outcomes, workload in hours, assessment and prerequisites
(`criteria.narrative`). It is written in one shape, so that it can be taken apart again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mcsite.content.models.course import Course
from mcsite.content.vocabulary import VOCABULARIES, stated, statement

_HOURS = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,4})?) h")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a narrative says. `assessments` are the words for each kind, empty where it has none."""

    outcomes: tuple[str, ...]
    hours: str = ""
    assessments: tuple[str, ...] = ()
    prerequisites: str = ""


def narrative_of(course: Course, language: str) -> str:
    """Return outcomes, workload and assessment as Markdown, for readers of the badge alone."""
    words = Criteria(
        outcomes=tuple(str(one.text.in_language(language)) for one in course.learning_outcomes),
        hours="" if course.workload.hours is None else str(course.workload.hours),
        assessments=tuple(
            str(one.description.in_language(language)) if one.description else ""
            for one in course.assessment
        ),
        prerequisites=str(course.prerequisites.in_language(language))
        if course.prerequisites
        else "",
    )
    kinds = VOCABULARIES["assessment-type"].terms
    labels = [kinds[one.type].label(language) for one in course.assessment]
    return written(words, labels, stated("prerequisites", language))


def written(words: Criteria, labels: Sequence[str], entry: str = "") -> str:
    """Return the narrative; `labels` name the kinds of assessment, `entry` the prerequisites."""
    lines = [f"- {outcome}" for outcome in words.outcomes]
    if words.hours:
        lines += ["", f"{words.hours} h"]
    lines.append("")
    for label, text in zip(labels, words.assessments, strict=True):
        lines.append(f"{label}: {text}" if text else label)
    if words.prerequisites:
        lines += ["", f"{entry}: {words.prerequisites}" if entry else words.prerequisites]
    return "\n".join(lines).strip()


def read_criteria(narrative: str, labels: Sequence[str]) -> Criteria | None:
    """Return what a narrative says, or None where it isn't one that `written` makes."""
    bullets, _, rest = narrative.partition("\n\n")
    if not bullets.startswith("- "):
        return None
    hours = ""
    first, _, after = rest.partition("\n\n")
    if (found := _HOURS.fullmatch(first)) is not None:
        hours, rest = found[1], after
    assessments, prerequisites = _assessments(rest, labels)
    entry = _entry(prerequisites)
    words = Criteria(
        outcomes=tuple(re.split(r"\n- ", bullets[2:])),
        hours=hours,
        assessments=assessments,
        prerequisites=prerequisites.removeprefix(f"{entry}: "),
    )
    return words if written(words, labels, entry) == narrative.strip() else None


def _entry(text: str) -> str:
    """Return what prerequisites are called before a text, empty where it doesn't begin so."""
    names = statement("prerequisites").values()
    return next((name for name in names if text.startswith(f"{name}: ")), "")


def _assessments(text: str, labels: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the words for each kind of assessment, and what stands after them."""
    found = []
    for index, label in enumerate(labels):
        text = text.removeprefix(label).removeprefix(": ")
        separator = f"\n{labels[index + 1]}" if index + 1 < len(labels) else "\n\n"
        words, between, text = text.partition(separator)
        found.append(words)
        if between and index + 1 < len(labels):
            text = labels[index + 1] + text
    return tuple(found), text
