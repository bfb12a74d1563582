"""mcsite build: load, check, plan, render, write. A build with errors writes nothing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.check import CheckReport, site_findings
from mcsite.content.catalogue import Catalogue
from mcsite.content.fields import split_url
from mcsite.content.load import load_catalogue
from mcsite.credentials.jcs import canonical
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.exports.feed import feed
from mcsite.exports.open_badges import achievement
from mcsite.exports.sitemap import robots, sitemap
from mcsite.exports.table import catalogue_csv, catalogue_json
from mcsite.findings import Finding, Severity
from mcsite.site import urls
from mcsite.site.assets import (
    CATALOGUE_ONLY,
    browser_strings,
    catalogue_assets,
    static_files,
    stylesheet,
)
from mcsite.site.context import SiteContext
from mcsite.site.headers import headers_file
from mcsite.site.plan import plan_site
from mcsite.site.render import Renderer
from mcsite.site.search import facet_table, write_word_index
from mcsite.site.theme import theme_of
from mcsite.site.trust import trust_files
from mcsite.site.urls import Urls, output_path
from mcsite.site.write import Staging, staged
from mcsite.store.audit import Audit
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.git import Repository
from mcsite.store.status_log import StatusLog, read_status_log


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build, and how."""

    project: Path
    output: Path
    base_url: str = ""  # where the site will stand; empty: as site.yaml says
    origin: str = ""  # for a preview: scheme and host; the base path stays as site.yaml says
    strict: bool = False
    search: bool = True
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
        for path, data in _files(context):
            staging.write(path, data)
        renderer = Renderer(context)
        for spec in context.plan.pages:
            staging.write(output_path(spec.path), renderer.page(spec))
        count, findings = _write_credentials(context, renderer, staging, request.now)
        found += findings
        _stop_at_errors(found, strict=request.strict)
        if request.search and loaded.catalogue.courses:
            write_word_index(staging.folder)
            staging.take_in("pagefind")
        files = len(staging.digests) + 1
    return BuildReport(
        pages=len(context.plan.pages),
        credentials=count,
        files=files,
        findings=found,
        base_path=context.urls.base_path,
        languages=context.languages,
    )


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
    return SiteContext(
        catalogue=catalogue,
        plan=plan_site(catalogue),
        urls=Urls(base_url),
        theme=theme_of(request.project),
        built_at=request.built_at,
        commit=Repository(request.project).commit(),
    )


def _files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield every file that isn't a page."""
    catalogue, languages = context.catalogue, context.languages
    base_url = context.urls.base_url
    yield urls.static("css/site.css"), stylesheet(context)
    yield urls.static("css/credential.css"), stylesheet(context, without=CATALOGUE_ONLY)
    yield from static_files(context)
    yield from browser_strings(context)
    yield from catalogue_assets(context)
    yield urls.CATALOGUE_CSV, catalogue_csv(catalogue, base_url)
    yield urls.CATALOGUE_JSON, catalogue_json(catalogue, base_url)
    yield urls.SITEMAP, sitemap(_sitemap_pages(context))
    yield urls.ROBOTS, robots(context.urls.absolute(urls.SITEMAP))
    yield "_headers", headers_file(context.urls.base_path, languages).encode()
    yield ".nojekyll", b""
    for language in languages:
        yield urls.facets(language), facet_table(context, language)
        yield urls.feed(language), feed(catalogue, language, context.built_at, base_url)
    for course in catalogue.courses.values():
        for number, language in enumerate(languages):
            path = urls.achievement(course.id, language if number else None)
            yield path, canonical(achievement(course, catalogue, language))
    yield from trust_files(catalogue)


def _sitemap_pages(context: SiteContext) -> Iterator[tuple[str, dict[str, str]]]:
    default = context.catalogue.site.default_language
    for spec in context.plan.pages:
        if not spec.indexed or not spec.path:
            continue
        rest = spec.path.removeprefix(f"{spec.language}/")
        alternates = {
            language: context.urls.absolute(f"{language}/{rest}") for language in context.languages
        }
        alternates["x-default"] = context.urls.absolute(f"{default}/{rest}")
        yield context.urls.absolute(spec.path), alternates


def _write_credentials(
    context: SiteContext, renderer: Renderer, staging: Staging, now: dt.datetime
) -> tuple[int, tuple[Finding, ...]]:
    """Verify and write every credential, one at a time; return their number and what is wrong."""
    audit = Audit(context.catalogue, now)
    log, _ = read_status_log(context.catalogue.root)
    findings: list[Finding] = []
    count = 0
    for item in read_batches(context.catalogue.root):
        found = item if isinstance(item, Finding) else audit.fault_of(item)
        if isinstance(item, StoredCredential) and found is None:
            count += 1
            if not findings:
                _write_credential(renderer, staging, item, log)
        elif found is not None:
            findings.append(found)
    findings.extend(audit.status_findings())
    return count, tuple(findings)


def _write_credential(
    renderer: Renderer, staging: Staging, stored: StoredCredential, log: StatusLog
) -> None:
    staging.write(output_path(urls.credential(stored.id)), renderer.credential(stored))
    if not stored.sealed:
        staging.write(urls.credential_json(stored.id), stored.text)
    notice = log.notice_of(stored.id)
    if notice is not None:
        staging.write(urls.status_notice(stored.id), canonical(notice))
