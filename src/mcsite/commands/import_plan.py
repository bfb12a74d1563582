"""What an import would do to each course: its id, the file as it will be, and every fault."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from mcsite.commands.import_providers import Providers
from mcsite.content.course_text import COURSE, changed_text, course_node, new_text
from mcsite.content.fields import MAX_ID, did_you_mean, is_identifier
from mcsite.content.files import read_file
from mcsite.content.joining import changed_fields
from mcsite.content.models.course import Course
from mcsite.content.shapes import fields_of, whole
from mcsite.content.slugs import slug_of
from mcsite.content.source import (
    MAX_BYTES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    SourceFault,
    read_source,
    strange_character,
)
from mcsite.content.validation import ANNEX_I, read_model
from mcsite.findings import Finding, Position, Severity
from mcsite.imports.cells import Cells, Entry
from mcsite.imports.columns import COLUMNS
from mcsite.imports.grid import Cell, letters
from mcsite.imports.linked import everything
from mcsite.imports.reading import NOT_OF_THE_SOURCE, Reading, Record, error

FOLDER = PurePosixPath("catalogue/courses")
_OF_THE_FILE = -1  # the line of values that the course's file has already


class State(StrEnum):
    """What becomes of a course."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A course as it will be: `fields` are those that change, `missing` those that it owes."""

    id: str
    state: State
    text: str
    fields: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def path(self) -> PurePosixPath:
        """Its file in the project."""
        return FOLDER / f"{self.id}.yaml"


