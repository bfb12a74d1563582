"""What an editor in the browser doesn't show as it stands: short forms, which mcsite reads and such
an editor doesn't.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mcsite.commands.editor import Cms, fields_of
from mcsite.commands.editor_fields import Field
from mcsite.content.files import read_file
from mcsite.content.load import SITE
from mcsite.content.models.site import Site
from mcsite.content.source import Mapping, Node, Scalar, Sequence, SourceFault, read_source
from mcsite.findings import Position

_KINDS = ("course", "provider", "pathway")


def short_forms(project: Path, site: Site, cms: Cms) -> Iterator[tuple[Position, str]]:
    """Yield where a file of the project has another form than the editor writes, and the field.

    Files that aren't YAML are left to mcsite check.
    """
    for kind in _KINDS:
        fields = fields_of(kind, site, cms)
        folder = project / "catalogue" / f"{kind}s"
        for path in sorted(folder.glob("*.yaml")):
            yield from _in_file(project, PurePosixPath("catalogue", f"{kind}s", path.name), fields)
    yield from _in_file(project, SITE, fields_of("site", site, cms))


def _in_file(
    project: Path, path: PurePosixPath, fields: list[Field]
) -> Iterator[tuple[Position, str]]:
    try:
        node = read_source(read_file(project, path), path)
    except SourceFault:
        return
    if isinstance(node, Mapping):
        for found, name in _in_mapping(node, fields):
            yield Position(path, found.line, found.column), name


def _in_mapping(node: Mapping, fields: list[Field]) -> Iterator[tuple[Node, str]]:
    for field in fields:
        if field["name"] in node.entries:
            value = node.entries[field["name"]][1]
            for found, name in _in_value(value, field):
                yield found, f"{field['name']}.{name}" if name else field["name"]


def _in_value(node: Node, field: Field) -> Iterator[tuple[Node, str]]:
    """Yield what has another form, with its name below the field's."""
    if field["widget"] == "object":
        yield from _in_object(node, field["fields"])
    elif field["widget"] == "list" or field.get("multiple"):
        if not isinstance(node, Sequence):
            yield node, ""
            return
        for item in node.items:
            if "fields" in field:
                yield from _in_object(item, field["fields"])
            elif not isinstance(item, Scalar):
                yield item, ""
    elif not isinstance(node, Scalar):
        yield node, ""


def _in_object(node: Node, fields: list[Field]) -> Iterator[tuple[Node, str]]:
    names = {field["name"] for field in fields}
    if isinstance(node, Mapping) and node.entries.keys() <= names:
        yield from _in_mapping(node, fields)
    else:
        yield node, ""
