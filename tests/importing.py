"""Importing into a small institution's folder, for tests of what reads sources."""

from pathlib import Path
from typing import Any

from mcsite.commands.importing import ImportReport, ImportRequest, import_courses
from mcsite.errors import ContentError
from tests.project import NOW, Project

HEADER = [
    "title", "provider", "learning_outcomes", "ects", "eqf", "assessment", "participation",
    "quality_assurance",
]  # fmt: skip
ROW = ["Biškopība", "uni", "Kopt bites", "3", "6", "quiz", "online", "internal"]


def table(**changes: str) -> str:
    """Return CSV of one good course, with cells changed, and columns added."""
    row = dict(zip(HEADER, ROW, strict=True)) | changes
    quoted = (f'"{text.replace(chr(34), chr(34) * 2)}"' for text in row.values())
    return f"{','.join(row)}\n{','.join(quoted)}\n"


class Source:
    """A project, and files to import into it."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder)
        self.folder = folder

    def file(self, name: str, data: str | bytes) -> Path:
        """Write a file to import."""
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def run(self, *files: Path, **options: Any) -> ImportReport:
        """Import files."""
        request = ImportRequest(project=self.project.root, files=files, today=NOW.date(), **options)
        return import_courses(request)

    def imported(self, data: str | bytes, name: str = "k.csv", **options: Any) -> ImportReport:
        """Import a file of this text."""
        return self.run(self.file(name, data), **options)

    def refusal(self, data: str | bytes, name: str = "k.csv", **options: Any) -> list[str]:
        """Return why a file isn't imported, as the command prints it; nothing may have changed."""
        before = self.project.snapshot()
        try:
            self.imported(data, name, **options)
        except ContentError as fault:
            assert self.project.snapshot() == before
            return [str(found).replace(f"{self.folder}/", "") for found in fault.findings]
        raise AssertionError("it was imported")

    def text(self, key: str) -> str:
        """Return the file of a course."""
        return (self.project.root / f"catalogue/courses/{key}.yaml").read_text("utf-8")
