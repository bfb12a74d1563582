"""manifest.json: the sha256 of every file of a site, the day and commit that it was built on and
from, and the mark of a folder that is mcsite's.

One file a line, sorted by name, so that a manifest of millions of lines is written, compared and
changed as a stream.
"""

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring
from pathlib import Path
from typing import IO

from mcsite.errors import MachineError
from mcsite.site import urls
from mcsite.site.records import Record

GENERATOR = "mcsite"
_HEAD = 200  # bytes that say who made it: the whole can be large
_OURS = re.compile(rb"""\s*\{\s*"generator"\s*:\s*"%b"\s*,""" % GENERATOR.encode())
_STAMP = re.compile(r'^ "(day|commit)": "([0-9a-f-]*)",$', re.MULTILINE)
_LINE = re.compile(r'  (".*"): "([0-9a-f]{64})",?\n?')


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a site was built, and from what: a day as ISO writes it, and the id of a commit, ""
    outside Git.
    """

    day: str = ""
    commit: str = ""


UNSTAMPED = Stamp()


def write_manifest(path: Path, stamp: Stamp, records: Iterable[Record]) -> None:
    """Write records, which come in the order of names. Two files can't have one path."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{\n "generator": "{GENERATOR}",\n')
        for name, value in (("day", stamp.day), ("commit", stamp.commit)):
            if value:
                file.write(f' "{name}": "{value}",\n')
        file.write(' "files": {')
        file.write("\n }\n}\n" if _write(file, records) else "}\n}\n")


def _write(file: IO[str], records: Iterable[Record]) -> bool:
    last = ""
    for name, digest in records:
        if name in (last, urls.MANIFEST):
            raise MachineError(f"two pages would be written to {name}")
        key = encode_basestring(name)
        file.write(f'{"," if last else ""}\n  {key}: "{digest}"')
        last = name
    return last != ""


def read_manifest(path: Path) -> Iterator[Record]:
    """Yield the records of a manifest that `write_manifest` wrote; OSError where there is none."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            found = _LINE.fullmatch(line)
            if found is not None:
                name = found[1]
                yield json.loads(name) if "\\" in name else name[1:-1], found[2]


def stamp_of(path: Path) -> Stamp:
    """Return the stamp of a manifest; what it doesn't say is ""."""
    with path.open(encoding="utf-8") as file:
        head = "".join(itertools.takewhile(lambda line: '"files"' not in line, file))
    return Stamp(**{found[1]: found[2] for found in _STAMP.finditer(head)})


def changed_records(
    records: Iterable[Record], changes: Mapping[str, str | None]
) -> Iterator[Record]:
    """Yield sorted records with some of them changed, added, or, where None, left out."""
    waiting = sorted(changes.items(), reverse=True)
    for record in records:
        while waiting and waiting[-1][0] <= record[0]:
            name, digest = waiting.pop()
            if digest is not None:
                yield name, digest
        if record[0] not in changes:
            yield record
    for name, digest in reversed(waiting):
        if digest is not None:
            yield name, digest


def is_ours(folder: Path) -> bool:
    """Tell whether a folder has a manifest that mcsite wrote."""
    try:
        with (folder / urls.MANIFEST).open("rb") as file:
            return is_manifest(file.read(_HEAD))
    except OSError:
        return False


def is_manifest(beginning: bytes) -> bool:
    """Tell whether a file that begins so is a manifest that mcsite wrote."""
    return _OURS.match(beginning) is not None
