"""YAML, read to nodes with positions: the one door to PyYAML (docs/decisions/0010).

Accepts the plain part of YAML 1.1: mappings, lists and scalars. Size, characters and depth are
checked before anything recursive sees a file. Scalars stay as written: a model's field gives them
meaning. Most files have nothing to be reported at a place: `plain_values` reads those without any.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeAlias, Union

import yaml

from mcsite import conflicts
from mcsite.findings import Finding, Position, Severity

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\ufeff\ufffe\uffff]"
)
_NOT_YAML = "check indentation, quotes and colons near here"
_COMMA = "inside { } and [ ] a comma ends a text: put a text that has commas in quotes"
_BEGINNINGS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_TEXT = frozenset({str})
NOTHING = frozenset({"", "~", "null"})  # what a field without a value says, where not in quotes
# what the parser says → what it means to the writer of a course, and what to do
_PROBLEMS = {
    "mapping values are not allowed in this context": (
        "a colon here can't begin a value",
        "put a text that has colons in quotes, or indent the line as those around it",
    ),
    "block sequence entries are not allowed in this context": (
        "a list can't begin here",
        "write each item on a line of its own, indented, below the field's name",
    ),
    "did not find expected ',' or '}'": ("{ isn't closed, or a comma is missing", _COMMA),
    "did not find expected ',' or ']'": ("[ isn't closed, or a comma is missing", _COMMA),
    "did not find expected key": (
        "a field's name should stand here",
        "indent as above; within '…' an apostrophe is written twice, or use \"…\"",
    ),
    "found unexpected end of stream": ("a quote isn't closed", "close it where the text ends"),
    "found character that cannot start any token": (
        "a text can't begin with this character, nor a line with a tab",
        "put the text in quotes; indent with spaces",
    ),
    "could not find expected ':'": (
        "a field's name has no colon",
        "write the colon and the value, or indent the line as a part of the text above",
    ),
}
# those that the parser meets in a later line than the one to mend, where a bracket or quote began
_BEGUN = (
    "did not find expected ',' or '}'", "did not find expected ',' or ']'",
    "found unexpected end of stream",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as written. `plain` is False where it stood in quotes or in a block."""

    text: str
    plain: bool
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the file's order."""

    entries: dict[str, tuple[Scalar, "Node"]]
    line: int
    column: int


Node: TypeAlias = Union[Scalar, Sequence, Mapping]  # noqa: UP007 -- the classes name it before


# a node without its places; a Scalar stands only where nothing is written
Value: TypeAlias = Union[str, Scalar, tuple["Value", ...], dict[str, "Value"]]  # noqa: UP007 -- as above


class SourceFault(Exception):
    """A file isn't YAML that mcsite reads, for every reason in `findings`.

    `node` is what could be read all the same, so that the rest of the file can be checked.
    """

    def __init__(self, *findings: Finding, node: "Node | None" = None) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings
        self.node = node

    @property
    def finding(self) -> Finding:
        """The first of the findings."""
        return self.findings[0]


def read_source(data: bytes, path: PurePosixPath, *, max_bytes: int = MAX_BYTES) -> Node | None:
    """Return the node that a file holds, None where it holds nothing; or raise SourceFault."""
    check_size(data, path, max_bytes)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise fault_in(path, "MC102", "the file isn't UTF-8", line,
                     hint="save it as UTF-8 in your editor") from error  # fmt: skip
    found = _UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        code = f"U+{ord(found.group()):04X}"
        raise fault_in(path, "MC103", f"the character {code} isn't text", line, column,
                     hint="delete it; it may be invisible in your editor")  # fmt: skip
    _refuse_conflict(text, path, certain=True)
    return _Builder(path).build(text)


def _refuse_conflict(text: str, path: PurePosixPath, *, certain: bool) -> None:
    """Raise SourceFault where a merge conflict was left, which in quotes can be good YAML."""
    line = conflicts.marked_line(text, certain=certain)
    if line:
        raise fault_in(path, "MC111", conflicts.WHAT, line, hint=conflicts.hint_for(path))


def value_of(node: Node) -> Value:
    """Return a node without its places, for a model to read."""
    if isinstance(node, Scalar):
        return node if node.plain and node.text in NOTHING else node.text
    if isinstance(node, Mapping):
        return {key: value_of(value) for key, (_, value) in node.entries.items()}
    return tuple(value_of(item) for item in node.items)


