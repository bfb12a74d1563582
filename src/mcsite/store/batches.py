"""Issued credentials on disk: credentials/<batch>.jsonl, one document a line, and single .json
files.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from mcsite import conflicts
from mcsite.credentials.ids import id_in_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import MAX_BYTES, JsonFault, parse_object
from mcsite.errors import MachineError
from mcsite.findings import Finding, Position, Severity

_AT_ONCE = 1 << 20
_MOST = _AT_ONCE + 2 * MAX_BYTES  # bytes of a chunk whose lines aren't too long


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCredential:
    """A line of a batch. `text` are its exact bytes, without the line's end."""

    id: str  # 22 characters
    text: bytes
    document: JsonObject
    sealed: bool
    at: Position

    @property
    def batch(self) -> str:
        """Name of the batch: the file's name."""
        return self.at.path.stem


def batch_files(root: Path) -> list[Path]:
    """Return the batches of a project, in a stable order."""
    folder = root / "credentials"
    found = [*folder.glob("*.jsonl"), *folder.glob("*.json")]
    return sorted(path for path in found if path.is_file())


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some whole lines of a batch: its bytes from `start` up to `end`, the first of line `line`."""

    path: PurePosixPath  # from the project's folder
    start: int
    end: int
    line: int
    digest: str  # sha256 of the bytes


def chunks_of(root: Path, size: int) -> Iterator[Chunk | Finding]:
    """Yield the batches cut into chunks of `size` bytes and the rest of a line, in order. Adding
    lines to a batch changes its last chunk alone.
    """
    for path in batch_files(root):
        yield from _chunks(root, path, size)


def _chunks(root: Path, path: Path, size: int) -> Iterator[Chunk | Finding]:
    relative = PurePosixPath("credentials", path.name)
    if not path.resolve().is_relative_to(root.resolve()):
        yield bad_line(
            Position(relative),
            "MC110",
            f"the link leads out of the project, to {path.resolve()}",
            hint="copy the file into the project",
        )
    elif path.suffix == ".json":
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            yield Chunk(relative, 0, file.tell(), 1, digest)
    else:
        yield from _cut(path, relative, size)


def _cut(path: Path, relative: PurePosixPath, size: int) -> Iterator[Chunk]:
    start, line = 0, 1
    with path.open("rb") as file:
        while data := file.read(size):
            lines, digest = data.count(b"\n"), hashlib.sha256(data)
            while not data.endswith(b"\n") and (data := file.readline(MAX_BYTES)):
                lines += data.endswith(b"\n")
                digest.update(data)
            yield Chunk(relative, start, file.tell(), line, digest.hexdigest())
            start, line = file.tell(), line + lines


@dataclass(frozen=True, slots=True)
class Lines:
    """A chunk with its bytes, for who doesn't have its file."""

    chunk: Chunk
    data: bytes


def read_chunk(root: Path, chunk: Chunk) -> Iterator[StoredCredential | Finding]:
    """Yield the credentials of a chunk, or the finding for a line that isn't one, holding one at a
    time. Raises MachineError where the bytes aren't those that were cut.
    """
    with (root / chunk.path).open("rb") as file:
        file.seek(chunk.start)
        # of more than that a line is too long, and only its beginning is read
        whole = fits_in_memory(chunk)
        yield from _credentials(io.BytesIO(_unchanged(file, chunk)) if whole else file, chunk)


def fits_in_memory(chunk: Chunk) -> bool:
    """Tell whether none of the lines of a chunk is too long for a credential by far."""
    return chunk.end - chunk.start <= _MOST


def lines_of(root: Path, chunk: Chunk) -> Lines:
    """Return a chunk that fits in memory, with its bytes; MachineError as for `read_chunk`."""
    with (root / chunk.path).open("rb") as file:
        file.seek(chunk.start)
        return Lines(chunk, _unchanged(file, chunk))


def read_lines(lines: Lines) -> Iterator[StoredCredential | Finding]:
    """Yield what `read_chunk` yields for the chunk."""
    yield from _credentials(io.BytesIO(lines.data), lines.chunk)


def _credentials(file: IO[bytes], chunk: Chunk) -> Iterator[StoredCredential | Finding]:
    """Yield the credentials of a chunk from a file that stands at its beginning."""
    if chunk.path.suffix == ".json":
        yield read_line(file.read(MAX_BYTES + 2).strip(), Position(chunk.path))
        return
    end = file.tell() + chunk.end - chunk.start
    for number, line in enumerate(bounded_lines(file), chunk.line):
        if line.strip():
            yield read_line(line.rstrip(b"\r\n"), Position(chunk.path, number))
        if file.tell() >= end:
            return


def _unchanged(file: IO[bytes], chunk: Chunk) -> bytes:
    data = file.read(chunk.end - chunk.start)
    if hashlib.sha256(data).hexdigest() != chunk.digest:
        raise MachineError(
            f"{chunk.path} was written while it was read", hint="wait for it, and try again"
        )
    return data


def read_batches(root: Path) -> Iterator[StoredCredential | Finding]:
    """Yield every credential, or the finding for a line that isn't one, holding one at a time."""
    for path in batch_files(root):
        yield from read_batch(root, path)


def read_batch(root: Path, path: Path) -> Iterator[StoredCredential | Finding]:
    """Yield what `read_batches` yields of one batch."""
    for chunk in _chunks(root, path, _AT_ONCE):
        if isinstance(chunk, Finding):
            yield chunk
        else:
            yield from read_chunk(root, chunk)


def bounded_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long for a credential, only the beginning."""
    while line := file.readline(MAX_BYTES + 2):
        rest = line
        while len(rest) == MAX_BYTES + 2 and not rest.endswith(b"\n"):
            rest = file.readline(MAX_BYTES + 2)
        yield line


def read_line(text: bytes, at: Position) -> StoredCredential | Finding:
    """Return the credential in a line, or the finding for what isn't one."""
    try:
        document = parse_object(text)
    except JsonFault as error:
        marked = conflicts.marked_line(text.decode("utf-8", "replace"))
        if marked:
            at = Position(at.path, at.line + marked - 1)
            hint = "" if at.path.suffix == ".json" else conflicts.hint_for(at.path)
            return bad_line(at, "MC111", conflicts.WHAT, hint=hint)
        return bad_line(at, "MC501", f"not JSON that mcsite reads: {error}")
    identifier = document.get("id")
    found = id_in_url(identifier) if isinstance(identifier, str) else None
    sealed = document.get("type") == "SealedCredential"
    if found is None or not (sealed or "credentialSubject" in document):
        return bad_line(at, "MC502", "neither a credential nor a sealed one")
    return StoredCredential(id=found, text=text, document=document, sealed=sealed, at=at)


def bad_line(at: Position, code: str, message: str, *, hint: str = "") -> Finding:
    """Return the error finding for a line of a batch."""
    return Finding(
        at=at,
        code=code,
        severity=Severity.ERROR,
        message=message,
        hint=hint or "restore the line from Git: what was issued never changes",
    )
