"""From a document of known contexts to RDF: JSON-LD 1.1's expansion and its mapping to RDF
(JSON-LD 1.1 Processing Algorithms and API, sections 5.1 and 8.1), for the terms of contexts.py.

Nothing is dropped or guessed: what has no meaning in the document's contexts is refused.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import NamedNode

from mcsite.credentials.contexts import Meaning, Vocabulary
from mcsite.credentials.json_types import JsonObject, JsonValue

MAX_NODES = 512

# Subject, predicate and object as N-Quads writes them; the graph is always the default one.
Statement: TypeAlias = tuple[str, str, str]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE, _FIRST, _REST, _NIL = (f"<{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NATIVE = {bool: f"^^<{_XSD}boolean>", int: f"^^<{_XSD}integer>", float: f"^^<{_XSD}double>"}
_BEYOND_INTEGERS = 1e21  # JSON-LD writes larger whole numbers as doubles
_ESCAPES = {number: f"\\u{number:04X}" for number in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord(character): "\\" + letter
    for character, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}
_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\\ufffe\uffff]')


class UnmappedDocument(ValueError):
    """A document can't be read as RDF without losing or guessing something.

    `named` is the term or type that isn't mapped, where it is one.
    """

    def __init__(self, message: str, *, named: str = "") -> None:
        super().__init__(message)
        self.named = named


def statements_of(document: JsonObject, vocabulary: Vocabulary) -> set[Statement]:
    """Return all that `document` says, each node without an id named "_:b" and a number."""
    reader = _Reader(vocabulary)
    reader.describe({key: value for key, value in document.items() if key != "@context"})
    return reader.statements


class _Reader:
    """Reads nodes one after the other and collects what they say."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.statements: set[Statement] = set()
        self.nodes = 0
        self.blanks = 0

    def describe(self, node: JsonObject) -> str:
        """Collect what `node` says, and return its name."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise UnmappedDocument(f"more than {MAX_NODES} nodes")
        subject = address(node["id"]) if "id" in node else self.blank()
        types = types_of(node)
        meanings = self.vocabulary.meanings(types)
        if meanings is None:
            raise UnmappedDocument(f"no node is of the types {', '.join(types)} at once")
        for name in types:
            self.statements.add((subject, _TYPE, self.vocabulary.type_names[name]))
        for term, value in node.items():
            if term in ("id", "type"):
                continue
            meaning = meanings.get(term)
            if meaning is None:
                raise UnmappedDocument(f"the term {term!r} isn't in the document's contexts")
            self.say(subject, meaning, value)
        return subject

    def say(self, subject: str, meaning: Meaning, value: JsonValue) -> None:
        """Collect that `subject` has `value`, one or a list of them, in the sense of `meaning`."""
        if meaning.is_list:
            self.statements.add((subject, meaning.predicate, self.chain(meaning, value)))
            return
        items = value if isinstance(value, list) else [value]
        if not items:
            raise UnmappedDocument("a list of nothing, which readers drop")
        for item in items:
            self.statements.add((subject, meaning.predicate, self.named(meaning, item)))

    def chain(self, meaning: Meaning, value: JsonValue) -> str:
        """Collect an ordered list, and return its name."""
        items = value if isinstance(value, list) else [value]
        rest = _NIL
        for item in reversed(items):
            link = self.blank()
            self.statements.add((link, _FIRST, self.named(meaning, item)))
            self.statements.add((link, _REST, rest))
            rest = link
        return rest

    def named(self, meaning: Meaning, value: JsonValue) -> str:
        """Return a value as N-Quads writes it; collect what it says where it is a node."""
        if isinstance(value, str):
            if meaning.is_link:
                return address(value)
            if meaning.words is not None:
                return _word(meaning.words, value)
            return literal(value) + meaning.datatype
        if isinstance(value, dict):
            return self.describe(value)
        if isinstance(value, bool | int | float):
            return f'"{number_text(value)}"' + (meaning.datatype or _NATIVE[_kind_of(value)])
        raise UnmappedDocument("nothing, which readers drop, or a list in a list")

    def blank(self) -> str:
        """Return a new name for a node without an id."""
        self.blanks += 1
        return f"_:b{self.blanks}"


def types_of(node: JsonObject) -> tuple[str, ...]:
    """Return the types of a node, in order and each once; raises UnmappedDocument."""
    found = node.get("type", [])
    names = found if isinstance(found, list) else [found]
    known = [name for name in names if isinstance(name, str)]
    if len(known) != len(names):
        raise UnmappedDocument("a type isn't a name")
    return tuple(sorted(set(known))) if len(known) > 1 else tuple(known)


def nodes_in(value: JsonValue) -> Iterator[JsonObject]:
    """Give the nodes that a property's value is made of."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def address(value: JsonValue) -> str:
    """Return an id or a link as N-Quads writes it; raises UnmappedDocument for what isn't one.

    Readers of JSON-LD drop such, and what is said of it, without a word.
    """
    if not isinstance(value, str):
        raise UnmappedDocument("an id isn't a text")
    return _address(value)


@lru_cache(maxsize=4096)
def _address(text: str) -> str:
    if text.startswith("_:"):
        raise UnmappedDocument("a blank node is named")
    try:
        return str(NamedNode(text))
    except ValueError as error:
        raise UnmappedDocument(f"{text!r} isn't an absolute address") from error


def _word(words: dict[str, str], value: str) -> str:
    found = words.get(value)
    if found is None:
        raise UnmappedDocument(f"the word {value!r} isn't in the document's contexts")
    return found


def literal(text: str) -> str:
    """Return a text in quotation marks, escaped as canonical N-Quads is (RDFC-1.0, section 5)."""
    return f'"{text.translate(_ESCAPES)}"' if _ESCAPED.search(text) else f'"{text}"'


def _kind_of(number: float) -> type:
    if isinstance(number, bool):
        return bool
    return int if float(number).is_integer() and abs(number) < _BEYOND_INTEGERS else float


def number_text(number: float) -> str:
    """Return a number or truth value as JSON-LD's mapping to RDF writes it (section 8.6)."""
    kind = _kind_of(number)
    if kind is bool:
        return "true" if number else "false"
    if kind is int:
        return str(int(number))
    mantissa, _, exponent = f"{number:.15E}".partition("E")
    whole, _, fraction = mantissa.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}E{int(exponent)}"
