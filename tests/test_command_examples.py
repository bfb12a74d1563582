"""docs/reference/commands.md: its examples, one session, run as they stand."""

from pathlib import Path

import pytest
from tools.command_examples import EXAMPLES

from mcsite.cli import COMMANDS
from tests.shell import BEGIN, said_by


def typed(example: str) -> str:
    """Return what is typed: lines after a prompt, and those that go on."""
    lines = example.splitlines()
    assert all(line.startswith(("$ ", "> ")) for line in lines)
    return "".join(f"{line[2:]}\n" for line in lines)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str) -> None:
    assert f"mcsite {command}" in EXAMPLES[command]


def test_the_examples_are_a_session_that_works(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    # the name of each is printed before it, so that a failure has one
    script = [BEGIN, *(f"echo == {name} ==\n{typed(text)}" for name, text in EXAMPLES.items())]

    printed = said_by("".join(script), work, home=tmp_path)

    said = dict(part.split(" ==\n", 1) for part in printed.split("== ")[1:])
    assert list(said) == list(EXAMPLES)
    assert said["verify"].count("  Valid\n") == 3
    assert '"verdict": "valid"' in said["verify"]
