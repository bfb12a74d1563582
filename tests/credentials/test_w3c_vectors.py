"""W3C's test vectors of the Data Integrity cryptosuites: hashes, signatures, whole documents."""

import json
from pathlib import Path
from typing import Any

import pytest

from mcsite.credentials import base58
from mcsite.credentials.cryptosuites import PublicKey, digest, public_key
from mcsite.credentials.jcs import canonical
from mcsite.credentials.proofs import verify_proofs
from tests.reference import reference

RDFC = [
    "vc-di-eddsa/TestVectors/eddsa-rdfc-2022",
    "vc-di-eddsa/TestVectors/eddsa-rdfc-2022/employ",
    "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256",
    "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384",
]
SETS = [
    ("vc-di-eddsa/TestVectors/eddsa-jcs-2022", "eddsa-jcs-2022"),
    ("vc-di-ecdsa/TestVectors/ecdsa-jcs-2019-p256", "ecdsa-jcs-2019"),
    ("vc-di-ecdsa/TestVectors/ecdsa-jcs-2019-p384", "ecdsa-jcs-2019"),
]


def signed_documents(folder: Path) -> list[Path]:
    """Return the signed documents of a set of vectors."""
    return sorted(path for path in folder.rglob("signed*.json"))


def key_of(method: str) -> PublicKey:
    """Return the key of a did:key's verification method."""
    return public_key(method.rsplit("#", 1)[-1])


@pytest.mark.parametrize(("folder", "suite"), SETS)
def test_signed_documents_verify(folder: str, suite: str) -> None:
    documents = signed_documents(reference(f"vectors/{folder}"))
    assert documents

    for path in documents:
        document: dict[str, Any] = json.loads(path.read_bytes())
        assert document["proof"]["cryptosuite"] == suite
        assert verify_proofs(document, key_of).reason == "ok", path


@pytest.mark.parametrize(("folder", "suite"), SETS)
def test_a_changed_letter_is_seen(folder: str, suite: str) -> None:
    for path in signed_documents(reference(f"vectors/{folder}")):
        text = path.read_text("utf-8")
        assert suite in text
        document: dict[str, Any] = json.loads(text.replace("Alumni", "Alumnus", 1))
        assert verify_proofs(document, key_of).reason == "does-not-match", path


@pytest.mark.parametrize(("folder", "suite"), SETS)
def test_canonical_forms_and_hashes_are_the_published_ones(folder: str, suite: str) -> None:
    base = reference(f"vectors/{folder}")
    algorithm = "P-384" if "384" in folder else suite
    for kind, source in (("Doc", "signed"), ("Proof", "proofConfig")):
        value: dict[str, Any] = json.loads(next(base.glob(f"{source}*.json")).read_bytes())
        value = {key: part for key, part in value.items() if kind == "Proof" or key != "proof"}
        name = "canonDoc" if kind == "Doc" else "proofCanon"
        assert canonical(value) == next(base.glob(f"{name}*.txt")).read_bytes()
        hashed = next(base.glob(f"{kind.lower()}Hash*.txt")).read_text().strip()
        assert digest(algorithm, canonical(value)).hex() == hashed


@pytest.mark.parametrize("folder", RDFC)
def test_rdfc_signatures_hold_over_the_published_canonical_forms(folder: str) -> None:
    base = reference(f"vectors/{folder}")
    document: dict[str, Any] = json.loads(next(base.glob("signed*.json")).read_bytes())
    proof = document["proof"]
    key = key_of(proof["verificationMethod"])
    message = b"".join(
        digest(key.algorithm, next(base.glob(f"{name}*.txt")).read_bytes())
        for name in ("proofCanon", "canonDoc")
    )
    signature = base58.decode(proof["proofValue"][1:])

    assert key.verifies(signature, message)
    assert not key.verifies(signature, message[::-1])


def test_a_context_that_isn_t_carried_is_never_guessed() -> None:
    base = reference("vectors/vc-di-eddsa/TestVectors/eddsa-rdfc-2022")
    document: dict[str, Any] = json.loads((base / "signedDataInt.json").read_bytes())

    assert verify_proofs(document, key_of).reason == "proof-not-supported"
