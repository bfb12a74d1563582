"""Issued credentials on disk: credentials/<batch>.jsonl, one document a line, and single .json
files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from mcsite.credentials.ids import id_in_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import MAX_BYTES, JsonFault, parse_object
from mcsite.findings import Finding, Position, Severity


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


def read_batches(root: Path) -> Iterator[StoredCredential | Finding]:
    """Yield every credential, or the finding for a line that isn't one, holding one at a time."""
    for path in batch_files(root):
        relative = PurePosixPath("credentials", path.name)
        if not path.resolve().is_relative_to(root.resolve()):
            yield bad_line(
                Position(relative),
                "MC110",
                f"the link leads out of the project, to {path.resolve()}",
                hint="copy the file into the project",
            )
            continue
        if path.suffix == ".json":
            with path.open("rb") as file:
                yield _read(file.read(MAX_BYTES + 2).strip(), Position(relative))
            continue
        with path.open("rb") as file:
            for number, line in enumerate(bounded_lines(file), 1):
                if line.strip():
                    yield _read(line.rstrip(b"\r\n"), Position(relative, number))


def bounded_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long for a credential, only the beginning."""
    while line := file.readline(MAX_BYTES + 2):
        yield line
        while len(line) == MAX_BYTES + 2 and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES + 2)


def _read(text: bytes, at: Position) -> StoredCredential | Finding:
    try:
        document = parse_object(text)
    except JsonFault as error:
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
