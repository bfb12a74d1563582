"""Courses from CSV: as spreadsheets of any country write it, every fault with its cell."""
# ruff: noqa: E501 -- a case stands in a line

import pytest

from tests.importing import HEADER, ROW, Source, table

LATVIAN = (
    "id;title;title:en;provider;learning_outcomes;learning_outcomes:en;ects;hours;eqf;assessment;"
    "assessment_description;participation;quality_assurance;quality_assurance_body;field;language;"
    "offering_start;offering_end;offering_price;description\r\n"
    'datu-parvaldiba;Datu pārvaldība praksē;Data stewardship in practice;Parauga universitāte;"- Aprakstīt datus\n- Glabāt datus";'
    '"- Describe data\n- Keep data";1,5;40;6;"Rakstisks eksāmens\nTests";"Mutiski\nMājās";'
    'tiešsaistē;internal;Padome;612;latviešu, English;12.01.2027.;28.02.2027;120,50;"Par datiem.\n\n'
    '- viens\n- divi"\r\n'
)
WRITTEN = """\
title:
  lv: Datu pārvaldība praksē
  en: Data stewardship in practice
provider: uni
learning_outcomes:
  - lv: Aprakstīt datus
    en: Describe data
  - lv: Glabāt datus
    en: Keep data
workload:
  ects: 1.5
  hours: 40
level:
  eqf: 6
assessment:
  - type: written-examination
    description: Mutiski
  - type: quiz
    description: Mājās
participation: online
quality_assurance:
  - type: internal
    body: Padome
description: |
  Par datiem.

  - viens
  - divi
field: "0612"
language: [lv, en]
offerings:
  - start: 2027-01-12
    end: 2027-02-28
    price: 120.50
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_of_a_latvian_spreadsheet_becomes_a_file_as_a_person_writes_it(
    source: Source, encoding: str
) -> None:
    source.imported(LATVIAN.encode(encoding))

    assert source.text("datu-parvaldiba") == WRITTEN
    assert source.project.catalogue.courses["datu-parvaldiba"].workload.hours == 40


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "sep=;\r\n"])
def test_any_delimiter_is_seen(source: Source, delimiter: str, mark: str) -> None:
    delimiter = ";" if mark else delimiter
    source.imported(mark + delimiter.join(HEADER) + "\r\n" + delimiter.join(ROW) + "\r\n")

    assert "title: Biškopība\n" in source.text("biskopiba")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ects": "3 ECTS"}, "k.csv:2:4: MC208 error: cell D2: workload.ects '3 ECTS' isn't a number\nhint: write digits, e.g. 3 or 1.5"),
        ({"ects": "600"}, "k.csv:2:4: MC216 error: cell D2: workload.ects 600 is out of range\nhint: from 0.1 to 60"),
        ({"ects": "1,500"}, "k.csv:2:4: MC533 error: cell D2: '1,500' can be two numbers\nhint: write 1.500 or 1500"),
        ({"eqf": "9"}, "k.csv:2:5: MC216 error: cell E2: level.eqf is out of range\nhint: at most 8"),
        ({"assessment": "quizz"}, "k.csv:2:6: MC210 error: cell F2: assessment[1].type 'quizz' isn't a code of assessment-type\nhint: did you mean 'quiz'?"),
        ({"assessment": "quiz\nquizz"}, "k.csv:2:6: MC210 error: cell F2: assessment[2].type 'quizz' isn't a code of assessment-type\nhint: did you mean 'quiz'?"),
        ({"participation": "at the moon"}, "k.csv:2:7: MC210 error: cell G2: participation[1] 'at the moon' isn't a code of participation\nhint: one of: blended, online, onsite, project-based, research-lab, work-based"),
        ({"offering_start": "1/12/2027"}, "k.csv:2:9: MC209 error: cell I2: offerings[1].start '1/12/2027' isn't a date\nhint: write year-month-day, e.g. 2027-01-12"),
        ({"title": "=HYPERLINK(1)"}, "k.csv:2:1: MC533 error: cell A2: '=HYPERLINK(1)' looks like a formula\nhint: write its result; a text that begins with = can't be told from a formula"),
        ({"title": "Bi\x00tes"}, "k.csv:2:1: MC533 error: cell A2: holds the character U+0000, which isn't text\nhint: delete it; it may be invisible"),
        ({"id": "Bites"}, "k.csv:2:1: MC211 error: cell A2: 'Bites' can't be an id\nhint: lower-case letters, digits and single hyphens, at most 64: bites"),
        ({"provider": "Unii"}, "k.csv:2:2: MC537 error: cell B2: 'Unii' isn't a provider of the catalogue\nhint: one of: uni; mcsite new provider unii adds it; a name of it may stand as its alternative_name"),
        ({"quality_assurance": ""}, "k.csv:2:8: MC201 error: cell H2: quality_assurance is missing\nhint: Annex I asks for the type of quality assurance. --default quality_assurance=… fills it in for all, --drafts leaves it open"),
        ({"learning_outcomes": "Viens\nDivi", "learning_outcomes:en": "One"}, "k.csv:2:9: MC534 error: cell I2: has 1 line, cell C2 has 2 lines\nhint: a line each, in the same order"),
        ({"quality_assurance_body": "A\nB", "quality_assurance": "internal\ninternal", "quality_assurance_country": "LV\nEE\nLT"}, "k.csv:2:10: MC534 error: cell J2: has 3 lines, cell H2 has 2 lines\nhint: a line each, in the same order"),
        ({"replaces": "nowhere"}, "k.csv:2:9: MC301 error: cell I2: 'nowhere' isn't there\nhint: one of: biskopiba, data"),
        ({"level_reason": "x" * 20_001}, "k.csv:2:9: MC205 error: cell I2: level_reason is longer than 20000 characters"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_cell(source: Source, changes: dict[str, str], told: str) -> None:
    missing = [one for one in source.refusal(table(**changes)) if one == told]

    assert missing == [told], source.refusal(table(**changes))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel,provider\nA,uni\n", "k.csv:1:1: MC531 error: cell A1: 'titel' isn't a column here\nhint: did you mean 'title'; --map names our column for yours, --ignore leaves yours out"),
        ("title,cena\nA,uni\n", "k.csv:1:2: MC531 error: cell B1: 'cena' isn't a column here\nhint: mcsite import --template FILE writes a table with every column; --map names our column for yours, --ignore leaves yours out"),
        ("title,title:lv\nA,B\n", "k.csv:1:2: MC531 error: cell B1: 'title:lv' stands twice, in cell A1 too\nhint: delete one of the two"),
        ("title,title:de\nA,B\n", "k.csv:1:2: MC531 error: cell B1: 'title:de' isn't a column here\nhint: the languages of the site are lv, en; --map names our column for yours, --ignore leaves yours out"),
        ("title,ects:en\nA,B\n", "k.csv:1:2: MC531 error: cell B1: 'ects:en' isn't a column here\nhint: ects isn't a text in several languages: write ects; --map names our column for yours, --ignore leaves yours out"),
        ("title,\nA,B\n", "k.csv:1:2: MC531 error: cell B1: the column has no name\nhint: write one"),
        ("title,ects\nA\nB,1,2\n", "k.csv:2:1: MC532 error: row 2: has 1 cells, the header 2\nhint: put a text that holds the separator in quotes"),
        ("", "k.csv:1:1: MC530 error: the file is empty"),
        ("title\n", "k.csv:1:1: MC530 error: there is no course below the header"),
        ('title\n"A\n', "k.csv:2:1: MC530 error: not CSV: unexpected end of data\nhint: a quote within a quoted cell is written twice"),
        (b"title\nB\xefte\n", "k.csv:2:1: MC530 error: the file isn't UTF-8\nhint: in a spreadsheet program save it as “CSV UTF-8”"),
        (f"title\n{'x' * 10_000_000}\n", "k.csv:2:1: MC530 error: a cell is longer than 131072 characters\nhint: a quote may be open"),
        ("title" + "," * 500 + "\n", "k.csv:1:1: MC530 error: a row has more than 400 cells"),
        ("title\n" + "A\n" * 10_001, "k.csv:10002:1: MC530 error: has more than 10000 rows\nhint: split the file"),
    ],
)  # fmt: skip
def test_what_isn_t_a_table_of_courses_is_told(
    source: Source, text: str | bytes, told: str
) -> None:
    assert told in source.refusal(text)


def test_all_faults_of_all_rows_are_told_at_once_in_the_order_of_the_table(source: Source) -> None:
    rows = "\n".join(",".join([f"T{n}", *ROW[1:3], "x", "9", *ROW[5:]]) for n in range(3))

    told = source.refusal(",".join(HEADER) + "\n" + rows)

    assert [one.split(":")[1:3] for one in told] == [
        [row, column] for row in "234" for column in "45"
    ]


def test_rows_are_counted_as_a_spreadsheet_shows_them(source: Source) -> None:
    first, second = table(description="One\n\nTwo"), table(title="B", ects="x", description="")

    told = source.refusal(first + second.split("\n", 1)[1])

    assert [one.partition(" error")[0] for one in told] == ["k.csv:3:4: MC208"]


def test_what_an_export_made_inert_is_read_as_it_was(source: Source) -> None:
    source.imported(table(summary="'-5 grādi un vairāk"))

    assert "summary: -5 grādi un vairāk\n" in source.text("biskopiba")


def test_what_a_spreadsheet_leaves_empty_around_a_table_is_no_matter(source: Source) -> None:
    header, row, _ = table().split("\n")
    source.imported(f"{header},,\n{row},,\n{',' * (len(HEADER) + 1)}\n")

    assert "title: Biškopība\n" in source.text("biskopiba")


def test_a_course_without_a_level_says_why(source: Source) -> None:
    source.imported(table(eqf="", level_reason="Nav ietvarstruktūrā"))

    text = source.text("biskopiba")
    assert "level: none\nlevel_reason: Nav ietvarstruktūrā\n" in text


def test_several_runs_stand_a_line_each(source: Source) -> None:
    source.imported(
        table(
            offering_start="2027-01-12\n2027-09-01",
            offering_apply_by="\n2027-08-20",
            offering_price="0\n50",
            offering_note="",
        )
        .replace(",offering_note", "")
        .replace(',""\n', "\n")
    )

    assert source.text("biskopiba").endswith("""\
offerings:
  - start: 2027-01-12
    price: 0
  - start: 2027-09-01
    apply_by: 2027-08-20
    price: 50
""")


def test_skills_stand_at_the_end_of_an_outcome(source: Source) -> None:
    skill = "http://data.europa.eu/esco/skill/9ff9db9d-d14b-426e-83f3-e7449af6c79f"
    source.imported(
        table(
            learning_outcomes=f"Kopt bites [{skill}]\nŅemt medu", skills=skill, skill_labels="bites"
        )
    )

    course = source.project.catalogue.courses["biskopiba"]
    assert [(str(o.text.in_language("lv")), o.skills) for o in course.learning_outcomes] == [
        ("Kopt bites", (skill,)), ("Ņemt medu", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "field"),
    [("612", '"0612"'), ("0612", '"0612"'), ("0811", '"0811"'), ("0612 0811", '["0612", "0811"]')],
)
def test_a_field_whose_zeros_a_spreadsheet_took_is_known(
    source: Source, written: str, field: str
) -> None:
    source.imported(table(field=written))

    assert f"field: {field}\n" in source.text("biskopiba")


def test_a_field_that_could_be_two_is_asked_about(source: Source) -> None:
    assert any("MC210" in one for one in source.refusal(table(field="11")))
