"""The index of words: Pagefind's, in parts that are made and kept each for itself
(docs/decisions/0035).

A part is the index of some courses in one language. To Pagefind it is a language of its own, so
that parts stand in one folder and one list, and a browser merges them. Pages are handed over in
the order of their names, since Pagefind numbers them as they come: the same pages give the same
bytes on any file system.
"""

import gzip
import hashlib
import json
import os
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import IO, Any

from mcsite.errors import MachineError
from mcsite.site.indexed_text import indexed_text
from mcsite.site.records import Record
from mcsite.site.write import Folder

INDEX = "pagefind"  # folder of the index
PART = 500  # courses of a part, at most while there are few
_PARTS = 8  # of a language, at most: a browser asks each of them
_CHUNK = 20_000  # places of words in a file of the index, as Pagefind has it by itself
_CHUNK_SIZE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
_ENTRY = "pagefind-entry.json"
_NEEDED = ("pagefind.js", "pagefind-worker.js", _ENTRY, "wasm.")
_IN_FOLDERS = ("fragment/", "index/", "filter/", "pagefind.")
_FRAGMENT_MARK = b"pagefind_dcd"
_READ = 1 << 20  # bytes at once


@dataclass(frozen=True, slots=True)
class Part:
    """Course pages in one language, by their files; `name` is the part's language to Pagefind."""

    language: str
    name: str
    pages: tuple[str, ...]
    chunk: int


def parts_of(pages: Iterable[str]) -> tuple[Part, ...]:
    """Cut course pages into parts. A page stays in its part whatever becomes of others, while
    their number asks for as many parts.
    """
    languages: dict[str, list[str]] = {}
    for page in sorted(pages):
        languages.setdefault(page.partition("/")[0], []).append(page)
    return tuple(chain.from_iterable(_parts(*found) for found in languages.items()))


