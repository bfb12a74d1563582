"""Digests of all that a site is made from, taken from the bytes of files and never from times.

What every page depends on is the environment: the program and its libraries, theme, site.yaml,
issuers, options. Another environment makes another site; of the rest it is known which page has
looked at what (see site.tracing).
"""

import hashlib
import json
import os
import platform
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TypeAlias

import mcsite

PROGRAM = "mcsite"
SHARED = ("catalogue/site.yaml", "credentials/issuers.yaml", "catalogue/labour-market.csv")
FOLDERS = ("catalogue", "credentials")
_IN_BATCHES = re.compile(r"credentials/([^/]+\.jsonl?|status\.yaml|status/.*)")
_BLOCK = 1 << 20
_Place: TypeAlias = tuple[int, int]  # device and number of a folder
_TOP = 2  # folders around what is in catalogue/: the project, and that one


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build is made from: two that are equal give the same site.

    `seen` are sizes and times of the files, to notice that one is written during a build.
    """

    environment: str
    credentials: str  # all that was issued, with what happened to it
    keys: str  # what credentials are verified with
    whole: str
    files: Mapping[str, str]  # sha256 of each by its path in the project
    seen: str


@dataclass(frozen=True, slots=True)
class _Tree:
    """Folders that are read, with the links that whoever reads their files follows.

    Templates are found through any link. Content isn't read outside of the project, and a link to
    a folder counts beside catalogue/courses, not further down.
    """

    root: Path
    names: tuple[str, ...] = ("",)
    bounds: str = ""  # what no link may lead out of; "": links may lead anywhere

    def holds(self, path: str) -> bool:
        """Tell whether a path stays within bounds."""
        return not self.bounds or f"{os.path.realpath(path)}/".startswith(f"{self.bounds}/")

    def follows(self, link: os.DirEntry[str], around: frozenset[_Place]) -> bool:
        """Tell whether a link stands for what it leads to: never for a folder `around` it."""
        try:
            status = link.stat() if self.holds(link.path) else None
        except OSError:  # it leads nowhere
            return False
        if status is None or not stat.S_ISDIR(status.st_mode):
            return status is not None
        return _place(status) not in around and (not self.bounds or len(around) == _TOP)


def _content(project: Path, extra: Iterable[str]) -> _Tree:
    outside = {name for name in extra if name.partition("/")[0] not in FOLDERS}
    return _Tree(project, (*FOLDERS, *sorted(outside)), os.path.realpath(project))


def inputs_of(
    project: Path,
    theme: Sequence[Path],
    options: Sequence[str],
    moment: Sequence[str],
    extra: Iterable[str],
) -> Inputs:
    """Return the digests. `options` are of every page; `moment` and the `extra` files, by their
    paths in the project, are whatever else the site depends on.
    """
    seen = _hash()
    digests = dict(_digests(_content(project, extra), seen))
    shared = [[name, digests.get(name, "")] for name in SHARED]
    themes = [sorted(_digests(_Tree(folder), seen)) for folder in theme]
    environment = _digest([_program(), shared, themes, list(options)])
    issued = [one for one in digests.items() if one[0].startswith("credentials/")]
    keys = [one for one in issued if not _IN_BATCHES.fullmatch(one[0])]
    return Inputs(
        environment=environment,
        credentials=_digest(issued),
        keys=_digest(keys),
        whole=_digest([environment, sorted(digests.items()), list(moment)]),
        files=digests,
        seen=seen.hexdigest(),
    )


def seen_of(project: Path, theme: Sequence[Path], extra: Iterable[str]) -> str:
    """Return what `inputs_of` would say was seen, without reading the files."""
    seen = _hash()
    for tree in (_content(project, extra), *map(_Tree, theme)):
        for path, is_read in _files_of(tree):
            if is_read:
                with suppress(OSError):
                    status = os.stat(path)  # noqa: PTH116 -- as below
                    if stat.S_ISREG(status.st_mode):
                        _note(seen, path, status)
    return seen.hexdigest()


def digest_of_file(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def _place(status: os.stat_result) -> _Place:
    return status.st_dev, status.st_ino


def _hash() -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=16)


def _note(seen: "hashlib.blake2b", path: str, status: os.stat_result) -> None:
    told = f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ino}\n"
    seen.update(os.fsencode(told))


def _digests(tree: _Tree, seen: "hashlib.blake2b") -> Iterator[tuple[str, str]]:
    """Yield path and digest of every file, in a stable order."""
    for path, is_read in _files_of(tree):
        yield os.path.relpath(path, tree.root), _read(path, seen) if is_read else "not read"


def _files_of(tree: _Tree) -> Iterator[tuple[str, bool]]:
    """Yield the path of everything that isn't a folder, and whether it is read."""
    above = frozenset({_place(os.stat(tree.root))})  # noqa: PTH116 -- as below
    for name in tree.names:
        start = os.path.join(tree.root, name)  # noqa: PTH118 -- thousands of files: pathlib takes three times as long
        if not tree.holds(start):
            yield start, False
        elif os.path.isfile(start):  # noqa: PTH113 -- as above
            yield start, True
        else:
            yield from _below(start, tree, above)


def _below(folder: str, tree: _Tree, above: frozenset[_Place]) -> Iterator[tuple[str, bool]]:
    try:
        around = above | {_place(os.stat(folder))}  # noqa: PTH116 -- as above
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        follows = not entry.is_symlink() or tree.follows(entry, around)
        if entry.is_dir(follow_symlinks=follows):
            yield from _below(entry.path, tree, around)
        else:
            yield entry.path, follows


def _read(path: str, seen: "hashlib.blake2b") -> str:
    """Return the digest of a file; what can't be read is a fault that the build will tell."""
    try:
        with open(path, "rb", buffering=0, opener=_at_once) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return "not a file"
            _note(seen, path, status)
            if status.st_size > _BLOCK:
                return hashlib.file_digest(file, "sha256").hexdigest()
            return hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        return f"unreadable: {error.errno}"


def _at_once(path: str, flags: int) -> int:
    """Open a file; of a pipe, nobody waits for who writes it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def program_digest() -> str:
    """Return a digest of what tells this program from another: equal ones make equal sites."""
    return _digest(_program())


@cache
def _program() -> list[object]:
    """Return what tells this program from another: its files, Python, and its libraries."""
    package = Path(mcsite.__file__).parent
    files = list(_digests(_Tree(package), _hash()))
    wanted = metadata.requires(PROGRAM) or []
    names = sorted({name for line in wanted if (name := _name_in(line))})
    versions = [[name, metadata.version(name)] for name in names]
    return [platform.python_version(), files, versions]


def _name_in(requirement: str) -> str:
    """Return the name of a library that is needed at run time, else ""."""
    if "extra ==" in requirement:
        return ""
    end = next((at for at, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), None)
    return requirement[:end]
