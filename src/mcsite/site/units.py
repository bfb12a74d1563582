"""What is made together, and on what it depends."""

from dataclasses import dataclass, field

from mcsite.site.records import Record
from mcsite.site.tracing import Ask


@dataclass(frozen=True, slots=True)
class Unit:
    """A page with its picture, or a group of files; and what was asked for it."""

    key: str
    asks: tuple[Ask, ...]
    records: tuple[Record, ...]


@dataclass(slots=True)
class Units:
    """The units of a site by their keys, and the digests of what their asks were answered."""

    answers: dict[Ask, str] = field(default_factory=dict)
    asks: dict[str, tuple[Ask, ...]] = field(default_factory=dict)
    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)

    def is_stale(self, key: str, stale: set[Ask]) -> bool:
        """Tell whether a unit has to be made: it is new, or it asked what is `stale`."""
        return key not in self.asks or not stale.isdisjoint(self.asks[key])

    def unit(self, key: str) -> Unit:
        """Return a unit."""
        return Unit(key, self.asks[key], self.records[key])

    def records_but(self, *keys: str) -> dict[str, str]:
        """Return the files of all units but some."""
        left = self.records.keys() - set(keys)
        return {name: digest for key in left for name, digest in self.records[key]}
