"""Courses from workbooks: values of every kind, and files that mean harm."""
# ruff: noqa: E501 -- a case stands in a line

import datetime as dt
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from mcsite.commands.import_template import write_template
from mcsite.imports import workbook
from mcsite.imports.columns import COLUMNS
from tests.importing import HEADER, ROW, Source
from tests.project import NOW

TODAY = NOW.date()


def book(rows: Iterable[Iterable[Any]], *, sheet: str = "Kursi") -> bytes:
    made = Workbook()
    page: Any = made.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    found = io.BytesIO()
    made.save(found)
    return found.getvalue()


def with_part(data: bytes, name: str, text: bytes) -> bytes:
    """Return a workbook in which a part is another."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(found, "w") as after:
        for part in before.namelist():
            after.writestr(part, text if part == name else before.read(part))
    return found.getvalue()


def test_cells_of_every_kind_become_a_course(source: Source) -> None:
    header = [*HEADER, "field", "offering_start", "offering_price", "summary"]
    row = [*ROW[:3], 1.5, 6, *ROW[5:], 612, dt.date(2027, 1, 12), 0.1 + 0.2, "- ne formula"]

    source.imported(book([header, row]), "k.xlsx")

    course = source.project.catalogue.courses["biskopiba"]
    assert (str(course.workload.ects), course.level and course.level.eqf) == ("1.5", 6)
    assert course.field == ("0612",)
    assert course.offerings[0].start == dt.date(2027, 1, 12)
    assert course.offerings[0].price is not None
    assert str(course.offerings[0].price.amount) == "0.3"


def test_a_fault_names_sheet_row_column_and_cell(source: Source) -> None:
    rows = [HEADER, ROW, [], ["B", *ROW[1:3], "daudz", *ROW[4:]]]

    assert source.refusal(book(rows), "k.xlsx") == [
        (
            "k.xlsx!Kursi:4:4: MC208 error: cell D4: workload.ects 'daudz' isn't a number\n"
            "hint: write digits, e.g. 3 or 1.5"
        )
    ]


def test_a_formula_without_a_saved_result_isn_t_taken_for_an_empty_cell(source: Source) -> None:
    told = source.refusal(book([HEADER, [*ROW[:3], "=1+2", *ROW[4:]]]), "k.xlsx")

    assert told[0] == (
        "k.xlsx!Kursi:2:4: MC533 error: cell D2: holds a formula whose result isn't saved\n"
        "hint: open the workbook in a spreadsheet program, save it there, and import it again"
    )


def test_a_saved_result_of_a_formula_counts(source: Source) -> None:
    data = book([HEADER, [*ROW[:3], "=1+2", *ROW[4:]]])
    name = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(name)
    assert b"<f>1+2</f><v />" in sheet or b"<f>1+2</f><v></v>" in sheet
    saved = sheet.replace(b"<v />", b"<v>3</v>").replace(b"<v></v>", b"<v>3</v>")

    source.imported(with_part(data, name, saved), "k.xlsx")

    assert "ects: 3\n" in source.text("biskopiba")


def test_an_error_in_a_cell_is_told(source: Source) -> None:
    told = source.refusal(book([HEADER, [*ROW[:3], "#REF!", *ROW[4:]]]), "k.xlsx")

    assert told[0] == (
        "k.xlsx!Kursi:2:4: MC533 error: cell D2: holds the error #REF!\n"
        "hint: correct it in the workbook"
    )


def test_a_sheet_can_be_named(source: Source) -> None:
    made = Workbook()
    made.create_sheet("Citi")
    page: Any = made["Citi"]
    for row in (HEADER, ROW):
        page.append(row)
    found = io.BytesIO()
    made.save(found)

    assert source.refusal(found.getvalue(), "k.xlsx") == [
        "k.xlsx!Sheet:1:1: MC530 error: the sheet is empty"
    ]
    assert source.refusal(found.getvalue(), "k.xlsx", sheet="Kursi") == [
        "k.xlsx:1:1: MC530 error: has no sheet 'Kursi'\nhint: it has 'Sheet' and 'Citi'"
    ]
    source.imported(found.getvalue(), "k.xlsx", sheet="Citi")


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(source: Source) -> None:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (workbook.MAX_UNPACKED + 1))
    assert len(found.getvalue()) < 200_000

    assert source.refusal(found.getvalue(), "k.xlsx") == [
        (
            "k.xlsx:1:1: MC530 error: the workbook would unpack to 128 MB in 1 parts; at most 128 MB in "
            "2000\nhint: copy the table into a new workbook"
        )
    ]


def test_entities_aren_t_expanded(source: Source) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    told = source.refusal(
        with_part(book([HEADER, ROW]), "xl/worksheets/sheet1.xml", bomb), "k.xlsx"
    )

    assert len(told) == 1
    start = "k.xlsx:1:1: MC530 error: not a workbook that can be read: EntitiesForbidden(name='a'"
    assert told[0].startswith(start)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04nothing", "k.xlsx:1:1: MC530 error: not a workbook (.xlsx)\nhint: open it in a spreadsheet program and save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "k.xlsx:1:1: MC530 error: is a workbook of the old kind (.xls)\nhint: open it in a spreadsheet program and save it as .xlsx"),
    ],
)  # fmt: skip
def test_what_isn_t_a_workbook_is_told(source: Source, data: bytes, told: str) -> None:
    assert source.refusal(data, "k.xlsx") == [told]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize(
    "text", [b"", b"<", b"<a/>", b"\x00\x01", b"<worksheet><sheetData><row r='x'/>"]
)
def test_a_broken_workbook_is_told_and_nothing_else(source: Source, part: str, text: bytes) -> None:
    told = source.refusal(with_part(book([HEADER, ROW]), part, text), "k.xlsx")

    assert {one.split(" ")[1] for one in told} == {"MC530"}


def test_a_cell_at_the_end_of_the_world_costs_nothing(source: Source) -> None:
    data = book([HEADER, ROW])
    name = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(name)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    source.imported(with_part(data, name, sheet.replace(b"</sheetData>", far)), "k.xlsx")

    assert source.text("biskopiba")


def test_the_template_can_be_filled_in_and_its_example_isn_t_imported(source: Source) -> None:
    path = write_template(source.project.root, source.folder / "t.xlsx", today=TODAY)
    made = load_workbook(path)
    page: Any = made["courses"]
    names = [cell.value for cell in page[1]]
    assert [name for name in names if ":" not in name] == ["id", *COLUMNS]
    assert {name for name in names if ":" in name} == {
        f"{name}:en" for name in
        ("title", "learning_outcomes", "assessment_description", "summary", "description")
    }  # fmt: skip
    assert source.refusal(path.read_bytes(), "t2.xlsx") == [
        "t2.xlsx!courses:1:1: MC530 error: there is no course below the header"
    ]
    for name, text in zip(HEADER, ROW, strict=True):
        page.cell(3, names.index(name) + 1, text)
    made.save(path)

    source.run(path)

    assert source.text("biskopiba").startswith("title: Biškopība\nprovider: uni\n")
    assert not (source.project.root / "catalogue/courses/example.yaml").exists()


def test_the_template_s_example_is_a_good_course(source: Source) -> None:
    path = write_template(source.project.root, source.folder / "t.xlsx", today=TODAY)
    made = load_workbook(path)
    page: Any = made["courses"]
    page["A2"] = "an-example"
    made.save(path)

    source.run(path)

    assert source.project.catalogue.courses["an-example"].assessment[1].type == "quiz"


def test_the_template_explains_each_column_and_offers_its_codes(source: Source) -> None:
    path = write_template(source.project.root, source.folder / "t.xlsx", today=TODAY)
    made = load_workbook(path)
    explained = {row[0]: row for row in made["columns"].iter_rows(values_only=True)}
    offered = {
        str(cells): rule.formula1
        for rule in made["courses"].data_validations.dataValidation
        for cells in [rule.sqref]
    }
    codes: dict[Any, Any] = {row[0].value: row[0] for row in made["codes"].iter_cols()}

    assert explained["quality_assurance"][1:5] == (
        "yes", "kind of quality assurance",
        "a code; a line for each, where there are several", "sheet codes: accreditation-type",
    )  # fmt: skip
    assert all(explained[name][2] and explained[name][3] for name in COLUMNS)
    assert len(offered) == 10
    assert all(where.startswith("codes!$") for where in offered.values())
    assert made["codes"][f"{codes['provider'].column_letter}2"].value == "uni"


def test_the_template_as_csv_is_what_the_spreadsheet_of_that_language_reads(source: Source) -> None:
    path = write_template(source.project.root, source.folder / "t.csv", today=TODAY)

    text = path.read_bytes().decode("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid;title;title:en;provider;")
    source.imported(text.replace("\r\nexample;", "\r\nan-example;", 1), "t2.csv")
    assert source.project.catalogue.courses["an-example"].offerings[0].seats == 24


def test_without_the_library_csv_works_and_a_workbook_says_what_to_install(source: Source) -> None:
    program = (
        "import sys; sys.modules['openpyxl'] = None\n"
        "from mcsite.cli import main\n"
        f"sys.exit(main(['import', sys.argv[1], '--project', {str(source.project.root)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, source.file("k.xlsx", book([HEADER, ROW]))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr == (
        "mcsite: workbooks (.xlsx) need a library that isn't installed: openpyxl\n"
        "hint: pip install 'mcsite[xlsx]', or save the table as CSV UTF-8\n"
    )
