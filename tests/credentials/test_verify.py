"""Verifying, attack by attack: what was changed is seen, what wasn't checked is never green."""

import copy
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from mcsite.credentials.did import KeyRecord, did_document
from mcsite.credentials.evidence import Evidence, Registry, Unavailable
from mcsite.credentials.jcs import canonical
from mcsite.credentials.notices import Status
from mcsite.credentials.proofs import secure, secure_jcs
from mcsite.credentials.status_list import StatusList, status_list_document
from mcsite.credentials.verdict import DECIDING, Check, CheckResult, State, Verdict, verdict_of
from mcsite.credentials.verify import verify
from tests.institution import ACHIEVEMENT, BASE, LINK_KEY, NOW, Institution, private_key

DAY = dt.timedelta(days=1)


def reason_of(found: Any, check: Check) -> str:
    return str(next(result.reason for result in found.checks if result.check is check))


def test_a_good_credential_is_valid_by_all_nine_checks() -> None:
    institution = Institution()

    found = institution.verify(institution.issue())

    assert found.verdict is Verdict.VALID
    assert [result.check for result in found.checks] == list(Check)
    assert {result.state for result in found.checks} == {State.PASSED}


def test_a_p256_key_signs_as_well() -> None:
    institution = Institution()
    institution.add_key(private_key(9, curve=ec.SECP256R1()), since=NOW - 90 * DAY)

    credential = institution.issue()

    assert {proof["cryptosuite"] for proof in proofs(credential)} == {
        "ecdsa-jcs-2019",
        "ecdsa-rdfc-2019",
    }
    assert institution.verify(credential).verdict is Verdict.VALID


def proofs(credential: Any) -> list[dict[str, Any]]:
    return list(credential["proof"])


def flipped(text: str) -> str:
    """Return `text` with its middle letter changed."""
    middle = len(text) // 2
    return text[:middle] + ("2" if text[middle] != "2" else "3") + text[middle + 1 :]


def change_name(document: Any) -> None:
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Jānis Bērzinš"


def change_date(document: Any) -> None:
    document["validFrom"] = document["validFrom"].replace("2026", "2025")


def change_grade(document: Any) -> None:
    document["credentialSubject"]["result"][0]["value"] = "10"


def change_jcs_proof(document: Any) -> None:
    document["proof"][1]["proofValue"] = flipped(document["proof"][1]["proofValue"])


def change_rdfc_proof(document: Any) -> None:
    document["proof"][0]["proofValue"] = flipped(document["proof"][0]["proofValue"])


def change_created(document: Any) -> None:
    document["proof"][1]["created"] = "2026-11-01T00:00:00Z"


def change_nonce(document: Any) -> None:
    document["proof"][1]["nonce"] = flipped(document["proof"][1]["nonce"])


def drop_rdfc_proof(document: Any) -> None:
    document["proof"][0] = document["proof"][1]


def add_claim(document: Any) -> None:
    document["description"] = "with honours"


ALTERATIONS = [
    change_name, change_date, change_grade, change_jcs_proof, change_rdfc_proof, change_created,
    change_nonce, add_claim,
]  # fmt: skip


@pytest.mark.parametrize("rdfc", [True, False], ids=["command line", "browser"])
@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_a_changed_letter_is_never_green(alter: Callable[[Any], None], rdfc: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    institution = Institution()
    altered = copy.deepcopy(institution.issue())
    alter(altered)

    found = verify(canonical(altered), institution.evidence(), NOW, check_rdfc=rdfc)

    assert found.verdict is Verdict.TAMPERED
    assert found.document is None


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"proof": []}, Verdict.TAMPERED),
        ({"proof": None}, Verdict.TAMPERED),
        ({"@context": ["https://www.w3.org/ns/credentials/v2"]}, Verdict.UNREADABLE),
        ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, Verdict.UNREADABLE),
        ({"unmapped": "x"}, Verdict.UNREADABLE),
        ({"validFrom": "yesterday"}, Verdict.UNREADABLE),
        ({"credentialStatus": {"type": "RevocationList2020Status"}}, Verdict.UNREADABLE),
        ({"issuer": {"id": "did:web:evil.example", "type": ["Profile"]}}, Verdict.TAMPERED),
        ({"credentialSubject": "x"}, Verdict.UNREADABLE),
    ],
)
def test_a_broken_form_is_never_green(change: dict[str, Any], verdict: Verdict) -> None:
    institution = Institution()

    assert institution.verify({**institution.issue(), **change}).verdict is verdict


