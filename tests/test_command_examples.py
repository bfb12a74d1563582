"""docs/reference/commands.md: its examples, one session, run as they stand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.command_examples import EXAMPLES

from mcsite.cli import COMMANDS

_GIT = """\
git config --global user.name A
git config --global user.email a@uni.example
git config --global init.defaultBranch main
mkdir ~/mcsite
"""


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
    script = [_GIT, *(f"echo == {name} ==\n{typed(text)}" for name, text in EXAMPLES.items())]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "".join(script)],
        cwd=work,
        env={**os.environ, "PATH": path, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    said = dict(part.split(" ==\n", 1) for part in done.stdout.split("== ")[1:])
    assert list(said) == list(EXAMPLES)
    assert said["verify"].count("  Valid\n") == 3
    assert '"verdict": "valid"' in said["verify"]
