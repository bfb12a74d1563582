"""The template as a workbook: a sheet to fill in, one that explains its columns, one of codes.

With `workbook`, the door to openpyxl.
"""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from mcsite.content.vocabulary import VOCABULARIES
from mcsite.imports.columns import EXAMPLE
from mcsite.imports.template import Header, headers

_ROWS = 2_000  # for which a cell offers its codes
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_HEADING = Font(bold=True)
_TEXT = "@"  # the format of texts: a spreadsheet keeps the first zeros of 0612
_WIDTH, _WIDE = 18, 44


def workbook_template(
    languages: tuple[str, ...], providers: tuple[str, ...], today: dt.date
) -> bytes:
    """Return the template as a workbook."""
    book = Workbook()
    book.properties.created = dt.datetime.combine(today, dt.time())
    columns = list(headers(languages, providers))
    sheet: Any = book.active
    sheet.title = "courses"
    explained: Any = book.create_sheet("columns")
    codes: Any = book.create_sheet("codes")
    ranges = _fill_codes(codes, columns, providers, languages[0])
    _fill_courses(sheet, columns, ranges)
    _explain(explained, columns)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def _fill_courses(sheet: Any, columns: Sequence[Header], ranges: Mapping[str, str]) -> None:
    offered: dict[str, DataValidation] = {}
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        heading, example = sheet.cell(1, number, column.name), sheet.cell(2, number)
        heading.font = _HEADING
        if column.required:
            heading.fill = _REQUIRED
        example.value = column.example or None
        example.font = Font(italic=True, color="7F7F7F")
        example.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[letter].width = _WIDE if "\n" in column.example else _WIDTH
        example.number_format = sheet.column_dimensions[letter].number_format = _TEXT
        name = _codes_of(column)
        if name in ranges:
            rule = offered.setdefault(name, _offering(ranges[name]))
            rule.add(f"{letter}2:{letter}{_ROWS}")
    for rule in offered.values():
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "C2"


def _offering(cells: str) -> DataValidation:
    """Return a list to choose from; several codes, or a label, may be typed as well."""
    rule = DataValidation(type="list", formula1=cells, allow_blank=True, showErrorMessage=False)
    rule.promptTitle, rule.prompt = "Codes", "Choose one; several go a line each (see columns)."
    rule.showInputMessage = True
    return rule


def _codes_of(column: Header) -> str:
    """Return the name of the list that a column chooses from."""
    if column.column is None:
        return ""
    return "provider" if column.name == "provider" else column.column.vocabulary


def _fill_codes(
    sheet: Any, columns: Sequence[Header], providers: tuple[str, ...], language: str
) -> dict[str, str]:
    """Write every list of codes with what they mean; return where each stands."""
    names = dict.fromkeys(name for column in columns if (name := _codes_of(column)) in VOCABULARIES)
    lists: dict[str, list[tuple[str, str]]] = {
        name: [(term.code, term.label(language)) for term in VOCABULARIES[name].terms.values()]
        for name in names
    }
    lists["provider"] = [(key, "") for key in providers]
    ranges: dict[str, str] = {}
    for number, (name, entries) in enumerate(lists.items()):
        column = 2 * number + 1
        letter = get_column_letter(column)
        sheet.cell(1, column, name).font = _HEADING
        sheet.column_dimensions[letter].width = _WIDTH
        sheet.column_dimensions[get_column_letter(column + 1)].width = _WIDE
        for row, (code, label) in enumerate(entries, 2):
            sheet.cell(row, column, code).number_format = _TEXT
            sheet.cell(row, column + 1, label)
        if entries:
            ranges[name] = f"codes!${letter}$2:${letter}${len(entries) + 1}"
    return ranges


def _explain(sheet: Any, columns: Sequence[Header]) -> None:
    headings = ("column", "required", "what it is", "how it is written", "codes", "example")
    for number, heading in enumerate(headings, 1):
        sheet.cell(1, number, heading).font = _HEADING
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE if number > 2 else _WIDTH  # noqa: PLR2004 -- the first two are short
    for row, column in enumerate(columns, 2):
        vocabulary = column.column.vocabulary if column.column else ""
        codes = f"sheet codes: {vocabulary}" if column.codes else ""
        told = (column.name, "yes" if column.required else "", column.about, column.how, codes,
                column.example)  # fmt: skip
        for number, text in enumerate(told, 1):
            sheet.cell(row, number, text).alignment = Alignment(wrap_text=True, vertical="top")
    note = f"Delete the row {EXAMPLE!r} or leave it: it isn't imported. Yellow: required (Annex I)."
    sheet.cell(len(columns) + 3, 1, note)
