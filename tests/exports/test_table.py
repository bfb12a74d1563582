"""The catalogue for harvesters: a table that no spreadsheet runs, and JSON with official codes."""

import csv
import dataclasses
import io
import json

import pytest

from mcsite.content.catalogue import Catalogue
from mcsite.content.text import Text
from mcsite.exports.table import COLUMNS, catalogue_csv, catalogue_json
from tests.rendering import sample

BASE = "https://preview.example"
KEY = "cybersecurity-basics"


def titled(title: str) -> Catalogue:
    text = Text(default="lv", by_language={"lv": title})
    courses = {KEY: sample().courses[KEY].model_copy(update={"title": text})}
    return dataclasses.replace(sample(), courses=courses)


def rows(catalogue: Catalogue) -> list[dict[str, str]]:
    text = catalogue_csv(catalogue, BASE).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_there_is_a_row_for_each_course_with_every_column() -> None:
    found = rows(sample())

    assert [row["id"] for row in found] == list(sample().courses)
    assert {tuple(row) for row in found} == {COLUMNS}
    assert [row["url"] for row in found] == [
        f"{BASE}/lv/courses/{key}/" for key in sample().courses
    ]
    assert [bool(row["withdrawn"]) for row in found] == [
        course.withdrawn is not None for course in sample().courses.values()
    ]


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        '=HYPERLINK("x")',
    ],
)
def test_no_cell_is_a_formula(title: str) -> None:
    (row,) = rows(titled(title))

    assert row["title"] == f"'{title}"


@pytest.mark.parametrize("title", ['a "b", c; d', "a\nb", "3D = x", "", "</script>"])
def test_other_text_stays_as_it_is(title: str) -> None:
    (row,) = rows(titled(title))

    assert row["title"] == title


def test_json_has_every_language_and_the_official_codes() -> None:
    listed = json.loads(catalogue_json(sample(), BASE))["courses"]
    (found,) = (one for one in listed if one["id"] == KEY)
    course = sample().courses[KEY]

    assert [one["id"] for one in listed] == list(sample().courses)
    assert found["title"] == dict(course.title.by_language)
    assert [one["code"] for one in found["assessment"]] == [one.type for one in course.assessment]
    assert all(
        str(one["uri"]).startswith("http://data.europa.eu/snb/") for one in found["assessment"]
    )
    assert found["workload"]["ects"] == (course.workload.ects and float(course.workload.ects))
    assert found["url"] == f"{BASE}/lv/courses/{KEY}/"


def test_json_tells_which_courses_are_withdrawn() -> None:
    listed = json.loads(catalogue_json(sample(), BASE))["courses"]

    assert {one["id"]: one["withdrawn"] for one in listed if "withdrawn" in one} == {
        key: course.withdrawn.since.isoformat()
        for key, course in sample().courses.items()
        if course.withdrawn
    }
