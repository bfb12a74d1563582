"""What a credential takes of what can be given once: its id, and its places in status lists."""

from typing import NamedTuple, TypeAlias

Place: TypeAlias = tuple[str, str]  # address of a status list, index in it


class Entry(NamedTuple):
    """What a credential holds: its id, and its places. `line` is that of its file."""

    id: str
    line: int
    places: tuple[Place, ...]
