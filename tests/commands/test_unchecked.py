"""What can't be checked is still named: others' formats, and documents of any shape."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcsite.commands.unchecked import SEAL, claimed_by
from mcsite.credentials.jcs import canonical
from tests.institution import Institution
from tests.reference import reference

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def sample() -> Any:
    path = reference("elm/sample-micro-credential-annex-1.trimmed.jsonld")
    found = json.loads(path.read_text("utf-8"))
    found["displayParameter"] = {"title": {"en": "Digital micro-credential creation"}}
    return found


def test_a_credential_of_ours_says_what_it_says() -> None:
    found = claimed_by(canonical(Institution().issue()))

    assert found is not None
    assert found.title == "Kiberdrošības pamati"
    assert found.issuer == "Parauga universitāte (did:web:micro.uni.example)"
    assert found.proofs == ("eddsa-rdfc-2022", "eddsa-jcs-2022")
    assert found.contexts == ()
    assert found.statuses == ("BitstringStatusListEntry", "BitstringStatusListEntry")


@pytest.mark.parametrize("sealed", [True, False])
def test_a_european_digital_credential_is_named_with_its_seal(*, sealed: bool) -> None:
    inner = sample()
    payload = {"payload": json.dumps(inner), "signatures": [{"signature": "c2ln"}]}

    found = claimed_by(json.dumps(payload if sealed else {"credential": inner}).encode())

    assert found is not None
    assert found.title == "Digital micro-credential creation"
    assert found.issuer == "University of Zed (urn:epass:org:1)"
    assert found.proofs == ((SEAL,) if sealed else ())
    assert found.contexts == (
        "https://www.w3.org/2018/credentials/v1",
        "http://data.europa.eu/snb/model/context/edc-ap",
    )


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"payload":"{","signatures":[]}', b"\xff"])
def test_what_is_no_credential_claims_nothing(data: bytes) -> None:
    assert claimed_by(data) is None


KEYS = [
    "@context", "credentialSubject", "issuer", "proof", "credentialStatus", "credentialSchema",
    "name", "displayParameter", "payload", "signatures", "credential",
]  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_documents_of_any_shape_are_read(document: dict[str, Any]) -> None:
    found = claimed_by(json.dumps(document).encode())

    assert found is None or all(isinstance(text, str) for text in (found.title, found.issuer))
