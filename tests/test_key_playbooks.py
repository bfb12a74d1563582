"""Rotation and theft, command by command as docs/how-to/keys.md has them."""

import os
import re
import subprocess
import sys
from pathlib import Path

KEYS = Path(__file__).parent.parent / "docs/how-to/keys.md"
BEFORE = """\
git config --global user.name A
git config --global user.email a@uni.example
git config --global init.defaultBranch main
mcsite init site --name University --privacy public
cd site
git init --quiet
mkdir ~/mcsite
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
    script = [BEFORE, *commands[0], BETWEEN, *commands[1]]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(script)],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("  Valid\n") == 2
    assert "the key was stolen later; the issuer confirms that it issued this" in done.stdout
    assert "  credentials/second.jsonl: 1 credential\n" in done.stdout
    assert not (tmp_path / "mcsite/key.pem").exists()
    states = re.findall(r"#(key-\d)  (\S+)", done.stdout)
    assert states == [("key-1", "current"), ("key-1", "retired"), ("key-2", "current")]


def _commands(text: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line[2:] for line in lines if line.startswith("$ ")]
