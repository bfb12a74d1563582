"""Writing files so that a reader, or the next run after a crash, finds the old one or the new
one.
"""

import contextlib
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mcsite.errors import MachineError, UsageError


def write_atomically(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Replace `path` by `data`: a temporary file beside it, fsync, rename, fsync of the folder.

    A link at `path` is replaced, not followed. Raises MachineError, and then `path` is as before.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        _fill_and_rename(handle, Path(name), path, data, mode)
        sync_folder(path.parent)
    except OSError as error:
        raise MachineError(f"{path} could not be written: {error.strerror}") from error


def write_in_project(project: Path, path: Path, data: bytes) -> None:
    """Write a file of a project, unless a symbolic link leads it out of there."""
    refuse_outside(path, project)
    write_atomically(path, data)


def _fill_and_rename(handle: int, temporary: Path, path: Path, data: bytes, mode: int) -> None:
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` survive a power loss."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def only_writer(folder: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Hold `folder` against a second writer; after `wait` seconds, MachineError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise MachineError(f"{folder} can't be written to: {error.strerror}") from error
    try:
        _lock(handle, folder, time.monotonic() + wait)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise MachineError(
                    f"another mcsite is writing to {folder}", hint="wait for it, and try again"
                ) from None
            time.sleep(0.05)
        else:
            return


def refuse_outside(path: Path, project: Path) -> None:
    """Refuse a path of a project whose folder is, by a symbolic link, somewhere else."""
    folder = path.parent.resolve()
    if not folder.is_relative_to(project.resolve()):
        raise MachineError(
            f"{path.parent} leads out of the project, to {folder}",
            hint="replace the link by a folder",
        )


def refuse_inside(path: Path, project: Path, what: str) -> None:
    """Refuse to write `what` into the project or the Git repository around it."""
    folder = repository_with(path, project)
    if folder is not None:
        raise UsageError(
            f"{what} is never written inside the repository ({folder})",
            hint="name a file elsewhere, e.g. in a folder that only you can read",
        )


def repository_with(path: Path, project: Path) -> Path | None:
    """Return the project, or the Git repository around it, where `path` is in there."""
    root = project.resolve()
    folders = (root, _repository_around(root))
    return next((one for one in folders if path.resolve().is_relative_to(one)), None)


def _repository_around(folder: Path) -> Path:
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return parent
    return folder