def plain_values(data: bytes) -> dict[str, Value] | None:
    """Return what value_of(read_source(data)) is, where that is a mapping, in a third of the time.

    None where anything is odd, a field without a value too: read_source says what it is, and where.
    """
    try:
        text = data.decode("utf-8-sig") if len(data) <= MAX_BYTES else "\0"
    except UnicodeDecodeError:
        return None
    if conflicts.BEGINNING in text or _UNPRINTABLE.search(text):
        return None
    loader = _LOADER(text)
    try:
        found = _plain_values(loader)
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()
    return found[0] if len(found) == 1 and isinstance(found[0], dict) else None


def _plain_values(loader: Any) -> list[Value]:
    """Return the values of the documents that hold one; none at the first odd thing."""
    around: list[list[Value]] = []  # of the collections around the innermost open one
    values: list[Value] = []  # of that one, or the documents themselves
    for event in iter(loader.get_event, None):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if _is_odd(event):
                return []
            values.append(event.value)
        elif kind in _BEGINNINGS:
            if event.anchor is not None or event.tag is not None or len(around) >= MAX_DEPTH:
                return []
            around.append(values)
            values = []
        elif kind in _ENDS:
            made = tuple(values) if kind is yaml.SequenceEndEvent else _plain_mapping(values)
            if made is None:
                return []
            values = around.pop()
            values.append(made)
    return values


def _is_odd(event: Any) -> bool:
    """Tell whether a scalar has a tag, an anchor, no value, or an escape that isn't text."""
    if event.tag is not None or event.anchor is not None:
        return True
    if not event.style:
        return event.value in NOTHING
    return event.style == '"' and _UNPRINTABLE.search(event.value) is not None


def _plain_mapping(items: "list[Value]") -> "dict[str, Value] | None":
    """Return keys and values that alternate as a mapping; None where a key is odd or twice."""
    keys: list[Any] = items[::2]
    if not _TEXT.issuperset(map(type, keys)):
        return None
    made: dict[str, Value] = dict(zip(keys, items[1::2], strict=True))
    return None if len(made) < len(keys) or "<<" in made else made


def strange_character(text: str) -> str:
    """Return the code of the first character that isn't text, which no file may hold: "U+0007"."""
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def check_size(data: bytes, path: PurePosixPath, max_bytes: int) -> None:
    """Raise SourceFault where there is more data than a file may hold."""
    if len(data) > max_bytes:
        raise fault_in(path, "MC101", f"the file is larger than {max_bytes // 1024} KB",
                       hint="split it, or move long texts out of it")  # fmt: skip


def fault_in(
    path: PurePosixPath, code: str, message: str, line: int = 1, column: int = 1, *, hint: str = ""
) -> SourceFault:
    """Return the fault of one error at a place of a file."""
    return SourceFault(
        Finding(
            at=Position(path, line, column),
            code=code,
            severity=Severity.ERROR,
            message=message,
            hint=hint,
        )
    )


