"""Writing the files of a site into a folder that nobody sees yet."""

import hashlib
import os
import re
from pathlib import Path, PurePosixPath
from typing import Protocol

from mcsite.errors import MachineError
from mcsite.site import urls
from mcsite.site.manifest import UNSTAMPED, Stamp, write_manifest
from mcsite.site.records import Record, Records

_OUTSIDE = re.compile(r"(\A|/)\.\.?(/|\Z)|//|[\\\x00]")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_REMEMBERED = 10_000  # folders that were made


class Sink(Protocol):
    """Takes the files of a site."""

    def write(self, path: PurePosixPath | str, data: bytes) -> Record:
        """Take one file, and return its record."""


class Kept:
    """Keeps the files that are made, for who can't write them where they belong."""

    def __init__(self) -> None:
        self._files: list[tuple[str, bytes]] = []

    def write(self, path: PurePosixPath | str, data: bytes) -> Record:
        """Keep one file, and return its record."""
        self._files.append((str(path), data))
        return str(path), hashlib.sha256(data).hexdigest()

    def taken(self) -> list[tuple[str, bytes]]:
        """Return what was kept since this was last asked."""
        files, self._files = self._files, []
        return files


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
            self._make(parent)
        file = os.open(f"{self.folder}/{name}", _NEW, 0o666)  # a fifth faster than open()
        try:
            written = os.write(file, data)
            while written < len(data):  # a disk that fills takes a part, then none
                written += os.write(file, memoryview(data)[written:])
        finally:
            os.close(file)
        return name, hashlib.sha256(data).hexdigest()

    def _make(self, parent: str) -> None:
        """Make a folder; those above it are there, mostly."""
        try:
            os.mkdir(f"{self.folder}/{parent}")  # noqa: PTH102 -- pathlib takes a third more
        except OSError:  # it is there too, or something above isn't
            os.makedirs(f"{self.folder}/{parent}", exist_ok=True)  # noqa: PTH103 -- as well
        if len(self._made) >= _REMEMBERED:  # each credential has a folder
            self._made.clear()
        self._made.add(parent)


class Staging:
    """A whole site being written. Nothing of it is seen before it is published."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = Records()
        self._files = Folder(folder)

    def write(self, path: PurePosixPath | str, data: bytes) -> None:
        """Write one file."""
        self.records.add([self._files.write(path, data)])

    def finish(self, stamp: Stamp = UNSTAMPED) -> None:
        """Write the manifest: the sha256 of every file. Two things can't have one path."""
        write_manifest(self.folder / urls.MANIFEST, stamp, self.records.in_order())
        self.records.close()
