"""The shape of a content file, as its model has it: what is a text, a list, a part with fields.

A value may be written in several ways (a list of one as the one, a part as its main field). Here
are the two that programs need: the whole form, in which values can be compared and joined, and the
brief one, which people write.
"""

import datetime as dt
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from mcsite.content.fields import Code
from mcsite.content.models.base import ContentModel
from mcsite.content.source import Mapping as Fields
from mcsite.content.source import Node, Scalar, Sequence
from mcsite.content.text import Text


class Kind(Enum):
    """What a value is, once it isn't a list."""

    WORDS = auto()  # a text in one or several languages
    WORD = auto()
    NUMBER = auto()
    DAY = auto()
    PART = auto()  # a mapping with fields of its own


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field holds. `fields` and `main`, the field that may stand for all, are of parts."""

    kind: Kind
    many: bool = False
    vocabulary: str = ""
    about: str = ""
    default: str = ""
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    main: str = ""
    required: tuple[str, ...] = ()

    def at(self, *way: str) -> "Shape":
        """Return the shape that a way of field names leads to."""
        found = self
        for step in way:
            found = found.fields[step]
        return found


@cache
def shape_of(model: type[ContentModel]) -> Shape:
    """Return the shape of a model, without the id that is its file's name."""
    infos = {info.alias or name: info for name, info in model.model_fields.items() if name != "id"}
    first = next(iter(infos))
    return Shape(
        Kind.PART,
        fields={
            name: _shape(
                Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation,
                about=info.description or "",
                default=info.default if isinstance(info.default, str) else "",
            )
            for name, info in infos.items()
        },
        main=first if model.short_form is not None else "",
        required=tuple(name for name, info in infos.items() if info.is_required()),
    )


def _shape(annotation: Any, *, about: str, default: str) -> Shape:
    parts = list(_parts(annotation))
    many = tuple in parts
    model = next((p for p in parts if isinstance(p, type) and issubclass(p, ContentModel)), None)
    if model is not None:
        inner = shape_of(model)
        return Shape(Kind.PART, many, "", about, default, inner.fields, inner.main, inner.required)
    code = next((part.vocabulary for part in parts if isinstance(part, Code)), "")
    return Shape(_kind(parts), many, code, about, default)


def _kind(parts: list[Any]) -> Kind:
    if Text in parts:
        return Kind.WORDS
    if Decimal in parts or int in parts:
        return Kind.NUMBER
    return Kind.DAY if dt.date in parts else Kind.WORD


def _parts(annotation: Any) -> Iterable[Any]:
    """Yield the types and annotations that an annotation is made of."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from annotation.__metadata__
        yield from _parts(annotation.__origin__)
    elif origin in (Union, types.UnionType, tuple):
        yield origin
        for argument in get_args(annotation):
            yield from _parts(argument)
    else:
        yield annotation


def whole(node: Node, shape: Shape, language: str) -> Node:
    """Return a value in its whole form: lists as lists, texts by language, parts with fields.

    `language` is the one of texts that don't say theirs. What fits no shape stays as it is.
    """
    if not shape.many:
        return _whole(node, shape, language)
    items = node.items if isinstance(node, Sequence) else (node,)
    return Sequence(tuple(_whole(one, shape, language) for one in items), node.line, node.column)


def _whole(node: Node, shape: Shape, language: str) -> Node:
    if shape.kind is Kind.WORDS and isinstance(node, Scalar):
        return fields_of({language: node}, node)
    if shape.kind is not Kind.PART or isinstance(node, Sequence):
        return node
    if isinstance(node, Scalar) or _is_text_of(node, shape):
        if not shape.main:
            return node
        node = fields_of({shape.main: node}, node)
    entries = {
        name: (key, whole(value, shape.fields[name], language) if name in shape.fields else value)
        for name, (key, value) in node.entries.items()
    }
    return Fields(entries, node.line, node.column)


def _is_text_of(node: Fields, shape: Shape) -> bool:
    """Tell whether a mapping is a text by language that stands for the part."""
    main = shape.fields.get(shape.main)
    return main is not None and main.kind is Kind.WORDS and not node.entries.keys() & shape.fields


def brief(node: Node, shape: Shape, language: str) -> Node:
    """Return a value in whole form as people write it, its fields in the documentation's order."""
    if not shape.many or not isinstance(node, Sequence):
        return _brief(node, shape, language)
    items = tuple(_brief(one, shape, language) for one in node.items)
    if len(items) == 1 and isinstance(items[0], Scalar) and shape.kind is not Kind.WORDS:
        return items[0] if shape.main != "text" else Sequence(items, node.line, node.column)
    return Sequence(items, node.line, node.column)


def _brief(node: Node, shape: Shape, language: str) -> Node:
    if not isinstance(node, Fields):
        return node
    if shape.kind is Kind.WORDS:
        alone = node.entries.keys() == {language}
        return node.entries[language][1] if alone else node
    if shape.kind is not Kind.PART:
        return node
    if shape.main and node.entries.keys() == {shape.main}:
        return _brief(node.entries[shape.main][1], shape.fields[shape.main], language)
    ordered = [name for name in shape.fields if name in node.entries]
    ordered += [name for name in node.entries if name not in shape.fields]
    entries = {name: node.entries[name] for name in ordered}
    return Fields(
        {
            name: (key, brief(value, shape.fields[name], language))
            if name in shape.fields
            else (key, value)
            for name, (key, value) in entries.items()
        },
        node.line,
        node.column,
    )


def fields_of(values: Mapping[str, Node], at: Node) -> Fields:
    """Return a mapping of these values that stands where `at` does."""
    entries = {
        name: (Scalar(name, True, value.line, value.column, 1), value)  # noqa: FBT003 -- as YAML has it
        for name, value in values.items()
    }
    return Fields(entries, at.line, at.column)
