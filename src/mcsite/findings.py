"""What is wrong in an institution's files, where it stands, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, the others don't."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where a value stands in a content file. Lines and columns count from 1, as editors do."""

    path: PurePosixPath
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to fix, addressed to the person who can fix it.

    `code` is a key of `mcsite.codes.CODES`. `length` is how many characters the caret underlines.
    """

    at: Position
    code: str
    severity: Severity
    message: str
    hint: str = ""
    length: int = 1

    def __str__(self) -> str:
        text = f"{self.at}: {self.code} {self.severity}: {self.message}"
        return f"{text}\nhint: {self.hint}" if self.hint else text


def taken_strictly(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with warnings as errors: what is told agrees with what stops a build."""
    return [
        replace(finding, severity=Severity.ERROR)
        if finding.severity is Severity.WARNING
        else finding
        for finding in findings
    ]


def stopping(findings: Iterable[Finding], *, strict: bool = False) -> list[Finding]:
    """Return the findings that stop a build: errors, and where `strict`, warnings, as errors."""
    told = taken_strictly(findings) if strict else findings
    return [finding for finding in told if finding.severity is Severity.ERROR]


def has_errors(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """Tell whether `findings` stop a build."""
    return any(finding.severity is Severity.ERROR for finding in findings)
