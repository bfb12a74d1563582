"""The folder that a site stands in, changed by one build at a time.

A whole new site is written beside it, and exchanged with it in one step. A few changed files are
written beside it too; then a rename decides, and they are moved to their places one by one. A
build that was stopped between is finished by the next one.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mcsite.errors import MachineError, UsageError
from mcsite.site import urls
from mcsite.site.manifest import (
    UNSTAMPED,
    Stamp,
    changed_records,
    is_ours,
    read_manifest,
    stamp_of,
    write_manifest,
)
from mcsite.site.write import Staging
from mcsite.store.atomic import sync_folder

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_FILES, _REMOVED = "files", "removed.json"  # in the folder of a change


@contextlib.contextmanager
def held(output: Path, project: Path) -> Iterator["Output"]:
    """Give the output to change, and nobody else meanwhile.

    Raises UsageError where `output` isn't mcsite's to replace, and MachineError where another
    build is writing it.
    """
    _refuse_sources(output, project)
    output.parent.mkdir(parents=True, exist_ok=True)
    with _alone(_beside(output, "lock"), output):
        found = Output(output)
        found.settle()
        if output.exists() and any(output.iterdir()) and not is_ours(output):
            raise UsageError(
                f"{output} holds files that mcsite didn't make, and it would replace them",
                hint="name another folder with --output, or empty this one",
            )
        yield found


@contextlib.contextmanager
def staged(output: Path, project: Path) -> Iterator[Staging]:
    """Give a folder to write a whole site into, which then takes the place of `output`."""
    with held(output, project) as place, place.replaced() as staging:
        yield staging


class Output:
    """A site's folder, and what stands beside it while it is changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = _beside(folder, "cache")
        self._new = _beside(folder, "new")
        self._old = _beside(folder, "old")
        self._change = _beside(folder, "change")

    def settle(self) -> None:
        """Bring what an earlier build began to its end."""
        self._restore()
        if self._change.exists() and self.folder.exists():
            self._carry_out()
        self._discard(self._change)

    def _restore(self) -> None:
        """Put the old site back where a build stopped between two renames, else take it away."""
        if is_ours(self._old) and not self.folder.exists():
            self._old.rename(self.folder)
        self._discard(self._old)

    def _discard(self, folder: Path) -> None:
        """Take a folder away. From the rename on it is one that a build began, and counts for
        nothing however much of it is left.
        """
        _clear(self._new)
        with contextlib.suppress(OSError):
            folder.rename(self._new)
        _clear(self._new)

    @contextlib.contextmanager
    def replaced(self, stamp: Stamp = UNSTAMPED) -> Iterator[Staging]:
        """Give a folder to write a whole site into. When all went well it takes the place of the
        old one; until the last step, and after any error, that one is as before.
        """
        with self._beginning(self._new) as folder:
            staging = Staging(folder)
            yield staging
            staging.finish(stamp)
            _sync(folder)
            self._publish()

    @contextlib.contextmanager
    def changed(self, stamp: Stamp = UNSTAMPED) -> Iterator["Change"]:
        """Give a change to fill; when all went well, it is carried out."""
        with self._beginning(self._new / _FILES) as folder:
            change = Change(folder, restamped=stamp_of(self.folder / urls.MANIFEST) != stamp)
            yield change
            if change.files or change.restamped:
                self._decide(change, stamp)
                try:
                    self._carry_out()
                except OSError as error:
                    raise MachineError(
                        f"the site is changed in part, and the rest waits: {error}",
                        hint="make room, and build again: that finishes it",
                    ) from error

    @contextlib.contextmanager
    def _beginning(self, folder: Path) -> Iterator[Path]:
        _clear(self._new)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            self._restore()

    def _publish(self) -> None:
        """Put the new site in place of the old one, and make that survive a power loss."""
        if not self.folder.exists():
            self._new.rename(self.folder)
        elif not _exchanged(self._new, self.folder):
            _clear(self._old)
            self.folder.rename(self._old)
            self._new.rename(self.folder)
        sync_folder(self.folder.parent)

    def _decide(self, change: "Change", stamp: Stamp) -> None:
        """Bring a change to disk, with its manifest. From the rename on it holds."""
        before = read_manifest(self.folder / urls.MANIFEST)
        manifest = change.folder / urls.MANIFEST
        write_manifest(manifest, stamp, changed_records(before, change.files))
        (self._new / _REMOVED).write_text(json.dumps(change.removed), "utf-8")
        _sync(self._new)
        self._new.rename(self._change)
        sync_folder(self.folder.parent)

    def _carry_out(self) -> None:
        """Remove and move files as a change says, the manifest last. It can be done again."""
        files = self._change / _FILES
        for name in json.loads((self._change / _REMOVED).read_bytes()):
            self._remove(name)
        names = sorted(
            path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()
        )
        for name in sorted(names, key=lambda name: name == urls.MANIFEST):
            place = self._place_of(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            (files / name).replace(place)
        _sync(self.folder)
        self._discard(self._change)

    def _remove(self, name: str) -> None:
        """Remove a file, and folders that are empty then."""
        place = self._place_of(name)
        place.unlink(missing_ok=True)
        for folder in place.parents:
            if folder == self.folder:
                return
            try:
                folder.rmdir()
            except OSError:
                return  # something else is in it, or it is gone

    def _place_of(self, name: str) -> Path:
        """Return the place of a file; a link that leads out of the site is refused."""
        place = self.folder / name
        if not place.parent.resolve().is_relative_to(self.folder.resolve()):
            raise MachineError(
                f"{place.parent} leads out of the site", hint=f"delete {self.folder}, and build"
            )
        return place


class Change:
    """Files of a site that are to be others: written below `folder`, or, where None, removed; and
    whether its manifest says another day or commit.
    """

    def __init__(self, folder: Path, *, restamped: bool) -> None:
        self.folder = folder
        self.restamped = restamped
        self.files: dict[str, str | None] = {}
        self.more = 0  # files than before

    @property
    def removed(self) -> list[str]:
        """The files that go."""
        return sorted(name for name, digest in self.files.items() if digest is None)

    @property
    def written(self) -> int:
        """How many files are written, the manifest among them."""
        return len(self.files) - len(self.removed) + (bool(self.files) or self.restamped)

    def settle(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Take in which files some makers had `before`, and which they wrote now."""
        self.more += len(after) - len(before)
        for name in before.keys() - after.keys():
            self.files[name] = None
        for name, digest in after.items():
            if before.get(name) == digest:
                (self.folder / name).unlink()
            else:
                self.files[name] = digest

    def refuse_shared(self, others: Iterable[str]) -> None:
        """Refuse to write or remove what others than these makers have made."""
        for name in others:
            if name in self.files:
                raise MachineError(f"two pages would be written to {name}")


def _beside(output: Path, what: str) -> Path:
    return output.parent / f".{output.name}.mcsite-{what}"


def _clear(folder: str | Path) -> bool:
    """Take a folder away, and tell whether it is gone; nothing of it is no error. Names go while
    they are read: a site has more credentials than memory should hold names.
    """
    try:
        while not os.path.islink(folder):  # noqa: PTH114 -- two a credential: as in site.write
            removed = _emptied(folder)
            with contextlib.suppress(OSError):
                os.rmdir(folder)  # noqa: PTH106 -- as above
                return True
            if not removed:  # else a file system passed over names when others went
                break
    except OSError:
        pass
    return False


def _emptied(folder: str | Path) -> int:
    """Remove what is in a folder, as far as that goes; return how much of it is gone."""
    removed = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                removed += _clear(entry.path)
                continue
            with contextlib.suppress(OSError):
                os.unlink(entry.path)  # noqa: PTH108 -- as above
                removed += 1
    return removed


def _refuse_sources(output: Path, project: Path) -> None:
    """Refuse an output folder that holds, or is held by, what the site is made from."""
    target = output.resolve()
    held = (project / name for name in ("catalogue", "credentials", "theme", ".git"))
    inside = any(target.is_relative_to(folder.resolve()) for folder in held)
    if inside or project.resolve().is_relative_to(target):
        raise UsageError(f"{output} holds what the site is made from; name another folder")
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise UsageError(f"{output} isn't a folder")


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
