"""The table of checks: it is what the cases say, and each cell holds what it claims."""

import re
from pathlib import Path

import pytest
from tools.checks_reference import HELD, PAGE, SITUATIONS, Held, page, results

from mcsite.credentials.verdict import Check

BROWSER = Path(__file__).parent / "browser"
# What a check may say in each situation. A changed status list is no evidence, good or bad.
STATES = {
    "valid": {"passed"},
    "altered": {"failed", "unknown"},
    "missing": {"failed", "unknown", "passed"},
    "unreachable": {"unknown"},
}
NOT_MADE_HERE = {"too-large"}  # tests/credentials/test_strict_json.py: a case of a megabyte


def test_the_page_is_what_the_cases_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python tools/checks_reference.py"


def test_every_check_has_a_row() -> None:
    assert [held.check for held in HELD] == [check.value for check in Check]


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.check)
def test_each_situation_is_held_by_a_case_that_shows_it(held: Held) -> None:
    cases = dict(results()["verification"])

    for situation, name in zip(SITUATIONS, held.cases, strict=True):
        if name.startswith("—"):
            assert situation == "unreachable"
            continue
        state, reason = cases[name][held.check]
        assert state in STATES[situation], name
        assert situation != "missing" or reason != "ok", name


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.check)
def test_the_tests_in_chromium_exist(held: Held) -> None:
    known = "".join(path.read_text("utf-8") for path in BROWSER.glob("test_*.py"))

    assert [name for name in held.in_chromium if f"def {name}(" not in known] == []


def test_every_explained_reason_is_held_by_a_case() -> None:
    """The words that only the command line says, of what it may ask, have tests of their own."""
    text = (PAGE.parent.parent / "explanation" / "verification.md").read_text("utf-8")
    table = text.split("## The reasons", 1)[1].split("## The verdict", 1)[0]
    rows = [row for row in table.splitlines() if row.startswith("| `")]
    explained = {word for row in rows for word in re.findall(r"`([a-z-]+)`", row)}
    held = {reason for found in results().values() for _, c in found for _, reason in c.values()}
    at_the_edge = {"not-asked", "private-address", "too-large"}

    assert explained - {check.value for check in Check} - at_the_edge - NOT_MADE_HERE <= held
