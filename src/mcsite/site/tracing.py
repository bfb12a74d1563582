"""What is looked up while a page is made: its dependencies, noted rather than guessed.

An ask names one lookup: the collection, the operation, the key. Asked again of another state of
the content, it tells whether the page would be another one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar, overload

Ask: TypeAlias = tuple[str, ...]  # name of the collection, in parts; operation; key
GET, HAS, KEYS, ANY, SIZE, SLICE = "get", "has", "all", "any", "size", "slice"

Value = TypeVar("Value")


class Trace:
    """Takes note of what is asked. Notes nest: what is made for a page may be kept for others."""

    def __init__(self) -> None:
        self._notes: list[dict[Ask, None]] = []
        self._kept: dict[Ask, tuple[Any, tuple[Ask, ...]]] = {}
        self._added: list[set[Ask]] = []  # for each of the notes: what was kept and is in them

    def note(self, ask: Ask) -> None:
        """Note one ask."""
        if self._notes:
            self._notes[-1][ask] = None

    @contextmanager
    def noting(self) -> Iterator[dict[Ask, None]]:
        """Give the asks that are noted meanwhile, in their order, each once."""
        notes: dict[Ask, None] = {}
        self._notes.append(notes)
        self._added.append(set())
        try:
            yield notes
        finally:
            self._notes.pop()
            self._added.pop()
            self._add(notes)

    def _add(self, asks: Iterable[Ask]) -> None:
        if self._notes:
            self._notes[-1].update(dict.fromkeys(asks))

    def once(self, name: Ask, make: Callable[[], Value]) -> Value:
        """Return what `make` gave the first time; whoever needs it has asked what it asked."""
        if name not in self._kept:
            with self.noting() as notes:
                made = make()
            self._kept[name] = made, tuple(notes)
            return made
        kept: Value
        kept, asks = self._kept[name]
        if self._added and name not in self._added[-1]:
            self._added[-1].add(name)
            self._add(asks)
        return kept


class TracedMapping(Mapping[str, Value]):
    """A mapping that notes what is asked of it."""

    def __init__(self, name: Ask, content: Mapping[str, Value], trace: Trace) -> None:
        self._name = name
        self._content = content
        self._trace = trace

    def __getitem__(self, key: str) -> Value:
        """Return the value of a key."""
        self._trace.note((*self._name, GET, key))
        return self._content[key]

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a key."""
        self._trace.note((*self._name, HAS, str(key)))
        return key in self._content

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        self._trace.note((*self._name, KEYS, ""))
        return iter(self._content)

    def __bool__(self) -> bool:
        """Tell whether there is any key."""
        self._trace.note((*self._name, ANY, ""))
        return bool(self._content)

    def __len__(self) -> int:
        """Return how many keys there are."""
        self._trace.note((*self._name, SIZE, ""))
        return len(self._content)


class TracedSequence(Sequence[Value]):
    """A sequence that notes which part of it is asked for."""

    def __init__(self, name: Ask, content: Sequence[Value], trace: Trace) -> None:
        self._name = name
        self._content = content
        self._trace = trace

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        """Return a member, or some."""
        if isinstance(at, int):
            return self[at : at + 1 or None][0]
        bounds = (at.start, at.stop, at.step)  # as asked: a longer sequence may give more for them
        key = ":".join("" if bound is None else str(bound) for bound in bounds)
        self._trace.note((*self._name, SLICE, key))
        return self._content[at]

    def __iter__(self) -> Iterator[Value]:
        """Yield the members."""
        self._trace.note((*self._name, KEYS, ""))
        return iter(self._content)

    def __bool__(self) -> bool:
        """Tell whether there is any member."""
        self._trace.note((*self._name, ANY, ""))
        return bool(self._content)

    def __len__(self) -> int:
        """Return how many members there are."""
        self._trace.note((*self._name, SIZE, ""))
        return len(self._content)


def answer(content: Mapping[str, Any] | Sequence[Any], operation: str, key: str) -> Any:
    """Return what a collection answers to an ask today, None for what it hasn't got."""
    if operation == ANY:
        return bool(content)
    if operation == SIZE:
        return len(content)
    if operation == KEYS:
        return list(content)
    if isinstance(content, Mapping):
        return key in content if operation == HAS else content.get(key)
    return content[slice(*(int(bound) if bound else None for bound in key.split(":")))]
