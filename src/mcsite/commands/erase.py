"""mcsite erase: a credential leaves the repository and the site; its place in the lists stays."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.issue import places_of
from mcsite.commands.project import need_catalogue
from mcsite.credentials.ids import ID_PATTERN, id_in_url
from mcsite.credentials.proofs import timestamp
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Finding
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.changes import change_together, changing
from mcsite.store.status_log import PATH, entry_text, sound_status_log, with_entries

_LINE = re.compile(rb"[^\n]*\n|[^\n]+\Z")


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and the files that changed or went."""

    credentials: tuple[str, ...]
    files: tuple[Path, ...]


def erase_credentials(project: Path, names: Sequence[str], *, now: dt.datetime) -> Erased:
    """Remove credentials, all or none, and record that they were erased; nothing of what they said.

    `names` are ids, addresses or links. Erasing changes no status: what was withdrawn stays
    withdrawn, and a copy that somebody kept verifies as before.
    """
    need_catalogue(project)
    wanted = {_id_of(name) for name in names}
    with changing(project):
        log = sound_status_log(project)
        found = _found(project, wanted)
        missing = wanted - {stored.id for stored in found}
        for name in sorted(missing):
            was = "was erased already" if name in log.erased else "isn't in credentials/"
            raise UsageError(f"the credential {name} {was}")
        entries = [
            entry_text(
                credential=stored.id, action="erase", at=timestamp(now), place=_place(stored)
            )
            for stored in found
            if stored.id not in log.erased
        ]
        files: dict[Path, bytes | None] = _without(project, found)
        if entries:
            files[project / PATH] = with_entries(project, entries)
        change_together(project, files)
    return Erased(tuple(stored.id for stored in found), tuple(files))


def _id_of(name: str) -> str:
    found = name if ID_PATTERN.fullmatch(name) else id_in_url(name)
    if found is None:
        raise UsageError(f"{name!r} is neither the id of a credential (22 characters) nor its link")
    return found


def _found(project: Path, wanted: set[str]) -> list[StoredCredential]:
    found = []
    for stored in read_batches(project):
        if isinstance(stored, Finding):
            raise ContentError("credentials/ has errors; run mcsite check", findings=[stored])
        if stored.id in wanted:
            found.append(stored)
    return found


def _place(stored: StoredCredential) -> tuple[int, int]:
    place = next(iter(places_of(stored.document)), None)
    if place is None:
        raise UsageError(
            f"the credential {stored.id} has no place in a status list to remember",
            hint=f"delete it from {stored.at}",
        )
    return place


def _without(project: Path, gone: list[StoredCredential]) -> dict[Path, bytes | None]:
    """Return the batches without those lines; a file that has no other goes."""
    lines: dict[Path, set[int]] = {}
    for stored in gone:
        lines.setdefault(project / stored.at.path, set()).add(stored.at.line)
    files: dict[Path, bytes | None] = {}
    for path, numbers in lines.items():
        kept = [
            line
            for number, line in enumerate(_LINE.findall(path.read_bytes()), 1)
            if path.suffix != ".json" and number not in numbers
        ]
        files[path] = b"".join(kept) if any(line.strip() for line in kept) else None
    return files
