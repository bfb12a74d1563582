"""Writing many courses at once: all are on the disk before the first is in its place."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mcsite.errors import MachineError
from mcsite.store.atomic import only_writer, refuse_outside, sync_folder

_STAGED = ".import."


def write_courses(project: Path, texts: Mapping[str, str]) -> None:
    """Write files of catalogue/courses/, by id.

    Each is whole or as it was, whenever the machine stops; a full disk leaves all as they were.
    Raises MachineError. What is interrupted between two files is finished by doing it again.
    """
    folder = project / "catalogue" / "courses"
    refuse_outside(folder / "a-course.yaml", project)
    with only_writer(folder):
        _clear(folder.parent)
        try:
            staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=folder.parent))
            try:
                for name, text in texts.items():
                    _stage(staged / f"{name}.yaml", text.encode())
                for name in texts:
                    (staged / f"{name}.yaml").replace(folder / f"{name}.yaml")
                sync_folder(folder)
            finally:
                shutil.rmtree(staged, ignore_errors=True)
        except OSError as error:
            raise MachineError(f"{folder} could not be written to: {error.strerror}") from error


def _clear(folder: Path) -> None:
    """Delete what an interrupted run has staged."""
    for left in folder.glob(f"{_STAGED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _stage(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.fsync(file.fileno())