class _Builder:
    """Builds nodes from the parser's events, without recursion."""

    def __init__(self, path: PurePosixPath) -> None:
        self.path = path
        # open collections: (start event, items so far); a mapping's items alternate key and value
        self.stack: list[tuple[yaml.CollectionStartEvent, list[Node]]] = []
        self.items: list[Node] = []  # of the innermost open collection, or the document itself
        self.root = self.items
        self.documents = 0
        self.findings: list[Finding] = []

    def build(self, text: str) -> Node | None:
        loader = _LOADER(text)
        try:
            while (event := loader.get_event()) is not None:
                self._take(event)
        except yaml.YAMLError as error:
            _refuse_conflict(text, self.path, certain=False)
            raise self._not_yaml(error) from error
        finally:
            loader.dispose()
        node = self.root[0] if self.root else None
        if self.findings:
            raise SourceFault(*self.findings, node=node)
        return node

    def _not_yaml(self, error: yaml.YAMLError) -> SourceFault:
        if not isinstance(error, yaml.MarkedYAMLError):
            return self._fault("MC104", f"not YAML: {error}", 1, 1, hint=_NOT_YAML)
        mark, begun = error.problem_mark or error.context_mark, error.context_mark
        if begun and mark and begun.line < mark.line and error.problem in _BEGUN:
            mark = begun
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem, hint = _PROBLEMS.get(error.problem or "", (error.problem, _NOT_YAML))
        return self._fault("MC104", f"not YAML: {problem}", line, column, hint=hint)

    def _fault(
        self, code: str, message: str, line: int, column: int, *, hint: str = ""
    ) -> SourceFault:
        return fault_in(self.path, code, message, line, column, hint=hint)

    def _refused(self, event: yaml.Event, what: str, hint: str) -> SourceFault:
        return self._fault("MC105", what, *_place(event), hint=hint)

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None or event.anchor is not None:
                self._check_plain_yaml(event)
            if event.style == '"':
                self._check_escapes(event)
            self.items.append(_scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_plain_yaml(event)
            if len(self.stack) >= MAX_DEPTH:
                raise self._refused(event, f"nested more than {MAX_DEPTH} deep", "flatten it")
            self.stack.append((event, self.items))
            self.items = []
        elif isinstance(event, yaml.CollectionEndEvent):
            read = self.items
            start, self.items = self.stack.pop()
            self.items.append(
                self._mapping(start, read)
                if isinstance(event, yaml.MappingEndEvent)
                else Sequence(tuple(read), *_place(start))
            )
        else:
            self._take_rare(event)

    def _take_rare(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(event, "aliases (*name) aren't read", "write the value out")
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._refused(event, "a second document in one file", "split the file")

    def _check_plain_yaml(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            raise self._refused(event, "anchors (&name) aren't read", "write the value out")
        if event.tag is not None and event.tag != "!":
            raise self._refused(event, f"the tag {event.tag} isn't read", "delete the tag")

    def _check_escapes(self, event: yaml.ScalarEvent) -> None:
        """Report escapes of characters that aren't read unescaped either."""
        found = _UNPRINTABLE.search(event.value)
        if found:
            code = f"U+{ord(found.group()):04X}"
            message = f"the text holds the escape of {code}, which isn't text"
            fault = self._fault("MC103", message, *_place(event), hint="delete it")
            self.findings.extend(fault.findings)

    def _mapping(self, start: yaml.CollectionStartEvent, items: list[Node]) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if type(key) is not Scalar or key.text in entries or key.text == "<<":
                self.findings.extend(self._fault_of_key(key, entries).findings)
            elif start.flow_style and isinstance(value, Scalar) and value.plain and not value.text:
                message = f"{key.text!r} has no value"
                hint = _decimal(key, entries) or _COMMA
                fault = self._fault("MC104", message, key.line, key.column, hint=hint)
                self.findings.extend(fault.findings)
            else:
                entries[key.text] = (key, value)
        return Mapping(entries, *_place(start))

    def _fault_of_key(self, key: Node, entries: dict[str, tuple[Scalar, Node]]) -> SourceFault:
        if not isinstance(key, Scalar):
            return self._fault("MC105", "a key is text", key.line, key.column)
        if key.text == "<<":
            return self._fault("MC105", "merge keys (<<) aren't read", key.line, key.column,
                               hint="write the values out")  # fmt: skip
        first = entries[key.text][0]
        return self._fault("MC106", f"{key.text!r} stands twice", key.line, key.column,
                           hint=f"the first is in line {first.line}")  # fmt: skip


def _decimal(key: Scalar, entries: dict[str, tuple[Scalar, Node]]) -> str:
    """Return a hint where a comma before `key` was meant for a decimal's: {ects: 1,5}."""
    before = next(reversed(entries.values()), (None, None))[1]
    if isinstance(before, Scalar) and (before.text + key.text).isdecimal():
        return f"a decimal has a point: {before.text}.{key.text}"
    return ""


def _place(event: yaml.Event) -> tuple[int, int]:
    """Return line and column where an event begins, counting from 1."""
    mark: Any = event.start_mark  # the parser always sets it
    return mark.line + 1, mark.column + 1


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    start: Any = event.start_mark  # the parser always sets both
    end: Any = event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Scalar(
        event.value, not event.style, start.line + 1, start.column + 1, length if length > 0 else 1
    )
