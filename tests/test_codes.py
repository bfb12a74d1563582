"""Every code of a finding is given by the program, and some test or sample has it given."""

import re
from pathlib import Path

import pytest

from mcsite.codes import CODES

ROOT = Path(__file__).parent.parent
PROGRAM = {
    path: path.read_text("utf-8")
    for path in (ROOT / "src").rglob("*.py")
    if path.parent.name != "codes"
}
TESTS = {
    path: path.read_text("utf-8")
    for path in (ROOT / "tests").rglob("*.*")
    if path.suffix in (".py", ".yaml") and path != Path(__file__)
}


def given_in(texts: dict[Path, str]) -> set[str]:
    return {code for text in texts.values() for code in re.findall(r"MC[1-9][0-9]{2}", text)}


def test_the_program_gives_every_code_and_no_other() -> None:
    quoted = {c for text in PROGRAM.values() for c in re.findall(r'"(MC[1-9][0-9]{2})"', text)}

    assert quoted == CODES.keys()


def test_every_code_is_given_in_a_test() -> None:
    assert CODES.keys() - given_in(TESTS) == set()


@pytest.mark.parametrize("name", CODES)
def test_a_code_says_what_why_and_how_in_whole_sentences(name: str) -> None:
    code = CODES[name]

    assert all(text.endswith((".", "…")) for text in (code.meaning, code.why, code.remedy))
    assert len({code.meaning, code.why, code.remedy}) == 3


@pytest.mark.parametrize("name", CODES)
def test_a_code_has_its_section_in_the_reference(name: str) -> None:
    reference = (ROOT / "docs/reference/findings.md").read_text("utf-8")

    assert f"\n### {name}\n\n{CODES[name].meaning} {CODES[name].why}\n" in reference
