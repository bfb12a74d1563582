"""Several files of credentials/ changed together: all of them or none, whenever the machine stops.

What will be is staged in a folder beside; renaming that folder decides. From then on the change
holds: whoever writes next finishes it, and until then check and build refuse the project.
"""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from mcsite.errors import MachineError
from mcsite.store.atomic import only_writer, refuse_outside, sync_folder

UNFINISHED = ".unfinished"  # in credentials/
_STAGED = ".staged."
_NAMES = "names.json"

Files = Mapping[Path, bytes | None]  # None: the file goes


@contextlib.contextmanager
def changing(project: Path) -> Iterator[None]:
    """Hold the credentials of `project` against a second writer.

    Finishes what another run decided and couldn't finish. What this one has read may be older than
    that, so then it stops with MachineError.
    """
    folder = project / "credentials"
    with only_writer(folder):
        if finish(project):
            raise MachineError(
                "a command that was interrupted is finished now; yours hasn't begun",
                hint="look at git diff, then run it again",
            )
        for left in folder.glob(f"{_STAGED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def change_together(project: Path, files: Files) -> None:
    """Replace or remove files of `project`'s credentials/; the caller is inside `changing`.

    Raises MachineError, and then nothing has changed, or all will have.
    """
    folder = project / "credentials"
    for path in files:
        _refuse_elsewhere(project, path)
    try:
        staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=folder))
        try:
            _stage(folder, staged, files)
            staged.rename(folder / UNFINISHED)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        sync_folder(folder)
        finish(project)
    except OSError as error:
        raise MachineError(f"{folder} could not be changed: {error.strerror}") from error


def is_unfinished(project: Path) -> bool:
    """Tell whether a change was decided that isn't finished."""
    return (project / "credentials" / UNFINISHED).exists()


def finish(project: Path) -> bool:
    """Carry out a change that was decided, if there is one; tell whether there was."""
    unfinished = project / "credentials" / UNFINISHED
    if not unfinished.is_dir():
        return False
    try:
        names = json.loads((unfinished / _NAMES).read_bytes())
        for staged, name in names:
            path = project / "credentials" / name
            _refuse_elsewhere(project, path)
            _carry_out(None if staged is None else unfinished / f"{int(staged)}", path)
        done = unfinished.with_name(f"{_STAGED}done")
        unfinished.rename(done)
        sync_folder(unfinished.parent)
        shutil.rmtree(done, ignore_errors=True)
    except (OSError, ValueError, TypeError) as error:
        raise MachineError(
            f"{unfinished} could not be carried out: {error}",
            hint="restore credentials/ from Git, and delete that folder",
        ) from error
    return True


def _stage(folder: Path, staged: Path, files: Files) -> None:
    names = []
    for number, (path, data) in enumerate(files.items()):
        if data is not None:
            _write(staged / str(number), data)
        here = path.relative_to(folder).as_posix()
        names.append([str(number) if data is not None else None, here])
    _write(staged / _NAMES, json.dumps(names).encode())
    sync_folder(staged)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.fsync(file.fileno())


def _carry_out(staged: Path | None, path: Path) -> None:
    """Move a staged file to its place; one that was moved already isn't there any more."""
    if staged is None:
        path.unlink(missing_ok=True)
    elif staged.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(path)
    if path.parent.is_dir():
        sync_folder(path.parent)


def _refuse_elsewhere(project: Path, path: Path) -> None:
    """Refuse what isn't a file of credentials/, were it by a symbolic link or by dots."""
    refuse_outside(path, project)
    folder = project / "credentials"
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise MachineError(f"{path} isn't in {folder}")