@pytest.mark.parametrize("purpose", ["authentication", "capabilityInvocation", None, 1])
def test_a_proof_for_another_purpose_proves_nothing(purpose: object) -> None:
    institution = Institution()
    altered: Any = copy.deepcopy(institution.issue())
    altered["proof"][1]["proofPurpose"] = purpose

    found = institution.verify(altered)

    assert found.verdict is Verdict.TAMPERED
    assert reason_of(found, Check.SIGNATURE) in ("wrong-purpose", "set-not-bound")


def test_a_key_that_the_issuer_doesn_t_list_makes_the_signer_unknown() -> None:
    institution = Institution()
    credential = institution.issue()
    other = KeyRecord(id=f"{institution.did}#other", multibase=institution.keys[0].multibase)
    documents = {institution.did: did_document(institution.did, [other])}

    found = institution.verify(credential, did_documents=documents)

    assert found.verdict is Verdict.UNKNOWN_ISSUER
    assert reason_of(found, Check.ISSUER_KEY) == "key-not-listed"


def test_a_proof_with_somebody_else_s_key_is_refused() -> None:
    honest, thief = Institution(), Institution(base="https://evil.example")
    unsigned = {key: value for key, value in honest.issue().items() if key != "proof"}
    forged = secure(unsigned, thief.signer(), NOW - DAY)
    documents = {**honest.evidence().did_documents, **thief.evidence().did_documents}

    found = honest.verify(forged, did_documents=documents)

    assert found.verdict is Verdict.TAMPERED
    assert reason_of(found, Check.SIGNATURE) == "foreign-method"


def test_rotation_breaks_nothing_that_was_issued_before() -> None:
    institution = Institution()
    old = institution.issue(at=NOW - 60 * DAY)
    institution.retire(0, NOW - 40 * DAY)
    institution.add_key(private_key(1), since=NOW - 40 * DAY)
    new = institution.issue(at=NOW - 10 * DAY)

    assert institution.verify(old).verdict is Verdict.VALID
    assert institution.verify(new).verdict is Verdict.VALID


def test_a_retired_key_signs_nothing_any_more() -> None:
    institution = Institution()
    institution.retire(0, NOW - 40 * DAY)
    institution.add_key(private_key(1), since=NOW - 40 * DAY)

    found = institution.verify(institution.issue(at=NOW - 10 * DAY, key=0))

    assert found.verdict is Verdict.UNKNOWN_ISSUER
    assert reason_of(found, Check.ISSUER_KEY) == "outside-window"


def test_a_stolen_key_is_believed_in_nothing_whatever_date_it_states() -> None:
    institution = Institution()
    credential = institution.issue(at=NOW - 300 * DAY)
    institution.compromise(0, NOW - DAY)

    found = institution.verify(credential)

    assert found.verdict is Verdict.UNKNOWN_ISSUER
    assert reason_of(found, Check.ISSUER_KEY) == "key-revoked"


@pytest.mark.parametrize(
    ("status", "verdict", "check"),
    [
        (Status.REVOKED, Verdict.REVOKED, Check.REVOCATION),
        (Status.SUPERSEDED, Verdict.REVOKED, Check.REVOCATION),
        (Status.SUSPENDED, Verdict.SUSPENDED, Check.SUSPENSION),
    ],
)
def test_a_withdrawn_credential_is_never_green(
    status: Status, verdict: Verdict, check: Check
) -> None:
    institution = Institution()
    credential, other = institution.issue(), institution.issue()
    institution.revoke(credential, status=status)

    found = institution.verify(credential)

    assert found.verdict is verdict
    assert reason_of(found, check) == status.value
    assert found.notice is not None
    assert institution.verify(other).verdict is Verdict.VALID


def test_a_missing_or_forged_notice_changes_no_verdict() -> None:
    institution, thief = Institution(), Institution(base="https://evil.example")
    credential = institution.issue()
    institution.revoke(credential)
    url = str(credential["id"])
    forged = secure_jcs(
        {"type": "StatusNotice", "id": url, "status": "superseded"}, thief.signer(), NOW
    )

    for notices in ({}, {url: forged}):
        found = institution.verify(credential, notices=notices)
        assert found.verdict is Verdict.REVOKED
        assert found.notice is None


