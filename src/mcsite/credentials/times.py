"""Dates and times as credentials write them (XML Schema 1.1 dateTimeStamp)."""

import datetime as dt
import re
from functools import lru_cache

from mcsite.credentials.json_types import JsonValue

_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):\d{2}:\d{2}"
    r"(\.\d{1,9})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)",
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = "0002", "9998"  # whose moments can be written in every zone


def parse_time(value: JsonValue) -> dt.datetime | None:
    """Return the moment that a dateTimeStamp names, or None when it isn't one."""
    return _moment_of(value) if isinstance(value, str) else None


@lru_cache(maxsize=256)  # a batch was signed within seconds
def _moment_of(text: str) -> dt.datetime | None:
    if not _TIME.fullmatch(text) or not _FIRST_YEAR <= text[:4] <= _LAST_YEAR:
        return None
    seconds, fraction, zone = text[:19], "", text[19:]
    if zone.startswith("."):
        # Milliseconds, cut off after them: browsers know no less.
        end = re.match(r"\.\d+", zone)
        fraction, zone = (end.group()[:4], zone[end.end() :]) if end else ("", zone)
    try:
        return dt.datetime.fromisoformat(seconds + fraction + ("+00:00" if zone == "Z" else zone))
    except ValueError:
        return None
