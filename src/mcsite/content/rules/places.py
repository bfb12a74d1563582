"""Findings of rules, placed at the value that they speak of."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from mcsite.content.source import Node, SourceFault, read_source
from mcsite.content.validation import place_of
from mcsite.findings import Finding, Position, Severity

_REMEMBERED = 64


class Places:
    """Where values stand: a key is "site", "issuers", or "courses/<id>" and the like.

    Files are kept as bytes. Nodes take ten times the room, and few files have something to place.
    """

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self.sources = sources
        self.nodes: dict[str, Node | None] = {}

    def node(self, key: str) -> Node | None:
        """Return what the file of `key` holds; None where it isn't YAML."""
        if key not in self.sources:
            return None
        if key not in self.nodes:
            if len(self.nodes) >= _REMEMBERED:
                self.nodes.clear()
            self.nodes[key] = self._read(key)
        return self.nodes[key]

    def _read(self, key: str) -> Node | None:
        try:
            return read_source(self.sources[key], path_of(key))
        except SourceFault as fault:
            return fault.node

    def mentions(
        self, key: str, loc: tuple[int | str, ...], parts: Iterable[str]
    ) -> Iterator[tuple[Position, int]]:
        """Yield place and length of each of `parts`, which stand one after the other in the text
        that `loc` leads to; the text's own where a part is written in another way there.
        """
        node = self.node(key)
        if node is None:
            return
        line, column, length = place_of(node, loc)
        source = self.sources[key].decode("utf-8-sig", errors="replace")
        start = sum(map(len, source.splitlines(keepends=True)[: line - 1])) + column - 1
        at = start
        for part in parts:
            found = source.find(part, at)
            found = source.find(part, start) if found < 0 else found
            if found < 0 or not part:
                yield Position(path_of(key), line, column), length
                continue
            at = found + len(part)
            before = source.count("\n", 0, found)
            yield (
                Position(path_of(key), before + 1, found - source.rfind("\n", 0, found)),
                len(part),
            )

    def finding(
        self,
        key: str,
        loc: tuple[int | str, ...],
        code: str,
        message: str,
        *,
        severity: Severity = Severity.ERROR,
        hint: str = "",
    ) -> Finding:
        """Return a finding at the value that `loc` leads to in the file of `key`."""
        node = self.node(key)
        line, column, length = (1, 1, 1) if node is None else place_of(node, loc)
        return Finding(
            at=Position(path_of(key), line, column),
            code=code,
            severity=severity,
            message=message,
            hint=hint,
            length=length,
        )


def path_of(key: str) -> PurePosixPath:
    """Return the file of a key."""
    if key == "issuers":
        return PurePosixPath("credentials/issuers.yaml")
    return PurePosixPath(f"catalogue/{key}.yaml")
