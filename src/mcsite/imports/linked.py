"""Linked data as JSON-LD writes it in practice, read without its contexts: nothing is fetched.

A property is known by its short name, whatever prefix or address stands before it. A node may
stand where it is used, or elsewhere under its id.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mcsite.content.iso import is_language_tag
from mcsite.content.shapes import fields_of
from mcsite.content.source import Mapping as Fields
from mcsite.content.source import Node, Scalar, Sequence
from mcsite.imports.reading import Wanted, word

_LOCAL = re.compile(r".*[/#:]")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?")
_DURATION = re.compile(r"P(?:T)?(?:([0-9]+(?:\.[0-9]+)?)H)?(?:([0-9]+)M)?", re.IGNORECASE)


def local(name: str) -> str:
    """Return the last part of a name: "https://schema.org/Course", "schema:Course" → "Course"."""
    return name if name.startswith("@") else _LOCAL.sub("", name)


def items(node: Node | None) -> tuple[Node, ...]:
    """Return the values of a property, which is one, a list, or absent."""
    if node is None:
        return ()
    if isinstance(node, Fields) and node.entries.keys() & {"@list", "@set"}:
        return items(next(value for _, value in node.entries.values()))
    return node.items if isinstance(node, Sequence) else (node,)


def everything(root: Node, *, until: Callable[[Fields], bool] = lambda _: False) -> Iterator[Node]:
    """Yield every node, in the order of the document; what stands within those of `until` isn't."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Fields) and not until(node):
            waiting.extend(value for _, value in reversed(node.entries.values()))
        elif isinstance(node, Sequence):
            waiting.extend(reversed(node.items))


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph: `values` by short name, itself where it stands."""

    node: Node
    values: Mapping[str, Node]

    @property
    def id(self) -> str:
        """The address by which it is known; "" where it has none."""
        return self.text("@id") or self.text("id")

    @property
    def types(self) -> frozenset[str]:
        """Its classes, by short name. What "type" leads to, where it is a property, has none."""
        found = (*items(self.values.get("@type")), *items(self.values.get("type")))
        return frozenset(local(one.text) for one in found if isinstance(one, Scalar))

    def text(self, name: str) -> str:
        """Return the first plain text of a property; "" where there is none."""
        return next((s.text.strip() for s in self.scalars(name) if s.text.strip()), "")

    def scalars(self, *names: str) -> Iterator[Scalar]:
        """Yield the plain values of properties."""
        for name in names:
            for one in items(self.values.get(name)):
                found = plain(one)
                if found is not None and found.text.strip():
                    yield found


class Graph:
    """The things of a document, found by what they are and by their ids."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.by_id: dict[str, Fields] = {}
        for node in everything(root):
            if isinstance(node, Fields):
                name = thing(node).id
                known = self.by_id.get(name)
                if name and (known is None or len(node.entries) > len(known.entries)):
                    self.by_id[name] = node

    def things(self, *types: str) -> Iterator[Thing]:
        """Yield the things of these classes, each once, as it is told most fully; not those that
        stand within another: a course that is a prerequisite, a whole that something is part of.
        """
        wanted, seen = set(types), set[int]()
        for node in everything(self.root, until=lambda one: bool(thing(one).types & wanted)):
            if isinstance(node, Fields) and thing(node).types & wanted:
                whole = self.resolved(node)
                if id(whole.node) not in seen:
                    seen.add(id(whole.node))
                    yield whole

    def of(self, owner: Thing | None, *names: str) -> list[Thing]:
        """Return the things that properties lead to, by value or by id."""
        found = [one for name in names for one in items(owner.values.get(name) if owner else None)]
        return [self.resolved(one) for one in found]

    def first(self, owner: Thing | None, *names: str) -> Thing | None:
        """Return the first thing that properties lead to."""
        return next(iter(self.of(owner, *names)), None)

    def resolved(self, node: Node) -> Thing:
        """Return the thing that a node is or names."""
        name = node.text if isinstance(node, Scalar) else thing(node).id
        known = self.by_id.get(name)
        if known is not None and (
            isinstance(node, Scalar) or len(known.entries) > len(node_of(node))
        ):
            return thing(known)
        return thing(node)


def node_of(node: Node) -> Mapping[str, tuple[Scalar, Node]]:
    """Return the entries of a node; none of what isn't a mapping."""
    return node.entries if isinstance(node, Fields) else {}


def thing(node: Node) -> Thing:
    """Return a node by the short names of its properties. A plain value is its own id."""
    if isinstance(node, Scalar):
        return Thing(node, {"@id": node})
    return Thing(node, {local(name): value for name, (_, value) in node_of(node).items()})


def plain(node: Node) -> Scalar | None:
    """Return a plain value, which JSON-LD may write as {"@value": …}."""
    if isinstance(node, Fields) and "@value" in node.entries:
        node = node.entries["@value"][1]
    return node if isinstance(node, Scalar) else None


def words(values: Iterable[Node], wanted: Wanted) -> Fields | None:
    """Return a text by language: a plain one, {"@value", "@language"}, or by language tag. Of
    several in a language the first counts; languages that the site hasn't are left out, unless
    nothing would be left.
    """
    found: dict[str, Scalar] = {}
    for value in values:
        for tag, said in _texts(value, wanted):
            if said.text.strip():
                found.setdefault(_tag(tag, wanted), word(said.text.strip(), said))
    usual = {tag: said for tag, said in found.items() if tag in wanted.languages}
    shown = usual or found
    if not shown:
        return None
    ordered = [tag for tag in (*wanted.languages, *shown) if tag in shown]
    return fields_of({tag: shown[tag] for tag in ordered}, next(iter(shown.values())))


def _tag(tag: str, wanted: Wanted) -> str:
    """Return a language of the site for one that is the same but for its region."""
    primary = tag.split("-", maxsplit=1)[0].lower()
    return tag if tag in wanted.languages or primary not in wanted.languages else primary


def _texts(value: Node, wanted: Wanted) -> Iterator[tuple[str, Scalar]]:
    said = plain(value)
    if isinstance(value, Fields) and said is None:
        for tag, (_, inner) in value.entries.items():
            first = next(iter(items(inner)), None)
            if is_language_tag(tag) and isinstance(first, Scalar):
                yield tag, first
    elif said is not None:
        tag = thing(value).text("@language") if isinstance(value, Fields) else ""
        yield tag or wanted.language, said


def day_of(said: Scalar) -> Scalar:
    """Return the day of a moment."""
    found = _DAY.fullmatch(said.text.strip())
    return word(found[1], said) if found else said


def hours_of(said: Scalar) -> Scalar | None:
    """Return the hours of an ISO 8601 duration; None where it counts days, or isn't one."""
    found = _DURATION.fullmatch(said.text.strip())
    if found is None or not (found[1] or found[2]):
        return None
    hours = float(found[1] or 0) + int(found[2] or 0) / 60
    return word(f"{hours:.4f}".rstrip("0").rstrip("."), said)
