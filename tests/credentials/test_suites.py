"""Every cryptosuite and key, signed and verified: alone, as the set, and mixed in one set."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from mcsite.credentials.cryptosuites import PrivateKeySigner, public_key_of
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import proofs_of, secure, secure_jcs, verify_proofs
from tests.browser_twin import answer_of, browser_answers
from tests.institution import NOW, Institution, private_key

KEYS = {
    "Ed25519": private_key(0),
    "P-256": private_key(1, curve=ec.SECP256R1()),
    "P-384": private_key(2, curve=ec.SECP384R1()),
}
METHOD = "did:web:micro.uni.example#key-1"


def signer(name: str) -> PrivateKeySigner:
    return PrivateKeySigner(METHOD, KEYS[name])


def reason(document: JsonObject, *names: str) -> str:
    """Return what checking the proofs finds, where each is made with the key of that name."""
    keys = iter([public_key_of(KEYS[name]) for name in names])
    return verify_proofs(document, lambda _: next(keys)).reason


def bare() -> JsonObject:
    return {k: v for k, v in Institution().issue().items() if k != "proof"}


@pytest.mark.parametrize("name", KEYS)
def test_a_set_holds_under_its_key_and_under_no_other(name: str) -> None:
    document = secure(bare(), signer(name), NOW)
    family = "eddsa-{}-2022" if name == "Ed25519" else "ecdsa-{}-2019"

    assert [p["cryptosuite"] for p in proofs_of(document)] == [
        family.format("rdfc"), family.format("jcs")
    ]  # fmt: skip
    assert reason(document, name, name) == "ok"
    for other in set(KEYS) - {name}:
        assert reason(document, other, other) in ("bad-key", "bad-signature-bytes")


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("name", KEYS)
def test_each_proof_of_a_set_stands_alone_and_sees_a_change(name: str, place: int) -> None:
    document: Any = secure(bare(), signer(name), NOW)
    alone = {**document, "proof": document["proof"][place]}

    assert reason(alone, name) == "ok"
    assert reason({**alone, "name": "Forged"}, name) == "does-not-match"
    moved = {**alone["proof"], "created": "2026-11-22T12:00:00Z"}
    assert reason({**alone, "proof": moved}, name) == "does-not-match"


def test_proofs_of_three_keys_stand_in_one_set() -> None:
    document = bare()
    proofs = [proofs_of(secure_jcs(document, signer(name), NOW))[0] for name in KEYS]

    assert reason({**document, "proof": proofs}, *KEYS) == "ok"
    assert reason({**document, "proof": proofs, "name": "Forged"}, *KEYS) == "does-not-match"


@pytest.mark.parametrize("name", ["P-256", "P-384"])
def test_the_browser_verifies_each_curve(name: str, tmp_path: Any) -> None:
    it = Institution()
    it.add_key(KEYS[name], since=NOW.replace(year=2025))
    good: Any = it.issue()
    altered = {**good, "name": "Forged"}
    evidence = it.evidence()
    documents = [(data, None) for data in map(canonical, (good, altered))]

    answers = browser_answers(tmp_path, documents, evidence)

    assert [answer[0] for answer in answers] == ["valid", "tampered"]
    assert answers[0] == answer_of(it.verify(good))
