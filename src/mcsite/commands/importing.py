"""mcsite import: courses from tables and linked data become files of the catalogue, or none does.

Read → find ids and providers → join with the files that are there → check → write. Every fault of
every row is reported before anything is written.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from mcsite.commands.import_plan import Planned, Planner, State
from mcsite.commands.import_providers import Providers
from mcsite.commands.project import need_catalogue
from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Finding, Severity, has_errors
from mcsite.imports.reading import MAX_BYTES, Reading, Unreadable, Wanted
from mcsite.imports.sources import read_courses
from mcsite.imports.table import default_entries
from mcsite.store.courses import write_courses


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What to import, and how.

    `renamed` are columns of theirs by our names, `defaults` values of ours for what is absent.
    With `drafts` courses may lack what Annex I asks for; with `update` files may be changed.
    """

    project: Path
    files: tuple[Path, ...]
    today: dt.date
    format: str = ""
    language: str = ""
    sheet: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    defaults: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False
    update: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of each course, and what they lack or lost."""

    courses: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    written: bool

    def count(self, state: State) -> int:
        """Return how many courses are in a state."""
        return sum(planned.state is state for planned in self.courses)


def import_courses(request: ImportRequest) -> ImportReport:
    """Write the courses of files into the catalogue.

    Raises ContentError with every fault of every row, and then nothing is written.
    """
    catalogue = project_of(request.project, today=request.today)
    wanted = _wanted(request, catalogue)
    readings = [_read(request, path, wanted) for path in request.files]
    _check_names(request, readings)
    planner = Planner(
        project=request.project,
        language=catalogue.site.default_language,
        languages=catalogue.site.languages,
        providers=Providers(catalogue.providers),
        pathways=catalogue.ids("pathways"),
        defaults=default_entries(request.defaults, wanted),
        drafts=request.drafts,
        update=request.update,
    )
    planned = planner.plan(readings)
    findings = _in_order([*_found(readings), *planner.findings])
    if has_errors(findings):
        raise ContentError("nothing was imported", findings=findings)
    files = {one.id: one.text for one in planned if one.state is not State.SAME}
    if files and not request.dry_run:
        write_courses(request.project, files)
    return ImportReport(
        courses=tuple(planned), findings=findings, written=bool(files) and not request.dry_run
    )


def project_of(project: Path, *, today: dt.date) -> Catalogue:
    """Return what can be read of a project; its courses may have faults, its site may not."""
    need_catalogue(project)
    loaded = load_catalogue(project, today=today)
    if loaded.readable is None:
        errors = [found for found in loaded.findings if found.severity is Severity.ERROR]
        raise ContentError("site.yaml has errors", findings=errors)
    return loaded.readable


def _wanted(request: ImportRequest, catalogue: Catalogue) -> Wanted:
    """Return how sources are to be read; UsageError where the site doesn't allow for it."""
    languages = catalogue.site.languages
    if request.language and request.language not in languages:
        known = ", ".join(languages)
        raise UsageError(f"the site has no language {request.language!r}", hint=f"it has {known}")
    wanted = Wanted(
        language=request.language or catalogue.site.default_language,
        languages=languages,
        chosen=bool(request.language),
        renamed=dict(request.renamed),
        ignored=request.ignored,
        sheet=request.sheet,
    )
    try:
        default_entries(request.defaults, wanted)
    except ValueError as fault:
        raise UsageError(f"--default: {fault}") from fault
    return wanted


def _read(request: ImportRequest, path: Path, wanted: Wanted) -> Reading:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES // 1024**2} MB", hint="split it")
    try:
        name = PurePosixPath(path.as_posix())
        return read_courses(data, name, wanted, request.defaults, request.format)
    except Unreadable as fault:
        return Reading(findings=(fault.finding,))


def _check_names(request: ImportRequest, readings: Iterable[Reading]) -> None:
    """Refuse names of columns that no table has: a misspelt one would pass unseen."""
    tables = [reading for reading in readings if reading.header]
    known = {name for reading in tables for name in reading.header}
    for option, names in (("--map", request.renamed), ("--ignore", request.ignored)):
        for name in names:
            if tables and name not in known:
                shown = ", ".join(filter(None, tables[0].header))
                raise UsageError(f"{option}: there is no column {name!r}", hint=f"it has {shown}")


def _found(readings: Iterable[Reading]) -> Iterable[Finding]:
    return (finding for reading in readings for finding in reading.findings)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by place; places that no file has come from the command itself."""
    at_fault = [found for found in findings if found.at.line < 1]
    for found in at_fault:
        raise UsageError(found.message, hint=found.hint)
    return tuple(sorted(findings, key=lambda found: (found.at, found.code)))
