"""A project's files as they were in a commit, or are in the working copy."""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from mcsite.content.source import MAX_BYTES
from mcsite.credentials.strict_json import MAX_BYTES as MAX_LINE
from mcsite.errors import MachineError
from mcsite.findings import Finding, Position
from mcsite.store.batches import StoredCredential, bounded_lines, read_line
from mcsite.store.git import Objects, Repository

CREDENTIALS = PurePosixPath("credentials")


class Version(Protocol):
    """Where files are read from: one of the two below."""

    def has(self, path: PurePosixPath) -> bool:
        """Tell whether there is such a file."""

    def files(self, folder: PurePosixPath) -> list[PurePosixPath]:
        """Return the files in a folder, not below it, in order."""

    def read(self, path: PurePosixPath, *, most: int = MAX_BYTES) -> bytes:
        """Return what a file holds, of one that is too large `most` bytes and one more; KeyError
        where it isn't there.
        """

    def opened(self, path: PurePosixPath) -> contextlib.AbstractContextManager[IO[bytes]]:
        """Open a file to be read from its beginning; KeyError where it isn't there."""


@dataclass(frozen=True, slots=True)
class Committed:
    """The files of a commit; `objects` is open for as long as it is used."""

    repository: Repository
    objects: Objects
    blobs: dict[PurePosixPath, str]  # what each file holds, as Git names it

    def has(self, path: PurePosixPath) -> bool:
        """Tell whether the commit has the file."""
        return path in self.blobs

    def files(self, folder: PurePosixPath) -> list[PurePosixPath]:
        """Return the files in a folder."""
        return sorted(path for path in self.blobs if path.parent == folder)

    def read(self, path: PurePosixPath, *, most: int = MAX_BYTES) -> bytes:
        """Return what the file held."""
        return self.objects[self.blobs[path]][: most + 1]

    def opened(self, path: PurePosixPath) -> contextlib.AbstractContextManager[IO[bytes]]:
        """Open what the file held."""
        return self.repository.opened(self.blobs[path])


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """The files of a project's folder, as every other command reads them."""

    root: Path
    real: Path = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "real", self.root.resolve())

    def has(self, path: PurePosixPath) -> bool:
        """Tell whether there is the file, and it is in the project."""
        where = self.root / path
        return where.is_file() and where.resolve().is_relative_to(self.real)

    def files(self, folder: PurePosixPath) -> list[PurePosixPath]:
        """Return the files in a folder."""
        where = self.root / folder
        found = [folder / path.name for path in where.iterdir()] if where.is_dir() else []
        return sorted(path for path in found if self.has(path))

    def read(self, path: PurePosixPath, *, most: int = MAX_BYTES) -> bytes:
        """Return what the file holds."""
        with self.opened(path) as file:
            return file.read(most + 1)

    @contextlib.contextmanager
    def opened(self, path: PurePosixPath) -> Iterator[IO[bytes]]:
        """Open the file."""
        if not self.has(path):
            raise KeyError(path)
        try:
            with (self.root / path).open("rb") as file:
                yield file
        except OSError as error:
            raise MachineError(f"{self.root / path} can't be read: {error.strerror}") from error


def is_batch(path: PurePosixPath) -> bool:
    """Tell whether a file holds issued credentials: by its name, one that begins with a dot too."""
    return path.parent == CREDENTIALS and path.name.endswith((".jsonl", ".json"))


def batch_paths(version: Version) -> list[PurePosixPath]:
    """Return the files of a version that hold issued credentials."""
    return [path for path in version.files(CREDENTIALS) if is_batch(path)]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a batch that isn't empty, and where it stands. `text` is without its end."""

    path: PurePosixPath
    number: int
    text: bytes

    def read(self) -> StoredCredential | Finding:
        """Return the credential, or what is wrong with the line."""
        return read_line(self.text, Position(self.path, self.number))


def lines_of(version: Version, path: PurePosixPath, *, after: int = 0) -> Iterator[Line]:
    """Yield the lines of a batch, one held at a time; a single `.json` is a line. The first
    `after` bytes, which are whole lines, are left out.
    """
    with version.opened(path) as file:
        if path.suffix == ".json":
            text = file.read(MAX_LINE + 2).strip()
            if text and not after:
                yield Line(path, 1, text)
            return
        passed = _lines_in(file, after)
        for number, line in enumerate(bounded_lines(file), passed + 1):
            text = line.rstrip(b"\r\n")
            if text.strip():
                yield Line(path, number, text)


def _lines_in(file: IO[bytes], length: int) -> int:
    """Read `length` bytes and return how many lines they are."""
    count = 0
    while length and (data := file.read(min(length, io.DEFAULT_BUFFER_SIZE * 64))):
        count += data.count(b"\n")
        length -= len(data)
    return count


def common_beginning(base: Version, head: Version, path: PurePosixPath) -> int | None:
    """Return the size of a batch in `base`, where in `head` it begins with just those lines; None
    where it doesn't.
    """
    size, last = 0, b"\n"
    with base.opened(path) as one, head.opened(path) as other:
        while data := one.read(io.DEFAULT_BUFFER_SIZE * 64):
            if other.read(len(data)) != data:
                return None
            size, last = size + len(data), data[-1:]
        goes_on = other.read(1) not in (b"", b"\n", b"\r")
    return None if last != b"\n" and goes_on else size
