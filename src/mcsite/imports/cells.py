"""From the cells of one row to the fields of a course file."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mcsite.content.shapes import Kind, fields_of
from mcsite.content.source import Mapping, Node, Scalar, Sequence
from mcsite.imports.codes import pieces_of
from mcsite.imports.columns import COLUMNS, Column
from mcsite.imports.grid import Cell

_BULLET = re.compile(r"(?:[-*•–·]|[0-9]{1,2}[.)])\s+")
_COMMA = re.compile(r"(-?[0-9]{1,9}),([0-9]{1,4})")
_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})\.?")
_SKILL = r"http://data\.europa\.eu/esco/skill/[0-9a-f-]+"
_SKILLS = re.compile(rf"\s[\[(]?({_SKILL}(?:[,\s]+{_SKILL})*)[\])]?$")
_LEVELS = frozenset(name for name, column in COLUMNS.items() if column.way[0] == "level")
_THOUSANDS = 3  # digits


@dataclass(frozen=True, slots=True)
class Place:
    """What a column of a table holds: a field, in a language where it is a text."""

    column: Column
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that says something, and what its column is."""

    cell: Cell
    place: Place


Told = tuple[Entry, str]  # a cell, and what it says of one thing
Report = Callable[[str, Cell, str, str], None]  # code, where, what is wrong, what to do


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads the cells of rows. `readers` are the languages in which names may stand."""

    readers: tuple[str, ...]
    report: Report

    def course(self, entries: Iterable[Entry], at: Node) -> Mapping:
        """Return the fields that the cells of a row hold."""
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            groups.setdefault(entry.place.column.way[0], []).append(entry)
        values = {name: self._field(group) for name, group in groups.items()}
        if "level_reason" in groups and "level" not in groups:
            values["level"] = _scalar("none", groups["level_reason"][0].cell)
        return fields_of({name: node for name, node in values.items() if node is not None}, at)

    def _field(self, entries: list[Entry]) -> Node | None:
        """Return the value of a field at the top of a file, from all the cells that tell of it."""
        column, cell = entries[0].place.column, entries[0].cell
        if column.name in _LEVELS and any(entry.cell.text == "none" for entry in entries):
            return _scalar("none", cell)
        if not column.in_lines:
            return self._joined([(entry, entry.cell.text.strip()) for entry in entries])
        parts = self._several(entries)
        if column.way[0] == "learning_outcomes":
            parts = [_with_skills(part) for part in parts]
        return Sequence(tuple(parts), cell.row, cell.column) if parts else None

    def _several(self, entries: list[Entry]) -> list[Node]:
        """Return the parts that cells hold, a line each. Of one part, a text may have lines."""
        lines = [(entry, self._lines(entry)) for entry in entries]
        longest = max(lines, key=lambda one: len(one[1]))
        main, expected = next((one for one in lines if _leads(one[0])), longest)
        if main.place.column.group.required and (len(expected) == 1 or not _leads(main)):
            lines = [
                (e, f if _leads(e) or not _is_text(e) else [e.cell.text.strip()]) for e, f in lines
            ]
            expected = expected[:1]
        for entry, found in lines:
            if len(found) > len(expected) or (_leads(entry) and len(found) < len(expected)):
                other = main.cell.name if main.cell.row else f"--default {main.place.column.name}"
                message = f"has {_counted(found)}, {other} has {_counted(expected)}"
                self.report("MC534", entry.cell, message, "a line each, in the same order")
                return []
        each = [
            [
                (entry, found[index])
                for entry, found in lines
                if found[index : index + 1] not in ([], [""])
            ]
            for index in range(len(expected))
        ]
        return [self._joined(told) for told in each if told]

    def _joined(self, told: Iterable[Told]) -> Node:
        """Return the value or the part that several cells tell of: its fields, their languages."""
        ways: dict[tuple[str, ...], list[Told]] = {}
        for entry, text in told:
            ways.setdefault(entry.place.column.way, []).append((entry, text))
        found: Node | None = None
        for way, cells in ways.items():
            found = _with(found, way[1:], self._value(cells))
        if found is None:
            raise ValueError("no cell")
        return found

    def _value(self, cells: list[Told]) -> Node:
        """Return the value of one field, which has a cell in each of its languages."""
        (entry, text), *_ = cells
        column, cell = entry.place.column, entry.cell
        several = column.shape.many and not column.in_lines
        if column.shape.kind is Kind.WORDS:
            return self._words(cells) if several else _by_language(cells)
        if several:
            pieces = pieces_of(column.vocabulary, text, self.readers)
            return Sequence(tuple(_scalar(one, cell) for one in pieces), cell.row, cell.column)
        if column.vocabulary:
            text = next(pieces_of(column.vocabulary, text, self.readers), text)
        if column.shape.kind is Kind.DAY:
            text = _day(text)
        if column.shape.kind is Kind.NUMBER:
            text = self._number(text, cell)
        return _scalar(text, cell)

    def _words(self, cells: list[Told]) -> Node:
        """Return several texts, a line each, in the languages of their columns."""
        lines = [(entry, self._lines(entry)) for entry, _ in cells]
        count = max(len(found) for _, found in lines)
        each = [[(e, found[i]) for e, found in lines if i < len(found)] for i in range(count)]
        first = cells[0][0].cell
        return Sequence(tuple(map(_by_language, each)), first.row, first.column)

    def _lines(self, entry: Entry) -> list[str]:
        """Return what a cell says of each of several things: a line each; codes also apart by
        commas or spaces. An empty line stands for a thing of which nothing is said.
        """
        column = entry.place.column
        if _leads(entry) and column.vocabulary:
            return list(pieces_of(column.vocabulary, entry.cell.text, self.readers))
        lines = [line.strip() for line in entry.cell.text.split("\n")]
        return [_BULLET.sub("", line) for line in lines if line] if _leads(entry) else lines

    def _number(self, text: str, cell: Cell) -> str:
        """Return a number as course files write it: "1,5" is 1.5; "1,500" could be two numbers."""
        text = re.sub("[\u00a0\u202f]", "", text)
        found = _COMMA.fullmatch(text)
        if found is None:
            return text
        if len(found[2]) == _THOUSANDS:
            hint = f"write {found[1]}.{found[2]} or {found[1]}{found[2]}"
            self.report("MC533", cell, f"{text!r} can be two numbers", hint)
        return f"{found[1]}.{found[2]}"


def _scalar(text: str, cell: Cell) -> Scalar:
    return Scalar(text, False, cell.row, cell.column, 1)  # noqa: FBT003 -- not plain YAML


def _by_language(cells: Iterable[Told]) -> Mapping:
    said = {entry.place.language: _scalar(text, entry.cell) for entry, text in cells if text}
    return fields_of(said, next(iter(said.values())))


def _with(found: Node | None, way: tuple[str, ...], value: Node) -> Node:
    """Return `found` with a value at a way of fields; the value itself where there is no way."""
    if not way:
        return value
    here = found.entries if isinstance(found, Mapping) else {}
    inner = here[way[0]][1] if way[0] in here else None
    entries = {name: node for name, (_, node) in here.items()}
    return fields_of({**entries, way[0]: _with(inner, way[1:], value)}, found or value)


def _with_skills(outcome: Node) -> Node:
    """Return an outcome with the URIs of skills that end its line as its skills."""
    words = outcome.entries["text"][1] if isinstance(outcome, Mapping) else None
    if not isinstance(words, Mapping):
        return outcome
    texts = {tag: node for tag, (_, node) in words.entries.items() if isinstance(node, Scalar)}
    ends = [found for node in texts.values() if (found := _SKILLS.search(node.text))]
    uris = dict.fromkeys(uri for found in ends for uri in re.findall(_SKILL, found[1]))
    if not uris:
        return outcome
    first = next(iter(texts.values()))
    rest: dict[str, Node] = {
        tag: Scalar(_SKILLS.sub("", node.text).rstrip(), False, node.line, node.column, 1)  # noqa: FBT003 -- not plain YAML
        for tag, node in texts.items()
    }
    skills = tuple(Scalar(uri, False, first.line, first.column, 1) for uri in uris)  # noqa: FBT003 -- as above
    return fields_of(
        {"text": fields_of(rest, words), "skills": Sequence(skills, first.line, first.column)},
        words,
    )


def _leads(entry: Entry) -> bool:
    """Tell whether a column has the lines that the others of its group go with."""
    column = entry.place.column
    return column.in_lines and column.way[-1] == next(iter(column.group.required), "")


def _is_text(entry: Entry) -> bool:
    return entry.place.column.shape.kind is Kind.WORDS


def _counted(lines: list[str]) -> str:
    return f"{len(lines)} line" if len(lines) == 1 else f"{len(lines)} lines"


def _day(text: str) -> str:
    """Return a date as course files write it, from the dots that most of Europe writes."""
    found = _DAY.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