@dataclass(slots=True, kw_only=True)
class Planner:
    """Plans courses one by one; what is wrong is in `findings`."""

    project: Path
    language: str
    languages: tuple[str, ...]
    providers: Providers
    pathways: frozenset[str]
    defaults: tuple[Entry, ...]
    drafts: bool
    update: bool
    findings: list[Finding] = field(default_factory=list)
    absent: dict[tuple[PurePosixPath, str], list[Finding]] = field(default_factory=dict)

    def plan(self, readings: Iterable[Reading]) -> list[Planned]:
        """Return what becomes of every course of every source."""
        named = list(self._named(readings))
        here = {path.stem for path in (self.project / FOLDER).glob("*.yaml")}
        courses = here | {key for _, _, key in named}
        found = [self._planned(*one, courses) for one in named]
        self.findings += map(_of_all, self.absent.values())
        return [one for one in found if one is not None]

    def _named(self, readings: Iterable[Reading]) -> Iterator[tuple[Reading, Record, str]]:
        """Yield the records with their ids; those without one, or with another's, are reported."""
        seen: dict[str, Record] = {}
        for reading in readings:
            for record in reading.records:
                key = record.id or slug_of(_title(record, self.language))
                first = seen.get(key)
                if record.id and not is_identifier(record.id):
                    hint = slug_of(record.id) or _title(record, self.language)
                    message = f"{record.id!r} can't be an id"
                    told = f"lower-case letters, digits and single hyphens, at most {MAX_ID}"
                    self._report(reading, "MC211", record.at(), message, f"{told}: {hint}")
                elif not key:
                    message = "has neither an id nor a title that one can be made of"
                    self._report(reading, "MC536", record.at(), message, "add a column id")
                elif first is not None:
                    message = f"is the course {key!r} again, after {first.at()}"
                    hint = "give each an id of its own, in a column id"
                    self._report(reading, "MC536", record.at(), message, hint)
                else:
                    seen[key] = record
                    yield reading, record, key

    def _planned(
        self, reading: Reading, record: Record, key: str, courses: set[str]
    ) -> Planned | None:
        """Return what becomes of a course; None where something is wrong with it."""
        before, count = self._text_of(key, record), _errors(self.findings)
        there = course_node(before) if before else Mapping({}, 1, 1)
        new = self._whole(self._filled(reading, record))
        old = self._whole(_elsewhere(there))
        changed = changed_fields(old, new, COURSE, partial=record.partial)
        kept = {name: node for name, (_, node) in old.entries.items()}
        missing = self._check(reading, record, key, fields_of(kept | changed, record.node))
        self._check_references(reading, record, new, courses)
        self._check_characters(reading, record)
        text = (
            changed_text(before, changed, self.language)
            if before
            else new_text(changed, {name: ANNEX_I[name] for name in missing}, self.language)
        )
        if len(text.encode()) > MAX_BYTES:
            self._report(reading, "MC101", record.at(), "the course's file would be too large")
        if before and changed and not self.update:
            message = f"{FOLDER}/{key}.yaml is there, and says otherwise: {', '.join(changed)}"
            hint = "--update changes these fields and leaves the others"
            self._report(reading, "MC535", record.at(), message, hint)
        if _errors(self.findings) > count or (missing and not self.drafts):
            return None
        state = State.CHANGED if before and changed else State.SAME if before else State.NEW
        fields = tuple(name for name in COURSE.fields if name in changed)
        return Planned(id=key, state=state, text=text, fields=fields, missing=missing)

    def _text_of(self, key: str, record: Record) -> str:
        """Return the text of a course's file, "" where there is none."""
        path = FOLDER / f"{key}.yaml"
        if not (self.project / path).exists():
            return ""
        try:
            data = read_file(self.project, path)
            read_source(data, path)
        except SourceFault as fault:
            message = f"{path} can't be read: {fault.finding.message}"
            self.findings.append(error("MC535", record.at(), message, hint="mend it first"))
            return ""
        return data.decode("utf-8-sig")

    def _filled(self, reading: Reading, record: Record) -> Mapping:
        """Return what a source says, its provider found, and what --default says besides."""
        said = {name: node for name, (_, node) in record.node.entries.items()}
        cells = Cells(self.languages, self._report_default)
        defaults = cells.course(self.defaults, record.node) if self.defaults else Mapping({}, 1, 1)
        said = {name: node for name, (_, node) in defaults.entries.items()} | said
        provider = said.get("provider")
        if isinstance(provider, Scalar):
            found = self.providers.find(record.provider or (provider.text,))
            said["provider"] = replace(provider, text=found or slug_of(provider.text) or "unknown")
            if not found:
                message = f"{provider.text!r} isn't a provider of the catalogue"
                hint = self.providers.hint(provider.text)
                self._report(reading, "MC537", record.at(provider), message, hint)
        return fields_of(said, record.node)

    def _whole(self, node: Mapping) -> Mapping:
        found = {
            name: whole(value, COURSE.fields[name], self.language)
            if name in COURSE.fields
            else value
            for name, (_, value) in node.entries.items()
        }
        return fields_of(found, node)

    def _check(self, reading: Reading, record: Record, key: str, node: Mapping) -> tuple[str, ...]:
        """Report what is wrong with a course as it will be; return what it lacks as a draft."""
        context = {"default_language": self.language, "languages": self.languages}
        _, findings = read_model(Course, node, record.path, context, id=key)
        missing = []
        for found in findings:
            name = found.message.partition(" ")[0]
            if found.code == "MC201" and name in ANNEX_I:
                missing.append(name)
                self._report_missing(reading, record, name, found)
            elif found.at.line == _OF_THE_FILE:
                message = f"{FOLDER}/{key}.yaml has a fault of its own: {found.message}"
                self._report(reading, "MC535", record.at(), message, "mend it first")
            elif found.at.line == NOT_OF_THE_SOURCE:
                self.findings.append(replace(found, message=f"--default: {found.message}"))
            else:
                self._report(reading, found.code, found.at, found.message, found.hint)
        return tuple(missing)

    def _report_missing(self, reading: Reading, record: Record, name: str, found: Finding) -> None:
        """Report what Annex I asks for and a course lacks, unless drafts may; where the source has
        no place for it, once for all its courses.
        """
        if self.drafts or name in record.unread:
            return
        column = next(key for key, one in COLUMNS.items() if one.way[0] == name)
        hint = f"{found.hint}. --default {column}=… fills it in for all, --drafts leaves it open"
        if name in reading.columns:
            at = replace(record.at(), column=reading.columns[name])
            self._report(reading, "MC201", at, found.message, hint)
        else:
            missing = error("MC201", record.at(), found.message, hint=hint)
            self.absent.setdefault((record.path, name), []).append(missing)

    def _check_references(
        self, reading: Reading, record: Record, node: Mapping, courses: set[str]
    ) -> None:
        """Report ids of courses and pathways that neither the catalogue nor the source has."""
        stack = node.entries["stackability"][1] if "stackability" in node.entries else None
        into = stack.entries.get("into") if isinstance(stack, Mapping) else None
        replaces = node.entries.get("replaces")
        for entry, known in ((into, courses | self.pathways), (replaces, courses)):
            several = entry[1] if entry else None
            for item in several.items if isinstance(several, Sequence) else ():
                if isinstance(item, Scalar) and item.text not in known:
                    message = f"{item.text!r} isn't there"
                    hint = did_you_mean(item.text, known)
                    self._report(reading, "MC301", record.at(item), message, hint)

    def _check_characters(self, reading: Reading, record: Record) -> None:
        """Report characters that no content file may hold."""
        for node in everything(record.node):
            strange = strange_character(node.text) if isinstance(node, Scalar) else ""
            if strange:
                message = f"holds the character {strange}, which isn't text"
                self._report(reading, "MC533", record.at(node), message, "delete it")

    def _report_default(self, code: str, cell: Cell, message: str, hint: str) -> None:
        at = Position(PurePosixPath(), cell.row, cell.column)
        self.findings.append(error(code, at, f"--default: {message}", hint=hint))

    def _report(
        self, reading: Reading, code: str, at: Position, message: str, hint: str = ""
    ) -> None:
        """Report at a place of the source; in a table, with what spreadsheets call the cell."""
        if reading.cells:
            cell = f"cell {letters(at.column)}{at.line}"
            row = at.column == 1 and code in ("MC535", "MC536", "MC101")
            message = f"{f'row {at.line}' if row else cell}: {message}"
        self.findings.append(error(code, at, message, hint=hint))