def test_dates_decide() -> None:
    institution = Institution()
    early = institution.issue(valid_from=NOW + DAY)
    late = institution.issue(valid_until=NOW - DAY)

    assert institution.verify(early).verdict is Verdict.NOT_YET_VALID
    assert institution.verify(late).verdict is Verdict.EXPIRED


def test_revoked_beats_expired() -> None:
    institution = Institution()
    credential = institution.issue(valid_until=NOW - DAY)
    institution.revoke(credential)

    assert institution.verify(credential).verdict is Verdict.REVOKED


def list_of(institution: Institution, **changes: Any) -> dict[str, Any]:
    """Return the revocation list made with `changes`, signed by the institution."""
    parts: dict[str, Any] = {
        "url": f"{BASE}/status/1.json",
        "issuer": institution.did,
        "purpose": "revocation",
        "content": StatusList.of(set()),
        "valid_from": NOW - DAY,
        "valid_until": NOW + DAY,
        **changes,
    }
    return secure(status_list_document(**parts), institution.signer(), NOW - DAY)


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("list-expired", {"valid_until": NOW}),
        ("list-expired", {"valid_from": NOW + DAY, "valid_until": NOW + 2 * DAY}),
        ("list-wrong-id", {"url": f"{BASE}/status/2.json"}),
        ("list-not-signed", {"issuer": "did:web:other.example"}),
        ("list-wrong-purpose", {"purpose": "suspension"}),
    ],
)
def test_a_list_that_is_no_evidence_is_never_green(reason: str, changes: dict[str, Any]) -> None:
    institution = Institution()
    url = f"{BASE}/status/1.json"
    lists = {**institution.lists(), url: list_of(institution, **changes)}

    found = institution.verify(institution.issue(), status_lists=lists)

    assert found.verdict is Verdict.VALID_STATUS_UNKNOWN
    assert reason_of(found, Check.REVOCATION) == reason


@pytest.mark.parametrize(
    ("reason", "found_list"),
    [
        ("unreachable", Unavailable("unreachable")),
        ("malformed", Unavailable("malformed")),
        ("list-malformed", {"id": f"{BASE}/status/1.json", "type": ["VerifiableCredential"]}),
    ],
)
def test_a_list_that_can_t_be_read_is_never_green(reason: str, found_list: Any) -> None:
    institution = Institution()
    lists = {**institution.lists(), f"{BASE}/status/1.json": found_list}

    found = institution.verify(institution.issue(), status_lists=lists)

    assert found.verdict is Verdict.VALID_STATUS_UNKNOWN
    assert reason_of(found, Check.REVOCATION) == reason


def test_a_changed_bit_in_a_list_is_seen() -> None:
    institution = Institution()
    credential = institution.issue()
    institution.revoke(credential)
    lists: Any = copy.deepcopy(institution.lists())
    lists[f"{BASE}/status/1.json"]["credentialSubject"]["encodedList"] = StatusList.of(
        set()
    ).encode()

    found = institution.verify(credential, status_lists=lists)

    assert found.verdict is Verdict.VALID_STATUS_UNKNOWN
    assert reason_of(found, Check.REVOCATION) == "list-not-signed"


@pytest.mark.parametrize("index", ["131072", "-1", "1e3", "٣", "", "99999999999999999999"])
def test_an_index_that_isn_t_in_the_list_is_never_green(index: str) -> None:
    institution = Institution()
    unsigned: Any = {k: v for k, v in institution.issue().items() if k != "proof"}
    unsigned["credentialStatus"][0]["statusListIndex"] = index
    credential = secure(unsigned, institution.signer(), NOW - DAY)

    found = institution.verify(credential)

    assert found.verdict is Verdict.VALID_STATUS_UNKNOWN
    assert reason_of(found, Check.REVOCATION) == "index-out-of-range"


@pytest.mark.parametrize("reason", ["unreachable", "other-host"])
def test_an_issuer_that_can_t_be_asked_is_never_green(reason: str) -> None:
    institution = Institution()
    copied = did_document(institution.did, institution.keys)
    documents = {institution.did: Unavailable(reason, copied if reason == "other-host" else None)}

    found = institution.verify(institution.issue(), did_documents=documents)

    assert found.verdict is Verdict.ISSUER_UNREACHABLE
    assert reason_of(found, Check.ISSUER_KEY) == reason


