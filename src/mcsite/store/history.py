"""When the descriptions of courses were first and last changed, as Git knows it."""

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePosixPath

from mcsite.store.git import Repository

COURSES = "catalogue/courses"


@dataclass(frozen=True, slots=True)
class Dates:
    """When a file was first committed, and last changed, UTC."""

    created: dt.datetime
    changed: dt.datetime


def dates_of(repository: Repository, today: dt.date) -> dict[str, Dates]:
    """Return the dates of every course by id. A change that isn't committed is of `today`; outside
    Git there are no dates. A shallow repository knows as far back as it reaches.
    """
    if not repository.commit():
        return {}
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    found: dict[str, Dates] = {}
    for change in repository.changes(COURSES):
        if _is_course(change.path):
            known = found.get(change.path.stem)
            last = known.changed if known else change.at
            found[change.path.stem] = Dates(created=change.at, changed=last)
    for path in filter(_is_course, repository.uncommitted(COURSES)):
        known = found.get(path.stem)
        found[path.stem] = Dates(created=known.created if known else now, changed=now)
    return found


def _is_course(path: PurePosixPath) -> bool:
    return path.suffix == ".yaml" and str(path.parent) == COURSES
