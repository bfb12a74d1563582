"""Rotation and theft, command by command as docs/how-to/keys.md has them."""

import re
from pathlib import Path

from tests.shell import BEGIN, said_by

KEYS = Path(__file__).parent.parent / "docs/how-to/keys.md"
BEFORE = """\
mcsite init site --name University --privacy public
cd site
git init --quiet
mcsite keygen --out ~/mcsite/key.pem
printf 'name\\nAnna Ozola\\n' > ~/mcsite/first.csv
mcsite issue first-course --learners ~/mcsite/first.csv --key ~/mcsite/key.pem --batch first
git add .
git commit --quiet --message "Issued"
"""
BETWEEN = """\
printf 'name\\nBerta Kalna\\n' > ~/mcsite/second.csv
mcsite issue first-course --learners ~/mcsite/second.csv --key ~/mcsite/key-2.pem --batch second
git add .
git commit --quiet --message "Issued again"
"""


def test_rotation_and_theft_work_as_written(tmp_path: Path) -> None:
    text = KEYS.read_text("utf-8")
    rotation, theft = text.split("\n## Theft")
    commands = [_commands(rotation), _commands(theft)]
    assert [len(part) for part in commands] == [10, 8]
    script = "\n".join([BEFORE, *commands[0], BETWEEN, *commands[1]])

    printed = said_by(BEGIN + script, tmp_path, home=tmp_path)

    assert printed.count("  Valid\n") == 2
    assert "the key was stolen later; the issuer confirms that it issued this" in printed
    assert "  credentials/second.jsonl: 1 credential\n" in printed
    assert not (tmp_path / "mcsite/key.pem").exists()
    states = re.findall(r"#(key-\d)  (\S+)", printed)
    assert states == [("key-1", "current"), ("key-1", "retired"), ("key-2", "current")]


def _commands(text: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line[2:] for line in lines if line.startswith("$ ")]
