"""Findings of rules, placed at the value that they speak of."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from mcsite.content.source import Node
from mcsite.content.validation import place_of
from mcsite.findings import Finding, Position, Severity


class Places:
    """Where values stand: a key is "site", "issuers", or "courses/<id>" and the like."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = nodes

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
        line, column, length = place_of(self.nodes[key], loc) if key in self.nodes else (1, 1, 1)
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