def _parts(language: str, pages: Sequence[str]) -> Iterator[Part]:
    count = min(_PARTS, -(-len(pages) // PART))
    groups: dict[int, list[str]] = {}
    for page in pages:
        course = page.rsplit("/", 2)[1]
        number = int.from_bytes(hashlib.sha256(course.encode()).digest()[:4]) % count
        groups.setdefault(number, []).append(page)
    for place, (_, group) in enumerate(sorted(groups.items())):
        name = f"{language}-{place}" if place else language
        yield Part(language.lower(), name.lower(), tuple(group), _CHUNK // count)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What Pagefind made of a part: files, what its list says, and which course a fragment is."""

    files: Mapping[str, bytes]
    entry: Mapping[str, Any]
    courses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The index of an earlier build: the site it is in, its files, the parts that it has."""

    folder: Path
    records: Mapping[str, str]
    parts: tuple[Part, ...]

    def table(self, name: str) -> Any:
        """Return the content of a table; None where it isn't as it was written."""
        path = f"{INDEX}/{name}"
        try:
            data = (self.folder / path).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != self.records.get(path):
            return None
        return json.loads(data)


NO_INDEX = Earlier(Path(), {}, ())


def reworded(pages: Iterable[str], before: Path, now: Path) -> Iterator[str]:
    """Yield those of some changed pages that have other words to index than before."""
    for page in pages:
        try:
            same = _text(page, [before]) == _text(page, [now])
        except FileNotFoundError:  # it is new, or gone
            same = False
        if not same:
            yield page


@dataclass(slots=True)
class WordIndex:
    """The index of a site: parts that are to be made, and those kept of an earlier one."""

    parts: tuple[Part, ...]
    earlier: Earlier = NO_INDEX
    stale: tuple[Part, ...] = ()
    made: dict[str, Indexed] = field(default_factory=dict)
    _entry: dict[str, Any] = field(default_factory=dict)
    _courses: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, pages: Iterable[str], earlier: Earlier = NO_INDEX, changed: Collection[str] = ()
    ) -> "WordIndex":
        """Plan the index of course pages, of which some have `changed` since the earlier one."""
        parts, known, others = parts_of(pages), set(earlier.parts), frozenset(changed)
        stale = tuple(p for p in parts if p not in known or not others.isdisjoint(p.pages))
        index = cls(parts, earlier, stale)
        if not index.is_as_before:
            index._read_tables()
        return index

    @property
    def is_as_before(self) -> bool:
        """Whether nothing is to be made or left out."""
        return not self.stale and self.parts == self.earlier.parts

    def _read_tables(self) -> None:
        """Take over the earlier tables, or keep nothing."""
        entry = self.earlier.table(_ENTRY)
        languages = {part.language for part in self.parts}
        courses = {name: self.earlier.table(_table(name)) for name in languages}
        if entry is None or None in courses.values():
            self.earlier, self.stale = NO_INDEX, self.parts
        else:
            self._entry, self._courses = entry, courses

    @contextmanager
    def making(self, folders: Sequence[Path], jobs: int) -> Iterator[None]:
        """Let Pagefind make what is to be made, `jobs` parts at a time, beside the work that is
        done meanwhile. Each page is read in the first of `folders` that has it.
        """
        runs = _Runs(lambda page: _text(page, folders))
        with ThreadPoolExecutor(max(1, jobs)) as pool:
            futures: dict[str, Future[Indexed]] = {}
            try:
                for part in self.stale:
                    futures[part.name] = pool.submit(runs.indexed, part)
                yield
                self.made = {name: future.result() for name, future in futures.items()}
            except BaseException:
                runs.stop()
                pool.shutdown(cancel_futures=True)
                raise

    def write(self, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
        """Write what was made into a site's folder; return the records of what is kept of the
        earlier index, and of what was written.
        """
        place = Folder(folder)
        files = dict(chain.from_iterable(one.files.items() for one in self.made.values()))
        files |= dict(self._tables())
        written: dict[str, str] = dict(
            place.write(f"{INDEX}/{name}", data) for name, data in sorted(files.items())
        )
        kept = {name: digest for name, digest in self._kept() if name not in written}
        return kept, written

    def _kept(self) -> Iterator[Record]:
        """Yield the earlier files that aren't of a part that is made anew, or gone."""
        names = self._kept_names
        for record in self.earlier.records.items():
            name = record[0].removeprefix(f"{INDEX}/")
            part = _part_of(name)
            if part in names if part else not _is_table(name):
                yield record

    @property
    def _kept_names(self) -> set[str]:
        return {part.name for part in self.parts}.difference(part.name for part in self.stale)

    def _tables(self) -> Iterator[tuple[str, bytes]]:
        """Yield Pagefind's list of languages, and which course each fragment is.

        Pagefind answers with the names of its fragments, and a fragment with the page's text.
        With courses.<language>.json a result is known without fetching its fragment.
        """
        entries = [self._entry, *(one.entry for one in self.made.values())]
        listed = dict(chain.from_iterable(one.get("languages", {}).items() for one in entries))
        names = {part.name for part in self.parts}
        languages = {name: listed[name] for name in sorted(names & listed.keys())}
        yield _ENTRY, _json({**entries[-1], "languages": languages})
        for language in {part.language for part in self.parts}:
            found = {
                fragment: course
                for fragment, course in self._courses.get(language, {}).items()
                if _stem(fragment) in self._kept_names
            }
            for part in self.stale:
                if part.language == language:
                    found |= self.made[part.name].courses
            yield _table(language), _json(dict(sorted(found.items())))


@dataclass(slots=True)
class _Runs:
    """Runs of Pagefind, which can be stopped together."""

    read: Callable[[str], str]
    stopped: bool = False
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def stop(self) -> None:
        """End them all."""
        self.stopped = True
        for process in self.processes:
            process.kill()

    def indexed(self, part: Part) -> Indexed:
        """Index a part."""
        with tempfile.TemporaryFile() as errors:
            try:
                with self._process(part.chunk, errors) as process:
                    return _indexed(part, self._files(part, process))
            except (BrokenPipeError, _EndedError) as error:  # it ended before it had answered
                errors.seek(0)
                said = errors.read().decode(errors="replace").strip()
                raise MachineError(f"Pagefind failed: {said}") from error

    @contextmanager
    def _process(self, chunk: int, errors: IO[bytes]) -> Iterator["subprocess.Popen[bytes]"]:
        program = str(resources.files("pagefind_bin") / "pagefind")
        ours = {name: text for name, text in os.environ.items() if not name.startswith("PAGEFIND")}
        with subprocess.Popen(  # noqa: S603 -- a program of our own dependency, with our own arguments
            [program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**ours, _CHUNK_SIZE: str(chunk)},
        ) as process:
            self.processes.append(process)
            try:
                yield process
            except BaseException:
                process.kill()
                raise

    def _files(self, part: Part, process: "subprocess.Popen[bytes]") -> dict[str, bytes]:
        """Hand the pages over, and return the files that are needed."""
        if self.stopped or process.stdin is None or process.stdout is None:
            raise _EndedError
        for message in _messages(part, self.read):
            process.stdin.write(message)
        process.stdin.flush()
        for said in _answers(process.stdout):
            if said["type"] == "Error":
                raise MachineError(f"Pagefind failed: {said['message']}")
            if said["type"] == "GetFiles":
                return {
                    file["path"]: b64decode(file["content"])
                    for file in said["files"]
                    if file["path"].startswith((*_NEEDED, *_IN_FOLDERS))
                }
        raise _EndedError


class _EndedError(Exception):
    """Pagefind ended before it had answered."""


def _messages(part: Part, read: Callable[[str], str]) -> Iterator[bytes]:
    """Yield what Pagefind is told: JSON in base64, with a comma after each message."""
    asked: Iterable[dict[str, Any]] = chain(
        [{"type": "NewIndex", "config": {"force_language": part.name}}],
        (
            {"type": "AddFile", "index_id": 0, "file_path": page, "file_contents": read(page)}
            for page in part.pages
        ),
        [{"type": "GetFiles", "index_id": 0}],
    )
    for number, payload in enumerate(asked, 1):
        yield b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","


def _answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what Pagefind says, until it ends."""
    begun: list[bytes] = []
    while data := os.read(stream.fileno(), _READ):
        first, *others = data.split(b",")
        begun.append(first)
        for other in others:
            yield json.loads(b64decode(b"".join(begun)))["payload"]
            begun = [other]


def _indexed(part: Part, files: dict[str, bytes]) -> Indexed:
    """Sort what Pagefind made of a part. A language's program is there once for all parts."""
    entry = json.loads(files.pop(_ENTRY))
    listed = entry["languages"].get(part.name, {})
    program = files.pop(f"wasm.{part.name}.pagefind", None)
    if program is not None:
        files[f"wasm.{part.language}.pagefind"] = program
        listed["wasm"] = part.language
    courses = {
        Path(name).stem: json.loads(gzip.decompress(data).removeprefix(_FRAGMENT_MARK))
        for name, data in files.items()
        if name.startswith("fragment/")
    }
    return Indexed(files, entry, {name: found["meta"]["id"] for name, found in courses.items()})


def _text(page: str, folders: Sequence[Path]) -> str:
    *others, last = folders
    found = next((path for folder in others if (path := folder / page).exists()), last / page)
    return indexed_text(found.read_text("utf-8"))


def _part_of(name: str) -> str:
    """Return the name of the part whose file this is, none for files of all parts."""
    if not name.startswith(_IN_FOLDERS) or name == "pagefind.js":
        return ""
    return _stem(name.rpartition("/")[2].removeprefix("pagefind.").partition(".")[0])


def _stem(name: str) -> str:
    return name.rpartition("_")[0]


def _is_table(name: str) -> bool:
    return name == _ENTRY or name.startswith("courses.")


def _table(language: str) -> str:
    return f"courses.{language}.json"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
