"""mcsite build: load, check, plan, render, write. A build with errors writes nothing."""

import datetime as dt
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.check import CheckReport, site_findings
from mcsite.content.catalogue import Catalogue
from mcsite.content.fields import split_url
from mcsite.content.load import load_catalogue
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.findings import Finding, Severity
from mcsite.site.context import SiteContext
from mcsite.site.plan import plan_site
from mcsite.site.search import word_index
from mcsite.site.shards import CHUNK, PAGES, BuildPlan, file_shards, page_shards
from mcsite.site.theme import theme_of
from mcsite.site.urls import Urls
from mcsite.site.workers import Pool, processors, workers
from mcsite.site.write import Staging, staged
from mcsite.store.batches import Chunk, batch_files, chunks_of
from mcsite.store.git import Repository
from mcsite.store.history import dates_of
from mcsite.store.ledger import Ledger
from mcsite.store.status_log import read_status_log

_SHARDS_WORTH_A_PROCESS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build, and how."""

    project: Path
    output: Path
    base_url: str = ""  # where the site will stand; empty: as site.yaml says
    origin: str = ""  # for a preview: scheme and host; the base path stays as site.yaml says
    strict: bool = False
    search: bool = True
    images: bool = True  # whether pictures of shared pages are drawn
    jobs: int = 0  # processes at most; 0: one a processor
    built_at: dt.datetime
    now: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What was built, for which address, and the findings that didn't stop it."""

    pages: int
    credentials: int
    files: int
    findings: tuple[Finding, ...]
    base_path: str
    languages: tuple[str, ...]


def build_site(request: BuildRequest) -> BuildReport:
    """Build the site of a project, whole, or raise McsiteError and leave the old one."""
    _check_request(request)
    try:
        return _build(request)
    except OSError as error:
        raise MachineError(f"the build stopped, and the site is as before: {error}") from error


def _build(request: BuildRequest) -> BuildReport:
    loaded = load_catalogue(request.project, today=request.now.date())
    found = loaded.findings
    if loaded.catalogue is not None:
        found += tuple(site_findings(loaded.catalogue))
    _stop_at_errors(found, strict=request.strict)
    if loaded.catalogue is None:
        raise ContentError("the catalogue has errors", findings=found)
    context = _context(request, loaded.catalogue)
    with staged(request.output, request.project) as staging:
        log, _ = read_status_log(request.project)
        plan = BuildPlan(context, log, request.now, staging.folder)
        with workers(plan, _jobs(request, context)) as pool:
            for made in pool.made((*file_shards(), *page_shards(context.plan.pages))):
                staging.records.add(made.records)
            indexing = request.search and bool(context.catalogue.courses)
            with word_index(staging.folder) if indexing else nullcontext():
                count, findings = _credentials(plan, pool, staging)
        found += findings
        _stop_at_errors(found, strict=request.strict)
        if indexing:
            staging.take_in("pagefind")
        files = staging.records.count + 1
    return BuildReport(
        pages=len(context.plan.pages),
        credentials=count,
        files=files,
        findings=found,
        base_path=context.urls.base_path,
        languages=context.languages,
    )


def _jobs(request: BuildRequest, context: SiteContext) -> int:
    """Return how many processes are worth their while: a small site is built before they begin."""
    size = sum(path.stat().st_size for path in batch_files(request.project))
    shards = len(context.plan.pages) / PAGES + size / CHUNK
    return max(1, min(request.jobs or processors(), int(shards // _SHARDS_WORTH_A_PROCESS)))


def _check_request(request: BuildRequest) -> None:
    if not (request.project / "catalogue").is_dir():
        raise UsageError(
            f"{request.project} has no folder catalogue/",
            hint="run mcsite in an institution's repository, or name it with --project",
        )
    if request.base_url and not _is_address(request.base_url):
        raise UsageError(
            f"{request.base_url!r} can't be the address of a site",
            hint="https://, a host, and where needed a path",
        )


def _is_address(url: str) -> bool:
    """Tell whether a site can stand at `url`."""
    address = split_url(url)
    return (
        address is not None
        and address.scheme in ("http", "https")
        and not address.query
        and not address.fragment
        and {".", ".."}.isdisjoint(address.path.split("/"))
    )


def _stop_at_errors(findings: tuple[Finding, ...], *, strict: bool) -> None:
    if not CheckReport(None, findings).passes(strict=strict):
        stopping = [f for f in findings if strict or f.severity is Severity.ERROR]
        raise ContentError("nothing was written: mend these first", findings=stopping)


def _context(request: BuildRequest, catalogue: Catalogue) -> SiteContext:
    base_url = request.base_url.rstrip("/") or catalogue.site.base_url
    if request.origin:
        base_url = (request.origin + Urls(base_url).base_path).rstrip("/")
    repository = Repository(request.project)
    return SiteContext(
        catalogue=catalogue,
        plan=plan_site(catalogue),
        urls=Urls(base_url),
        theme=theme_of(request.project),
        built_at=request.built_at,
        commit=repository.commit(),
        images=request.images,
        dates=dates_of(repository, request.built_at),
    )


def _credentials(plan: BuildPlan, pool: Pool, staging: Staging) -> tuple[int, tuple[Finding, ...]]:
    """Verify and write every credential; return their number and what is wrong."""
    root = plan.context.catalogue.root
    ledger = Ledger(plan.log, plan.context.catalogue.site.base_url)
    cut = list(chunks_of(root, CHUNK))
    findings = [one for one in cut if isinstance(one, Finding)]
    chunks = [one for one in cut if isinstance(one, Chunk)]
    count = 0
    for chunk, made in zip(chunks, pool.made(chunks), strict=True):
        ledger.enter(chunk.path, made.entries)
        staging.records.add(made.records)
        findings.extend(made.findings)
        count += len(made.entries)
    findings.extend(pool.worker.audit.status_findings(ledger))
    return count, tuple(findings)
