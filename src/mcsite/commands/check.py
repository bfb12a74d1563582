"""mcsite check: everything that is wrong in a project; the build refuses on the same findings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.findings import Finding, Severity
from mcsite.site.pictures import picture_findings
from mcsite.site.trust import registry_findings
from mcsite.store.audit import credential_findings


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings in order of place. `catalogue` is None where errors leave nothing to build from."""

    catalogue: Catalogue | None
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        return dict(Counter(finding.severity for finding in self.findings))

    def passes(self, *, strict: bool) -> bool:
        """Tell whether a build may go on; `strict` takes warnings for errors."""
        stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return not stopping & self.counts.keys()


def check_project(project: Path, *, now: dt.datetime) -> CheckReport:
    """Read the content and the credentials of `project` and report on both."""
    loaded = load_catalogue(project, today=now.date())
    if loaded.catalogue is None:
        return CheckReport(None, loaded.findings)
    catalogue = loaded.catalogue
    found = (
        *loaded.findings,
        *site_findings(catalogue),
        *credential_findings(catalogue, now=now),
    )
    return CheckReport(catalogue, found)


def site_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what is wrong with files that a site takes over as they are."""
    yield from picture_findings(catalogue.root)
    yield from registry_findings(catalogue)


def below(findings: tuple[Finding, ...], paths: list[str]) -> tuple[Finding, ...]:
    """Return the findings in the named files and folders; all where none is named."""
    if not paths:
        return findings
    return tuple(
        finding
        for finding in findings
        if any(finding.at.path.is_relative_to(path.rstrip("/")) for path in paths)
    )
