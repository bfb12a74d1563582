"""A course in a list: one heading link, one sentence, and facts in a fixed order."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcsite.content.models.course import Course
from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.plan import PER_PAGE, PageSpec, pages_of
from mcsite.site.views.facts import (
    Fact,
    chosen,
    form_words,
    language_words,
    plain,
    price_words,
    short_level_words,
    start_words,
    workload_words,
)
from mcsite.site.views.head import Link


@dataclass(frozen=True, slots=True)
class Result:
    """A course in a list. `note` is "" but for a course that is no longer offered."""

    id: str
    href: str
    title: Localised
    provider: Localised
    summary: Localised | None
    facts: tuple[Fact, ...]
    note: str


def result_of(context: SiteContext, course: Course, language: str) -> Result:
    """Return `course` as it stands in lists; a course stands in many."""
    name = ("result", language, course.id)
    return context.trace.once(name, lambda: _result(context, course, language))


def results_of(
    context: SiteContext, spec: PageSpec, courses: Sequence[Course]
) -> tuple[Result, ...]:
    """Return the part of a list that stands on a page."""
    first = (spec.number - 1) * PER_PAGE
    return tuple(
        result_of(context, course, spec.language) for course in courses[first : first + PER_PAGE]
    )


def pages_beside(context: SiteContext, spec: PageSpec, path: str, count: int) -> tuple[Link, ...]:
    """Return the pages of a list that begins at `path` and has `count` courses."""
    return tuple(
        Link(context.urls.href(urls.numbered(path, number)), str(number), number == spec.number)
        for number in pages_of(count)
    )


def _result(context: SiteContext, course: Course, language: str) -> Result:
    """Return it: each value makes sense without its label."""
    localiser = context.localiser(language)
    say = localiser.gettext
    start = start_words(context, course, localiser)
    facts = (
        (say("Level"), short_level_words(course.level, localiser)),
        (say("Workload"), workload_words(course.workload, localiser)),
        (say("Form"), form_words(course, localiser)),
        (
            say("Language of instruction"),
            language_words(course, localiser) or say("Language not stated"),
        ),
        (
            say("Next start"),
            say("Starts %(day)s") % {"day": start} if start else say("Start not stated"),
        ),
        (say("Price"), price_words(context, course, localiser) or say("Price not stated")),
    )
    return Result(
        id=course.id,
        href=context.urls.href(urls.course(language, course.id)),
        title=course.title.in_language(language),
        provider=context.catalogue.providers[course.provider].legal_name.in_language(language),
        summary=chosen(course.summary, language),
        facts=tuple(Fact(label, plain(words, localiser)) for label, words in facts),
        note=say("No longer offered") if context.withdrawal_of(course) else "",
    )
