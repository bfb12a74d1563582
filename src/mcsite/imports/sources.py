"""Which format a file is in, and its reader."""

import importlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from mcsite.content.source import Node
from mcsite.errors import UsageError
from mcsite.imports.comma_separated import read_csv
from mcsite.imports.elm import read_elm
from mcsite.imports.grid import Grid
from mcsite.imports.json_nodes import read_json
from mcsite.imports.json_table import is_table, read_json_table
from mcsite.imports.linked import Graph
from mcsite.imports.markup import linked_data_of
from mcsite.imports.moochub import is_moochub, read_moochub
from mcsite.imports.reading import Reading, Wanted, unreadable
from mcsite.imports.schema_org import read_schema_org
from mcsite.imports.table import read_table

FORMATS = ("csv", "xlsx", "schema.org", "elm", "moochub", "json")
_ELM = ("LearningOpportunity", "Qualification", "LearningAchievementSpecification")
_TABLES = (".csv", ".tsv", ".txt")
_JSON = (".json", ".jsonld")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_courses(
    data: bytes, path: PurePosixPath, wanted: Wanted, defaults: Mapping[str, str], name: str = ""
) -> Reading:
    """Return the courses of a file. `name` is its format; without it, the content tells.

    Raises Unreadable where the file isn't of that format.
    """
    kind = name or _kind_of(data, path)
    match kind:
        case "csv":
            return read_table(read_csv(data, path), wanted, defaults)
        case "xlsx":
            return read_table(_workbook(data, path, wanted.sheet), wanted, defaults)
        case _:
            text, language = _json_of(data, path)
            if language in wanted.languages and not wanted.chosen:
                wanted = replace(wanted, language=language)
            return _of_json(read_json(text, path), path, wanted, defaults, name)


def _kind_of(data: bytes, path: PurePosixPath) -> str:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if data.startswith(_OLD_EXCEL):
        hint = "open it in a spreadsheet program and save it as .xlsx"
        raise unreadable(path, "is a workbook of the old kind (.xls)", hint=hint)
    if data.startswith(b"PK"):
        return "xlsx"
    ending = path.suffix.lower()
    if ending in _TABLES or (ending not in _JSON and start not in (b"{", b"[", b"<")):
        return "csv"
    return "json"


def _workbook(data: bytes, path: PurePosixPath, sheet: str) -> Grid:
    """Read a workbook; the library for that is an extra."""
    try:
        workbooks = importlib.import_module("mcsite.imports.workbook")
    except ImportError as error:
        raise needs_extra(error) from error
    found: Grid = workbooks.read_workbook(data, path, sheet)
    return found


def needs_extra(error: ImportError) -> UsageError:
    """Return what to say where the libraries for workbooks aren't installed."""
    return UsageError(
        f"workbooks (.xlsx) need a library that isn't installed: {error.name}",
        hint="pip install 'mcsite[xlsx]', or save the table as CSV UTF-8",
    )


def _json_of(data: bytes, path: PurePosixPath) -> tuple[bytes, str]:
    """Return the JSON of a file, and its language: of a page, the linked data that it carries."""
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return data, ""
    try:
        text, language = linked_data_of(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise unreadable(path, "the page isn't UTF-8") from fault
    if not text:
        raise unreadable(path, "the page carries no linked data (application/ld+json)")
    return text.encode(), language


def _of_json(
    root: Node, path: PurePosixPath, wanted: Wanted, defaults: Mapping[str, str], name: str
) -> Reading:
    match name or _kind_of_json(root):
        case "elm":
            return read_elm(root, path, wanted)
        case "moochub":
            return read_moochub(root, path, wanted)
        case "json":
            return read_table(read_json_table(root, path), wanted, defaults)
        case _:
            return read_schema_org(root, path, wanted)


def _kind_of_json(root: Node) -> str:
    if is_moochub(root):
        return "moochub"
    graph = Graph(root)
    if next(graph.things(*_ELM), None) is not None:
        return "elm"
    linked = next(graph.things("Course"), None) is not None
    return "json" if is_table(root) and not linked else "schema.org"
