"""A project of some size, and builds of its site."""

import contextlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measured import Cost, cost_of


class Site:
    """A project below a folder, and its site beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project, self.output = folder / "project", folder / "site"

    def build(self, *options: str) -> Cost:
        """Build the site once."""
        return cost_of(
            [sys.executable, "-m", "mcsite", "build", "--no-images", "--project", self.project,
             "--output", self.output, *options]
        )  # fmt: skip

    def check(self, *options: str) -> Cost:
        """Check the project once."""
        return cost_of(
            [sys.executable, "-m", "mcsite", "check", "--project", self.project, *options]
        )

    def clean(self, *options: str) -> Cost:
        """Build it with nothing before."""
        shutil.rmtree(self.output, ignore_errors=True)
        return self.build("--clean", *options)

    @contextlib.contextmanager
    def without_credentials(self) -> Iterator[None]:
        """Take the batches away, and bring them back."""
        aside = self.folder / "aside"
        aside.mkdir()
        batches = sorted((self.project / "credentials").glob("*.jsonl"))
        for path in batches:
            path.rename(aside / path.name)
        try:
            yield
        finally:
            for path in batches:
                (aside / path.name).rename(path)
            aside.rmdir()

    def retitle(self, title: str) -> None:
        """Give the first course another title: an edit."""
        path = self.project / "catalogue/courses/course-00000.yaml"
        _, *rest = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([f"title: {{lv: {title}, en: {title}}}", *rest, ""]), "utf-8")

    @contextlib.contextmanager
    def without_ten(self) -> Iterator[None]:
        """Take the last ten credentials of a batch away, and bring them back."""
        batch = min((self.project / "credentials").glob("*.jsonl"))
        lines = batch.read_bytes().splitlines(keepends=True)
        batch.write_bytes(b"".join(lines[:-10]))
        try:
            yield
        finally:
            batch.write_bytes(b"".join(lines))

    def issued_ten(self, *options: str) -> Cost:
        """Build after the last ten credentials of a batch were issued."""
        with self.without_ten():
            self.build(*options)
        return self.build(*options)
