"""Which ids and places of status lists were given, over all credentials of a project.

Kept small: eight bytes a credential, and a bit for each place of a list. What stands twice is
found by these and then looked up in the files, which only a project at fault has to wait for.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from mcsite.credentials.reading import listed
from mcsite.findings import Finding, Position
from mcsite.store.batches import StoredCredential, bad_line, read_batches
from mcsite.store.entries import Entry, Place
from mcsite.store.status_log import StatusLog

_SHELVES = 256
_MAX_INDEX = 1 << 24  # of a bitmap; whatever a line says beyond it is kept by itself


def entry_of(stored: StoredCredential) -> Entry:
    """Return the entry of a credential."""
    places = tuple(
        (str(status.get("statusListCredential")), str(status.get("statusListIndex")))
        for status in listed(stored.document.get("credentialStatus"))
        if isinstance(status, dict)
    )
    return Entry(stored.id, stored.at.line, places)


@dataclass(slots=True)
class Ledger:
    """Takes every credential once. `log` names those whose whereabouts will be asked for."""

    log: StatusLog
    base_url: str
    ids: dict[str, Position] = field(default_factory=dict)  # of those that the log names
    holders: dict[Place, Position] = field(default_factory=dict)  # of the places that it names
    moved: set[str] = field(default_factory=set)  # of those that it names, with lists elsewhere
    lists: dict[str, Position] = field(default_factory=dict)  # the first that names each list
    _shelves: list["array[int]"] = field(default_factory=list)
    _taken: dict[str, bytearray] = field(default_factory=dict)
    _odd: set[Place] = field(default_factory=set)
    _twice: set[Place] = field(default_factory=set)
    _watched_ids: frozenset[str] = field(init=False)
    _watched_places: frozenset[Place] = field(init=False)

    def __post_init__(self) -> None:
        self._shelves.extend(array("Q") for _ in range(_SHELVES))
        self._watched_ids = frozenset(event.id for event in self.log.events)
        self._watched_places = frozenset(
            self.place(event.list, event.index) for event in self.log.events
        )

    def place(self, number: int, index: int) -> Place:
        """Return the place of an entry of the log."""
        return f"{self.base_url}/status/{number}.json", str(index)

    def enter(self, path: PurePosixPath, entries: Iterable[Entry]) -> None:
        """Take credentials of one file."""
        for entry in entries:
            number = _number(entry.id)
            self._shelves[number % _SHELVES].append(number)
            if entry.id in self._watched_ids:
                self.ids.setdefault(entry.id, Position(path, entry.line))
                if not all(url.startswith(f"{self.base_url}/status/") for url, _ in entry.places):
                    self.moved.add(entry.id)
            for place in entry.places:
                if not self._take(place):
                    self._twice.add(place)
                if place[0] not in self.lists:
                    self.lists[place[0]] = Position(path, entry.line)
                if place in self._watched_places:
                    self.holders.setdefault(place, Position(path, entry.line))

    def _take(self, place: Place) -> bool:
        """Mark a place as given; False where it was already."""
        url, text = place
        index = int(text) if text.isascii() and text.isdecimal() and len(text) <= 8 else _MAX_INDEX  # noqa: PLR2004 -- digits
        if index >= _MAX_INDEX:
            new = place not in self._odd
            self._odd.add(place)
            return new
        bits = self._taken.setdefault(url, bytearray())
        byte, bit = divmod(index, 8)
        if byte >= len(bits):
            bits.extend(bytes(max(byte + 1, 2 * len(bits)) - len(bits)))
        new = not bits[byte] >> bit & 1
        bits[byte] |= 1 << bit
        return new

    def findings(self, root: Path) -> Iterator[Finding]:
        """Yield MC505 and MC507 for what stands twice, reading the files of `root` again."""
        numbers = self._repeated()
        if numbers or self._twice:
            seen: dict[str | Place, Position] = {}
            for stored in read_batches(root):
                if isinstance(stored, StoredCredential):
                    yield from self._repetitions(stored, numbers, seen)

    def _repetitions(
        self, stored: StoredCredential, numbers: frozenset[int], seen: dict[str | Place, Position]
    ) -> Iterator[Finding]:
        at = stored.at
        if _number(stored.id) in numbers and seen.setdefault(stored.id, at) is not at:
            message = f"the id {stored.id} stands at {seen[stored.id]} already"
            yield bad_line(at, "MC505", message)
            return  # its places were given twice for the same reason
        for place in entry_of(stored).places:
            if place in self._twice and seen.setdefault(place, at) is not at:
                message = f"index {place[1]} of {place[0]} was given at {seen[place]} already"
                yield bad_line(at, "MC507", message)

    def _repeated(self) -> frozenset[int]:
        """Return the numbers that stand twice: those of ids that do, and seldom of others."""
        found = set()
        for shelf in self._shelves:
            last = -1
            for number in sorted(shelf):
                if number == last:
                    found.add(number)
                last = number
        return frozenset(found)


def _number(identifier: str) -> int:
    """Return 64 bits of an id: its last characters. Two ids have the same ones very seldom."""
    return int.from_bytes(identifier[-8:].encode(), "big")
