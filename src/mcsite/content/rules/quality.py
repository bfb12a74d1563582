"""What doesn't stop a build, but a reader would miss."""

import datetime as dt
from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.markdown import faults_of
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.models.provider import Provider
from mcsite.content.rules.places import Places
from mcsite.content.rules.texts import Loc, things
from mcsite.content.text import Text
from mcsite.findings import Finding, Severity

SHORT = {"title": 150, "legal_name": 200, "summary": 300}
MARKDOWN = (
    "description", "further_info", "about", "privacy_notice", "accessibility_notice",
)  # fmt: skip


def texts_are_short(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC605: what stands in lists and search results can be read at a glance."""
    for key, thing in things(catalogue):
        for name, most in SHORT.items():
            text = getattr(thing, name, None)
            if not isinstance(text, Text):
                continue
            for language, written in text.by_language.items():
                if len(written) > most:
                    message = f"{name} has {len(written)} characters"
                    yield places.finding(
                        key, (name, language), "MC605", message, severity=Severity.WARNING,
                        hint=f"at most {most}: lists and search results show it whole",
                    )  # fmt: skip


def accreditations_are_current(
    catalogue: Catalogue, places: Places, today: dt.date
) -> Iterator[Finding]:
    """MC602: accreditation and quality assurance haven't run out."""
    for key, thing in things(catalogue):
        yield from expired_in(key, thing, places, today)


def expired_in(key: str, thing: ContentModel, places: Places, today: dt.date) -> Iterator[Finding]:
    """Yield MC602 for what has run out in one file."""
    if isinstance(thing, Provider):
        for index, entry in enumerate(thing.accreditations):
            if entry.valid_until is not None and entry.valid_until < today:
                loc: Loc = ("accreditations", index, "valid_until")
                yield _expired(places, key, loc, entry.valid_until)
    elif isinstance(thing, Course):
        for index, assurance in enumerate(thing.quality_assurance):
            until = assurance.valid.valid_until if assurance.valid else None
            if until is not None and until < today:
                yield _expired(places, key, ("quality_assurance", index, "valid", "until"), until)


def _expired(places: Places, key: str, loc: Loc, until: dt.date) -> Finding:
    return places.finding(
        key, loc, "MC602", f"expired on {until}", severity=Severity.WARNING,
        hint="renew the entry, or remove it: readers see it as expired",
    )  # fmt: skip


def markdown_is_shown(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC603: Markdown holds nothing that the page leaves out."""
    for key, thing in things(catalogue):
        for name in MARKDOWN:
            text = getattr(thing, name, None)
            if not isinstance(text, Text):
                continue
            for language, written in text.by_language.items():
                for message in faults_of(written):
                    yield places.finding(
                        key, (name, language), "MC603", f"{name}: {message}",
                        severity=Severity.WARNING,
                    )  # fmt: skip


def courses_can_be_found(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC604: a course says what readers filter by."""
    for course in catalogue.courses.values():
        missing = [name for name in ("summary", "field", "language") if not getattr(course, name)]
        if missing:
            yield places.finding(
                f"courses/{course.id}", (), "MC604", f"no {', no '.join(missing)}",
                severity=Severity.WARNING, hint="readers search and filter by it",
            )  # fmt: skip
