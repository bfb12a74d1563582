"""A shell for what documents tell their reader to type: it has the mcsite of these tests."""

import os
import subprocess
import sys
from pathlib import Path

# a person who uses Git for the first time, with a home of her own
BEGIN = """\
git config --global user.name A
git config --global user.email a@uni.example
git config --global init.defaultBranch main
mkdir ~/mcsite
"""


def said_by(script: str, folder: Path, *, home: Path | None = None) -> str:
    """Run commands in a folder, and return what they print.

    The first one that fails ends the session and the test, which shows the end of both outputs.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    at_home = {} if home is None else {"HOME": str(home)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder, env={**os.environ, "PATH": path, **at_home},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    return done.stdout
