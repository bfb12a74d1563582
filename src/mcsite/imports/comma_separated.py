"""A table from CSV, as spreadsheets of any country write it: RFC 4180, and what they do instead."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import PurePosixPath

from mcsite.content.separators import separator_of, without_mark
from mcsite.findings import Finding, Position
from mcsite.imports.grid import MAX_COLUMNS, Cell, Grid, cleaned, said
from mcsite.imports.reading import MAX_COURSES, error, unreadable

_SAVE = "in a spreadsheet program save it as “CSV UTF-8”"
_FORMULA = "write its result; a text that begins with = can't be told from a formula"


def read_csv(data: bytes, path: PurePosixPath) -> Grid:
    """Return the table that a file holds, or raise Unreadable. Rows are counted as a spreadsheet
    shows them: a cell may hold several lines.
    """
    text, skipped = without_mark(_decoded(data, path))
    delimiter = skipped or separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 2 if skipped else 1
    try:
        lines = list(enumerate(_few(reader, path), first))
    except csv.Error as fault:
        message, hint = _told(str(fault))
        raise unreadable(path, message, max(1, reader.line_num), hint=hint) from fault
    if not lines:
        raise unreadable(path, "the file is empty")
    header = tuple(_cell(text, first, number) for number, text in enumerate(lines[0][1], 1))
    findings: list[Finding] = []
    rows = []
    for row, texts in lines[1:]:
        cells = tuple(_cell(text, row, number) for number, text in enumerate(texts, 1))
        if said(cells) and _is_long_enough(cells, header, path, findings):
            rows.append(cells)
    return Grid(path, header, tuple(rows), tuple(findings))


def _decoded(data: bytes, path: PurePosixPath) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as fault:
            raise unreadable(path, "the file isn't whole UTF-16", hint=_SAVE) from fault
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise unreadable(path, "the file isn't UTF-8", line, hint=_SAVE) from fault


def _few(reader: Iterator[list[str]], path: PurePosixPath) -> Iterator[list[str]]:
    for number, texts in enumerate(reader, 1):
        if len(texts) > MAX_COLUMNS:
            raise unreadable(path, f"a row has more than {MAX_COLUMNS} cells", number)
        if number > MAX_COURSES + 1:
            raise unreadable(path, f"has more than {MAX_COURSES} rows", number,
                             hint="split the file")  # fmt: skip
        yield texts


def _told(message: str) -> tuple[str, str]:
    if "field limit" in message:
        return f"a cell is longer than {csv.field_size_limit()} characters", "a quote may be open"
    return f"not CSV: {message}", "a quote within a quoted cell is written twice"


def _cell(text: str, row: int, column: int) -> Cell:
    text, fault = cleaned(text)
    if text.startswith("=") and not fault:
        return Cell(text, row, column, f"{text[:20]!r} looks like a formula", _FORMULA)
    return Cell(text, row, column, fault, "delete it; it may be invisible" if fault else "")


def _is_long_enough(
    cells: tuple[Cell, ...], header: tuple[Cell, ...], path: PurePosixPath, findings: list[Finding]
) -> bool:
    if len(cells) == len(header):
        return True
    message = f"row {cells[0].row}: has {len(cells)} cells, the header {len(header)}"
    hint = "put a text that holds the separator in quotes"
    findings.append(error("MC532", Position(path, cells[0].row), message, hint=hint))
    return False
