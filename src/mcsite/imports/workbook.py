"""A table from a workbook of Excel or LibreOffice (.xlsx): the one door to openpyxl.

It is an extra, `mcsite[xlsx]`, with defusedxml, by which openpyxl refuses entities. What a
workbook would unpack to is measured before anything is unpacked. Formulas aren't computed: their
saved results count.
"""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

import defusedxml  # noqa: F401 -- without it openpyxl reads entities; so it has to be there
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mcsite.imports.grid import MAX_COLUMNS, Cell, Grid, cleaned, said
from mcsite.imports.reading import MAX_COURSES, english_list, unreadable

MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 2_000
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    OSError,
)  # fmt: skip -- what openpyxl raises on files that aren't what they say
_RESULT = "open the workbook in a spreadsheet program, save it there, and import it again"
_SAVE = "open it in a spreadsheet program and save it as .xlsx"


def read_workbook(data: bytes, path: PurePosixPath, sheet: str) -> Grid:
    """Return the table on a sheet, the first that is visible unless it is named, or raise
    Unreadable. The table's path names the sheet: `courses.xlsx!Sheet1`.
    """
    _check_size(data, path)
    try:
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        written = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        name = _sheet(values, path, sheet)
        both = zip(_rows(values[name], path), _rows(written[name], path), strict=True)
        rows = [_cells(*pair, row) for row, pair in enumerate(both, 1)]
    except _BROKEN as fault:
        reason = str(fault.__cause__ or fault).partition("\n")[0]
        raise unreadable(path, f"not a workbook that can be read: {reason}", hint=_SAVE) from fault
    place = path.with_name(f"{path.name}!{name}")
    rows = [row for row in rows if said(row)]
    if not rows:
        raise unreadable(place, "the sheet is empty")
    width = max(cell.column for row in rows for cell in row if cell.text or cell.fault)
    header, *below = (_of_width(row, width) for row in rows)
    return Grid(place, header, tuple(below))


def _of_width(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    number = row[0].row
    missing = range(len(row) + 1, width + 1)
    return (*row[:width], *(Cell("", number, column) for column in missing))


def _check_size(data: bytes, path: PurePosixPath) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            found = parts.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise unreadable(path, "not a workbook (.xlsx)", hint=_SAVE) from fault
    size = sum(part.file_size for part in found)
    if size > MAX_UNPACKED or len(found) > MAX_PARTS:
        most = MAX_UNPACKED // 1024**2
        raise unreadable(path, f"the workbook would unpack to {size // 1024**2} MB in {len(found)} "
                         f"parts; at most {most} MB in {MAX_PARTS}",
                         hint="copy the table into a new workbook")  # fmt: skip


def _sheet(book: Any, path: PurePosixPath, wanted: str) -> str:
    names = [sheet.title for sheet in book.worksheets]
    if wanted and wanted not in names:
        known = english_list(map(repr, names))
        raise unreadable(path, f"has no sheet {wanted!r}", hint=f"it has {known}")
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not names:
        raise unreadable(path, "the workbook has no sheet")
    return wanted or (shown or names)[0]


def _rows(sheet: Any, path: PurePosixPath) -> Iterator[tuple[Any, ...]]:
    limit = MAX_COURSES + 2
    for number, row in enumerate(sheet.iter_rows(max_row=limit, max_col=MAX_COLUMNS), 1):
        if number == limit and any(cell.value is not None for cell in row):
            raise unreadable(path, f"has more than {MAX_COURSES} rows", number,
                             hint="split the table")  # fmt: skip
        width = len(row)
        while width and row[width - 1].value is None:
            width -= 1
        yield tuple(row[:width])


def _cells(results: tuple[Any, ...], written: tuple[Any, ...], row: int) -> tuple[Cell, ...]:
    pairs = zip_longest(results, written)
    return tuple(_cell(result, source, row, column) for column, (result, source) in
                 enumerate(pairs, 1))  # fmt: skip


def _cell(result: Any, source: Any, row: int, column: int) -> Cell:
    """Return a cell of its saved value, and of what was written there: the same, or a formula."""
    value = getattr(result, "value", None)
    kind, formula = getattr(result, "data_type", ""), getattr(source, "data_type", "") == "f"
    if formula and value is None:
        return Cell("", row, column, "holds a formula whose result isn't saved", _RESULT)
    if kind == "e":
        return Cell("", row, column, f"holds the error {value}", "correct it in the workbook")
    text, fault = cleaned(_text(value))
    return Cell(text, row, column, fault, "delete it; it may be invisible" if fault else "")


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.datetime():
            return value.isoformat()
        case float():
            return f"{value:.10g}"  # a spreadsheet's numbers carry traces of binary fractions
        case _:
            return str(value)
