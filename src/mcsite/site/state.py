"""What an earlier build made and from what: JSON beside the site, ignored when it is bad."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import orjson

from mcsite.findings import Finding, Position, Severity
from mcsite.site.records import Record
from mcsite.site.tracing import Ask
from mcsite.site.units import Units
from mcsite.store.atomic import write_atomically
from mcsite.store.batches import Chunk
from mcsite.store.entries import Entry

FORMAT = 1
_HEAD, _UNITS, _ISSUED = "build.json", "units.json", "credentials.jsonl"
_AFTER_CHUNK = b"]\t["  # between a chunk and what it gave: no JSON string holds a tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What tells whether an earlier build still holds, and what it reported."""

    environment: str
    credentials: str
    keys: str
    whole: str
    manifest: str  # sha256
    extra: tuple[str, ...]  # files that the site is made from outside of its folders
    report: Mapping[str, Any]
    findings: tuple[Finding, ...]  # all that weren't errors
    between: tuple[Finding, ...]  # those of them that are about credentials together


@dataclass(frozen=True, slots=True)
class Issued:
    """What a chunk of credentials gave. `digest` is that of its bytes."""

    chunk: Chunk
    entries: tuple[Entry, ...]
    notices: Mapping[str, str]  # digests of the notices of its credentials, by id
    records: tuple[Record, ...]


class State:
    """The state of one output. Reading gives None for whatever isn't whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._digests: dict[str, str] = {}

    def head(self) -> Head | None:
        """Return the head of the last build."""
        try:
            kept = json.loads((self.folder / _HEAD).read_bytes())
            if hashlib.sha256(kept["build"].encode()).hexdigest() != kept["sha256"]:
                return None
            found = json.loads(kept["build"])
            if found["format"] != FORMAT:
                return None
            self._digests = dict(found["digests"])
            return Head(
                environment=found["environment"],
                credentials=found["credentials"],
                keys=found["keys"],
                whole=found["whole"],
                manifest=found["manifest"],
                extra=tuple(found["extra"]),
                report=dict(found["report"]),
                findings=tuple(map(_finding, found["findings"])),
                between=tuple(map(_finding, found["between"])),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def units(self) -> Units | None:
        """Return the units of the build that `head` told of."""
        try:
            found = orjson.loads(self._read(_UNITS))
            asks: list[Ask] = [tuple(ask) for ask in found["asks"]]
            units = Units(dict(zip(asks, found["answers"], strict=True)))
            for key, (numbers, records) in found["units"].items():
                units.asks[key] = tuple(asks[number] for number in numbers)
                units.records[key] = tuple((name, digest) for name, digest in records)
        except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None
        return units

    def issued(self) -> "Archive | None":
        """Return what the chunks of credentials gave."""
        try:
            return Archive(self.folder / _ISSUED, self._digests.get(_ISSUED, ""))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def forget(self) -> None:
        """Forget the last build."""
        (self.folder / _HEAD).unlink(missing_ok=True)

    @contextmanager
    def archiving(self) -> Iterator["Writer"]:
        """Give a writer for what chunks of credentials give; it is in use after `save`."""
        self._prepare()
        with (self.folder / f"{_ISSUED}.new").open("wb") as file:
            yield Writer(file)

    def save(self, head: Head, units: Units, issued: "Writer | None") -> None:
        """Keep what a build made; `issued` None: its credentials are as before."""
        self._prepare()
        digests = dict(self._digests)
        data = orjson.dumps(_table(units))
        (self.folder / _UNITS).write_bytes(data)
        digests[_UNITS] = hashlib.sha256(data).hexdigest()
        if issued is not None:
            (self.folder / f"{_ISSUED}.new").replace(self.folder / _ISSUED)
            digests[_ISSUED] = issued.digest.hexdigest()
        found = {
            "format": FORMAT,
            "digests": digests,
            "environment": head.environment,
            "credentials": head.credentials,
            "keys": head.keys,
            "whole": head.whole,
            "manifest": head.manifest,
            "extra": head.extra,
            "report": dict(head.report),
            "findings": [_told(one) for one in head.findings],
            "between": [_told(one) for one in head.between],
        }
        text = json.dumps(found)
        kept = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "build": text}
        write_atomically(self.folder / _HEAD, json.dumps(kept).encode())

    def _read(self, name: str) -> bytes:
        """Return the content of a part; ValueError where it isn't the one that was written."""
        data = (self.folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != self._digests.get(name):
            raise ValueError(name)
        return data

    def _prepare(self) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / ".gitignore").write_text("*\n", "utf-8")


class Writer:
    """Writes what chunks gave, a line a chunk."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def add(self, issued: Issued) -> None:
        """Write one."""
        line = _line(issued)
        self._file.write(line)
        self.digest.update(line)


class Archive:
    """Reads what chunks gave: one at a time, since a project can have any number of them."""

    def __init__(self, path: Path, digest: str) -> None:
        self._path = path
        self._at: dict[Chunk, int] = {}
        found, at = hashlib.sha256(), 0
        with path.open("rb") as file:
            for line in file:
                found.update(line)
                head, _, _ = line.partition(_AFTER_CHUNK)
                self._at[_chunk(orjson.loads(head + b"]"))] = at
                at += len(line)
        if found.hexdigest() != digest:
            raise ValueError(path)

    def __iter__(self) -> Iterator[Chunk]:
        """Yield the chunks."""
        return iter(self._at)

    def __contains__(self, chunk: object) -> bool:
        """Tell whether a chunk is the same as one of the earlier build."""
        return chunk in self._at

    def __getitem__(self, chunk: Chunk) -> Issued:
        """Return what a chunk gave."""
        with self._path.open("rb") as file:
            file.seek(self._at[chunk])
            return _issued(file.readline())


def _table(units: Units) -> Mapping[str, Any]:
    numbers = {ask: number for number, ask in enumerate(units.answers)}
    return {
        "asks": list(units.answers),
        "answers": list(units.answers.values()),
        "units": {
            key: [[numbers[ask] for ask in asks], units.records[key]]
            for key, asks in units.asks.items()
        },
    }


def _line(issued: Issued) -> bytes:
    chunk = issued.chunk
    at = [str(chunk.path), chunk.start, chunk.end, chunk.line, chunk.digest]
    rest = [issued.entries, dict(issued.notices), issued.records]
    return json.dumps(at)[:-1].encode() + _AFTER_CHUNK + json.dumps(rest)[1:].encode() + b"\n"


def _issued(line: bytes) -> Issued:
    head, _, rest = line.partition(_AFTER_CHUNK)
    entries, notices, records = orjson.loads(b"[" + rest)
    return Issued(
        _chunk(orjson.loads(head + b"]")),
        tuple(_entries(entries)),
        notices,
        tuple((name, digest) for name, digest in records),
    )


def _chunk(found: list[Any]) -> Chunk:
    path, start, end, line, digest = found
    return Chunk(PurePosixPath(path), start, end, line, digest)


def _entries(found: list[Any]) -> Iterator[Entry]:
    for identifier, line, places in found:
        yield Entry(identifier, line, tuple((url, index) for url, index in places))


def _told(finding: Finding) -> list[Any]:
    at = finding.at
    where = [str(at.path), at.line, at.column, finding.length]
    return [*where, finding.code, finding.severity, finding.message, finding.hint]


def _finding(told: list[Any]) -> Finding:
    path, line, column, length, code, severity, message, hint = told
    return Finding(
        at=Position(PurePosixPath(path), line, column),
        code=code,
        severity=Severity(severity),
        message=message,
        hint=hint,
        length=length,
    )
