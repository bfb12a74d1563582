"""Real micro-credentials of others: never a crash, never green, and what is in the way is named."""

import json
from typing import Any

import pytest

from mcsite.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from mcsite.credentials.evidence import Evidence, Registry
from mcsite.credentials.jcs import canonical
from mcsite.credentials.proofs import secure_jcs
from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import verify
from tests.institution import NOW, Institution
from tests.mutations import token
from tests.reference import reference

NAMES = (
    "mbob_eo_eov_microcredential_full",
    "mbob_ht_pf_microcredential_full",
    "mbob_zw_ssb_microcredential_full",
    "mbob_zw_td_microcredential_full",
    "theed_microcredential_embedded_ho",
    "theed_microcredential_full_ho",
    "theed_microcredential_full_mbo",
    "theed_microcredential_minimal_ho",
    "uvh_at_microcredential_full_1",
    "uvh_at_microcredential_full_2",
    "uvh_fvhz_microcredential_full",
)
CONTEXT = (
    "https://raw.githubusercontent.com/educredentials/obv3-examples/refs/heads/main/contexts/"
    "educredential.json"
)


def text_of(name: str) -> str:
    """Return one of the credentials, which the Dutch pilot published unsigned."""
    return reference(f"real/dc4eu/{name}.json").read_text("utf-8")


@pytest.mark.parametrize("form", ["bare", "signed", "token"])
@pytest.mark.parametrize("name", NAMES)
def test_a_vocabulary_that_isn_t_carried_is_named(name: str, form: str) -> None:
    document: dict[str, Any] = json.loads(text_of(name))
    it = Institution()
    data = {
        "bare": text_of(name).encode(),
        "signed": canonical(secure_jcs(document, it.signer(), NOW)),
        "token": token(document, it.signer(), alg="EdDSA", kid="#key-1"),
    }[form]

    found = verify(data, Evidence(), NOW)

    assert found.verdict is Verdict.UNREADABLE
    assert (found.checks[0].reason, found.checks[0].details["named"]) == (
        "unknown-context",
        CONTEXT,
    )
    assert found.document is None


@pytest.mark.parametrize("name", NAMES)
def test_without_it_the_first_foreign_word_is_named(name: str) -> None:
    """They use terms of their own, which Open Badges alone doesn't have."""
    document: dict[str, Any] = json.loads(text_of(name))
    document["@context"] = [CREDENTIALS_V2, OPEN_BADGES]

    found = verify(canonical(document), Evidence(), NOW)

    named = found.checks[0].details["named"]
    assert found.checks[0].reason == "unmapped-term"
    assert named
    assert f'"{named}"' in text_of(name)


@pytest.mark.parametrize(
    "proof",
    [
        {"type": "Ed25519Signature2020", "proofValue": "z1", "proofPurpose": "assertionMethod"},
        {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "proofValue": "u1"},
        {"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023", "proofValue": "u1"},
    ],
    ids=lambda proof: proof.get("cryptosuite", proof["type"]),
)
def test_a_proof_of_another_kind_is_named(proof: dict[str, Any]) -> None:
    it = Institution()
    method = f"{it.did}#key-1"
    document = {**it.issue(), "proof": {**proof, "verificationMethod": method}}
    registries = (Registry("own", frozenset({it.did})),)

    found = it.verify(document, registries=registries)

    assert found.verdict is Verdict.UNSUPPORTED
    named = found.checks[1].details["named"]
    assert named == proof.get("cryptosuite", proof["type"])
