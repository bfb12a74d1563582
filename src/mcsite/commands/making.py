"""What `mcsite build` does where something is to do: a whole new site, or the parts of the old one
that would be others now.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from mcsite.commands.building import BuildReport, BuildRequest, digests_of, kept_of, stop_at_errors
from mcsite.content.catalogue import Catalogue
from mcsite.content.known import Known
from mcsite.content.load import load_catalogue, load_site
from mcsite.errors import ContentError, MachineError
from mcsite.findings import Finding
from mcsite.site import urls
from mcsite.site.answers import Answers
from mcsite.site.context import SiteContext
from mcsite.site.files import FOR_MACHINES
from mcsite.site.findings import site_findings
from mcsite.site.gallery import components_of
from mcsite.site.inputs import Inputs, digest_of_file, seen_of
from mcsite.site.issued import Stream
from mcsite.site.manifest import Stamp
from mcsite.site.output import Change, Output
from mcsite.site.plan import PageKind, plan_site
from mcsite.site.pools import pool_of
from mcsite.site.records import Record
from mcsite.site.shards import (
    BuildPlan,
    Shard,
    file_shards,
    files_key,
    is_course_page,
    page_key,
    page_shards,
)
from mcsite.site.state import Head, State, Writer
from mcsite.site.theme import theme_of
from mcsite.site.tracing import Ask
from mcsite.site.units import Unit, Units
from mcsite.site.urls import Urls, output_path
from mcsite.site.word_index import Earlier, WordIndex, parts_of, reworded
from mcsite.site.workers import Pool
from mcsite.store.git import Repository
from mcsite.store.history import dates_of
from mcsite.store.processes import processors
from mcsite.store.status_log import StatusLog, read_status_log

_SHARDS_WORTH_A_PROCESS = 8
_ASKS_OF_A_SHARD = 500  # what asked more is more work than a shard of pages: lists of all courses
_MOST_HELD = 200  # chunks of credentials: a change holds the names of its files, a new site doesn't
_ISSUED, _SEARCH = "credentials", "search"  # units beside those of pages and groups of files


def make_site(
    request: BuildRequest,
    output: Output,
    state: State,
    head: Head | None,
    inputs: Inputs,
    known: Known | None = None,
) -> BuildReport:
    """Make what is to be made, and keep for the next build what this one knows."""
    extra, inputs = _with_extra(request, head, inputs)
    loaded = load_catalogue(request.project, today=request.now.date(), known=known)
    found = loaded.findings
    if loaded.catalogue is not None and loaded.places is not None:
        found += tuple(site_findings(loaded.catalogue, loaded.places))
    stop_at_errors(found, strict=request.strict)
    if loaded.catalogue is None:
        raise ContentError("the catalogue has errors", findings=found)
    context = _context(request, loaded.catalogue)
    answers = Answers(context, loaded.digests, inputs.files)
    log, _ = read_status_log(request.project)
    build = _Build(request, output, state, inputs, context, answers, log)
    units = state.units() if head and head.environment == inputs.environment else None
    made = build.anew() if head is None or units is None else build.changed(head, units)
    report = BuildReport(
        pages=len(context.plan.pages),
        credentials=made.credentials,
        files=made.files,
        written=made.written,
        findings=found + made.between + made.further,
        base_path=context.urls.base_path,
        languages=context.languages,
    )
    build.keep(report, extra, made)
    return report


def _with_extra(
    request: BuildRequest, head: Head | None, inputs: Inputs
) -> tuple[tuple[str, ...], Inputs]:
    """Return the files that site.yaml names, and digests of them too: taken before the site is
    read, so that what is saved from then on isn't taken for what was read.
    """
    extra = head.extra if head else ()
    while (named := _registries(request.project)) != extra:
        extra, inputs = named, digests_of(request, named)
    return extra, inputs


def _registries(project: Path) -> tuple[str, ...]:
    site = load_site(project)
    return tuple(one.file for one in site.trust_registries) if site else ()


def _context(request: BuildRequest, catalogue: Catalogue) -> SiteContext:
    base_url = request.base_url.rstrip("/") or catalogue.site.base_url
    if request.origin:
        base_url = (request.origin + Urls(base_url).base_path).rstrip("/")
    repository, theme = Repository(request.project), theme_of(request.project)
    gallery = components_of(theme) if request.gallery else {}
    states = {name: len(component.examples) for name, component in gallery.items()}
    return SiteContext(
        catalogue=catalogue,
        plan=plan_site(catalogue, states),
        urls=Urls(base_url),
        theme=theme,
        gallery=gallery,
        day=request.built_at.date(),
        revision=repository.commit(),
        images=request.images,
        dates=dates_of(repository, request.built_at.date()),
    )


@dataclass(slots=True)
class _Made:
    """What a build made; `further` findings are of status lists, told anew by every build."""

    units: dict[str, Unit] = field(default_factory=dict)
    credentials: int = 0
    files: int = 0
    written: int = 0
    between: tuple[Finding, ...] = ()
    further: tuple[Finding, ...] = ()
    left: list[str] = field(default_factory=list)  # earlier units that the next build makes again
    archive: Writer | None = None  # where credentials were looked at
    asks: dict[Ask, Ask] = field(default_factory=dict)  # each once: pages ask the same things

    def add(self, unit: Unit) -> None:
        """Take a unit."""
        asks = tuple(self.asks.setdefault(ask, ask) for ask in unit.asks)
        self.units[unit.key] = replace(unit, asks=asks)


@dataclass(slots=True)
class _Build:
    """One build: of all, or of what has changed."""

    request: BuildRequest
    output: Output
    state: State
    inputs: Inputs
    context: SiteContext
    answers: Answers
    log: StatusLog

    def anew(self) -> _Made:
        """Make a whole site."""
        made = _Made()
        shards: list[Shard] = [*file_shards(), *page_shards(self.context.plan.pages)]
        with self.output.replaced(self._stamp) as staging:
            plan = self._plan(staging.folder)
            stream = Stream(self.context.catalogue, self.log, None)
            with pool_of(plan, self._jobs(shards, stream), self.request.scheduler) as pool:
                for unit in _units(pool, shards):
                    made.add(unit)
                    staging.records.add(unit.records)
                index = WordIndex.of(self._course_pages)
                with index.making([staging.folder], self._most):
                    self._verify(made, stream, pool, staging.records.add)
            if self._indexed:
                _, records = index.write(staging.folder)
                made.add(Unit(_SEARCH, (), tuple(records.items())))
                staging.records.add(records.items())
            made.files = made.written = staging.records.count + 1
        return made

    def changed(self, head: Head, earlier: Units) -> _Made:
        """Make the units whose asks have other answers now, and those that are new; remove the
        files of those that are gone. Where too many credentials change, make a whole site.
        """
        stale = {ask for ask, said in earlier.answers.items() if self.answers.of(ask) != said}
        others, stream = earlier.is_stale(_ISSUED, stale), None
        if others or self.inputs.credentials != head.credentials:
            stream = self._stream(reuse=self.inputs.keys == head.keys and not others)
            if stream is None or max(len(stream.to_do), len(stream.gone)) > _MOST_HELD:
                return self.anew()
        made = _Made(credentials=head.report["credentials"], between=head.between)
        shards = self._stale_shards(made, earlier, stale)
        before = earlier.records_but(*made.units, *made.left, _SEARCH)
        with self.output.changed(self._stamp) as change:
            plan = self._plan(change.folder)
            asked = sum(len(asks) for key, asks in earlier.asks.items() if key not in made.units)
            jobs = self._jobs(shards, stream, asked)
            with pool_of(plan, jobs, self.request.scheduler) as pool:
                anew = list(_units(pool, shards))
                change.settle(before, dict(chain.from_iterable(unit.records for unit in anew)))
                change.refuse_shared(_names(made.units.values()))
                for unit in anew:
                    made.add(unit)
                with self._index_of(change, made, earlier):
                    self._verify_changed(made, stream, pool, change)
            made.files = head.report["files"] + change.more
            made.written = change.written
        return made

    def _stream(self, *, reuse: bool) -> Stream | None:
        """Return the credentials, those of before among them; None where it isn't known what these
        gave.
        """
        archive = self.state.issued()
        if archive is None:
            return None
        return Stream(self.context.catalogue, self.log, archive, reuse=reuse)

    def _stale_shards(self, made: _Made, earlier: Units, stale: set[Ask]) -> list[Shard]:
        """Return what is to be made; what isn't is taken over into `made`."""

        def is_stale(key: str) -> bool:
            if earlier.is_stale(key, stale):
                return True
            made.add(earlier.unit(key))
            return False

        groups = [
            shard
            for shard in file_shards()
            if is_stale(files_key(shard.group)) and not self._waits(made, earlier, shard.group)
        ]
        specs = [spec for spec in self.context.plan.pages if is_stale(page_key(spec))]
        if not earlier.is_stale(_ISSUED, stale):
            made.add(earlier.unit(_ISSUED))
        return [*groups, *page_shards(specs)]

    def _waits(self, made: _Made, earlier: Units, group: str) -> bool:
        """Tell whether a group of files is left to the next build. What is there of it stays."""
        if not self.request.pages_first or group not in FOR_MACHINES:
            return False
        for key in (files_key(group), _owed(group)):
            if key in earlier.records:
                made.add(Unit(_owed(group), (), earlier.records[key]))
                made.left.append(key)
                return True
        return False

    @contextmanager
    def _index_of(self, change: Change, made: _Made, earlier: Units) -> Iterator[None]:
        """Index the words of the course pages again, in the parts where one of them has changed."""
        before = dict(earlier.records.get(_SEARCH, ()))
        if not self._indexed:
            yield
            change.settle(before, {})
            return
        known = Earlier(self.output.folder, before, parts_of(_course_pages(earlier, before)))
        pages = self._course_pages
        changed = reworded(change.files.keys() & set(pages), self.output.folder, change.folder)
        index = WordIndex.of(pages, known, frozenset(changed))
        with index.making([change.folder, self.output.folder], self._most):
            yield
        if index.is_as_before:
            made.add(earlier.unit(_SEARCH))
            return
        kept, written = index.write(change.folder)
        made.add(Unit(_SEARCH, (), tuple(sorted({**kept, **written}.items()))))
        change.settle({name: d for name, d in before.items() if name not in kept}, written)

    def _verify_changed(
        self, made: _Made, stream: Stream | None, pool: Pool, change: Change
    ) -> None:
        if stream is None:
            made.further = tuple(pool.worker.audit.status_findings())
            self._stop(made.between + made.further)
            return
        after: dict[str, str] = {}
        self._verify(made, stream, pool, after.update)
        change.settle(stream.replaced(), after)

    def _verify(
        self, made: _Made, stream: Stream, pool: Pool, take: Callable[[Iterable[Record]], None]
    ) -> None:
        """Verify and write the credentials; stop at a fault."""
        with self.state.archiving() as writer:
            issued = stream.make(pool, writer, take)
        made.credentials, made.between, made.archive = issued.count, issued.between, writer
        asked = made.units.get(_ISSUED, Unit(_ISSUED, (), ())).asks
        made.add(Unit(_ISSUED, tuple(dict.fromkeys((*asked, *issued.asks))), ()))
        made.further = tuple(pool.worker.audit.status_findings())
        self._stop((*issued.findings, *made.between, *made.further))

    def keep(self, report: BuildReport, extra: tuple[str, ...], made: _Made) -> None:
        """Keep what the next build can use, unless a file was written during this one."""
        inputs = self.inputs
        asks = {key: unit.asks for key, unit in made.units.items()}
        records = {key: unit.records for key, unit in made.units.items()}
        answers = {ask: self.answers.of(ask) for ask in made.asks}
        try:
            if seen_of(self.request.project, self.context.theme.folders, extra) != inputs.seen:
                self.state.forget()
                return
            head = Head(
                environment=inputs.environment,
                credentials=inputs.credentials,
                keys=inputs.keys,
                whole="" if made.left else inputs.whole,
                manifest=digest_of_file(self.output.folder / urls.MANIFEST),
                extra=extra,
                report=kept_of(report),
                findings=report.findings,
                between=made.between,
            )
            self.state.save(head, Units(answers, asks, records), made.archive)
        except (OSError, MachineError):  # the site stands; the next build makes it anew
            self.state.forget()

    def _plan(self, folder: Path) -> BuildPlan:
        return BuildPlan(self.context, self.log, self.request.now, folder)

    @property
    def _stamp(self) -> Stamp:
        return Stamp(self.context.day.isoformat(), self.context.revision)

    @property
    def _indexed(self) -> bool:
        return self.request.search and bool(self.context.catalogue.courses)

    @property
    def _course_pages(self) -> list[str]:
        """The files whose words are indexed."""
        if not self._indexed:
            return []
        specs = self.context.plan.pages
        return [str(output_path(spec.path)) for spec in specs if spec.kind is PageKind.COURSE]

    @property
    def _most(self) -> int:
        """How many processes may work at once."""
        return self.request.jobs or processors()

    def _jobs(self, shards: Sequence[Shard], stream: Stream | None, asked: int = 0) -> int:
        """Return how many processes are worth their while: a small site is built before they
        begin. `asked` is how much was asked for the shards before, where that is known.
        """
        work = len(shards) + asked // _ASKS_OF_A_SHARD + (len(stream.to_do) if stream else 0)
        worth = max(1, work // _SHARDS_WORTH_A_PROCESS)
        if self.request.scheduler and not self.request.jobs:
            return worth
        return min(worth, self._most)

    def _stop(self, findings: tuple[Finding, ...]) -> None:
        stop_at_errors(findings, strict=self.request.strict)


def _units(pool: Pool, shards: Iterable[Shard]) -> Iterator[Unit]:
    for made in pool.made(shards):
        yield from made.units


def _owed(group: str) -> str:
    """Return under which key the files of a group are kept that the next build has to make."""
    return f"owed {group}"


def _names(units: Iterable[Unit]) -> Iterator[str]:
    return (name for unit in units for name, _ in unit.records)


def _course_pages(earlier: Units, index: Mapping[str, str]) -> Iterator[str]:
    """Yield the pages whose words an earlier index has."""
    for key, records in earlier.records.items():
        if index and is_course_page(key):
            yield records[0][0]
