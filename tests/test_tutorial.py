"""The tutorial's commands, run as they stand, in an empty folder."""

import datetime as dt
import re
import shlex
import subprocess
import sys
from pathlib import Path

from mcsite.content.load import load_catalogue
from tests.shell import said_by

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.md"


def test_the_tutorial_works_as_written(tmp_path: Path) -> None:
    blocks = re.findall(r"```console\n(.*?)```", TUTORIAL.read_text("utf-8"), re.DOTALL)
    commands = [line[2:] for block in blocks for line in block.splitlines() if line[:2] == "$ "]
    assert len(commands) == 17

    printed = said_by("\n".join(commands), tmp_path)

    assert "  Valid\n" in printed
    assert "  Withdrawn by the issuer\n" in printed
    assert printed.rstrip().endswith("withdrawn")


def test_the_course_that_the_tutorial_shows_has_no_findings(tmp_path: Path) -> None:
    text = TUTORIAL.read_text("utf-8")
    found = re.search(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL)
    assert found is not None
    project = tmp_path / "my-catalogue"
    init = next(line for line in text.splitlines() if line.startswith("$ mcsite init"))
    subprocess.run(
        [sys.executable, "-m", *shlex.split(init[2:])],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )

    (project / found[1]).write_text(found[2], "utf-8")

    loaded = load_catalogue(project, today=dt.date(2026, 11, 23))
    assert [str(one) for one in loaded.findings if str(one.at.path) == found[1]] == []
    assert loaded.catalogue is not None
    assert "web-basics" in loaded.catalogue.courses
