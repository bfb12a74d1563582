"""What a learner asks of a course before applying: is it for me, how long is it, what is it worth?

The box at the top says the same in a word; here stands what it means.
"""

from mcsite.content.models.course import Course, Level
from mcsite.content.text import Localised
from mcsite.content.vocabulary import VOCABULARIES, eqf_in_words
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.views.facts import (
    Fact,
    chosen,
    duration_words,
    fact,
    form_words,
    language_words,
    level_words,
)


def for_you_of(course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    """Return whom it is for: what is needed, what the level means in words, where and in what
    language.
    """
    say, language = localiser.gettext, localiser.language
    meaning = _meaning(course.level, language) if course.level else None
    return (
        fact(localiser, say("Entry requirements"), chosen(course.prerequisites, language)),
        fact(localiser, say("What the level means"), meaning or level_note(course, localiser),
             level_words(course.level, localiser)),
        fact(localiser, say("Form of participation"), form_words(course, localiser)),
        fact(localiser, say("Language of instruction"), language_words(course, localiser)),
    )  # fmt: skip


def pace_of(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    """Return how much work it is, and over how long."""
    say = localiser.gettext
    credits_, hours = workload_of(course, localiser)
    return (
        fact(localiser, say("Workload"), hours or credits_, credits_ if hours else None),
        fact(localiser, say("Duration"), duration_words(context, course, localiser)),
    )


def worth_of(course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    """Return what others will take it for: level, credits."""
    say = localiser.gettext
    level, language = course.level, localiser.language
    note = _national(level, language) if level else chosen(course.level_reason, language)
    return (
        fact(localiser, say("Level"), level_words(level, localiser), note),
        fact(localiser, say("Credits"), workload_of(course, localiser)[0]),
    )  # fmt: skip


def level_note(course: Course, localiser: Localiser) -> Localised | None:
    """Return the national level, else what the EQF level means, else why there is no level."""
    language = localiser.language
    if course.level is None:
        return chosen(course.level_reason, language)
    return _national(course.level, language) or _meaning(course.level, language)


def _national(level: Level, language: str) -> Localised | None:
    """Return the level in the national framework, in the course's words or the framework's."""
    if level.nqf is not None:
        return level.nqf.in_language(language)
    if level.nqf_code is not None:
        return Localised(VOCABULARIES["nqf"].terms[level.nqf_code].label(language), "en")
    return None


def _meaning(level: Level, language: str) -> Localised | None:
    if level.eqf is None:
        return None
    return Localised(eqf_in_words(level.eqf, language), language)


def workload_of(course: Course, localiser: Localiser) -> tuple[str, str]:
    """Return the credits and the hours of work, each "" where it isn't stated."""
    workload = course.workload
    hours = ""
    if workload.hours is not None:
        words = localiser.ngettext(
            "%(num)s hour of work", "%(num)s hours of work", int(workload.hours)
        )
        hours = words % {"num": localiser.number(workload.hours)}
    return f"{localiser.number(workload.ects)} ECTS" if workload.ects is not None else "", hours
