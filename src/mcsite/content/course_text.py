"""The text of a course's file: a new one, or one in which some fields are changed and all else
stays as somebody wrote it, comments too.
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from mcsite.content.joining import says
from mcsite.content.models.course import Course
from mcsite.content.node_yaml import yaml_of
from mcsite.content.shapes import brief, fields_of, shape_of, whole
from mcsite.content.source import Mapping as Fields
from mcsite.content.source import Node, SourceFault, read_source

COURSE = shape_of(Course)
_OWED = "# {name}:   required: {why}\n"


def new_text(fields: Mapping[str, Node], owed: Mapping[str, str], language: str) -> str:
    """Return the text of a new file, its fields in the documentation's order.

    `owed` are required fields that are missing, with what they are: each is a comment.
    """
    lines = []
    for name in COURSE.fields:
        if name in fields:
            lines.append(_lines(name, fields[name], language))
        elif name in owed:
            lines.append(_OWED.format(name=name, why=owed[name]))
    return "".join(lines)


def changed_text(text: str, changed: Mapping[str, Node], language: str) -> str:
    """Return the text of a file with fields changed or added.

    Where the file is laid out so that a field can't be told from the next, all of it is written
    anew, and its comments are lost.
    """
    before = course_node(text)
    kept = {name: node for name, (_, node) in before.entries.items()}
    after = fields_of(kept | dict(changed), before)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    made = "".join(_edited(lines, before, changed, language))
    if _holds(made, after, language):
        return made
    return new_text({name: node for name, (_, node) in after.entries.items()}, {}, language)


def course_node(text: str) -> Fields:
    """Return the fields of a course's file; none where it isn't one."""
    try:
        node = read_source(text.encode(), PurePosixPath("course.yaml"))
    except SourceFault as fault:
        node = fault.node
    return node if isinstance(node, Fields) else Fields({}, 1, 1)


def _lines(name: str, node: Node, language: str) -> str:
    shape = COURSE.fields[name]
    return yaml_of(name, brief(whole(node, shape, language), shape, language), shape)


def _holds(text: str, wanted: Fields, language: str) -> bool:
    """Tell whether a text has these fields and no others."""
    found = course_node(text)
    if found.entries.keys() != wanted.entries.keys():
        return False
    for name in COURSE.fields.keys() & wanted.entries.keys():
        shape = COURSE.fields[name]
        made, meant = (whole(one.entries[name][1], shape, language) for one in (found, wanted))
        if not (says(made, meant) and says(meant, made)):
            return False
    return True


def _edited(
    lines: list[str], before: Fields, changed: Mapping[str, Node], language: str
) -> Iterable[str]:
    """Yield the lines of a file, those of changed fields made anew, new ones where they belong."""
    starts = {name: key.line - 1 for name, (key, _) in before.entries.items()}
    ends = dict(zip(starts, _ends(lines, list(starts.values())), strict=True))
    new = [name for name in COURSE.fields if name in changed and name not in starts]
    placed: dict[str, list[str]] = {}
    for name in new:
        placed.setdefault(_before(name, starts), []).append(_lines(name, changed[name], language))
    promised = tuple(f"# {name}:   required:" for name in changed)
    head = min(starts.values(), default=len(lines))
    yield from (line for line in lines[:head] if not line.startswith(promised))
    yield from placed.get("", [])
    for number, name in enumerate(starts):
        last = ends[name]
        following = list(starts.values())[number + 1] if number + 1 < len(starts) else len(lines)
        own = (
            [_lines(name, changed[name], language)]
            if name in changed
            else lines[starts[name] : last]
        )
        yield from own
        yield from placed.get(name, [])
        yield from (line for line in lines[last:following] if not line.startswith(promised))


def _ends(lines: list[str], starts: list[int]) -> Iterable[int]:
    """Yield where each field ends: before comments and empty lines that lead to the next one."""
    for start, limit in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = limit
        while end > start + 1 and (lines[end - 1].startswith("#") or not lines[end - 1].strip()):
            end -= 1
        yield end


def _before(name: str, starts: Mapping[str, int]) -> str:
    """Return the field after which a new one belongs; "" for the beginning."""
    order = list(COURSE.fields)
    earlier = [one for one in order[: order.index(name)] if one in starts]
    return earlier[-1] if earlier else ""
