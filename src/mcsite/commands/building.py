"""What is asked of a build, and what it tells."""

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path

from mcsite.errors import ContentError
from mcsite.findings import Finding, stopping
from mcsite.site.inputs import Inputs, inputs_of
from mcsite.site.state import Head
from mcsite.site.theme import theme_of
from mcsite.store.git import Repository


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
    gallery: bool = False  # whether the theme's components are shown too
    clean: bool = False  # whether nothing is taken over from an earlier build
    pages_first: bool = False  # whether what only machines read may wait for the next build
    jobs: int = 0  # processes at most; 0: one a processor
    scheduler: str = ""  # address of a Dask cluster that does the work
    built_at: dt.datetime
    now: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What the site has, for which address, and the findings that didn't stop the build.

    `written` files are others than those of the site that was there.
    """

    pages: int
    credentials: int
    files: int
    written: int
    findings: tuple[Finding, ...]
    base_path: str
    languages: tuple[str, ...]


def digests_of(request: BuildRequest, extra: tuple[str, ...]) -> Inputs:
    """Return the digests of all that the site is made from."""
    flags = (request.search, request.images, request.gallery)
    options = [request.base_url, request.origin, *map(str, flags)]
    repository = Repository(request.project)
    commit = repository.commit()
    moment = [
        request.built_at.date().isoformat(),
        request.now.date().isoformat(),
        commit,
        *(repository.horizon() if commit else ()),  # courses are dated as far back as that
    ]
    return inputs_of(request.project, theme_of(request.project).folders, options, moment, extra)


def report_of(head: Head, *, written: int) -> BuildReport:
    """Return the report of a build from what is kept of it."""
    kept = head.report
    return BuildReport(
        pages=kept["pages"],
        credentials=kept["credentials"],
        files=kept["files"],
        written=written,
        findings=head.findings,
        base_path=kept["base_path"],
        languages=tuple(kept["languages"]),
    )


def kept_of(report: BuildReport) -> dict[str, object]:
    """Return what is kept of a report."""
    kept = asdict(report)
    del kept["findings"], kept["written"]
    return kept


def stop_at_errors(findings: tuple[Finding, ...], *, strict: bool) -> None:
    """Raise ContentError where findings stop a build; `strict` takes warnings for errors."""
    found = stopping(findings, strict=strict)
    if found:
        raise ContentError("nothing was written: mend these first", findings=found)
