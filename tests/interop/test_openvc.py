"""openvc-core, an independent implementation in Python: it verifies ours, and we verify its."""

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from openbadgeslib.ob3.contexts import load_context
from openvc.keys import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.di_jcs import EddsaJcsProofSuite
from openvc.proof.errors import ProofError

from mcsite.credentials.checks import issuer_keys
from mcsite.credentials.contexts import OPEN_BADGES
from mcsite.credentials.proofs import verify_proofs
from tests.institution import NOW, Institution, private_key

SUITES: dict[str, Any] = {
    "eddsa-rdfc-2022": DataIntegrityProofSuite,
    "eddsa-jcs-2022": EddsaJcsProofSuite,
}
CONTEXTS: dict[str, Any] = {
    "eddsa-rdfc-2022": {"extra_contexts": {OPEN_BADGES: load_context(OPEN_BADGES)}},
    "eddsa-jcs-2022": {},
}


def jwk() -> dict[str, Any]:
    private = private_key(0)
    assert isinstance(private, ed25519.Ed25519PrivateKey)
    return dict(Ed25519SigningKey(private, "k").public_jwk())


def with_one_proof(credential: Any, suite: str) -> dict[str, Any]:
    """Return the credential with just its proof of `suite`: this library takes one at a time."""
    proof = next(proof for proof in credential["proof"] if proof["cryptosuite"] == suite)
    return {**copy.deepcopy(credential), "proof": proof}


@pytest.mark.parametrize("suite", SUITES)
def test_it_verifies_ours(suite: str) -> None:
    document = with_one_proof(Institution().issue(), suite)

    SUITES[suite]().verify(document, public_key_jwk=jwk(), now=NOW, **CONTEXTS[suite])


@pytest.mark.parametrize("suite", SUITES)
def test_it_sees_what_we_see_changed(suite: str) -> None:
    document = with_one_proof(Institution().issue(name="Jānis"), suite)
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Jānos"

    with pytest.raises(ProofError):
        SUITES[suite]().verify(document, public_key_jwk=jwk(), now=NOW, **CONTEXTS[suite])


def test_we_verify_its() -> None:
    """Its RDFC proofs. Its JCS proofs leave out the `@context` that they sign, so nobody else
    can.
    """
    institution = Institution()
    unsigned = {key: value for key, value in institution.issue().items() if key != "proof"}
    private = private_key(0)
    assert isinstance(private, ed25519.Ed25519PrivateKey)
    method = institution.keys[0].id
    signed = DataIntegrityProofSuite().add_proof(
        unsigned,
        signing_key=Ed25519SigningKey(private, method),
        verification_method=method,
        created=NOW,
        **CONTEXTS["eddsa-rdfc-2022"],
    )
    keys = issuer_keys(institution.did, institution.evidence())

    assert verify_proofs(signed, keys.key_of).reason == "ok"
    signed["name"] = "changed"
    assert verify_proofs(signed, keys.key_of).reason == "does-not-match"
