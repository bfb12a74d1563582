"""A stolen key: what it signed counts where the issuer confirms it, and nowhere else."""

import json
from collections import Counter
from typing import Any

import pytest

from mcsite.credentials.compromise import (
    FULL,
    digest_of,
    digits_for,
    issued_parts,
    issued_service,
    part_address,
    part_addresses,
)
from mcsite.credentials.did import did_document
from mcsite.credentials.evidence import Evidence, Registry, Unavailable
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import MAX_PROOFS
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.credentials.times import parse_time
from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import needs, verify
from tests.credentials.test_vectors import key_of
from tests.institution import LINK_KEY, NOW, Institution
from tests.vectors.make_compromise import FOLDER, PATH, Robbed

FILE: dict[str, Any] = json.loads(PATH.read_text("utf-8"))
KEY = "did:web:micro.uni.example#key-1"


def evidence_of(found: dict[str, Any]) -> Evidence:
    issued = {
        url: Unavailable(part["unavailable"]) if "unavailable" in part else part
        for url, part in found["issued"].items()
    }
    return Evidence(
        did_documents=found["didDocuments"],
        status_lists=found["statusLists"],
        achievements={key: tuple(value) for key, value in found["achievements"].items()},
        registries=tuple(Registry(r["name"], frozenset(r["issuers"])) for r in found["registries"]),
        notices=found["notices"],
        issued=issued,
    )


@pytest.mark.parametrize("rdfc", [False, True], ids=["as the browser", "as the command line"])
@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_the_verdict_follows_the_vectors(case: dict[str, Any], rdfc: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    now = parse_time(FILE["now"])
    assert now is not None

    found = verify(
        case["document"].encode(), evidence_of(case["evidence"]), now, key=key_of(case),
        check_rdfc=rdfc,
    )  # fmt: skip

    assert found.verdict.value == case["verdict"]
    assert (found.notice is not None) is case["notice"]
    checks = [tuple(check) for check in case["checks"]]
    assert [(r.check.value, r.state.value, r.reason) for r in found.checks] == checks


def test_the_vectors_are_all_there_accepting_and_refusing() -> None:
    verdicts = Counter(case["verdict"] for case in FILE["cases"])

    assert sum(verdicts.values()) == 38
    assert verdicts["valid"] == 8
    assert verdicts["unknown-issuer"] == 23


@pytest.mark.parametrize(
    ("count", "digits"),
    [(0, 0), (256, 0), (257, 1), (4096, 1), (20_000, 2), (1_000_000, 3), (100_000_000, 4)],
)
def test_parts_stay_small_as_lists_grow(count: int, digits: int) -> None:
    assert digits_for(count) == digits
    assert count / 16**digits <= FULL or digits == 4


def test_every_digest_stands_in_the_part_that_is_asked_for() -> None:
    digests = [digest_of({"n": number}) for number in range(20_000)]
    parts = issued_parts(issuer="did:web:a", key=KEY, folder=FOLDER, digests=[*digests, digests[0]])
    did = {"service": [issued_service(KEY, FOLDER, 2)]}

    assert len(parts) == 256
    assert sum(len(_listed(part["digests"])) for part in parts.values()) == 20_000
    for digest in digests[::97]:
        address = part_address(did, KEY, digest)  # type: ignore[arg-type] # a part of a document
        assert address is not None
        part = parts[address.removeprefix(FOLDER)]
        assert digest in _listed(part["digests"])
    assert max(len(canonical(part)) for part in parts.values()) < 6_000


def _listed(value: Any) -> list[Any]:
    assert isinstance(value, list)
    return value


def test_nothing_is_asked_for_until_a_key_was_stolen() -> None:
    robbed = Robbed()
    listed = robbed.did()[robbed.it.did]
    wanted = needs(canonical(robbed.sealed), LINK_KEY)
    assert wanted is not None
    assert len(wanted.documents) == 2
    assert part_addresses(listed, wanted.documents) == [f"{FOLDER}all.json"]

    fine = Institution()
    document = {**did_document(fine.did, fine.keys), "service": listed["service"]}
    assert part_addresses(document, wanted.documents) == []
    signed_since = robbed.it.issue(at=NOW)
    assert part_addresses(listed, [signed_since]) == []


def test_no_changed_byte_of_a_list_lets_anything_count() -> None:
    robbed = Robbed()
    good, other = robbed.issued
    ((address, part),) = robbed.parts([good], robbed.it.signer(1)).items()
    assert not isinstance(part, Unavailable)
    text = canonical(part)
    counted = 0
    for step in range(500):
        changed = bytearray(text)
        place = step * 7919 % len(text)
        changed[place] ^= 1 << step % 7
        try:
            damaged = parse_object(bytes(changed))
        except JsonFault:
            continue
        counted += 1
        for document in (good, other, robbed.forged()):
            found = robbed.it.verify(
                document, did_documents=robbed.did(), issued={address: damaged}
            )
            assert found.verdict is Verdict.UNKNOWN_ISSUER, (place, changed[place])

    assert counted > 200


@pytest.mark.parametrize(("count", "needed"), [(MAX_PROOFS, MAX_PROOFS), (MAX_PROOFS + 1, 0)])
def test_no_more_parts_are_needed_than_proofs_are_judged(count: int, needed: int) -> None:
    keys = [f"{KEY}{number}" for number in range(count)]
    listed: JsonObject = {
        "verificationMethod": [{"id": key, "revoked": "2026-01-01T00:00:00Z"} for key in keys],
        "service": [issued_service(key, f"{FOLDER}{key[-1]}/", 0) for key in keys],
    }
    document: JsonObject = {"proof": [{"verificationMethod": key} for key in keys]}

    assert len(part_addresses(listed, [document])) == needed