@pytest.mark.parametrize(
    ("registries", "verdict"),
    [
        ((), Verdict.UNKNOWN_ISSUER),
        ((Registry("other", frozenset({"did:web:other.example"})),), Verdict.UNKNOWN_ISSUER),
        (Unavailable("unreachable"), Verdict.ISSUER_UNREACHABLE),
    ],
)
def test_an_issuer_on_no_list_is_never_green(registries: Any, verdict: Verdict) -> None:
    institution = Institution()

    assert institution.verify(institution.issue(), registries=registries).verdict is verdict


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ({"version": "2", "description": "New"}, State.PASSED, "changed-since"),
        ({"description": "New"}, State.FAILED, "changed-since"),
    ],
)
def test_a_changed_course_description_is_told_and_decides_nothing(
    change: dict[str, Any], state: State, reason: str
) -> None:
    institution = Institution()
    today = {str(ACHIEVEMENT["id"]): ({**ACHIEVEMENT, **change},)}

    found = institution.verify(institution.issue(), achievements=today)

    assert found.verdict is Verdict.VALID
    told = next(result for result in found.checks if result.check is Check.ACHIEVEMENT)
    assert (told.state, told.reason) == (state, reason)


def test_a_sealed_credential_is_valid_with_its_key_alone() -> None:
    institution = Institution()
    envelope = institution.seal(institution.issue())

    assert institution.verify(envelope, key=LINK_KEY).verdict is Verdict.VALID
    assert institution.verify(envelope).verdict is Verdict.NO_KEY
    wrong = institution.verify(envelope, key=bytes(32))
    assert (wrong.verdict, reason_of(wrong, Check.FORMAT)) == (Verdict.UNREADABLE, "key-wrong")


def test_a_sealed_credential_shows_nothing_of_the_person_or_the_course() -> None:
    institution = Institution()
    text = canonical(institution.seal(institution.issue())).decode()

    assert "Jānis" not in text
    assert "Kiberdrošība" not in text
    assert "kiberdrosiba" not in text


def test_lengths_of_sealed_credentials_say_little() -> None:
    institution = Institution()
    names = ["Bo Li", "Anna Katrīna Elizabete Grāvīte-Vītoliņa"]
    lengths = {len(str(institution.seal(institution.issue(name=name))["jwe"])) for name in names}

    assert len(lengths) == 1


@pytest.mark.parametrize("field", ["jwe", "id", "proof"])
def test_a_changed_envelope_is_never_green(field: str) -> None:
    institution = Institution()
    envelope: Any = copy.deepcopy(institution.seal(institution.issue()))
    other: Any = institution.seal(institution.issue())
    envelope[field] = other[field]

    assert institution.verify(envelope, key=LINK_KEY).verdict is not Verdict.VALID


def test_an_envelope_with_another_status_place_is_refused() -> None:
    institution = Institution()
    credential = institution.issue()
    envelope: Any = {k: v for k, v in institution.seal(credential).items() if k != "proof"}
    envelope["credentialStatus"][0]["statusListIndex"] = "5"
    forged = secure_jcs(envelope, institution.signer(), NOW - DAY)

    found = institution.verify(forged, key=LINK_KEY)

    assert reason_of(found, Check.FORMAT) == "envelope-mismatch"


@pytest.mark.parametrize("missing", DECIDING)
def test_a_check_that_never_ran_is_never_green(missing: Check) -> None:
    results = {
        check: CheckResult(check=check, state=State.PASSED, reason="ok", at=NOW)
        for check in Check
        if check is not missing
    }

    assert verdict_of(results) is not Verdict.VALID


@given(st.binary(max_size=200))
def test_any_bytes_give_a_verdict(data: bytes) -> None:
    assert verify(data, Evidence(), NOW).verdict is Verdict.UNREADABLE


@settings(max_examples=150)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_no_changed_byte_is_green(place: int, byte: int) -> None:
    data = bytearray(GOOD)
    place %= len(data)
    if data[place] == byte:
        return
    data[place] = byte

    found = verify(bytes(data), EVIDENCE, NOW)

    assert found.verdict is not Verdict.VALID or json.loads(data) == json.loads(GOOD)


_INSTITUTION = Institution()
GOOD = canonical(_INSTITUTION.issue())
EVIDENCE = _INSTITUTION.evidence()
