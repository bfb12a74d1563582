"""Drafting a record: the fields of a course file, one by one, from what linked data say."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mcsite.content.fields import is_identifier
from mcsite.content.shapes import fields_of
from mcsite.content.source import Mapping, Node, Scalar, Sequence
from mcsite.findings import Finding, Position
from mcsite.imports.codes import code_of, language_of
from mcsite.imports.linked import Thing
from mcsite.imports.reading import Reading, Record, Wanted, unreadable, warning, word

SUMMARY = 300  # characters; a longer text is a description


@dataclass(slots=True)
class Draft:
    """What is known so far of a course that a document tells of."""

    wanted: Wanted
    path: Position
    source: Thing
    fields: dict[str, Node] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def put(self, name: str, value: Node | None) -> None:
        """Set a field, if there is something to set and it isn't set yet."""
        if value is not None and name not in self.fields:
            self.fields[name] = value

    def put_part(self, name: str, **values: Node | None) -> None:
        """Set fields of a part."""
        known = {key: value for key, value in values.items() if value is not None}
        if known:
            here = self.fields.get(name)
            before = here.entries if isinstance(here, Mapping) else {}
            kept = {key: node for key, (_, node) in before.items()}
            self.fields[name] = fields_of(known | kept, self.source.node)

    def put_list(self, name: str, values: Iterable[Node]) -> None:
        """Set a field that is a list, if there is something in it."""
        found = tuple(values)
        if found:
            self.put(name, Sequence(found, found[0].line, found[0].column))

    def codes(self, vocabulary: str, said: Iterable[Scalar], what: str) -> list[Scalar]:
        """Return the codes that URIs, words or labels stand for, each once; what stands for none is
        reported, and left out.
        """
        found: dict[str, Scalar] = {}
        for one in said:
            code = (
                language_of(one.text, self.wanted.languages)
                if vocabulary == "language"
                else code_of(vocabulary, one.text)
            )
            if code:
                found.setdefault(code, word(code, one))
            else:
                self.left_out(one, f"{what} {one.text[:80]!r} has no code here")
        return list(found.values())

    def left_out(self, node: Node, message: str) -> None:
        """Report something that the course will lack."""
        at = Position(self.path.path, node.line, node.column)
        self.findings.append(warning("MC538", at, f"{message}: it is left out"))

    def text(self, name: str, said: Mapping | None) -> None:
        """Set a text that may be the summary, or if it is long or has lines, the description."""
        if said is None:
            return
        texts = [node.text for _, node in said.entries.values() if isinstance(node, Scalar)]
        brief = all(len(text) <= SUMMARY and "\n" not in text for text in texts)
        self.put(name if brief else "description", said)

    def record(
        self, key: str, provider: Iterable[str], at: Node | None, *, partial: Iterable[str] = ()
    ) -> Record:
        """Return the record. `provider` are ids, names and addresses of what stands at `at`."""
        clues = tuple(clue for clue in provider if clue)
        if clues:
            self.put("provider", word(clues[0], at or self.source.node))
        node = fields_of(self.fields, self.source.node)
        return Record(
            path=self.path.path, node=node, id=key, provider=clues, partial=frozenset(partial)
        )


def key_of(*addresses: str) -> str:
    """Return the id that addresses end in: …/courses/data-stewardship/ → data-stewardship."""
    for address in addresses:
        for part in (address, address.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]):
            if is_identifier(part):
                return part
    return ""


def reading_of(drafts: list[tuple[Draft, Record]], path: Position, what: str) -> Reading:
    """Return what was read, or raise Unreadable where no course was found."""
    if not drafts:
        hint = "--format names what a file is, if it isn't what it seems"
        raise unreadable(path.path, f"there is no {what} in it", hint=hint)
    return Reading(
        records=tuple(record for _, record in drafts),
        findings=tuple(finding for draft, _ in drafts for finding in draft.findings),
    )
