"""The commands of the guide to importing, run as they stand, in a new repository."""

import re
from pathlib import Path

from mcsite.cli import main
from tests.shell import said_by
from tests.test_house import ROOT

GUIDE = ROOT / "docs" / "how-to" / "import.md"


def test_the_guide_to_importing_works_as_written(tmp_path: Path) -> None:
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    commands = [line[2:] for line in lines if line[:2] in ("$ ", "> ")]
    expected = [line for line in lines if line[:2] not in ("$ ", "> ")]
    assert len([line for line in lines if line[:2] == "$ "]) == 8
    assert main(["init", str(tmp_path / "site"), "--name", "My institution"]) == 0

    printed = said_by("\n".join(commands), tmp_path / "site")

    told = [line for line in printed.splitlines() if line in expected]
    assert told == expected
