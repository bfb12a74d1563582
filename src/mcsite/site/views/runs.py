"""When a course runs, and how to apply: as known on the day of the build.

A page is read later than it is made. So it says of which day its words are, and carries the days
themselves, by which catalogue/course.js tells what has passed since.
"""

import datetime as dt
from dataclasses import dataclass

from mcsite.content.models.course import Course, Offering
from mcsite.content.text import Localised
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.runs import RunState, current_runs, state_of
from mcsite.site.views.course_parts import host_of, period_words
from mcsite.site.views.facts import Fact, chosen, fact, money_words, term


@dataclass(frozen=True, slots=True)
class Apply:
    """A call to action; it leads to another site and says so. The days are those of its run, as in
    `Run`.
    """

    href: str
    text: str
    note: str
    start: str
    end: str
    apply_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One offering in words; its days are ISO 8601, "" where they aren't known."""

    dates: str
    starts: str
    start: str
    end: str
    apply_by: str
    state: RunState
    facts: tuple[Fact, ...]


def calls_of(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Apply, ...]:
    """Return where to apply: runs that have an address and aren't closed, the next one first."""
    if context.withdrawal_of(course) is not None:
        return ()
    return tuple(
        _call(run.url, run, localiser)
        for run in current_runs(context, course)
        if run.url and not state_of(run, context.today).is_closed
    )


def _call(url: str, run: Offering, localiser: Localiser) -> Apply:
    say = localiser.gettext
    note = say("Opens another site.")
    if run.apply_by:
        by = say("Apply by %(day)s.") % {"day": localiser.date(run.apply_by)}
        note = f"{by} {note}"
    words = say("Apply at %(host)s") % {"host": host_of(url)}
    return Apply(url, words, note, _iso(run.start), _iso(run.end), _iso(run.apply_by))


def runs_of(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Run, ...]:
    """Return the runs that aren't over, the next one first."""
    return tuple(_run(context, run, localiser) for run in current_runs(context, course))


def _run(context: SiteContext, run: Offering, localiser: Localiser) -> Run:
    dates = period_words(run.start, run.end, localiser)
    dates = dates or localiser.gettext("Dates not stated")
    return Run(
        dates=dates[:1].upper() + dates[1:],
        starts=localiser.short_date(run.start) if run.start else "",
        start=_iso(run.start),
        end=_iso(run.end),
        apply_by=_iso(run.apply_by),
        state=state_of(run, context.today),
        facts=_facts(run, localiser),
    )


def _facts(run: Offering, localiser: Localiser) -> tuple[Fact, ...]:
    say, language = localiser.gettext, localiser.language
    facts = [
        fact(localiser, say("Apply by"), localiser.date(run.apply_by) if run.apply_by else None),
        fact(localiser, say("Place"), chosen(run.place, language)),
        fact(localiser, say("Price"), *_price(run, localiser)),
    ]
    if run.mode:
        form = term("participation", run.mode, language)
        facts.insert(2, fact(localiser, say("Form"), form))
    if run.seats:
        facts.append(fact(localiser, say("Number of places"), localiser.number(run.seats)))
    if run.url:
        facts.append(fact(localiser, say("Apply"), host_of(run.url), href=run.url))
    return tuple(facts)


def _price(run: Offering, localiser: Localiser) -> tuple[str | None, Localised | None]:
    if run.price is None:
        return None, None
    return money_words(run.price, localiser), chosen(run.price.note, localiser.language)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
