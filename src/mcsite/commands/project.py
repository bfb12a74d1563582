"""A project's catalogue, for commands that need it to be free of errors; or its site alone."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from mcsite.content.catalogue import Catalogue
from mcsite.content.files import read_file
from mcsite.content.load import SITE, load_catalogue, load_issuers
from mcsite.content.models.site import Site
from mcsite.content.source import Mapping, SourceFault, read_source
from mcsite.content.validation import read_model
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Severity, has_errors


def catalogue_of(project: Path, *, today: dt.date) -> Catalogue:
    """Return the catalogue in `project`, or raise ContentError with everything that is wrong."""
    need_catalogue(project)
    loaded = load_catalogue(project, today=today)
    if loaded.catalogue is None:
        errors = [f for f in loaded.findings if f.severity is Severity.ERROR]
        raise ContentError("the catalogue has errors", findings=errors)
    return loaded.catalogue


def with_issuers_of_now(catalogue: Catalogue) -> Catalogue:
    """Return `catalogue` with what issuers.yaml says now, or raise ContentError. Who holds the
    project's credentials knows by it which keys may sign.
    """
    issuers, findings = load_issuers(catalogue.root, catalogue.site)
    if has_errors(findings):
        raise ContentError("credentials/issuers.yaml has errors", findings=findings)
    return replace(catalogue, issuers=issuers)


def site_of(project: Path) -> Site | None:
    """Return what a project's site.yaml says, without looking at the rest; None where it's
    missing or at fault, which `mcsite check` tells.
    """
    need_catalogue(project)
    try:
        node = read_source(read_file(project, SITE), SITE)
    except SourceFault:
        return None
    if not isinstance(node, Mapping):
        return None
    return read_model(Site, node, SITE, {"default_language": "en"})[0]


def need_catalogue(project: Path) -> None:
    """Refuse a folder that is no institution's repository."""
    if not (project / "catalogue").is_dir():
        raise UsageError(
            f"{project} has no folder catalogue/",
            hint="run mcsite in an institution's repository, or name it with --project",
        )
