"""mcsite check: everything that is wrong in a project; the build refuses on the same findings."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from time import sleep

from mcsite.commands.policy import PolicyReport, check_policy
from mcsite.commands.project import need_catalogue
from mcsite.content.catalogue import Catalogue
from mcsite.content.completeness import Completeness, of_catalogue
from mcsite.content.load import ISSUERS, Loaded, load_catalogue
from mcsite.content.rules.texts import further_texts_are_translated
from mcsite.errors import ContentError, UsageError
from mcsite.exports.lacking import lacking_for_europass, lacking_for_harvesters
from mcsite.findings import Finding, Severity, stopping
from mcsite.review.external import addresses_of, external_findings, external_links
from mcsite.review.translations import Coverage, coverage_of, stale_translations
from mcsite.site.findings import site_findings
from mcsite.store.audit import credential_findings
from mcsite.store.external_links import Ask, keep_outcomes, kept_outcomes, outcomes_of
from mcsite.store.git import Repository
from mcsite.store.https import HttpsClient
from mcsite.store.whole_proofs import WholeProofs


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How to ask for links to other sites; tests give their own server and clock."""

    ask: Ask
    wait: Callable[[float], None] = sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """What is reported beside that which a build finds too: every text that isn't translated, and
    every stale translation; what the change since a commit or branch may not do (`policy`); links
    to other sites that don't work.
    """

    translations: bool = False
    policy: str | None = None
    external: Asking | None = None


_NOTHING = Further()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings in order of place. `catalogue` is None where errors leave nothing to build from."""

    catalogue: Catalogue | None
    findings: tuple[Finding, ...]
    translations: tuple[Coverage, ...] = ()  # where they were asked for
    history: bool = True  # whether Git could say which translations are stale
    policy: PolicyReport | None = None  # where it was asked for


def check_project(
    project: Path,
    *,
    now: dt.datetime,
    paths: Sequence[Path] = (),
    further: Further = _NOTHING,
    fresh: bool = False,
    jobs: int = 1,
) -> CheckReport:
    """Read the content and the credentials of `project` and report on both.

    Everything is read; with `paths`, files and folders, only what was found in them is reported.
    `fresh` believes nothing that an earlier run kept. `jobs` are processes at most that verify
    credentials; 0: one a processor.
    """
    need_catalogue(project)
    wanted = [_in_project(path, project) for path in paths]
    loaded = load_catalogue(project, today=now.date())
    found = [*loaded.findings, *_further_findings(loaded, now, fresh=fresh, jobs=jobs)]
    coverage: tuple[Coverage, ...] = ()
    repository = Repository.of(project) if further.translations else None
    if further.translations:
        untranslated, coverage = _translations(loaded, repository)
        found += untranslated
    held = None if further.policy is None else check_policy(project, further.policy)
    if held is not None:
        found += held.findings
    if further.external is not None:
        found += _external_findings(loaded, further.external, now, fresh=fresh)
    if wanted:
        found = [one for one in found if any(one.at.path.is_relative_to(path) for path in wanted)]
    found.sort(key=lambda finding: (finding.at, finding.code))
    history = repository is not None
    return CheckReport(loaded.catalogue, tuple(found), coverage, history=history, policy=held)


def completeness_report(project: Path, *, now: dt.datetime) -> dict[str, Completeness]:
    """Return how complete each course is that is offered, those without errors; or raise
    ContentError where there is no site to speak of.
    """
    need_catalogue(project)
    loaded = load_catalogue(project, today=now.date())
    if loaded.readable is None:
        raise ContentError("the catalogue has errors", findings=stopping(loaded.findings))
    return of_catalogue(loaded.readable)


def _further_findings(
    loaded: Loaded, now: dt.datetime, *, fresh: bool, jobs: int
) -> Iterator[Finding]:
    """Yield what is wrong beside the content, as far as the content could be read."""
    if loaded.readable is None or loaded.places is None:
        return
    yield from site_findings(loaded.readable, loaded.places)
    yield from lacking_for_europass(loaded.readable, loaded.places)
    yield from lacking_for_harvesters(loaded.readable, loaded.places)
    issuers_at_fault = any(
        finding.at.path == ISSUERS and finding.severity is Severity.ERROR
        for finding in loaded.findings
    )
    if not issuers_at_fault:  # nobody knows yet who issued the credentials
        project = loaded.readable.root
        whole = WholeProofs() if fresh else WholeProofs.kept(project)
        yield from credential_findings(loaded.readable, now=now, whole=whole, jobs=jobs)
        whole.keep(project)


def _translations(
    loaded: Loaded, repository: Repository | None
) -> tuple[list[Finding], tuple[Coverage, ...]]:
    """Return what is missing beyond the first texts, what is stale, and how much there is."""
    catalogue, places = loaded.readable, loaded.places
    if catalogue is None or places is None:
        return [], ()
    stale = [*stale_translations(catalogue, places, repository)] if repository else []
    found = [*further_texts_are_translated(catalogue, places)]
    found += [one.finding(places) for one in stale]
    return found, coverage_of(catalogue, Counter(one.language for one in stale))


def _external_findings(
    loaded: Loaded, how: Asking, now: dt.datetime, *, fresh: bool
) -> Iterator[Finding]:
    catalogue, places = loaded.readable, loaded.places
    if catalogue is None or places is None:
        return
    links = external_links(catalogue)
    addresses, kept = addresses_of(catalogue, links), {} if fresh else kept_outcomes(catalogue.root)
    outcomes = outcomes_of(addresses, kept, ask=how.ask, now=now, wait=how.wait)
    keep_outcomes(catalogue.root, outcomes)
    yield from external_findings(places, links, outcomes)


def over_the_network() -> Asking:
    """Return how other sites are asked but in tests."""
    client = HttpsClient()
    return Asking(ask=client.ask)


def _in_project(path: Path, project: Path) -> PurePosixPath:
    """Return `path`, named from the project's folder or from this one, as findings name it."""
    root = project.resolve()
    for found in ((project / path).resolve(), path.resolve()):
        if found.exists() and found.is_relative_to(root):
            return PurePosixPath(found.relative_to(root).as_posix())
    raise UsageError(f"{path} isn't a file or folder of the project")
