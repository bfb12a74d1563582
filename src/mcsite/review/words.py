"""How reports count and list things."""

from collections.abc import Sequence

_SHOWN = 3


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return e.g. "1 course", "1,200 courses"."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def listed(names: Sequence[str], most: int = _SHOWN) -> str:
    """Return e.g. "a", "a and b", "a, b, c and 4 more"."""
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most:,} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
