"""Translations of a catalogue: what is missing, and what a later change has left behind.

A translation is stale when the text in the site's default language was changed by a commit, or in
the working copy, that left the translation as it was. What the texts were is read from Git, value
by value, so that neither moving a line nor changing another field makes anything stale.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TypeAlias

from mcsite.content.catalogue import Catalogue
from mcsite.content.iso import is_language_tag
from mcsite.content.rules.places import Places, path_of
from mcsite.content.rules.texts import Loc, name_of, texts_of, things
from mcsite.content.source import Mapping, Node, Scalar, Sequence, SourceFault, read_source
from mcsite.findings import Finding, Severity
from mcsite.store.git import Change, Objects, Repository

Written: TypeAlias = dict[str, str]  # a text by language


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a catalogue exists in one language of the site."""

    language: str
    texts: int  # of the catalogue
    written: int  # in this language
    stale: int

    def __str__(self) -> str:
        share = 100 * self.written / self.texts if self.texts else 100
        behind = f", {self.stale} of them older than the text" if self.stale else ""
        return f"{self.language}: {self.written} of {self.texts} texts ({share:.1f} %){behind}"


def coverage_of(catalogue: Catalogue, stale: Counter[str]) -> tuple[Coverage, ...]:
    """Return the coverage of every language of the site; `stale` counts by language."""
    texts = [text for _, thing in things(catalogue) for _, text in texts_of(thing)]
    return tuple(
        Coverage(tag, len(texts), sum(text.has(tag) for text in texts), stale[tag])
        for tag in catalogue.site.languages
    )


@dataclass(frozen=True, slots=True)
class Stale:
    """A translation that a change of its text has left behind."""

    key: str  # of the file
    loc: Loc
    language: str
    since: dt.datetime | None  # None: the change isn't committed yet

    def finding(self, places: Places) -> Finding:
        """Return it as MC607, at the translation."""
        when = f"on {self.since:%Y-%m-%d}" if self.since else "and isn't committed yet"
        return places.finding(
            self.key,
            (*self.loc, self.language),
            "MC607",
            f"{name_of(self.loc)} was changed {when}; its translation into {self.language} wasn't",
            severity=Severity.NOTE,
            hint="bring it up to date, if the change matters to it: any later change settles this",
        )


def stale_translations(
    catalogue: Catalogue, places: Places, repository: Repository
) -> Iterator[Stale]:
    """Yield what is stale, file by file. Files that Git doesn't know yet have nothing stale."""
    history: dict[PurePosixPath, list[Change]] = {}
    for change in repository.changes("catalogue"):
        history.setdefault(change.path, []).append(change)
    committed = repository.files("catalogue")
    with repository.objects() as objects:
        for key, thing in things(catalogue):
            path, default = path_of(key), catalogue.site.default_language
            waiting = {
                (loc, language)
                for loc, text in texts_of(thing)
                for language in text.by_language
                if text.has(default) and language != default
            }
            if waiting and path in committed:
                walk = _Walk(key, default, waiting, objects)
                yield from walk.changes(places.node(key), committed[path], history.get(path, []))


class _Walk:
    """Goes back through the versions of one file, until every translation is settled."""

    def __init__(
        self, key: str, default: str, waiting: set[tuple[Loc, str]], objects: Objects
    ) -> None:
        self.key = key
        self.default = default
        self.waiting = waiting
        self.objects = objects
        self.node = cache(self._node)

    def changes(self, now: Node | None, head: str, history: list[Change]) -> Iterator[Stale]:
        """Yield what the working copy, and then each commit, left behind."""
        yield from self._settled(self.node(head), now, None)
        for change in history:
            if not self.waiting:
                return
            yield from self._settled(self.node(change.old), self.node(change.new), change.at)

    def _settled(
        self, old: Node | None, new: Node | None, at: dt.datetime | None
    ) -> Iterator[Stale]:
        """Settle each translation that this step changed, or whose text it changed."""
        for loc, language in sorted(self.waiting, key=str):
            before, after = written_at(old, loc, self.default), written_at(new, loc, self.default)
            text_changed = before.get(self.default) != after.get(self.default)
            if before.get(language) != after.get(language):
                self.waiting.discard((loc, language))
            elif text_changed:
                self.waiting.discard((loc, language))
                yield Stale(self.key, loc, language, at)

    def _node(self, name: str | None) -> Node | None:
        """Return what a version of the file holds; None where it is absent or can't be read."""
        if name is None:
            return None
        try:
            return read_source(self.objects[name], path_of(self.key))
        except SourceFault as fault:
            return fault.node
        except KeyError:  # a shallow repository ends here
            return None


def written_at(node: Node | None, loc: Loc, default: str) -> Written:
    """Return the text that stands at `loc`, by language; a plain one is in the default language.

    A list of one may be written as its one entry, and the main field of a mapping in its place.
    """
    for step in loc:
        node = _below(node, step)
    if isinstance(node, Scalar):
        return {default: node.text}
    if isinstance(node, Mapping) and _is_text(node):
        return {
            tag: value.text for tag, (_, value) in node.entries.items() if isinstance(value, Scalar)
        }
    return {}


def _below(node: Node | None, step: int | str) -> Node | None:
    """Return what `step` leads to: a short form itself, which leaves the step out."""
    if isinstance(node, Mapping) and step in node.entries:
        return node.entries[str(step)][1]
    if isinstance(node, Sequence):
        return node.items[step] if isinstance(step, int) and step < len(node.items) else None
    short = isinstance(node, Scalar) or (isinstance(node, Mapping) and _is_text(node))
    return node if short or step == 0 else None


def _is_text(node: Mapping) -> bool:
    return all(map(is_language_tag, node.entries))
