"""Courses from MOOChub 3: attributes like schema.org's, each course within an envelope."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from mcsite.content.source import Mapping, Node, Scalar, Sequence
from mcsite.findings import Position
from mcsite.imports.drafting import Draft, reading_of
from mcsite.imports.linked import Graph, Thing, items, thing
from mcsite.imports.reading import Reading, Record, Wanted
from mcsite.imports.schema_org import drafted


def is_moochub(root: Node) -> bool:
    """Tell whether a document is MOOChub's: a list `data` of courses with attributes."""
    return next(_courses(root), None) is not None


def read_moochub(root: Node, path: PurePosixPath, wanted: Wanted) -> Reading:
    """Return the courses of a document, or raise Unreadable."""
    graph, at = Graph(root), Position(path)
    found = []
    for attributes in _courses(root):
        draft = Draft(wanted, at, attributes)
        fields = [
            code for one in graph.of(attributes, "educationalAlignment") for code in _codes(one)
        ]
        draft.put_list("field", draft.codes("isced-f", fields, "the field"))
        draft.put_part("workload", ects=next(attributes.scalars("numberOfCredits"), None))
        found.append((draft, _record(draft, graph)))
    return reading_of(found, at, "course (data, attributes)")


def _record(draft: Draft, graph: Graph) -> Record:
    """Return the record; MOOChub's credits are ECTS, which schema.org's reader needn't ask for."""
    told = {name: node for name, node in draft.source.values.items() if name != "numberOfCredits"}
    draft.source = Thing(draft.source.node, told)
    return drafted(draft, graph)


def _codes(alignment: Thing) -> list[Scalar]:
    """Return what a field of study is known by, where it is one of ISCED-F."""
    if "ISCED" not in alignment.text("educationalFramework"):
        return []
    return [*alignment.scalars("shortCode", "targetUrl")][:1]


def _courses(root: Node) -> Iterator[Thing]:
    data = thing(root).values.get("data")
    for entry in items(data) if isinstance(data, Sequence) else ():
        attributes = thing(entry).values.get("attributes")
        if isinstance(attributes, Mapping):
            yield thing(attributes)
