"""Where a run of a course stands on a day, and what is to come of a course.

A page is made on one day and read on another: theme/static/catalogue/runs.js tells the same on
the day of reading, and tests/vectors/runs.json holds both to it.
"""

import datetime as dt
from dataclasses import dataclass

from mcsite.content.models.course import Course, Offering, Price
from mcsite.site.context import SiteContext


@dataclass(frozen=True, slots=True)
class RunState:
    """What a reader has to know of a run before its dates."""

    is_over: bool
    is_under_way: bool
    is_closed: bool  # nobody can apply any more


def state_of(run: Offering, today: dt.date) -> RunState:
    """Return where a run stands. What isn't stated is taken for open: the provider knows."""
    is_over = (run.end or run.start or today) < today
    return RunState(
        is_over=is_over,
        is_under_way=not is_over and run.start is not None and run.start < today,
        is_closed=is_over or (run.apply_by is not None and run.apply_by < today),
    )


def current_runs(context: SiteContext, course: Course) -> list[Offering]:
    """Return the runs that aren't over, the next one first; none of a closed catalogue."""
    if context.closed:
        return []
    today = context.today
    runs = [run for run in course.offerings if not state_of(run, today).is_over]
    return sorted(runs, key=lambda run: (run.start is None, run.start or today))


def starts_of(context: SiteContext, course: Course) -> list[dt.date]:
    """Return the days on which the course begins, from the day of the build on."""
    starts = {run.start for run in current_runs(context, course) if run.start}
    return sorted(day for day in starts if day >= context.today)


def lowest_price(context: SiteContext, course: Course) -> Price | None:
    """Return the lowest price of the runs that aren't over, None where none is stated. Where all
    are over, what they cost is what is known.

    Amounts of different currencies aren't compared. Free is the lowest in any; else the price is
    in the currency of the next run that states one.
    """
    runs = current_runs(context, course) or course.offerings
    prices = [run.price for run in runs if run.price]
    if not prices:
        return None
    alike = [price for price in prices if price.currency == prices[0].currency]
    free = (price for price in prices if price.amount == 0)
    return next(free, min(alike, key=lambda price: price.amount))
