"""Writing a site: into a folder beside the output, then exchanged with it in one step."""

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mcsite.errors import MachineError, UsageError
from mcsite.site import urls
from mcsite.site.records import Record, Records

GENERATOR = "mcsite"
_OUTSIDE = re.compile(r"(\A|/)\.\.?(/|\Z)|//|[\\\x00]")
_REMEMBERED = 10_000  # folders that were made
_HEAD = 200  # bytes of a manifest that say who made it: the whole can be large
_MANIFEST_OF_OURS = re.compile(rb"""\s*\{\s*"generator"\s*:\s*"%b"\s*,""" % GENERATOR.encode())
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Folder:
    """Writes the files of a site below a folder. Processes can share the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[str] = set()

    def write(self, path: PurePosixPath | str, data: bytes) -> Record:
        """Write one file, and return its record."""
        name = str(path)
        if name.startswith("/") or _OUTSIDE.search(name):
            raise MachineError(f"{name!r} would be written outside of the site")
        parent = name.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(f"{self.folder}/{parent}", exist_ok=True)  # noqa: PTH103 -- as below
            if len(self._made) >= _REMEMBERED:  # each credential has a folder
                self._made.clear()
            self._made.add(parent)
        with open(f"{self.folder}/{name}", "wb", buffering=0) as file:  # noqa: PTH123 -- pathlib's takes a third more
            file.write(data)
        return name, hashlib.sha256(data).hexdigest()


class Staging:
    """A site being written. Nothing of it is seen before it is published."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = Records()
        self._files = Folder(folder)

    def write(self, path: PurePosixPath | str, data: bytes) -> None:
        """Write one file."""
        self.records.add([self._files.write(path, data)])

    def take_in(self, folder: str) -> None:
        """Add to the manifest what another program wrote into `folder`."""
        for path in sorted((self.folder / folder).rglob("*")):
            if path.is_file():
                name = path.relative_to(self.folder).as_posix()
                self.records.add([(name, hashlib.sha256(path.read_bytes()).hexdigest())])

    def finish(self) -> None:
        """Write the manifest: the sha256 of every file. Two things can't have one path."""
        last = ""
        with (self.folder / urls.MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
            file.write(f'{{\n "generator": "{GENERATOR}",\n "files": {{')
            for name, digest in self.records.in_order():
                if name in (last, urls.MANIFEST):
                    raise MachineError(f"two pages would be written to {name}")
                key = json.dumps(name, ensure_ascii=False)
                file.write(f'{"," if last else ""}\n  {key}: "{digest}"')
                last = name
            file.write("\n }\n}\n" if last else "}\n}\n")
        self.records.close()


@contextlib.contextmanager
def staged(output: Path, project: Path) -> Iterator[Staging]:
    """Give a folder to write a site into. When all went well it takes the place of `output`.

    Raises UsageError where `output` isn't mcsite's to replace, and MachineError where another
    build is writing it. Until the last step, and after any error, `output` is as before.
    """
    _refuse_sources(output, project)
    output.parent.mkdir(parents=True, exist_ok=True)
    folder, old = _beside(output, "new"), _beside(output, "old")
    with _alone(_beside(output, "lock"), output):
        _settle(output, old)
        _refuse_foreign(output)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        staging = Staging(folder)
        try:
            yield staging
            staging.finish()
            _sync(folder)
            _publish(folder, output, old)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            _settle(output, old)


def _settle(output: Path, old: Path) -> None:
    """Put the old site back where a build stopped between two renames, else take it away."""
    if old.exists() and not output.exists():
        old.rename(output)
    shutil.rmtree(old, ignore_errors=True)


def _beside(output: Path, what: str) -> Path:
    return output.parent / f".{output.name}.mcsite-{what}"


def _refuse_sources(output: Path, project: Path) -> None:
    """Refuse an output folder that holds, or is held by, what the site is made from."""
    target = output.resolve()
    held = (project / name for name in ("catalogue", "credentials", "theme", ".git"))
    inside = any(target.is_relative_to(folder.resolve()) for folder in held)
    if inside or project.resolve().is_relative_to(target):
        raise UsageError(f"{output} holds what the site is made from; name another folder")
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise UsageError(f"{output} isn't a folder")


def _refuse_foreign(output: Path) -> None:
    """Refuse an output folder that holds something else than a site of mcsite."""
    if not output.exists() or not any(output.iterdir()):
        return
    try:
        with (output / urls.MANIFEST).open("rb") as file:
            ours = _MANIFEST_OF_OURS.match(file.read(_HEAD)) is not None
    except OSError:
        ours = False
    if not ours:
        raise UsageError(
            f"{output} holds files that mcsite didn't make, and it would replace them",
            hint="name another folder with --output, or empty this one",
        )


@contextlib.contextmanager
def _alone(lock: Path, output: Path) -> Iterator[None]:
    """Hold the lock file, and take it away afterwards."""
    with lock.open("w") as file:
        if not _holds(lock, file.fileno()):
            raise MachineError(
                f"another build is writing {output}", hint="wait for it, and try again"
            )
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _holds(lock: Path, handle: int) -> bool:
    """Lock the file; False where another has it, or took it away when it was done."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(lock.stat(), os.fstat(handle))
    except (BlockingIOError, FileNotFoundError):
        return False


def _sync(folder: Path) -> None:
    """Bring the file system of `folder` to disk: one call instead of one a file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
        if syncfs is None or syncfs(handle) != 0:
            os.sync()
    finally:
        os.close(handle)


def _publish(folder: Path, output: Path, old: Path) -> None:
    """Put the new site in place of the old one, and make that survive a power loss."""
    if not output.exists():
        folder.rename(output)
    elif not _exchanged(folder, output):
        shutil.rmtree(old, ignore_errors=True)
        output.rename(old)
        folder.rename(output)
    handle = os.open(output.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system and its file system can."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS):
        return False
    raise MachineError(f"{other} could not be replaced: {os.strerror(ctypes.get_errno())}")