def _of_all(findings: list[Finding]) -> Finding:
    """Return one finding for those of all the courses that lack the same."""
    more = len(findings) - 1
    if not more:
        return findings[0]
    others = "in one course more" if more == 1 else f"in {more} courses more"
    return replace(findings[0], message=f"{findings[0].message} here, and {others}")


def _errors(findings: Iterable[Finding]) -> int:
    return sum(found.severity is Severity.ERROR for found in findings)


def _title(record: Record, language: str) -> str:
    """Return a course's title in the site's first language, or in any; "" where it has none."""
    title = record.node.entries["title"][1] if "title" in record.node.entries else None
    if isinstance(title, Scalar):
        return title.text
    texts = title.entries if isinstance(title, Mapping) else {}
    found = texts.get(language) or next(iter(texts.values()), None)
    return found[1].text if found is not None and isinstance(found[1], Scalar) else ""


def _elsewhere(node: Mapping) -> Mapping:
    """Return the fields of a file, marked as not standing in the source."""
    found = _marked(node)
    return found if isinstance(found, Mapping) else node


def _marked(node: Node) -> Node:
    if isinstance(node, Mapping):
        entries = {
            name: (replace(key, line=_OF_THE_FILE), _marked(value))
            for name, (key, value) in node.entries.items()
        }
        return Mapping(entries, _OF_THE_FILE, node.column)
    if isinstance(node, Sequence):
        return Sequence(tuple(map(_marked, node.items)), _OF_THE_FILE, node.column)
    return replace(node, line=_OF_THE_FILE)
