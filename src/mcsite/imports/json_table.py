"""A table from plain JSON: a list of objects whose fields are texts, numbers, or lists of them."""

from pathlib import PurePosixPath

from mcsite.content.source import Mapping, Node, Scalar, Sequence
from mcsite.imports.grid import MAX_COLUMNS, Cell, Grid, cleaned
from mcsite.imports.reading import MAX_COURSES, unreadable

_NOT_FLAT = "it is neither a text nor a list of texts"


def is_table(root: Node) -> bool:
    """Tell whether a document is a list of objects."""
    return isinstance(root, Sequence) and all(isinstance(one, Mapping) for one in root.items)


def read_json_table(root: Node, path: PurePosixPath) -> Grid:
    """Return the objects of a list as rows, their fields as columns, or raise Unreadable."""
    objects = (
        [one for one in root.items if isinstance(one, Mapping)]
        if isinstance(root, Sequence)
        else []
    )
    names = list(dict.fromkeys(name for one in objects for name in one.entries))
    if not names:
        raise unreadable(path, "should be a list of objects, a course each")
    if len(names) > MAX_COLUMNS or len(objects) > MAX_COURSES:
        raise unreadable(path, f"has more than {MAX_COURSES} objects or {MAX_COLUMNS} fields")
    first = objects[0]
    header = tuple(Cell(name, first.line, first.column, label="all objects") for name in names)
    rows = tuple(
        tuple(_cell(one, name, number) for name in names) for number, one in enumerate(objects, 1)
    )
    return Grid(path, header, rows, seen=False)


def _cell(one: Mapping, name: str, number: int) -> Cell:
    label = f"object {number}, {name!r}"
    if name not in one.entries:
        return Cell("", one.line, one.column, label=label)
    value = one.entries[name][1]
    several = value.items if isinstance(value, Sequence) else (value,)
    said = [item.text for item in several if isinstance(item, Scalar)]
    if len(said) < len(several):
        return Cell("", value.line, value.column, _NOT_FLAT, "leave it out with --ignore", label)
    text, fault = cleaned("\n".join(said))
    return Cell(text, value.line, value.column, fault, "delete it" if fault else "", label)
