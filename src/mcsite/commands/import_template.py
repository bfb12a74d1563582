"""mcsite import --template: a table to fill in, for the languages and providers of a project."""

import datetime as dt
import importlib
from pathlib import Path

from mcsite.commands.importing import project_of
from mcsite.errors import UsageError
from mcsite.imports.sources import needs_extra
from mcsite.imports.template import csv_template
from mcsite.store.atomic import write_atomically


def write_template(project: Path, path: Path, *, today: dt.date) -> Path:
    """Write a template, .csv or .xlsx; never over an existing file. Return its path."""
    catalogue = project_of(project, today=today)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(f"{path} is neither .csv nor .xlsx")
    if path.exists():
        raise UsageError(f"{path} exists already", hint="name a new file")
    languages, providers = catalogue.site.languages, tuple(sorted(catalogue.providers))
    if path.suffix.lower() == ".csv":
        data = csv_template(languages, providers)
    else:
        data = _workbook(languages, providers, today)
    write_atomically(path, data)
    return path


def _workbook(languages: tuple[str, ...], providers: tuple[str, ...], today: dt.date) -> bytes:
    """Return a workbook; the library for that is an extra."""
    try:
        workbooks = importlib.import_module("mcsite.imports.workbook_template")
    except ImportError as error:
        raise needs_extra(error) from error
    found: bytes = workbooks.workbook_template(languages, providers, today)
    return found
