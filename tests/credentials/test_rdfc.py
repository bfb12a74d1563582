"""RDF canonicalisation with the reduced contexts: the same N-Quads as with the published ones."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3.contexts import load_context
from pyld import jsonld

from mcsite.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES, VOCABULARIES
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import UnmappedTerm, secure
from mcsite.credentials.rdfc import UnmappedDocument, canonical_nquads
from tests.institution import NOW, Institution

NAMES = ["Jānis Bērziņš", "Ελένη", "Олена", "Nguyễn Thị Ví Dụ", 'Say "hi"\\', "名前 🎓", "a\tb\nc"]


def loader(url: str, _: object) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": load_context(url)}


def by_pyld(document: JsonObject) -> bytes:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    text: str = jsonld.normalize(document, options)
    return text.encode()


def unsecured(document: JsonObject) -> JsonObject:
    return {key: value for key, value in document.items() if key != "proof"}


@pytest.mark.parametrize("name", NAMES)
def test_a_credential_reads_as_with_the_published_contexts(name: str) -> None:
    document = unsecured(Institution().issue(name=name, valid_until=NOW))

    assert canonical_nquads(document) == by_pyld(document)


def test_a_status_list_reads_as_with_the_published_context() -> None:
    for document in Institution().lists().values():
        assert canonical_nquads(unsecured(document)) == by_pyld(unsecured(document))


def test_a_proof_reads_as_with_the_published_contexts() -> None:
    credential = Institution().issue()
    proofs = credential["proof"]
    assert isinstance(proofs, list)
    for proof in proofs:
        assert isinstance(proof, dict)
        options = {key: value for key, value in proof.items() if key != "proofValue"}
        options["@context"] = [CREDENTIALS_V2, OPEN_BADGES]
        assert canonical_nquads(options) == by_pyld(options)


def test_every_part_of_a_credential_is_in_the_nquads() -> None:
    document = unsecured(Institution().issue())
    before = canonical_nquads(document)
    changed = copy.deepcopy(document)
    changed["credentialSubject"]["achievement"]["alignment"][0]["targetCode"] = "6"  # type: ignore[call-overload,index]

    assert canonical_nquads(changed) != before


@pytest.mark.parametrize(
    "change",
    [
        {"nonsense": 1},
        {"type": ["VerifiableCredential", "Nonsense"]},
        {"@context": [CREDENTIALS_V2, "https://evil.example/context"]},
        {"@context": [CREDENTIALS_V2, {"name": "https://evil.example/"}]},
        {"@context": [OPEN_BADGES, CREDENTIALS_V2]},
        {"id": "_:b0"},
        {"id": "relative"},
        {"issuer": [["nested"]]},
        {"evidence": [{"type": ["Evidence"], "name": "x"}] * 8},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_would_be_dropped_or_guessed_is_refused(change: JsonObject) -> None:
    institution = Institution()
    document = {**unsecured(institution.issue()), **change}

    with pytest.raises(UnmappedDocument):
        canonical_nquads(document)
    with pytest.raises(UnmappedTerm):
        secure(document, institution.signer(), NOW)


TEXTS = st.sampled_from(
    ["x", "1.5", "true", "_", "https://a.example/x", "urn:a:b", "ā \U0001f393", 'a\n"b']
)
ADDRESSES = st.sampled_from(["https://a.example/x", "urn:a:b", "did:web:a.example#k"])
# A list of one kind of text cannot tell terms apart, so values follow what a term may hold.
NODES = ("creator", "criteria", "image", "resultDescription", "alignment", "identifier", "address", "achievement",
         "otherIdentifier", "result", "evidence", "issuer", "credentialSubject", "credentialStatus",
         "credentialSchema")  # fmt: skip


@st.composite
def nodes(draw: st.DrawFn, depth: int = 3) -> dict[str, Any]:
    """Return a node of some type, with any of the terms that the type may use."""
    vocabulary = VOCABULARIES[CREDENTIALS_V2, OPEN_BADGES]
    name = draw(st.sampled_from(sorted(set(vocabulary.of_type) - {"DataIntegrityProof"})))
    terms = sorted((vocabulary.of_type[name] | vocabulary.everywhere) - {"id", "type"})
    node: dict[str, Any] = {"type": [name], "id": f"urn:n:{draw(st.integers(0, 10**9))}"}
    for term in draw(st.lists(st.sampled_from(terms), max_size=5, unique=True)):
        if term in NODES and depth:
            node[term] = draw(nodes(depth=depth - 1) | st.lists(nodes(depth=depth - 1), max_size=3))
        elif term in NODES or term in ("verificationMethod", "statusListCredential"):
            node[term] = draw(ADDRESSES)
        else:
            node[term] = draw(TEXTS | st.lists(TEXTS, max_size=3, unique=True))
    return node


@settings(max_examples=60, deadline=None)
@given(nodes())
def test_any_use_of_the_terms_reads_as_with_the_published_contexts(node: dict[str, Any]) -> None:
    document = {"@context": [CREDENTIALS_V2, OPEN_BADGES], **node}

    assert canonical_nquads(document) == by_pyld(document)
