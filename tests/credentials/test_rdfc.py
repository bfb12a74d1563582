"""RDF canonicalisation with the reduced contexts: the same N-Quads as with the published ones."""

import copy
from typing import Any

import pytest
from openbadgeslib.ob3.contexts import load_context
from pyld import jsonld

from mcsite.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES, VOCABULARIES
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import UnmappedTerm, secure
from mcsite.credentials.rdf import UnmappedDocument
from mcsite.credentials.rdfc import canonical_nquads
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
        {"evidence": None},
        {"evidence": []},
        {"evidence": [{"type": ["Evidence"], "name": [None]}]},
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


VOCABULARY = VOCABULARIES[CREDENTIALS_V2, OPEN_BADGES]
TYPES = sorted(set(VOCABULARY.of_type) - {"DataIntegrityProof"})
SHARING = [
    (one, other)
    for one in TYPES
    for other in TYPES
    if one != other and VOCABULARY.of_type[one] & VOCABULARY.of_type[other]
]
TEXTS = ["x", "1.5", "true", "https://a.example/x", "urn:a:b", "\u0101 \U0001f393", 'a\n"b']


def node(name: str, texts: list[str]) -> JsonObject:
    """Return a node of a type with all the terms that the type may use."""
    terms = (VOCABULARY.of_type[name] | VOCABULARY.everywhere) - {"id", "type", "alignment"}
    meanings = VOCABULARY.meanings((name,))
    assert meanings is not None
    values = {
        term: "urn:a:link" if meanings[term].is_link else texts[number % len(texts)]
        for number, term in enumerate(sorted(terms))
    }
    return {"id": f"urn:node:{name}", "type": [name], **values}


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[3:] + TEXTS[:3], ["urn:a:b"]], ids="abc")
@pytest.mark.parametrize("name", TYPES)
def test_every_term_reads_as_with_the_published_contexts(name: str, texts: list[str]) -> None:
    document = {"@context": [CREDENTIALS_V2, OPEN_BADGES], **node(name, texts)}

    assert canonical_nquads(document) == by_pyld(document)


@pytest.mark.parametrize(("one", "other"), SHARING)
def test_a_term_of_two_types_keeps_its_meaning_in_each(one: str, other: str) -> None:
    """Such a term may be of one kind here and of another there, in the same document."""
    document: JsonObject = {"@context": [CREDENTIALS_V2, OPEN_BADGES], **node(one, ["urn:a:b"])}
    document["alignment"] = [node(other, ["urn:a:b"])]

    assert canonical_nquads(document) == by_pyld(document)


@pytest.mark.parametrize(
    "address",
    ["logo.png", "https://a b", "https://[x", "https://a/%zz", "https://a/<x>", "#x", "//a/b:c",
     "1:2", "::", ""],
)  # fmt: skip
def test_an_address_that_isn_t_one_is_never_dropped_in_silence(address: str) -> None:
    """What is dropped would not be signed: anybody could add it to a credential."""
    document = unsecured(Institution().issue())

    for evidence in ([address], [{"id": address, "type": ["Evidence"], "narrative": "forged"}]):
        with pytest.raises(UnmappedDocument):
            canonical_nquads({**document, "evidence": evidence})
