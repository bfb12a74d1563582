"""A project's catalogue, for commands that need it to be free of errors."""

import datetime as dt
from pathlib import Path

from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Severity


def catalogue_of(project: Path, *, today: dt.date) -> Catalogue:
    """Return the catalogue in `project`, or raise ContentError with everything that is wrong."""
    if not (project / "catalogue").is_dir():
        raise UsageError(
            f"{project} has no folder catalogue/",
            hint="run mcsite in an institution's repository, or name it with --project",
        )
    loaded = load_catalogue(project, today=today)
    if loaded.catalogue is None:
        errors = [f for f in loaded.findings if f.severity is Severity.ERROR]
        raise ContentError("the catalogue has errors", findings=errors)
    return loaded.catalogue
