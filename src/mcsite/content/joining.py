"""Joining what is newly said of a course with what its file says: nothing else is lost.

Both in whole form (`shapes.whole`). A text in one language leaves the others, a field of a part
its neighbours; an entry of a list that says no more than one that is there leaves that one.
"""

from mcsite.content.shapes import Shape, fields_of
from mcsite.content.source import Mapping, Node, Scalar, Sequence


def changed_fields(there: Mapping, new: Mapping, shape: Shape) -> dict[str, Node]:
    """Return the fields in which `new` says other than `there`, each as it will be."""
    return {
        name: joined(there.entries[name][1], value) if name in there.entries else value
        for name, (_, value) in new.entries.items()
        if not _is_said(there, name, value, shape)
    }


def _is_said(there: Mapping, name: str, value: Node, shape: Shape) -> bool:
    if name in there.entries:
        return says(there.entries[name][1], value)
    default = shape.fields[name].default if name in shape.fields else ""
    return isinstance(value, Scalar) and bool(default) and value.text == default


def says(there: Node, new: Node) -> bool:
    """Tell whether `there` says all that `new` says."""
    if isinstance(there, Scalar) and isinstance(new, Scalar):
        return _same(there.text) == _same(new.text)
    if isinstance(there, Mapping) and isinstance(new, Mapping):
        return all(
            name in there.entries and says(there.entries[name][1], value)
            for name, (_, value) in new.entries.items()
        )
    if isinstance(there, Sequence) and isinstance(new, Sequence):
        pairs = zip(there.items, new.items, strict=False)
        return len(there.items) == len(new.items) and all(says(*pair) for pair in pairs)
    return False


def joined(there: Node, new: Node) -> Node:
    """Return `new`, with what `there` says beside it."""
    if isinstance(there, Mapping) and isinstance(new, Mapping):
        kept = {name: value for name, (_, value) in there.entries.items()}
        told = {
            name: joined(kept[name], value) if name in kept else value
            for name, (_, value) in new.entries.items()
        }
        return fields_of(kept | told, new)
    if isinstance(there, Sequence) and isinstance(new, Sequence):
        left = list(there.items)
        items = []
        for item in new.items:
            known = next((number for number, one in enumerate(left) if says(one, item)), None)
            items.append(item if known is None else left.pop(known))
        return Sequence(tuple(items), new.line, new.column)
    return new


def _same(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
