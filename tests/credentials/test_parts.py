"""The vectors of the parts that Python and the browser share; Node runs them in tests/js."""

import json
from collections import Counter
from typing import Any

import pytest

from mcsite.credentials.reading import key_of_link, link_of
from tests.vectors.make_parts import FOLDER, PARTS

COUNTS = {
    "claim-text": 23,
    "did-web": 27,
    "json-texts": 68,
    "moments": 39,
    "keys": 32,
    "link-keys": 30,
    "signatures": 56,
    "status-lists": 24,
}


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["cases"]
    return found


@pytest.mark.parametrize("name", PARTS)
def test_every_case_comes_out_as_written_down(name: str) -> None:
    found = json.loads(json.dumps(PARTS[name]()))

    assert len(found) == COUNTS[name]
    for made, case in zip(found, cases(name), strict=True):
        assert made == case


def test_both_halves_are_there_accepting_and_refusing() -> None:
    assert sum(case["parts"] is not None for case in cases("did-web")) == 7
    assert sum("canonical" in case for case in cases("json-texts")) == 29
    assert sum(case["milliseconds"] is not None for case in cases("moments")) == 13
    assert sum(case["algorithm"] is not None for case in cases("keys")) == 4
    assert [len(case["key"] or "") for case in cases("link-keys")] == [64] * 13 + [0] * 17
    assert sum(case["key"] is None for case in cases("link-keys")) == 6
    assert sum(case["indexes"] is not None for case in cases("status-lists")) == 8
    reasons = Counter(case["reason"] for case in cases("signatures"))
    assert reasons == {"ok": 4, "does-not-match": 14, "bad-signature-bytes": 38}


def test_a_link_gives_back_its_key() -> None:
    key = bytes(range(224, 256))
    _, fragment = link_of("https://a.example/c/x/", key).split("#")

    assert key_of_link(fragment) == key
    assert key_of_link(f"#a=b&{fragment}") == key
