"""mcsite build --output s3://…: build beside the project, then change in the storage what differs.

The storage's own manifest tells what stands there, so that any machine can publish, also one that
begins empty. What is in doubt after a publication that was ended is in site.publication.
"""

import hashlib
import heapq
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from mcsite.commands.build import BuildReport, BuildRequest, build_site, check_request
from mcsite.errors import MachineError, UsageError
from mcsite.site import urls
from mcsite.site.inputs import digest_of_file
from mcsite.site.manifest import is_manifest, read_manifest
from mcsite.site.media_types import UNKNOWN, cache_control, content_type
from mcsite.site.publication import (
    FOLDER,
    LATE,
    LOCK,
    PENDING,
    changes_of,
    is_page,
    read_pending,
    write_pending,
)
from mcsite.site.uploads import uploader
from mcsite.store.atomic import only_writer
from mcsite.store.leases import Lease, leased
from mcsite.store.objects import Object, ObjectStore, store_at

MIRRORS = ".mcsite"  # folder of a project with what was built for places elsewhere
_BATCH, _BATCH_BYTES = 256, 4 << 20
_HEAD = 200  # bytes of a manifest that say whose it is
_SOME = 20
_CLEAN = "build again with --clean: another build's work may have been written over"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequest:
    """What to build, and the s3:// address that it is for. `holder` names this build, and no
    other.
    """

    build: BuildRequest
    place: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was built and changed. `exclusive` is whether the storage kept other builds away."""

    report: BuildReport
    place: str
    written: int
    removed: int
    exclusive: bool


def publish_site(request: PublishRequest) -> Published:
    """Build, and bring the site into S3 storage. Raises McsiteError: UsageError where the place is
    somebody else's, ContentError before anything is changed there, and MachineError where it is
    changed in part, which the next publication finishes.
    """
    check_request(request.build)
    store = store_at(request.place)
    _refuse_foreign(store)
    mirror = mirror_of(request.build.project, store)
    try:
        with only_writer(mirror):
            (mirror.parent / ".gitignore").write_text("*\n", "utf-8")
            report = build_site(replace(request.build, output=mirror / "site"))
            return _published(request, store, mirror, report)
    except OSError as error:
        raise MachineError(
            f"{store.url}: the site was built, and not published: {error}"
        ) from error


def _published(
    request: PublishRequest, store: ObjectStore, mirror: Path, report: BuildReport
) -> Published:
    work = mirror / "work"  # what an ended one left in it is of no use
    shutil.rmtree(work, ignore_errors=True)
    with leased(store, LOCK, request.holder) as lease:
        work.mkdir()
        change = _Change(store, mirror / "site", work, request.build.clean)
        change.find()
        change.carry_out(lease, request.build.jobs, request.build.scheduler)
    shutil.rmtree(work)
    return Published(
        report=report,
        place=store.url,
        written=change.writes,
        removed=change.removals,
        exclusive=lease.exclusive,
    )


def mirror_of(project: Path, store: ObjectStore) -> Path:
    """Return the folder of the site as it is, or will be, in a place."""
    name = f"{store.bucket}/{store.prefix}".rstrip("/").replace("/", "-")
    return project / MIRRORS / f"{name}-{hashlib.sha256(store.url.encode()).hexdigest()[:8]}"


def _refuse_foreign(store: ObjectStore) -> None:
    """Refuse a place that holds objects and no site of mcsite's, nor one that was begun."""
    head = store.beginning(urls.MANIFEST, _HEAD)
    if head is None:
        names = store.some(_SOME)
        foreign = [name for name in names if not name.startswith(FOLDER)]
        if not foreign or store.state(PENDING) is not None:
            return
    elif is_manifest(head):
        return
    raise UsageError(
        f"{store.url} holds objects that mcsite didn't make, and it could replace them",
        hint="name another path in the bucket, or empty this one",
    )


