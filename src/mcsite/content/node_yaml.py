"""Nodes as YAML, written as a person would: block style, texts of several lines as literal blocks.

What is written here, `content.source` reads as the same; quotes stand where YAML, or another
program that reads it, would take a text for something else.
"""

import json
import re

from mcsite.content.shapes import Kind, Shape
from mcsite.content.source import Mapping, Node, Scalar, Sequence

_LINE_ENDS = re.compile(r"\r\n?")
# beginnings and insides that mean something to YAML
_PLAIN = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`~=<+.0-9][^\n]*|[0-9.+][^\n]*|-[^\s-][^\n]*""")
_MEANS = re.compile(r":(\s|$)|\s#|[\t\x7f-\x9f\u2028\u2029\ufeff]|^---|^\.\.\.")
# what YAML 1.1 or 1.2 takes for a number, a date, a truth or nothing
_NO_TEXT = re.compile(
    r"[-+.]?[0-9][0-9a-fA-FxXoO_:.,+eETZ-]*|[-+]?\.(inf|nan)|y|n|yes|no|on|off|true|false|null|~",
    re.IGNORECASE,
)
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_IN_FLOW = re.compile(r"[\w./+-]+", re.ASCII)
_FLOW_WIDTH = 90
_WORD = Shape(Kind.WORD)


def yaml_of(name: str, node: Node, shape: Shape) -> str:
    """Return the lines of a field at the top of a file; each ends with a line end."""
    return _field(name, node, shape, 0)


def _field(name: str, node: Node, shape: Shape, indent: int) -> str:
    return f"{' ' * indent}{_key(name)}:{_value(node, shape, indent)}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][\w-]*", name, re.ASCII) else _quoted(name)


def _value(node: Node, shape: Shape, indent: int) -> str:
    """Return what follows a field's colon."""
    if isinstance(node, Scalar):
        return f" {_scalar(node.text, shape, indent + 2)}\n"
    if isinstance(node, Mapping):
        return _block(node, shape, indent + 2) if node.entries else " {}\n"
    if not node.items:
        return " []\n"
    return _in_line(node, shape) or "\n" + "".join(
        _item(item, shape, indent + 2) for item in node.items
    )


def _block(node: Mapping, shape: Shape, indent: int) -> str:
    return "\n" + "".join(_fields(node, shape, indent))


def _fields(node: Mapping, shape: Shape, indent: int) -> list[str]:
    """Return the fields of a part, or a text in each of its languages."""
    inner = Shape(Kind.WORDS) if shape.kind is Kind.WORDS else _WORD
    return [
        _field(name, value, shape.fields.get(name, inner), indent)
        for name, (_, value) in node.entries.items()
    ]


def _in_line(node: Sequence, shape: Shape) -> str:
    """Return a list of short words as [a, b]; "" where it isn't one."""
    words = [
        _scalar(item.text, shape, 0)
        for item in node.items
        if isinstance(item, Scalar) and _IN_FLOW.fullmatch(item.text)
    ]
    line = f" [{', '.join(words)}]\n"
    short = len(words) == len(node.items) and len(line) <= _FLOW_WIDTH
    return line if short and shape.kind is not Kind.WORDS and shape.main != "text" else ""


def _item(node: Node, shape: Shape, indent: int) -> str:
    dash = f"{' ' * indent}- "
    if isinstance(node, Scalar):
        return f"{dash}{_scalar(node.text, shape, indent + 2)}\n"
    if isinstance(node, Mapping) and node.entries:
        return dash + "".join(_fields(node, shape, indent + 2))[indent + 2 :]
    return f"{dash}{_value(node, shape, indent).lstrip()}"


def _scalar(text: str, shape: Shape, indent: int) -> str:
    text = _LINE_ENDS.sub("\n", text)
    if shape.main:
        return _scalar(text, shape.fields[shape.main], indent)
    if "\n" in text:
        return _several_lines(text, indent)
    plain = bool(_PLAIN.fullmatch(text)) and not _MEANS.search(text) and text == text.strip()
    if plain and shape.kind not in (Kind.NUMBER, Kind.DAY):
        plain = not _NO_TEXT.fullmatch(text)
    return text if plain else _quoted(text)


def _several_lines(text: str, indent: int) -> str:
    """Return a literal block; quotes where a block can't hold the text as it is."""
    said = text.removesuffix("\n")
    if said != said.strip() or _ESCAPED.search(said):
        return _quoted(text)
    lines = (f"{' ' * indent}{line}" if line else "" for line in said.split("\n"))
    return "|\n" + "\n".join(lines)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
