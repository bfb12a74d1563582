"""How issued credentials differ between two versions of a project, line by line.

Batches only grow: what comes after the lines of before is read, and nothing else. Where a batch
doesn't begin as it did, its lines are compared by digest; two merged branches may have put new
lines between the old ones, which is growing too.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from mcsite.findings import Finding, Position
from mcsite.store.batches import StoredCredential
from mcsite.store.versions import Line, Version, common_beginning, lines_of


@dataclass(frozen=True, slots=True)
class Altered:
    """A credential whose line isn't what it was."""

    id: str
    at: Position


@dataclass(frozen=True, slots=True)
class Gone:
    """A credential that isn't in its batch any more. `at` is where it was, or whereabouts that is
    now; `now` the batch that it was moved to, if it was.
    """

    id: str
    at: Position
    now: PurePosixPath | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Lines of a batch that stand in another order than they did."""

    at: Position  # of the first
    count: int


@dataclass(slots=True)
class Growth:
    """What became of the batches that differ. `new` reads the added lines when it is asked to."""

    head: Version
    moved: list[Moved] = field(default_factory=list)
    _missing: dict[str, tuple[bytes, Position]] = field(default_factory=dict)  # digest, whereabouts
    _begin: dict[PurePosixPath, tuple[int, frozenset[bytes]]] = field(default_factory=dict)
    _found: dict[str, Position] = field(default_factory=dict)
    _altered: list[Altered] = field(default_factory=list)

    def new(self) -> Iterator[StoredCredential | Finding]:
        """Yield the credentials that were added, or what is wrong with an added line."""
        for path, (after, known) in self._begin.items():
            for line in lines_of(self.head, path, after=after):
                digest = _digest(line)
                if digest in known:
                    continue
                read = line.read()
                if isinstance(read, Finding) or read.id not in self._missing:
                    yield read
                elif self._missing[read.id][0] == digest:
                    self._found[read.id] = read.at
                else:
                    self._altered.append(Altered(read.id, read.at))

    def altered(self) -> list[Altered]:
        """Return the credentials that aren't what they were; after `new` was read to its end."""
        return self._altered

    def gone(self) -> list[Gone]:
        """Return the credentials that aren't where they were; after `new` was read to its end."""
        altered = {one.id for one in self._altered}
        return [
            Gone(name, at, self._found[name].path if name in self._found else None)
            for name, (_, at) in self._missing.items()
            if name not in altered
        ]

    def compare(self, base: Version, path: PurePosixPath) -> None:
        """Take a batch that differs."""
        if not base.has(path):
            self._begin[path] = (0, frozenset())
        elif not self.head.has(path):
            self._miss(line for line in lines_of(base, path))
        elif (size := common_beginning(base, self.head, path)) is not None:
            self._begin[path] = (size, frozenset())
        else:
            self._compare_lines(base, path)

    def _compare_lines(self, base: Version, path: PurePosixPath) -> None:
        places: dict[bytes, int] = {}  # digest → line in head
        for line in lines_of(self.head, path):
            places.setdefault(_digest(line), line.number)
        known: dict[bytes, int] = {}  # digest → line in head, in the order of base
        near = 1
        for line in lines_of(base, path):
            digest = _digest(line)
            if digest in places:
                near = known.setdefault(digest, places[digest])
            else:
                self._miss(iter([line]), near)
        moved = _out_of_order(list(known.values()))
        if moved:
            self.moved.append(Moved(Position(path, moved[0]), len(moved)))
        self._begin[path] = (0, frozenset(known))

    def _miss(self, lines: Iterator[Line], near: int = 1) -> None:
        for line in lines:
            read = line.read()
            if isinstance(read, StoredCredential):  # what wasn't one may be mended
                self._missing[read.id] = (_digest(line), Position(line.path, near))


def growth_of(base: Version, head: Version, batches: Sequence[PurePosixPath]) -> Growth:
    """Return what became of `batches`, the files of issued credentials that differ."""
    growth = Growth(head)
    for path in batches:
        growth.compare(base, path)
    return growth


def _digest(line: Line) -> bytes:
    return hashlib.sha256(line.text).digest()


def _out_of_order(places: Sequence[int]) -> list[int]:
    """Return the fewest of `places` without which the others rise (longest increasing
    subsequence).
    """
    tails: list[int] = []  # the smallest end of a rising run of each length
    ends: list[int] = []  # which of `places` that is
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [index]
    kept = set()
    last = ends[-1] if ends else -1
    while last >= 0:
        kept.add(places[last])
        last = before[last]
    return sorted(set(places) - kept)
