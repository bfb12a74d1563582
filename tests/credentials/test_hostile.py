"""Documents made to be slow, to crash, or to mean two things: each leads to a verdict, and soon."""

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwe
from joserfc.jwk import OctKey

from mcsite.credentials.evidence import Evidence
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonValue
from mcsite.credentials.proofs import secure, secure_jcs, verify_proofs
from mcsite.credentials.rdf import UnmappedDocument
from mcsite.credentials.rdfc import canonical_nquads
from mcsite.credentials.sealing import WrongKey, seal, unseal
from mcsite.credentials.times import parse_time
from mcsite.credentials.verdict import Check, Verdict
from mcsite.credentials.verify import verify
from tests.browser_twin import answer_of, browser_answers
from tests.institution import LINK_KEY, NOW, Institution


def test_a_repeated_key_among_a_hundred_thousand_is_found_at_once() -> None:
    pairs = ",".join(f'"{number:x}":0' for number in range(90_000))

    found = verify(f'{{{pairs},"15f8f":0}}'.encode(), Evidence(), NOW)

    assert found.checks[0].reason == "duplicate-key"


def twins(depth: int) -> dict[str, Any]:
    """Return nodes in nodes, each with three equal ones inside."""
    return {"type": ["Evidence"], **({"alignment": [twins(depth - 1)] * 3} if depth else {})}


def variants() -> list[dict[str, Any]]:
    """Return nodes that differ as JSON and are one as RDF: none is in another's list twice."""
    return [
        {"type": ["Evidence"] * number, "name": ["x"] * (number % 3 + 1)} for number in range(1, 13)
    ]


def hidden() -> list[dict[str, Any]]:
    """Return nodes that say the same themselves, and differ by what hangs on them."""
    return [
        {"type": ["Evidence"], "image": {"type": ["Image"], "caption": str(n)}} for n in range(40)
    ]


@pytest.mark.parametrize(
    "evidence",
    [[twins(4)] * 3, [twins(2)] * 3, variants(), hidden(), ["_:a", "_:b", "_:c"]],
    ids=[
        "twins in twins",
        "fewer twins",
        "written differently",
        "told apart below",
        "named blanks",
    ],
)
def test_a_poisoned_graph_is_refused_before_it_costs_anything(evidence: list[Any]) -> None:
    document = {k: v for k, v in Institution().issue().items() if k != "proof"}

    with pytest.raises(UnmappedDocument):
        canonical_nquads({**document, "evidence": evidence})


def heavy(kind: str) -> bytes:
    """Return a document of nearly a megabyte that is work for each of its proofs."""
    document: Any = Institution().issue()
    achievement = document["credentialSubject"]["achievement"]
    achievement |= {
        "words": {"tag": [f"t{number}" for number in range(80_000)]},
        "numbers": {"tag": [number + 0.5 for number in range(80_000)]},
        "escapes": {"description": "\x01" * 150_000},
        "types": {"type": ["Achievement"] * 60_000},
    }.get(kind, {})
    if kind == "links":
        document["evidence"] = [f"https://a.example/{number}" for number in range(25_000)]
    document["proof"] = document["proof"] * (1000 if kind == "proofs" else 4)
    return json.dumps(document).encode()


HEAVY = [
    *map(heavy, ("words", "numbers", "escapes", "types", "links", "proofs")),
    *(b"[" * 999_999, b'{"a":' * 199_999),
]


@pytest.mark.parametrize("data", HEAVY, ids=lambda data: f"{data[:4]!r} {len(data)}")
def test_any_document_has_its_verdict_within_two_seconds(data: bytes) -> None:
    started = time.process_time()

    found = Institution().verify_bytes(data)

    assert time.process_time() - started < 2
    assert found.verdict is not Verdict.VALID


def test_the_browser_has_the_same_verdicts_as_soon(tmp_path: Path) -> None:
    it = Institution()
    started = time.monotonic()

    answers = browser_answers(tmp_path, [(data, None) for data in HEAVY], it.evidence())

    assert time.monotonic() - started < 2 * len(HEAVY)
    for data, answer in zip(HEAVY, answers, strict=True):
        assert answer == answer_of(verify(data, it.evidence(), NOW, check_rdfc=False))


@pytest.mark.parametrize("index", ["1" * 5000, ["1"], 1, True, None, "00000000001"])
def test_a_strange_status_index_is_no_place_in_the_list(index: Any) -> None:
    institution = Institution()
    document: Any = {k: v for k, v in institution.issue().items() if k != "proof"}
    document["credentialStatus"][0]["statusListIndex"] = index

    found = institution.verify(secure_jcs(document, institution.signer(), NOW))

    assert found.verdict is Verdict.VALID_STATUS_UNKNOWN
    assert found.checks[5].reason == "index-out-of-range"


