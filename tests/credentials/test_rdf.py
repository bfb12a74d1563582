"""Our way from JSON-LD to canonical RDF, against PyLD and pyoxigraph with the whole contexts."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3.contexts import load_context
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from mcsite.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.rdf import Statement, UnmappedDocument, literal, number_text
from mcsite.credentials.rdfc import canonical_form, canonical_nquads
from tests.credentials.test_rdfc import by_pyld
from tests.generated import documents
from tests.institution import Institution

# PyLD writes and hashes these as they are, as URDNA2015 had it; RDFC-1.0 (section 5) escapes them.
UNESCAPED = re.compile("[\x01-\x09\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
WHOLE = [load_context(url)["@context"] for url in (CREDENTIALS_V2, OPEN_BADGES)]


def by_pyoxigraph(statements: str) -> bytes:
    """Return the canonical form of N-Quads, without any shortcut."""
    dataset = Dataset(parse(statements, format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def read_by_pyoxigraph(document: JsonObject) -> bytes:
    """Return the canonical form of a document as pyoxigraph reads it with the whole contexts."""
    text = json.dumps({**document, "@context": WHOLE})
    lines = serialize(parse(text, format=RdfFormat.JSON_LD), format=RdfFormat.N_QUADS) or b""
    return by_pyoxigraph(lines.decode())


def without_controls(value: Any) -> Any:
    """Return a document without the characters that PyLD writes in another way."""
    if isinstance(value, str):
        return UNESCAPED.sub("", value)
    if isinstance(value, list):
        return [without_controls(item) for item in value]
    if isinstance(value, dict):
        return {key: without_controls(item) for key, item in value.items()}
    return value


@settings(max_examples=150, deadline=None, derandomize=True)
@given(documents().map(without_controls))
def test_documents_read_as_pyld_reads_them(document: JsonObject) -> None:
    try:
        found = canonical_nquads(document)
    except UnmappedDocument as error:
        assert "look alike" in str(error)  # noqa: PT017 -- the only fault that these may have
    else:
        # PyLD repeats a statement that a document makes twice; a dataset is a set.
        assert found == b"".join(sorted(set(by_pyld(document).splitlines(keepends=True))))


@pytest.mark.parametrize("name", ["Jānis Bērziņš", "Олена", "名前 🎓", 'a\t"b"\\\n\x01\x7f'])
def test_credentials_read_as_pyoxigraph_reads_them(name: str) -> None:
    document = {k: v for k, v in Institution().issue(name=name).items() if k != "proof"}

    assert canonical_nquads(document) == read_by_pyoxigraph(document)


TERMS = st.sampled_from(["_:b1", "_:b2", "_:b3", "_:b4", "_:b5", "<urn:a>", "<urn:b>"])
LITERALS = st.text(max_size=3).map(lambda text: literal(text.replace("\0", "")))
STATEMENTS = st.tuples(TERMS, st.sampled_from(["<urn:p>", "<urn:q>"]), st.one_of(TERMS, LITERALS))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sets(STATEMENTS, max_size=12))
def test_sorting_gives_the_form_that_the_algorithm_gives(statements: set[Statement]) -> None:
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in statements)
    try:
        found = canonical_form(statements)
    except UnmappedDocument:
        return
    assert found == by_pyoxigraph(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "3"), (-0.0, "0"), (1.5, "1.5E0"), (0.1, "1.0E-1"), (-5.5e-7, "-5.5E-7"),
        (2**53, "9007199254740992"), (1e20, "100000000000000000000"), (1e21, "1.0E21"),
        (0.1 + 0.2, "3.0E-1"), (True, "true"), (False, "false"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_json_ld_writes_them(number: float, text: str) -> None:
    """JSON-LD 1.1 API, section 8.6: doubles are rounded to 15 digits after the point."""
    assert number_text(number) == text
