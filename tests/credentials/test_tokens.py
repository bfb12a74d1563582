"""Credentials in JSON Web Tokens: the cases that Python and the browser's modules share."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mcsite.credentials.times import parse_time
from mcsite.credentials.verify import verify
from tests.credentials.test_vectors import evidence_in

PATH = Path(__file__).parent.parent / "vectors" / "jwt.json"
FILE: dict[str, Any] = json.loads(PATH.read_text("utf-8"))


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_the_verdict_follows_the_vectors(case: dict[str, Any]) -> None:
    now = parse_time(FILE["now"])
    assert now is not None

    found = verify(case["document"].encode(), evidence_in(FILE, case["evidence"]), now)

    assert found.verdict.value == case["verdict"]
    checks = [tuple(check) for check in case["checks"]]
    assert [(r.check.value, r.state.value, r.reason) for r in found.checks] == checks


def test_the_vectors_are_all_there_accepting_and_refusing() -> None:
    verdicts = Counter(case["verdict"] for case in FILE["cases"])

    assert sum(verdicts.values()) == 128
    assert verdicts["valid"] == 27
    assert verdicts.keys() >= {"tampered", "unsupported", "unreadable", "issuer-unreachable"}


def test_a_key_in_the_header_never_says_whose_it_is() -> None:
    """Whoever made such a token could have put any issuer's name into it."""
    shown = [case for case in FILE["cases"] if "key in the header" in case["name"]]

    assert len(shown) >= 3
    assert not any(case["verdict"] == "valid" for case in shown if "listed" not in case["name"])


@pytest.mark.parametrize(
    ("name", "reason", "named"),
    [
        ("an unknown context", "unknown-context", "https://other.example/context"),
        ("an unmapped term", "unmapped-term", "honours"),
        ("an unknown type", "unmapped-term", "DiplomaCredential"),
        ("another kind of status", "unknown-status-type", "StatusList2021Entry"),
        ("alg of a shared key", "proof-not-supported", "HS256"),
        ("critical extension", "proof-not-supported", "crit"),
        ("another issuer in iss", "claims-mismatch", "iss"),
    ],
)
def test_what_can_t_be_checked_is_named(name: str, reason: str, named: str) -> None:
    case = next(case for case in FILE["cases"] if case["name"] == name)
    now = parse_time(FILE["now"])
    assert now is not None

    found = verify(case["document"].encode(), evidence_in(FILE, case["evidence"]), now)

    result = next(result for result in found.checks if result.state.value != "passed")
    assert (result.reason, result.details["named"]) == (reason, named)
