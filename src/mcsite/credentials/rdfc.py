"""RDF Dataset Canonicalization (RDFC-1.0) of credentials.

Where what each node says about itself tells all of them apart, as in every credential of ours,
the canonical form is a matter of sorting. Otherwise pyoxigraph finds it; graphs that are made to
keep it busy are refused.
"""

import hashlib
from collections import Counter

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from mcsite.credentials.contexts import Vocabulary, vocabulary_of
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.rdf import (
    MAX_NODES,
    Statement,
    UnmappedDocument,
    nodes_in,
    statements_of,
    types_of,
)

MAX_TWINS = 3  # equal nodes in one list
MAX_LOOKALIKES = 3  # nodes without an id that say the same: canonicalising tries permutations


def canonical_nquads(document: JsonObject) -> bytes:
    """Return the canonical N-Quads of `document` (RDFC-1.0, section 4), or raise
    UnmappedDocument.
    """
    vocabulary = vocabulary_of(document.get("@context"))
    if vocabulary is None:
        raise UnmappedDocument("contexts that this program doesn't carry")
    return canonical_form(statements_of(document, vocabulary))


def canonical_form(statements: set[Statement]) -> bytes:
    """Return the canonical N-Quads of `statements`; refuse poisoned graphs."""
    hashes = _first_degree_hashes(statements)
    counts = Counter(hashes.values())
    if max(counts.values(), default=0) > MAX_LOOKALIKES:
        raise UnmappedDocument("too many nodes that look alike")
    if len(counts) < len(hashes):
        return _by_permutations(statements)
    in_order = sorted(hashes, key=hashes.__getitem__)
    names = {blank: f"_:c14n{number}" for number, blank in enumerate(in_order)}
    lines = [f"{names.get(s, s)} {p} {names.get(o, o)} .\n" for s, p, o in statements]
    return "".join(sorted(lines)).encode()


def _first_degree_hashes(statements: set[Statement]) -> dict[str, bytes]:
    """Return the hash of what is said with each blank node (RDFC-1.0, section 4.6)."""
    said: dict[str, list[str]] = {}
    for subject, predicate, value in statements:
        to_blank = value[0] == "_"
        if subject[0] == "_":
            seen = value if not to_blank else "_:a" if value == subject else "_:z"
            said.setdefault(subject, []).append(f"_:a {predicate} {seen} .\n")
        if to_blank and value != subject:
            seen = "_:z" if subject[0] == "_" else subject
            said.setdefault(value, []).append(f"{seen} {predicate} _:a .\n")
    return {
        blank: hashlib.sha256("".join(sorted(lines)).encode()).digest()
        for blank, lines in said.items()
    }


def _by_permutations(statements: set[Statement]) -> bytes:
    """Return the canonical N-Quads where some nodes look alike (RDFC-1.0, section 4.8)."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in statements)
    dataset = Dataset(parse(text, format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def check_mapped(document: JsonObject, vocabulary: Vocabulary) -> None:
    """Refuse a document with types or terms that its contexts don't have, or made to be slow.

    This is the part of reading it as RDF that the browser's modules do too.
    """
    nodes = 0
    waiting: list[JsonObject] = [document]
    while waiting:
        node = waiting.pop()
        nodes += 1
        if nodes > MAX_NODES:
            raise UnmappedDocument(f"more than {MAX_NODES} nodes")
        _check_node(node, vocabulary)
        for term, value in node.items():
            if term != "@context":
                _check_value(value)
                waiting.extend(nodes_in(value))


def _check_node(node: JsonObject, vocabulary: Vocabulary) -> None:
    types = types_of(node)
    mapped = vocabulary.mapped(types)
    if mapped is None:
        unknown = next(name for name in types if name not in vocabulary.of_type)
        raise UnmappedDocument(
            f"the type {unknown!r} isn't in the document's contexts", named=unknown
        )
    for term in node:
        if term not in mapped and term != "@context":
            raise UnmappedDocument(
                f"the term {term!r} isn't in the document's contexts", named=term
            )
    identifier = node.get("id", "urn:x")
    if not isinstance(identifier, str) or ":" not in identifier or identifier.startswith("_:"):
        raise UnmappedDocument("an id isn't an absolute address")


def _check_value(value: JsonValue) -> None:
    if not isinstance(value, list):
        return
    if any(isinstance(item, list) for item in value):
        raise UnmappedDocument("a list in a list")
    if len(value) <= MAX_TWINS:
        return
    # Equal nodes have equal texts: most lists need no closer look.
    seen = Counter(
        frozenset([part for part in node.values() if isinstance(part, str)])
        for node in nodes_in(value)
    )
    if max(seen.values(), default=0) <= MAX_TWINS:
        return
    if max(Counter(map(canonical, nodes_in(value))).values()) > MAX_TWINS:
        raise UnmappedDocument("too many equal nodes in one list")
