"""Where a run of a course stands on a day.

A page is made on one day and read on another: theme/static/catalogue/runs.js tells the same on
the day of reading, and tests/vectors/runs.json holds both to it.
"""

import datetime as dt
from dataclasses import dataclass

from mcsite.content.models.course import Offering


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
