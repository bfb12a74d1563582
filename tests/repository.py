"""A project in Git, for tests of what reads its history."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

FIRST_DAY = "2026-01-01"


class Repository:
    """A folder in Git, whose first commit holds `files` of its catalogue/."""

    def __init__(self, root: Path, files: Mapping[str, str]) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "editor@uni.example")
        self.git("config", "user.name", "Editor")
        for name, text in files.items():
            self.write(name, text)
        self.commit(FIRST_DAY)

    def git(self, *arguments: str, day: str = FIRST_DAY) -> str:
        """Run a command of Git, at noon of a day; return what it prints."""
        dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
        command = ["git", "-C", str(self.root), *arguments]
        done = subprocess.run(command, check=True, env=os.environ | dates, capture_output=True)
        return done.stdout.decode()

    def write(self, name: str, text: str) -> None:
        """Write a file of the catalogue."""
        path = self.root / "catalogue" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file of the catalogue, which has to have it."""
        text = (self.root / "catalogue" / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def commit(self, day: str) -> None:
        """Commit everything, on a day."""
        self.git("add", "-A", day=day)
        self.git("commit", "-q", "-m", day, day=day)
