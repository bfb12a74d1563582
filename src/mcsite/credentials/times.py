"""Dates and times as credentials write them (XML Schema 1.1 dateTimeStamp)."""

import datetime as dt
import re

from mcsite.credentials.json_types import JsonValue

_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):\d{2}:\d{2}"
    r"(\.\d{1,9})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)",
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = "0002", "9998"  # whose moments can be written in every zone


def parse_time(value: JsonValue) -> dt.datetime | None:
    """Return the moment that a dateTimeStamp names, or None when it isn't one."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    if not _FIRST_YEAR <= value[:4] <= _LAST_YEAR:
        return None
    seconds, fraction, zone = value[:19], "", value[19:]
    if zone.startswith("."):
        end = re.match(r"\.\d+", zone)
        fraction, zone = (end.group()[:7], zone[end.end() :]) if end else ("", zone)
    try:
        return dt.datetime.fromisoformat(seconds + fraction + ("+00:00" if zone == "Z" else zone))
    except ValueError:
        return None
