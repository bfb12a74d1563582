"""mcsite archive: a dated copy of a site that verifies without it, and without a network."""

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.status import refresh
from mcsite.content.catalogue import Catalogue
from mcsite.credentials.proofs import timestamp
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.findings import Finding
from mcsite.site import urls
from mcsite.site.manifest import read_manifest, stamp_of
from mcsite.store.archives import ABOUT, SITE
from mcsite.store.atomic import sync_folder
from mcsite.store.issued_lists import published_document
from mcsite.store.key_files import KeyName
from mcsite.store.signed_lists import read_list, status_files

KEYS, README, SUMS = "keys.json", "README.txt", "SHA256SUMS"
_ZIP_EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)  # no entry can be older


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRequest:
    """What to archive, and to where: a ZIP file where the name ends so, else a folder.

    With a `key` the status lists are signed anew first, in the project: they are the last word on
    what was withdrawn.
    """

    project: Path
    target: Path
    key: KeyName | None = None
    jobs: int = 0
    built_at: dt.datetime
    now: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveReport:
    """What was archived. `lists` are the days that the status lists speak for."""

    files: int
    credentials: int
    lists: tuple[dt.date, ...]
    signed: bool
    findings: tuple[Finding, ...]


def archive_site(request: ArchiveRequest, catalogue: Catalogue) -> ArchiveReport:
    """Write the archive, whole or not at all."""
    if request.target.exists():
        raise UsageError(f"{request.target} exists; archives are never overwritten")
    if request.key is not None:
        refresh(request.project, catalogue, request.key, now=request.now)
    try:
        request.target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{request.target.name}.", dir=request.target.parent
        ) as beside:
            return _archived(request, catalogue, Path(beside))
    except OSError as error:
        raise MachineError(f"{request.target} could not be written: {error}") from error


def _archived(request: ArchiveRequest, catalogue: Catalogue, beside: Path) -> ArchiveReport:
    folder = beside / name_of(catalogue, request.built_at)
    built = build_site(
        BuildRequest(
            project=request.project, output=beside / SITE, jobs=request.jobs, clean=True,
            built_at=request.built_at, now=request.now,
        )
    )  # fmt: skip
    folder.mkdir()
    (beside / SITE).rename(folder / SITE)
    lists = _lists(catalogue)
    if built.credentials and not lists:
        raise ContentError("there are credentials, and no status list", hint="name the --key")
    _write(folder / KEYS, _keys(catalogue))
    _write(folder / ABOUT, _about(catalogue, folder, lists))
    _write(folder / README, _readme(catalogue, folder.name, request.built_at, lists).encode())
    files = _sum(folder)
    if request.target.suffix.lower() == ".zip":
        _pack(folder, beside / "packed", request.built_at)
        folder = beside / "packed"
    folder.rename(request.target)
    sync_folder(request.target.parent)
    return ArchiveReport(
        files=files,
        credentials=built.credentials,
        lists=tuple(sorted({signed.date() for signed in lists.values()})),
        signed=request.key is not None,
        findings=built.findings,
    )


def name_of(catalogue: Catalogue, moment: dt.datetime) -> str:
    """Return what an archive's folder is called: the site's address and the day."""
    address = catalogue.site.base_url.partition("://")[2]
    safe = "".join(c if c.isalnum() or c in ".-" else "-" for c in address)
    return f"{safe}-{moment.date()}"


def _lists(catalogue: Catalogue) -> dict[str, dt.datetime]:
    """Return when each status list was signed, by its address."""
    found: dict[str, dt.datetime] = {}
    for path in status_files(catalogue.root):
        document = read_list(path)
        begins = dt.datetime.fromisoformat(str(document.get("validFrom")))
        found[str(document.get("id"))] = begins
    return found


def _keys(catalogue: Catalogue) -> bytes:
    """Return every issuer's document: all keys that ever signed, with their windows."""
    return _json([published_document(catalogue, issuer) for issuer in catalogue.issuers])


def _about(catalogue: Catalogue, folder: Path, lists: dict[str, dt.datetime]) -> bytes:
    stamp = stamp_of(folder / SITE / urls.MANIFEST)
    return _json(
        {
            "generator": f"mcsite {metadata.version('mcsite')}",
            "format": 1,
            "site": catalogue.site.base_url,
            "title": dict(catalogue.site.title.by_language),
            "day": stamp.day,
            "commit": stamp.commit,
            "status_lists": {url: timestamp(moment) for url, moment in sorted(lists.items())},
        }
    )


def _readme(
    catalogue: Catalogue, name: str, moment: dt.datetime, lists: dict[str, dt.datetime]
) -> str:
    text = (resources.files("mcsite.commands") / "archive_readme.txt").read_text("utf-8")
    days = sorted({signed.date().isoformat() for signed in lists.values()})
    return text.format(
        title=catalogue.site.title.in_language(catalogue.site.default_language),
        address=catalogue.site.base_url,
        day=moment.date().isoformat(),
        lists=", ".join(days) or "none: nothing was issued",
        name=name,
        version=metadata.version("mcsite"),
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _sum(folder: Path) -> int:
    """Write SHA256SUMS, as sha256sum reads it, and return how many files it names."""
    count = 0
    with (folder / SUMS).open("w", encoding="utf-8", newline="\n") as file:
        for name, digest in _digests(folder):
            file.write(f"{digest}  {name}\n")
            count += 1
    return count


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield names and digests of all files but the list itself; the site's are in its manifest."""
    for name in (README, ABOUT, KEYS):
        yield name, hashlib.sha256((folder / name).read_bytes()).hexdigest()
    manifest = folder / SITE / urls.MANIFEST
    for name, digest in read_manifest(manifest):
        yield f"{SITE}/{name}", digest
    with manifest.open("rb") as file:
        yield f"{SITE}/{urls.MANIFEST}", hashlib.file_digest(file, "sha256").hexdigest()


def _pack(folder: Path, target: Path, moment: dt.datetime) -> None:
    """Pack a folder so that the same files give the same bytes, whoever packs them and when."""
    stamp = max(moment.astimezone(dt.UTC), _ZIP_EPOCH)
    day = (stamp.year, stamp.month, stamp.day, 0, 0, 0)
    with target.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", day)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # as on Unix: elsewhere Python would say otherwise
                entry.external_attr = 0o644 << 16
                entry.file_size = path.stat().st_size
                with path.open("rb") as source, packed.open(entry, "w") as inside:
                    shutil.copyfileobj(source, inside)
        file.flush()
        os.fsync(file.fileno())
