"""The work of a build, cut into shards that any process can do: pages, and chunks of credentials.

A shard needs the plan, which all share and nobody changes, and gives back what it made. Nothing
else passes between shards, so that their order and the number of workers can't be seen in a site.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from mcsite.credentials.jcs import canonical
from mcsite.exports.open_badges import achievement
from mcsite.findings import Finding
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.files import GROUPS
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.records import Record
from mcsite.site.render import Renderer
from mcsite.site.social_image import social_image
from mcsite.site.tracing import Ask
from mcsite.site.units import Unit
from mcsite.site.views.cards import card_of
from mcsite.site.write import Folder, Sink
from mcsite.store.audit import Audit
from mcsite.store.batches import Chunk, Lines, StoredCredential, read_chunk, read_lines
from mcsite.store.entries import Entry
from mcsite.store.ledger import entry_of
from mcsite.store.status_log import StatusLog

PAGES = 48  # pages of a shard
CHUNK = 256 * 1024  # bytes of credentials of a shard


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What every shard is made from, and the folder that it is written to."""

    context: SiteContext
    log: StatusLog
    now: dt.datetime
    folder: Path


@dataclass(frozen=True, slots=True)
class Pages:
    """Some pages of the plan."""

    specs: tuple[PageSpec, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """A group of files that aren't pages."""

    group: str


Shard: TypeAlias = Files | Pages | Chunk | Lines


@dataclass(slots=True)
class Made:
    """What a shard gave: units, or the files of credentials and what has to be compared with
    other credentials.
    """

    units: list[Unit] = field(default_factory=list)
    asks: tuple[Ask, ...] = ()  # of the pages of credentials
    records: list[Record] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)  # that are still to be written


def file_shards() -> Iterator[Files]:
    """Yield the groups of files."""
    return map(Files, GROUPS)


def page_shards(specs: Sequence[PageSpec]) -> Iterator[Pages]:
    """Yield the pages in shards."""
    for start in range(0, len(specs), PAGES):
        yield Pages(tuple(specs[start : start + PAGES]))


def files_key(group: str) -> str:
    """Return the key of the unit of a group of files."""
    return f"files {group}"


def page_key(spec: PageSpec) -> str:
    """Return the key of a page's unit: another spec is another unit."""
    return f"page {spec.kind} {spec.language} {spec.path} {spec.key} {spec.number}"


def is_course_page(key: str) -> bool:
    """Tell whether a unit's key is that of a course's page."""
    return key.startswith(f"page {PageKind.COURSE} ")


class Worker:
    """Does shards of one plan. Where the project's folder can't be read, `audit` and `files` are
    given, and the shards don't need it.
    """

    def __init__(
        self, plan: BuildPlan, audit: Audit | None = None, files: Sink | None = None
    ) -> None:
        self.plan = plan
        self.context = plan.context.traced()
        self.renderer = Renderer(self.context)
        self.audit = audit or Audit(plan.context.catalogue, plan.now)
        self.folder = files or Folder(plan.folder)

    def do(self, shard: Shard) -> Made:
        """Do one shard. Raises McsiteError; what was written then is of no use."""
        made = Made()
        if isinstance(shard, Files):
            made.units.append(self._unit(files_key(shard.group), GROUPS[shard.group](self.context)))
        elif isinstance(shard, Pages):
            made.units.extend(self._unit(page_key(spec), self._page(spec)) for spec in shard.specs)
        else:
            with self.context.trace.noting() as asks:
                for item in self._credentials(shard):
                    self._credential(item, made)
            made.asks = tuple(asks)
        return made

    def _credentials(self, shard: Chunk | Lines) -> Iterator[StoredCredential | Finding]:
        if isinstance(shard, Lines):
            return read_lines(shard)
        return read_chunk(self.context.catalogue.root, shard)

    def _unit(self, key: str, files: Iterator[tuple[str, bytes]]) -> Unit:
        with self.context.trace.noting() as asks:
            records = tuple(self.folder.write(path, data) for path, data in files)
        return Unit(key, tuple(asks), records)

    def _page(self, spec: PageSpec) -> Iterator[tuple[str, bytes]]:
        yield urls.output_name(spec.path), self.renderer.page(spec)
        card = card_of(self.context, spec)
        if card is not None:
            yield urls.social_image(spec.path), social_image(card)
        if spec.kind is PageKind.COURSE:
            yield self._achievement(spec.key, spec.key, spec.language)
        elif spec.kind is PageKind.MOVED and spec.key.startswith("courses/"):
            alias, key = spec.path.split("/")[-2], spec.key.partition("/")[2]
            yield self._achievement(alias, key, spec.language)

    def _achievement(self, name: str, key: str, language: str) -> tuple[str, bytes]:
        """Return path and content of the achievement of a course under an id of it: credentials
        that were issued under an earlier one name that address.
        """
        catalogue = self.context.catalogue
        default = catalogue.site.default_language
        path = urls.achievement(name, None if language == default else language)
        made = achievement(catalogue.courses[key], catalogue, language, alias=name)
        return path, canonical(made)

    def _credential(self, item: StoredCredential | Finding, made: Made) -> None:
        """Verify one, and write its files if it is in order."""
        if isinstance(item, Finding):
            made.findings.append(item)
            return
        made.entries.append(entry_of(item))
        found = self.audit.fault_of(item)
        if found is not None:
            made.findings.append(found)
            return
        page = self.renderer.credential(item)
        path = urls.output_name(urls.credential(item.id))
        made.records.append(self.folder.write(path, page))
        if not item.sealed:
            path = urls.credential_json(item.id)
            made.records.append(self.folder.write(path, item.text))
        notice = self.plan.log.notice_of(item.id)
        if notice is not None:
            path = urls.status_notice(item.id)
            made.records.append(self.folder.write(path, canonical(notice)))
