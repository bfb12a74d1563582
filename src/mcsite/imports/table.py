"""From a table to courses: what its columns are, and a course a row."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mcsite.content.fields import did_you_mean
from mcsite.content.shapes import Kind
from mcsite.content.source import Scalar
from mcsite.exports.table import COLUMNS as EXPORTED
from mcsite.findings import Finding, Position
from mcsite.imports.cells import Cells, Entry, Place
from mcsite.imports.columns import COLUMNS, EXAMPLE, ID
from mcsite.imports.grid import Cell, Grid, said
from mcsite.imports.reading import NOT_OF_THE_SOURCE, Reading, Record, Wanted, error, unreadable

_TEMPLATE = "mcsite import --template FILE writes a table with every column"
_UNREAD = frozenset(EXPORTED) - COLUMNS.keys() - {ID}  # what the provider's file says, and `url`


def read_table(grid: Grid, wanted: Wanted, defaults: Mapping[str, str]) -> Reading:
    """Return the courses of a table. `defaults` fill the cells that are empty, by column."""
    header = _header(grid, wanted)
    names = tuple(cell.text for cell in grid.header)
    if header.findings:
        found = (*grid.findings, *header.findings)
        return Reading(findings=found, header=names, cells=grid.seen)
    filled = default_entries(defaults, wanted)
    rows = _Rows(grid, wanted)
    courses = [row for row in grid.rows if not header.id or row[header.id - 1].text != EXAMPLE]
    if not courses and not grid.findings:
        raise unreadable(grid.path, "there is no course below the header")
    columns: dict[str, int] = {}
    for number, place in header.places.items():
        columns.setdefault(place.column.way[0], number)
    return Reading(
        records=tuple(rows.record(row, header, filled) for row in courses),
        findings=(*grid.findings, *rows.findings),
        columns=columns,
        header=names,
        cells=grid.seen,
    )


@dataclass(slots=True)
class _Header:
    """What each column is, by its number, and what is wrong with the header."""

    grid: Grid
    id: int = 0  # the number of its column, 0 where there is none
    places: dict[int, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def refuse(self, cell: Cell, message: str, hint: str = "") -> None:
        """Add a finding."""
        at = Position(self.grid.path, cell.row, cell.column)
        self.findings.append(error("MC531", at, f"{cell.name}: {message}", hint=hint))

    def take(self, number: int, place: Place | None) -> None:
        """Note what a column is: the id, where `place` is None."""
        known = {found: column for column, found in self.places.items()}
        first = self.id if place is None else known.get(place, 0)
        cell = self.grid.header[number - 1]
        if first:
            other = self.grid.header[first - 1].name
            self.refuse(
                cell, f"{cell.text!r} stands twice, in {other} too", "delete one of the two"
            )
        elif place is None:
            self.id = number
        else:
            self.places[number] = place


def _header(grid: Grid, wanted: Wanted) -> _Header:
    found = _Header(grid)
    ours = [cell.text for cell in grid.header] == list(EXPORTED)
    for number, cell in enumerate(grid.header, 1):
        if cell.text in wanted.ignored or (ours and cell.text in _UNREAD):
            continue
        name = wanted.renamed.get(cell.text, cell.text).strip()
        if not name:
            if any(said([row[number - 1]]) for row in grid.rows):
                found.refuse(cell, "the column has no name", "write one")
            continue
        try:
            found.take(number, None if name.lower() == ID else place_of(name, wanted))
        except ValueError as fault:
            hint = f"{fault}; --map names our column for yours, --ignore leaves yours out"
            found.refuse(cell, f"{cell.text!r} isn't a column here", hint)
    if not found.places and not found.findings:
        found.refuse(grid.header[0], "no column of the header is known")
    return found


def place_of(header: str, wanted: Wanted) -> Place:
    """Return what a column's name says, or ValueError with a hint where it isn't one of ours."""
    name, colon, language = (part.strip() for part in header.partition(":"))
    name = re.sub(r"[\s-]+", "_", name.lower())
    column = COLUMNS.get(name)
    if column is None:
        nearest = did_you_mean(name, [ID, *COLUMNS])
        known = nearest.removesuffix("?") if nearest.startswith("did") else _TEMPLATE
        raise ValueError(known)
    if column.shape.kind is not Kind.WORDS:
        if colon:
            raise ValueError(f"{name} isn't a text in several languages: write {name}")
        return Place(column)
    tag = language if colon else wanted.language
    if tag not in wanted.languages:
        raise ValueError(f"the languages of the site are {', '.join(wanted.languages)}")
    return Place(column, tag)


def default_entries(defaults: Mapping[str, str], wanted: Wanted) -> tuple[Entry, ...]:
    """Return what --default says as cells that stand nowhere; ValueError where it isn't a field."""
    found = []
    for name, text in defaults.items():
        try:
            place = place_of(name, wanted)
        except ValueError as fault:
            raise ValueError(f"{name!r} isn't a column here: {fault}") from fault
        found.append(Entry(Cell(text, NOT_OF_THE_SOURCE, 1), place))
    return tuple(found)


class _Rows:
    """Reads rows one by one, and remembers what was wrong."""

    def __init__(self, grid: Grid, wanted: Wanted) -> None:
        self.grid = grid
        self.findings: list[Finding] = []
        self.cells = Cells(wanted.languages, self._report)

    def record(self, row: tuple[Cell, ...], header: _Header, defaults: Iterable[Entry]) -> Record:
        """Return the course of a row."""
        known = {**header.places, header.id: None}
        faulty = [cell for number, cell in enumerate(row, 1) if number in known and cell.fault]
        for cell in faulty:
            self._report("MC533", cell, cell.fault, cell.hint)
        unread = {
            place.column.way[0] for number, place in header.places.items() if row[number - 1].fault
        }
        entries = [
            Entry(row[number - 1], place)
            for number, place in header.places.items()
            if row[number - 1].text and not row[number - 1].fault
        ]
        there = {entry.place for entry in entries}
        entries += [entry for entry in defaults if entry.place not in there]
        at = Scalar("", False, row[0].row, 1, 1)  # noqa: FBT003 -- not plain YAML
        made = self.cells.course(entries, at)
        provider = made.entries["provider"][1] if "provider" in made.entries else None
        clues = (provider.text,) if isinstance(provider, Scalar) else ()
        given = row[header.id - 1].text.strip() if header.id else ""
        return Record(
            path=self.grid.path, node=made, id=given, provider=clues, unread=frozenset(unread)
        )

    def _report(self, code: str, cell: Cell, message: str, hint: str) -> None:
        where = f"{cell.name}: " if cell.row else "--default: "
        at = Position(self.grid.path, cell.row, cell.column)
        self.findings.append(error(code, at, where + message, hint=hint))
