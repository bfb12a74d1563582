"""Joining what is newly said of a course with what its file says: nothing else is lost.

Both in whole form (`shapes.whole`). A text in one language leaves the others, a field of a part
its neighbours; an entry of a list that says no more than one that is there leaves that one.
"""

from collections.abc import Collection

from mcsite.content.markdown import render_markdown
from mcsite.content.shapes import Kind, Shape, fields_of
from mcsite.content.source import Mapping, Node, Scalar, Sequence

_ANY = Shape(Kind.WORD)


def changed_fields(
    there: Mapping, new: Mapping, shape: Shape, *, partial: Collection[str] = ()
) -> dict[str, Node]:
    """Return the fields in which `new` says other than `there`, each as it will be.

    `partial` are lists of which `new` may have only some entries.
    """
    found: dict[str, Node] = {}
    for name, (_, value) in new.entries.items():
        inner, known = shape.fields.get(name, _ANY), there.entries.get(name)
        if known is None:
            found |= {} if _is_default(value, inner) else {name: value}
        elif isinstance(value, Sequence) and isinstance(known[1], Sequence) and name in partial:
            unsaid = [
                one for one in value.items if not any(says(k, one, inner) for k in known[1].items)
            ]
            several = Sequence((*known[1].items, *unsaid), value.line, value.column)
            found |= {name: several} if unsaid else {}
        elif not says(known[1], value, inner):
            found[name] = joined(known[1], value, inner)
    return found


def says(there: Node, new: Node, shape: Shape = _ANY) -> bool:
    """Tell whether `there` says all that `new` says; what is absent has its default."""
    if isinstance(there, Scalar) and isinstance(new, Scalar):
        return _is_same(there.text, new.text)
    if isinstance(there, Mapping) and isinstance(new, Mapping):
        return all(
            _is_said_in(there, name, value, shape) for name, (_, value) in new.entries.items()
        )
    if isinstance(there, Sequence) and isinstance(new, Sequence):
        pairs = zip(there.items, new.items, strict=False)
        return len(there.items) == len(new.items) and all(says(*pair, shape) for pair in pairs)
    return False


def _is_said_in(there: Mapping, name: str, value: Node, shape: Shape) -> bool:
    inner = shape.fields.get(name, _ANY)
    if name in there.entries:
        return says(there.entries[name][1], value, inner)
    if shape.kind is Kind.WORDS:  # an export gives another language's text where one is missing
        return any(says(text, value) for _, text in there.entries.values())
    return _is_default(value, inner)


def _is_default(value: Node, shape: Shape) -> bool:
    return isinstance(value, Scalar) and bool(shape.default) and value.text == shape.default


def joined(there: Node, new: Node, shape: Shape = _ANY) -> Node:
    """Return `new`, with what `there` says beside it."""
    if isinstance(there, Mapping) and isinstance(new, Mapping):
        kept = {name: value for name, (_, value) in there.entries.items()}
        told = {
            name: joined(kept[name], value, shape.fields.get(name, _ANY)) if name in kept else value
            for name, (_, value) in new.entries.items()
        }
        return fields_of(kept | told, new)
    if isinstance(there, Sequence) and isinstance(new, Sequence):
        left = list(there.items)
        items = []
        for item in new.items:
            known = next((at for at, one in enumerate(left) if says(one, item, shape)), None)
            items.append(item if known is None else left.pop(known))
        return Sequence(tuple(items), new.line, new.column)
    return new


def _is_same(one: str, other: str) -> bool:
    """Tell whether two texts say the same: as they stand, or as Markdown with other line ends."""
    if one.strip() == other.strip():
        return True
    return render_markdown(one).split() == render_markdown(other).split()
