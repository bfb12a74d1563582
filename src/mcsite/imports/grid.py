"""A table as it stands in a file, before its columns mean anything: cells with their places."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mcsite.content.source import strange_character
from mcsite.findings import Finding

MAX_COLUMNS = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. `fault` says why it can't be read. `label` is what to call it where
    there are no rows and columns to see.
    """

    text: str
    row: int
    column: int
    fault: str = ""
    hint: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """What to call it: cell B7, as spreadsheets do."""
        return self.label or f"cell {letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Grid:
    """A header and the rows below it that say something. Rows are as long as the header."""

    path: PurePosixPath
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    findings: tuple[Finding, ...] = ()
    seen: bool = True  # rows and columns are those that people see


def letters(column: int) -> str:
    """Return what spreadsheets call a column: 1 → A, 28 → AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cleaned(text: str) -> tuple[str, str]:
    """Return a cell's text, its line ends and letters in one form, and what is wrong with it.

    Empty lines before the first stay: each may stand for a thing of which nothing is said.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.rstrip().lstrip(" \t\u00a0")
    if text[:2] in ("'=", "'+", "'-", "'@"):  # as an export keeps it from being a formula
        text = text[1:]
    strange = strange_character(text)
    return text, f"holds the character {strange}, which isn't text" if strange else ""


def said(cells: Sequence[Cell]) -> bool:
    """Tell whether a row says something."""
    return any(cell.text or cell.fault for cell in cells)
