"""What a source says of courses, in the shape of course files, each value with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from mcsite.content.source import Mapping, Node, Scalar
from mcsite.findings import Finding, Position, Severity

MAX_BYTES = 32 * 1024 * 1024  # of a file; some ten thousand courses
MAX_COURSES = 10_000
NOT_OF_THE_SOURCE = 0  # the line of values that don't stand in the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A course as a source describes it.

    `node` has fields of a course file, those that the source speaks of. `id` is what the source
    calls the course, "" where it doesn't. `provider` are the ids, names and addresses by which it
    may know the provider; the first stands in `node` too. `partial` are lists of which the format
    may carry only some entries; `unread` are fields at whose cells something is wrong.
    """

    path: PurePosixPath
    node: Mapping
    id: str = ""
    provider: tuple[str, ...] = ()
    partial: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    def at(self, node: Node | None = None) -> Position:
        """Return the place of a value; of the record without one."""
        found = node or self.node
        return Position(self.path, found.line, found.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The courses of a source, and what is wrong with it. `columns` are a table's: field → number;
    `header` is what it calls them.
    """

    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: dict[str, int] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    cells: bool = False  # places are rows and columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How sources are to be read.

    `language` is the one of texts that don't say theirs (`chosen`: whatever the page says of
    itself), `languages` are the site's. `renamed` and `ignored` are columns of a table, by the
    names that it has for them.
    """

    language: str
    languages: tuple[str, ...]
    chosen: bool = False
    renamed: dict[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    sheet: str = ""


class Unreadable(Exception):
    """A file can't be read as what it should be; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def unreadable(
    path: PurePosixPath, message: str, line: int = 1, column: int = 1, *, hint: str = ""
) -> Unreadable:
    """Return the fault of a whole file."""
    return Unreadable(error("MC530", Position(path, line, column), message, hint=hint))


def error(code: str, at: Position, message: str, *, hint: str = "") -> Finding:
    """Return an error at a place of a source."""
    return Finding(at=at, code=code, severity=Severity.ERROR, message=message, hint=hint)


def warning(code: str, at: Position, message: str, *, hint: str = "") -> Finding:
    """Return a warning at a place of a source."""
    return Finding(at=at, code=code, severity=Severity.WARNING, message=message, hint=hint)


def word(text: str, at: Node) -> Scalar:
    """Return a value made of what stands at `at`."""
    return Scalar(text, False, at.line, at.column, getattr(at, "length", 1))  # noqa: FBT003 -- not plain YAML


def english_list(words: Iterable[str]) -> str:
    """Return "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
