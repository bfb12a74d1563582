"""A course in a list: one heading link, one sentence, and facts in a fixed order."""

from dataclasses import dataclass

from mcsite.content.models.course import Course, Level, Workload
from mcsite.content.text import Localised
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.search import price_of, starts_of


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a summary: what it is, and what it says."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Result:
    """A course in a list."""

    id: str
    href: str
    title: Localised
    provider: Localised
    summary: Localised | None
    facts: tuple[Fact, ...]


def result_of(context: SiteContext, course: Course, language: str) -> Result:
    """Return `course` as it stands in lists."""
    localiser = context.localiser(language)
    say = localiser.gettext
    return Result(
        id=course.id,
        href=context.urls.href(urls.course(language, course.id)),
        title=course.title.in_language(language),
        provider=context.catalogue.providers[course.provider].legal_name.in_language(language),
        summary=course.summary.in_language(language) if course.summary else None,
        facts=(
            Fact(say("Level"), level_words(course.level, localiser)),
            Fact(say("Workload"), workload_words(course.workload, localiser)),
            Fact(say("Form"), form_words(course, localiser)),
            Fact(say("Language"), language_words(course, localiser)),
            Fact(say("Next start"), start_words(context, course, localiser)),
            Fact(say("Price"), price_words(context, course, localiser)),
        ),
    )


def level_words(level: Level | None, localiser: Localiser) -> str:
    """Return e.g. "EQF level 6", or that there is none."""
    say = localiser.gettext
    if level is None:
        return say("Not tied to a level")
    parts = []
    if level.eqf is not None:
        parts.append(VOCABULARIES["eqf"].terms[str(level.eqf)].label(localiser.language))
    if level.qf_ehea is not None:
        parts.append(VOCABULARIES["qf-ehea"].terms[level.qf_ehea].label(localiser.language))
    if level.nqf is not None:
        parts.append(str(level.nqf.in_language(localiser.language)))
    return " · ".join(parts)


def workload_words(workload: Workload, localiser: Localiser) -> str:
    """Return e.g. "3 ECTS (75 h)"."""
    hours = f"{localiser.number(workload.hours)} h" if workload.hours is not None else ""
    if workload.ects is None:
        return hours
    ects = f"{localiser.number(workload.ects)} ECTS"
    return f"{ects} ({hours})" if hours else ects


def form_words(course: Course, localiser: Localiser) -> str:
    """Return the forms of participation."""
    terms = VOCABULARIES["participation"].terms
    return localiser.listed(
        [terms[code].label(localiser.language) for code in course.participation]
    )


def language_words(course: Course, localiser: Localiser) -> str:
    """Return the languages of instruction."""
    names = [localiser.language_name(tag) for tag in course.language]
    return localiser.listed(names) if names else localiser.gettext("Not stated")


def start_words(context: SiteContext, course: Course, localiser: Localiser) -> str:
    """Return the next day on which the course begins."""
    starts = starts_of(course, context.today)
    return localiser.short_date(starts[0]) if starts else localiser.gettext("Not stated")


def price_words(context: SiteContext, course: Course, localiser: Localiser) -> str:
    """Return the lowest price, "Free", or that it isn't stated."""
    amount = price_of(course, context.today)
    if amount is None:
        return localiser.gettext("Not stated")
    if amount == 0:
        return localiser.gettext("Free")
    currency = next(run.price.currency for run in course.offerings if run.price)
    return localiser.money(amount, currency)