@dataclass(slots=True)
class _Change:
    """What is to change in a place. It is read as a stream, several times: a site can have more
    files than memory should hold names of.
    """

    store: ObjectStore
    site: Path
    work: Path
    everything: bool  # whether what stands there is taken for unknown
    writes: int = 0
    removals: int = 0
    late: tuple[str, ...] = ()  # what publishers that had lost the place wrote down
    told: bool = False  # whether the manifest there may be the new one

    def find(self) -> None:
        """Find out what stands there, and what is to change."""
        self.late = tuple(self.store.named(LATE))
        for name in (urls.MANIFEST, PENDING, *self.late):
            if not self.store.fetch(name, self._there(name)):
                self._there(name).touch()
        for _, digest in self._changes():
            self.writes += digest is not None
            self.removals += digest is None

    def carry_out(self, lease: Lease, jobs: int, scheduler: str) -> None:
        """Write what pages load, then pages, then the manifest; and remove what has gone."""
        lease.check()
        if not (self.writes or self.removals):
            self._write_manifest()
            return
        self._note_down()
        try:
            self._write_pages(lease, jobs, scheduler)
            lease.check()
            self._write_manifest()
            lease.check()
            self.store.remove(name for name, digest in self._changes() if digest is None)
            lease.check()
            self.store.remove(iter((PENDING, *self.late)))
        except MachineError as error:
            noted = self._note_late(lease)
            raise MachineError(
                f"the site is changed in part, and the rest waits: {error}",
                hint=(error.hint or "build again: that finishes it") if noted else _CLEAN,
            ) from error

    def _write_pages(self, lease: Lease, jobs: int, scheduler: str) -> None:
        with uploader(self.writes, jobs, scheduler) as crew:
            for pages in (False, True):
                for _ in crew.upload(self.store, self._batches(pages=pages)):
                    lease.check()

    def _changes(self) -> Iterator[tuple[str, str | None]]:
        manifest = self.site / urls.MANIFEST
        doubtful = heapq.merge(*map(read_pending, map(self._there, (PENDING, *self.late))))
        if self.everything:
            doubtful = heapq.merge(doubtful, (name for name, _ in read_manifest(manifest)))
        there = read_manifest(self._there(urls.MANIFEST))
        return changes_of(there, doubtful, read_manifest(manifest))

    def _there(self, name: str) -> Path:
        """Return the copy of what stands there under a name."""
        return self.work / PurePosixPath(name).name

    def _note_down(self) -> None:
        file = self.work / "names"
        write_pending(file, (name for name, _ in self._changes()))
        self.store.put_file(PENDING, file, {"ContentType": UNKNOWN})

    def _note_late(self, lease: Lease) -> bool:
        """Write down what may have been written over the work of whoever has the place now, if
        somebody else has; False where that can't be written.
        """
        with suppress(MachineError):
            lease.check()
        if not lease.lost:
            return True
        names: Iterator[str] = (name for name, _ in self._changes())
        if self.told:
            everything = (name for name, _ in read_manifest(self.site / urls.MANIFEST))
            names = heapq.merge(names, everything)
        file = self.work / "late"
        write_pending(file, names)
        name = f"{LATE}{hashlib.sha256(lease.holder.encode()).hexdigest()[:16]}"
        try:
            self.store.put_file(name, file, {"ContentType": UNKNOWN})
        except MachineError:
            return False
        return True

    def _batches(self, *, pages: bool) -> Iterator[list[Object]]:
        batch: list[Object] = []
        size = 0
        for name, digest in self._changes():
            if digest is None or is_page(name) != pages:
                continue
            batch.append(Object(name, self._content(name, digest), _headers(name)))
            size += len(batch[-1].data)
            if len(batch) >= _BATCH or size >= _BATCH_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _content(self, name: str, digest: str) -> bytes:
        data = (self.site / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise MachineError(
                f"{self.site / name} isn't what was built", hint="build again with --clean"
            )
        return data

    def _write_manifest(self) -> None:
        manifest = self.site / urls.MANIFEST
        changed = digest_of_file(manifest) != digest_of_file(self._there(urls.MANIFEST))
        if changed or self.everything:
            self.told = True
            self.store.put_file(urls.MANIFEST, manifest, _headers(urls.MANIFEST))
            self.writes += 1


def _headers(name: str) -> dict[str, str]:
    return {"ContentType": content_type(name), "CacheControl": cache_control(name)}
