"""mcsite build: load, check, plan, render, write. A build with errors writes nothing."""

import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.check import CheckReport
from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.credentials.did import did_web_parts
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.errors import ContentError, UsageError
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
from mcsite.site.urls import Urls, output_path
from mcsite.site.write import Staging, staged
from mcsite.store.audit import Audit, status_files
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.issuers import document_of
from mcsite.store.status_log import StatusLog, read_status_log


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build, and how."""

    project: Path
    output: Path
    base_url: str = ""  # where the site will stand; empty: as site.yaml says
    strict: bool = False
    search: bool = True
    built_at: dt.datetime
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: pages, credentials and files, and the findings that didn't stop it."""

    pages: int
    credentials: int
    files: int
    findings: tuple[Finding, ...]


def build_site(request: BuildRequest) -> BuildReport:
    """Build the site of a project, whole, or raise ContentError and leave the old one."""
    if not (request.project / "catalogue").is_dir():
        raise UsageError(f"{request.project} has no folder catalogue/")
    loaded = load_catalogue(request.project, today=request.now.date())
    _stop_at_errors(loaded.findings, strict=request.strict)
    if loaded.catalogue is None:
        raise ContentError("the catalogue has errors", findings=loaded.findings)
    context = _context(request, loaded.catalogue)
    with staged(request.output, request.project) as staging:
        for path, data in _files(context):
            staging.write(path, data)
        renderer = Renderer(context)
        for spec in context.plan.pages:
            staging.write(output_path(spec.path), renderer.page(spec))
        count, findings = _write_credentials(context, renderer, staging, request.now)
        found = (*loaded.findings, *findings)
        _stop_at_errors(found, strict=request.strict)
        if request.search:
            write_word_index(staging.folder)
            staging.take_in("pagefind")
        files = len(staging.digests) + 1
    return BuildReport(len(context.plan.pages), count, files, found)


def _stop_at_errors(findings: tuple[Finding, ...], *, strict: bool) -> None:
    if not CheckReport(None, findings).passes(strict=strict):
        stopping = [f for f in findings if strict or f.severity is Severity.ERROR]
        raise ContentError("nothing was written: mend these first", findings=stopping)


def _context(request: BuildRequest, catalogue: Catalogue) -> SiteContext:
    base_url = request.base_url.rstrip("/") or catalogue.site.base_url
    return SiteContext(
        catalogue=catalogue,
        plan=plan_site(catalogue),
        urls=Urls(base_url),
        theme=theme_of(request.project),
        built_at=request.built_at,
        commit=commit_of(request.project),
    )


def commit_of(project: Path) -> str:
    """Return the project's commit, "" where it isn't in Git."""
    try:
        done = subprocess.run(  # noqa: S603 -- no shell
            ["git", "-C", str(project), "rev-parse", "HEAD"],  # noqa: S607 -- wherever git is
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield every file that isn't a page."""
    catalogue, languages = context.catalogue, context.languages
    yield urls.static("css/site.css"), stylesheet(context)
    yield urls.static("css/credential.css"), stylesheet(context, without=CATALOGUE_ONLY)
    yield from static_files(context)
    yield from browser_strings(context)
    yield from catalogue_assets(context)
    yield urls.CATALOGUE_CSV, catalogue_csv(catalogue)
    yield urls.CATALOGUE_JSON, catalogue_json(catalogue)
    yield urls.SITEMAP, sitemap(_sitemap_pages(context))
    yield urls.ROBOTS, robots(context.urls.absolute(urls.SITEMAP))
    yield "_headers", headers_file(context.urls.base_path, languages).encode()
    yield ".nojekyll", b""
    for language in languages:
        yield urls.facets(language), facet_table(context, language)
        yield urls.feed(language), feed(catalogue, language, context.built_at)
    for course in catalogue.courses.values():
        for number, language in enumerate(languages):
            path = urls.achievement(course.id, language if number else None)
            yield path, canonical(achievement(course, catalogue, language))
    yield from _trust_files(context)


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


def _trust_files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield DID documents, status lists and the list of trusted issuers."""
    catalogue = context.catalogue
    own = did_path_prefix(catalogue.site.base_url)
    for issuer in catalogue.issuers:
        path = did_path(issuer.did, own)
        if path is not None:
            yield path, canonical(document_of(issuer))
    for signed in status_files(catalogue.root):
        yield f"status/{signed.name}", signed.read_bytes()
    yield urls.TRUSTED_ISSUERS, canonical(trusted_issuers(catalogue))


def did_path_prefix(base_url: str) -> tuple[str, str]:
    """Return host and path of a site."""
    host, _, path = base_url.split("://", 1)[-1].partition("/")
    return host, path


def did_path(did: str, own: tuple[str, str]) -> str | None:
    """Return where a DID's document stands on this site, None where it stands on another."""
    parts = did_web_parts(did)
    if parts is None or parts[0] != own[0]:
        return None
    if not parts[1]:
        return ".well-known/did.json" if not own[1] else None
    if parts[1] == own[1]:
        return "did.json"
    prefix = f"{own[1]}/" if own[1] else ""
    return f"{parts[1].removeprefix(prefix)}/did.json" if parts[1].startswith(prefix) else None


def trusted_issuers(catalogue: Catalogue) -> JsonObject:
    """Return /trust/issuers.json: the site's own issuers, then the lists that it relies on."""
    site = catalogue.site
    registries: list[JsonObject] = [
        {
            "name": dict(site.title.by_language),
            "url": site.base_url,
            "issuers": [
                {"id": issuer.did, "name": dict(issuer.name.by_language)}
                for issuer in catalogue.issuers
            ],
        }
    ]
    for registry in site.trust_registries:
        listed = json.loads((catalogue.root / registry.file).read_text("utf-8"))
        entry: JsonObject = {"name": dict(registry.name.by_language), "issuers": listed["issuers"]}
        if registry.url is not None:
            entry["url"] = registry.url
        registries.append(entry)
    return {"languages": list(site.languages), "registries": registries}


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
