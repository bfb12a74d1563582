"""mcsite verify-site: is a published site what this repository builds?

The site's manifest says on which day and from which commit it was built. The same is built again
beside, and both are compared, file by file: the manifests whole, the files themselves as far as
they can be had.
"""

import datetime as dt
import hashlib
import heapq
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

from mcsite.commands.build import BuildRequest, build_site
from mcsite.errors import MachineError, UsageError
from mcsite.site import urls
from mcsite.site.inputs import FOLDERS, digest_of_file
from mcsite.site.manifest import is_ours, read_manifest, stamp_of
from mcsite.site.records import Record
from mcsite.site.word_index import INDEX
from mcsite.store.git import Repository
from mcsite.store.https import HttpsClient, NotFetched

MAX_MANIFEST = 512 * 1024 * 1024  # of some four million files
MAX_FILE = 64 * 1024 * 1024
SHOWN = 20  # differences of a kind that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRequest:
    """Which site to compare: a folder, or an address. `files` are how many are fetched at most."""

    project: Path
    source: str
    base_url: str = ""
    files: int = 100
    now: dt.datetime
    client: HttpsClient = field(default_factory=HttpsClient)


@dataclass(slots=True)
class Difference:
    """Files that differ in one way: how many, and the first of them."""

    count: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """Take a file."""
        self.count += 1
        if len(self.names) < SHOWN:
            self.names.append(name)


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What came out. `looked_at` files were read and not only looked up in the manifest."""

    day: str
    commit: str
    here: str  # the commit of the repository
    uncommitted: int = 0
    files: int = 0
    looked_at: int = 0
    missing: Difference = field(default_factory=Difference)  # the site hasn't got them
    added: Difference = field(default_factory=Difference)  # the repository doesn't make them
    changed: Difference = field(default_factory=Difference)  # both have them, with other bytes
    unlike: Difference = field(default_factory=Difference)  # they aren't what the manifest says

    @property
    def agrees(self) -> bool:
        """Tell whether the site is what the repository builds."""
        found = (self.missing, self.added, self.changed, self.unlike)
        return not any(one.count for one in found)


def verify_site(request: SiteRequest) -> Comparison:
    """Compare a site with what its repository builds. Raises UsageError where there is no site of
    mcsite, MachineError where it can't be fetched, ContentError where the repository has faults.
    """
    if not request.source.startswith("https://"):
        folder = Path(request.source)
        if not is_ours(folder):
            raise UsageError(f"{folder} isn't a site that mcsite made: it has no manifest.json")
        return _compared(request, folder / urls.MANIFEST, folder)
    with _fetched(request) as manifest:
        return _compared(request, manifest, None)


@contextmanager
def _fetched(request: SiteRequest) -> Iterator[Path]:
    """Fetch the manifest of a published site into a folder that goes afterwards."""
    data = _answer(request, urls.MANIFEST, MAX_MANIFEST)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / urls.MANIFEST
        path.write_bytes(data)
        del data
        if not is_ours(Path(folder)):
            raise UsageError(f"{request.source} isn't a site that mcsite made")
        yield path


def _answer(request: SiteRequest, name: str, most: int) -> bytes:
    address = f"{request.source.rstrip('/')}/{quote(name)}"
    try:
        return request.client.get(address, max_bytes=most)
    except NotFetched as error:
        raise MachineError(f"{address} could not be fetched: {error.reason}") from error


def _compared(request: SiteRequest, manifest: Path, folder: Path | None) -> Comparison:
    stamp, repository = stamp_of(manifest), Repository(request.project)
    found = Comparison(day=stamp.day, commit=stamp.commit, here=repository.commit())
    if found.here:
        theirs = repository.uncommitted(*FOLDERS, "theme")
        found.uncommitted = len(theirs)
    with tempfile.TemporaryDirectory() as beside:
        built = Path(beside) / "site"
        build_site(_request(request, stamp.day, manifest, built))
        expected = built / urls.MANIFEST
        for name, published, made in _joined(read_manifest(manifest), read_manifest(expected)):
            found.files += 1
            if published is None:
                found.missing.add(name)
            elif made is None:
                found.added.add(name)
            elif published != made:
                found.changed.add(name)
    if folder is not None:
        _look_in(folder, manifest, found)
    else:
        _look_at(request, manifest, found)
    return found


def _request(request: SiteRequest, day: str, manifest: Path, output: Path) -> BuildRequest:
    """Return the request for the same site: what it was built with, its files tell."""
    try:
        moment = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC)
    except ValueError as error:
        raise UsageError("the site's manifest doesn't say on which day it was built") from error
    names = [name for name, _ in read_manifest(manifest) if not name.startswith("c/")]
    picture = urls.social_image("/")
    return BuildRequest(
        project=request.project,
        output=output,
        base_url=request.base_url,
        search=any(name.startswith(f"{INDEX}/") for name in names),
        images=any(name.endswith(picture) for name in names),
        gallery=any(name.startswith(urls.GALLERY) for name in names),
        clean=True,
        built_at=moment,
        now=request.now,
    )


def _joined(
    one: Iterator[Record], other: Iterator[Record]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each name of two manifests, both in order, with its digests."""
    sides = [_of_side(side, records) for side, records in enumerate((one, other))]
    for name, group in groupby(heapq.merge(*sides), key=itemgetter(0)):
        digests = {side: digest for _, side, digest in group}
        yield name, digests.get(0), digests.get(1)


def _of_side(side: int, records: Iterator[Record]) -> Iterator[tuple[str, int, str]]:
    return ((name, side, digest) for name, digest in records)


def _look_in(folder: Path, manifest: Path, found: Comparison) -> None:
    """Read every file of a folder: each has to be in the manifest, and what it says."""
    for name, digest in read_manifest(manifest):
        found.looked_at += 1
        try:
            same = digest_of_file(folder / name) == digest
        except OSError:
            same = False
        if not same:
            found.unlike.add(name)
    if sum(1 for _ in _files(folder)) > found.looked_at - found.unlike.count:
        known = {name for name, _ in read_manifest(manifest)}
        for name in sorted(set(_files(folder)) - known):
            found.unlike.add(name)


def _files(folder: Path) -> Iterator[str]:
    """Yield the files of a site but its manifest."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != urls.MANIFEST:
            yield name


def _look_at(request: SiteRequest, manifest: Path, found: Comparison) -> None:
    """Fetch files of a published site, evenly chosen where it has more than are wanted."""
    total = sum(1 for _ in read_manifest(manifest))
    step = max(1, -(-total // request.files)) if request.files else total + 1
    for number, (name, digest) in enumerate(read_manifest(manifest)):
        if number % step == 0 and request.files:
            found.looked_at += 1
            data = _answer(request, name, MAX_FILE)
            if hashlib.sha256(data).hexdigest() != digest:
                found.unlike.add(name)
