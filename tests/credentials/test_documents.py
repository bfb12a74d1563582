"""The documents that mcsite makes: DID documents, ids, credentials, harmless text."""

import datetime as dt
import json
from typing import Any

import jsonschema
import pytest

from mcsite.credentials.claim_text import harmless
from mcsite.credentials.did import did_document, did_web_for, did_web_parts, did_web_url
from mcsite.credentials.ids import ID_PATTERN, id_in_url, new_credential_id
from mcsite.credentials.times import parse_time
from tests.institution import Institution
from tests.reference import reference


@pytest.mark.parametrize(
    ("address", "did", "url"),
    [
        ("https://a.example", "did:web:a.example", "https://a.example/.well-known/did.json"),
        ("https://a.example/b", "did:web:a.example:b", "https://a.example/b/did.json"),
        ("https://a.example/b/c/", "did:web:a.example:b:c", "https://a.example/b/c/did.json"),
        (
            "https://a.example:8443",
            "did:web:a.example%3A8443",
            "https://a.example:8443/.well-known/did.json",
        ),
    ],
)
def test_a_site_s_did_leads_back_to_its_document(address: str, did: str, url: str) -> None:
    assert did_web_for(address) == did
    assert did_web_url(did) == url


@pytest.mark.parametrize("did", ["did:web:", "did:web:a:..:b", "did:web:a::b", "did:key:z6Mk"])
def test_a_did_that_leads_elsewhere_is_none(did: str) -> None:
    assert did_web_parts(did) is None


def test_a_did_document_lists_its_keys_with_their_windows() -> None:
    institution = Institution()
    institution.retire(0, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))

    document = did_document(institution.did, institution.keys)

    methods: Any = document["verificationMethod"]
    (method,) = methods
    assert method["validUntil"] == "2026-01-01T00:00:00Z"
    assert document["assertionMethod"] == [f"{institution.did}#key-1"]


@pytest.mark.parametrize("data", [bytes(16), b"\xff" * 16, bytes(15) + b"\x01"])
def test_ids_are_22_characters_whatever_the_bytes(data: bytes) -> None:
    assert ID_PATTERN.fullmatch(new_credential_id(data))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example/c/1111111111111111111112/", True),
        ("https://a.example/b/c/1111111111111111111112/#k=x", True),
        ("https://a.example/c/111111111111111111111/", False),
        ("https://a.example/d/1111111111111111111112/", False),
        ("https://a.example/c/0111111111111111111112/", False),
    ],
)
def test_an_id_is_found_in_its_address_alone(url: str, found: bool) -> None:  # noqa: FBT001 -- what is expected
    assert (id_in_url(url) is not None) is found


def test_a_credential_conforms_to_the_open_badges_schema() -> None:
    """The schema allows one status entry, the data model several (docs/decisions/0011)."""
    schema = json.loads(reference("openbadges/achievement-credential.schema.json").read_bytes())
    credential = Institution().issue()
    entries = credential["credentialStatus"]
    assert isinstance(entries, list)
    assert len(entries) == 2

    for entry in entries:
        jsonschema.validate({**credential, "credentialStatus": entry}, schema)

    broken = {**credential, "credentialSubject": {"type": ["AchievementSubject"]}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jānis Bērziņš", "Jānis Bērziņš"),
        ("Valid ✓", "Valid □"),
        ("✅ VALID ☑ 🔒🛡️", "□ VALID □ □□"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u200bb\u0000c\u0085d", "abcd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("e\u0301", "é"),
        ("A\U000e0041B", "AB"),
    ],
)
def test_claim_text_can_t_imitate_the_page_or_turn_its_direction(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    "text",
    ["2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00", "", None],
)
def test_what_isn_t_a_moment_is_none(text: str) -> None:
    assert parse_time(text) is None


def test_moments_are_compared_across_zones() -> None:
    assert parse_time("2026-01-01T02:00:00+02:00") == parse_time("2026-01-01T00:00:00.000Z")
