"""What content files held, in memory, for whoever reads a project again and again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

Held = TypeVar("Held")


@dataclass(slots=True)
class Known:
    """What files held that were in order: bytes that are as before aren't read anew."""

    _found: dict[PurePosixPath, tuple[bytes, Mapping[str, Any], object]] = field(
        default_factory=dict
    )

    def held(
        self, kind: type[Held], path: PurePosixPath, data: bytes, context: Mapping[str, Any]
    ) -> Held | None:
        """Return what a file of these bytes held, where it was read in the same `context`."""
        before, read_in, found = self._found.get(path, (b"", {}, None))
        return found if isinstance(found, kind) and (before, read_in) == (data, context) else None

    def keep(
        self, path: PurePosixPath, data: bytes, context: Mapping[str, Any], found: object
    ) -> None:
        """Remember what a file holds."""
        self._found[path] = data, context, found