@pytest.mark.parametrize(
    "name", ["cryptosuite", "verificationMethod", "type", "proofValue", "created"]
)
def test_a_list_of_one_text_isn_t_that_text(name: str) -> None:
    institution = Institution()
    altered: Any = copy.deepcopy(institution.issue())
    altered["proof"][1][name] = [altered["proof"][1][name]]

    assert institution.verify(altered).verdict in (Verdict.TAMPERED, Verdict.UNSUPPORTED)


@pytest.mark.parametrize("condition", ["expires", "domain", "challenge", "previousProof"])
def test_a_proof_with_conditions_is_never_taken_without_them(condition: str) -> None:
    institution = Institution()
    document: Any = institution.issue()
    document["proof"][1][condition] = "2020-01-01T00:00:00Z"

    found = institution.verify(document)

    assert found.verdict is Verdict.UNSUPPORTED
    assert found.document is None


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "dir", "enc": "A256GCM", "zip": "DEF"},
        {"alg": "dir", "enc": "A128GCM"},
        {"alg": "dir", "enc": "A256GCM", "kid": "x"},
    ],
)
def test_a_sealed_credential_of_another_kind_stays_closed(header: dict[str, str]) -> None:
    size = 16 if header["enc"] == "A128GCM" else 32
    key = OctKey.import_key(LINK_KEY[:size])
    algorithms = ["dir", "A256GCM", "A128GCM", "DEF"]
    text = jwe.encrypt_compact(header, b" " * 10_000_000, key, algorithms=algorithms)

    with pytest.raises(WrongKey):
        unseal(text, LINK_KEY)


@pytest.mark.parametrize(
    "head", ["W10", "bnVsbA", "MQ", "", "eyJhbGciOlsiZGlyIl0sImVuYyI6e319", "é", "\ud800"]
)
def test_a_header_that_is_none_stays_closed(head: str) -> None:
    rest = seal(b"{}", LINK_KEY).split(".")[1:]

    with pytest.raises(WrongKey):
        unseal(".".join([head, *rest]), LINK_KEY)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "0000-01-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00+14:01",
        "2026-01-01T00:00:60Z",
        "٢٠٢٦-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z\n",
    ],
)
def test_moments_that_languages_read_differently_are_none(text: str) -> None:
    assert parse_time(text) is None


def test_a_document_of_a_megabyte_costs_little() -> None:
    institution = Institution()
    document: Any = {k: v for k, v in institution.issue().items() if k != "proof"}
    document["credentialSubject"]["achievement"]["tag"] = [f"t{number}" for number in range(80_000)]
    signed = secure(document, institution.signer(), NOW)

    found = verify(canonical(signed), institution.evidence(), NOW)

    assert found.verdict is Verdict.VALID


def test_the_second_proof_of_a_set_can_t_speak_for_a_damaged_first() -> None:
    """Without RDF, an RDFC proof counts by the name that a verified proof has for it."""
    institution = Institution()
    altered: Any = copy.deepcopy(institution.issue())
    altered["proof"][0]["created"] = "2026-01-01T00:00:00Z"

    found = verify(canonical(altered), institution.evidence(), NOW, check_rdfc=False)

    assert found.verdict is Verdict.TAMPERED
    assert {c.reason for c in found.checks if c.check is Check.SIGNATURE} == {"set-not-bound"}


def test_an_rdfc_proof_alone_is_for_those_who_read_rdf() -> None:
    institution = Institution()
    alone: Any = copy.deepcopy(institution.issue())
    alone["proof"] = alone["proof"][0]
    data = canonical(alone)

    assert verify(data, institution.evidence(), NOW).verdict is Verdict.VALID
    browser = verify(data, institution.evidence(), NOW, check_rdfc=False)
    assert browser.verdict is Verdict.UNSUPPORTED


def test_an_empty_set_of_proofs_proves_nothing() -> None:
    document = Institution().issue()

    proofs: list[JsonValue] = [[], [None], {}, "x", [{}], None]
    for proof in proofs:
        assert not verify_proofs({**document, "proof": proof}, lambda _: None).holds


def test_nothing_can_be_added_to_a_credential_with_an_rdfc_proof_alone() -> None:
    institution = Institution()
    alone: Any = copy.deepcopy(institution.issue())
    alone["proof"] = alone["proof"][0]
    for forged in (
        {"evidence": "seal.png"},
        {"evidence": {"id": "https://a b", "type": ["Evidence"], "narrative": "with honours"}},
        {"name": [alone["name"], "with honours"]},
    ):
        assert institution.verify({**alone, **forged}).verdict is not Verdict.VALID
