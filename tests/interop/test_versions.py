"""docs/reference/interoperability.md names the versions that the tests run, and tests there are."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs/reference/interoperability.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and "version" not in line
]
PINS = (ROOT / "requirements/develop.txt").read_text("utf-8")
PACKAGES = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]


def test_there_are_rows() -> None:
    assert len(ROWS) == 7


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_versions_and_tests_are_those_of_the_row(row: list[str]) -> None:
    if named := re.match(r"`([^`]+)` \((Python|JavaScript)\)", row[0]):
        name, language = named.groups()
        pinned = re.search(rf"^{re.escape(name)}==(\S+)", PINS, re.MULTILINE)
        version = pinned[1] if language == "Python" and pinned else PACKAGES.get(name)
        assert row[1] == version
    for path in re.findall(r"`([^`]+)`", row[4]):
        assert (ROOT / path).is_file()


def test_every_test_of_the_folder_is_in_a_row() -> None:
    files = {f"tests/interop/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}

    assert {
        path for path in files - {f"tests/interop/{Path(__file__).name}"} if path not in PAGE
    } == set()
