"""docs/reference/elm.md: every row of the table is true of code, and every element has a row."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mcsite.content.models.course import Course
from tests.exports.test_edc import SAMPLE, european, signed

PAGE = Path(__file__).parent.parent.parent / "docs/reference/elm.md"
ELEMENTS = [
    "Identification of the learner", "Title of the micro-credential",
    "Country or region of the issuer", "Awarding body", "Date of issuing", "Learning outcomes",
    "Notional workload", "Level and cycle", "Type of assessment", "Form of participation",
    "Type of quality assurance", "Prerequisites to enrol", "Supervision and identity verification",
    "Grade achieved", "Integration and stackability", "Further information",
]  # fmt: skip
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text("utf-8").splitlines()
    if line.startswith("| ") and "Annex I" not in line
]
DOCUMENT = signed(SAMPLE, "data-stewardship")
EUROPEAN = european(DOCUMENT, SAMPLE)


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def at(value: Any, path: str) -> Iterator[Any]:
    """Yield what stands at a path; a list's items are looked into one by one."""
    if isinstance(value, list):
        for item in value:
            yield from at(item, path)
        return
    if not path:
        yield value
        return
    step, _, rest = path.partition(".")
    key, _, kind = step.partition("[")
    if isinstance(value, dict) and key in value:
        found = value[key]
        if kind:
            found = [one for one in found if one["targetType"] == kind.rstrip("]")]
        yield from at(found, rest)


def places(cell: str, document: Any, *inner: str) -> list[tuple[str, list[Any]]]:
    start = document
    for step in inner:
        start = start[step]
    return [
        (path, list(at(start if path.startswith(".") else document, path.lstrip("."))))
        for path in named(cell)
    ]


def test_each_element_of_annex_i_has_one_row_in_its_order() -> None:
    assert [row[0] for row in ROWS] == ELEMENTS
    assert [row[1][:9] for row in ROWS] == ["mandatory"] * 11 + ["optional"] * 5


@pytest.mark.parametrize("row", ROWS, ids=ELEMENTS)
def test_fields_of_the_course_file_exist(row: list[str]) -> None:
    fields = named(re.sub(r"\(.*?\)|→.*", "", row[2]))

    assert [field for field in fields if field not in Course.model_fields] == []


@pytest.mark.parametrize("row", ROWS, ids=ELEMENTS)
def test_paths_lead_somewhere_in_the_signed_credential(row: list[str]) -> None:
    found = places(row[3], DOCUMENT, "credentialSubject", "achievement")

    assert found
    assert [path for path, values in found if not any(values)] == []


@pytest.mark.parametrize("row", ROWS, ids=ELEMENTS)
def test_paths_lead_somewhere_in_the_european_credential(row: list[str]) -> None:
    found = places(row[4], EUROPEAN, "credentialSubject", "hasClaim")

    assert found
    assert [path for path, values in found if values in ([], [None])] == []


def test_every_alignment_of_the_credential_is_in_the_table() -> None:
    listed = set(re.findall(r"ext:[\w-]+", "".join(row[3] for row in ROWS)))
    alignments = DOCUMENT["credentialSubject"]["achievement"]["alignment"]

    assert {alignment["targetType"] for alignment in alignments} == listed
