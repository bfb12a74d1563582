"""Words of the terminal: every verdict and every documented reason has its own."""

import re
from pathlib import Path

import pytest

from mcsite.cli.verdict_words import REASONS, VERDICTS, words_of
from mcsite.credentials.verdict import Check, CheckResult, State, Verdict
from tests.institution import NOW

PAGE = Path(__file__).parent.parent.parent / "docs/explanation/verification.md"
SECTION = PAGE.read_text("utf-8").partition("## The reasons")[2].partition("## The verdict")[0]
DOCUMENTED = sorted(
    set(re.findall(r"`([a-z][a-z0-9-]+)`", SECTION)) - {check.value for check in Check}
)


def test_reasons_are_documented() -> None:
    assert len(DOCUMENTED) > 40


@pytest.mark.parametrize("reason", DOCUMENTED)
def test_every_reason_has_words(reason: str) -> None:
    assert REASONS[reason]


def test_words_are_of_documented_reasons_alone() -> None:
    assert set(REASONS) - set(DOCUMENTED) == set()


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_words(verdict: Verdict) -> None:
    assert VERDICTS[verdict]


def test_what_a_stranger_wrote_is_told_without_its_marks() -> None:
    found = CheckResult(
        check=Check.FORMAT, state=State.FAILED, reason="unmapped-term", at=NOW,
        details={"named": "✅ Valid\u202e"},
    )  # fmt: skip

    assert words_of(found).endswith("(named □ Valid)")
