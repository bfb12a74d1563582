"""The cases that Python and the browser's modules share."""

import json
from collections import Counter
from typing import Any

import pytest

from mcsite.credentials import base64url
from mcsite.credentials.contexts import VOCABULARIES
from mcsite.credentials.evidence import Evidence, Registry, Unavailable
from mcsite.credentials.times import parse_time
from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import verify
from tests.vectors.make_verification import PATH

FILE: dict[str, Any] = json.loads(PATH.read_text("utf-8"))


def evidence_of(number: int) -> Evidence:
    """Return the evidence of a case."""
    return evidence_in(FILE, number)


def evidence_in(file: dict[str, Any], number: int) -> Evidence:
    """Return an evidence of a file of vectors."""

    def read(found: Any) -> Any:
        if isinstance(found, dict) and found.keys() in ({"unavailable"}, {"unavailable", "copy"}):
            return Unavailable(found["unavailable"], found.get("copy"))
        return tuple(found) if isinstance(found, list) else found

    found = file["evidence"][number]
    registries = read(found["registries"])
    return Evidence(
        did_documents={key: read(value) for key, value in found["didDocuments"].items()},
        status_lists={key: read(value) for key, value in found["statusLists"].items()},
        achievements={key: read(value) for key, value in found["achievements"].items()},
        registries=registries
        if isinstance(registries, Unavailable)
        else tuple(Registry(r["name"], frozenset(r["issuers"])) for r in registries),
        notices=found["notices"],
    )


def key_of(case: dict[str, Any]) -> bytes | None:
    return None if case["key"] is None else base64url.decode(case["key"])


@pytest.mark.parametrize("rdfc", [False, True], ids=["as the browser", "as the command line"])
@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_the_verdict_follows_the_vectors(case: dict[str, Any], rdfc: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    now = parse_time(FILE["now"])
    assert now is not None

    found = verify(
        case["document"].encode(), evidence_of(case["evidence"]), now, key=key_of(case),
        check_rdfc=rdfc,
    )  # fmt: skip

    expected = case.get("with_rdf", case) if rdfc else case
    assert found.verdict.value == expected["verdict"]
    assert (found.notice is not None) is expected["notice"]
    checks = [tuple(check) for check in expected["checks"]]
    assert [(r.check.value, r.state.value, r.reason) for r in found.checks] == checks


def test_the_vectors_are_all_there_accepting_and_refusing() -> None:
    verdicts = Counter(case["verdict"] for case in FILE["cases"])

    assert sum(verdicts.values()) == 140
    assert verdicts["valid"] == 22
    # of archives, which no page reads: tests/commands/test_archive.py
    assert set(verdicts) == {verdict.value for verdict in Verdict} - {"valid-offline"}


def test_the_browser_carries_the_same_terms() -> None:
    module = (PATH.parent.parent.parent / "theme/static/verify/more-terms.js").read_text("utf-8")

    for vocabulary in VOCABULARIES.values():
        assert f"= [{', '.join(map(json.dumps, sorted(vocabulary.everywhere)))}]" in module
        for name, terms in vocabulary.of_type.items():
            listed = ", ".join(json.dumps(term) for term in sorted(terms))
            assert f"{name if name.isidentifier() else json.dumps(name)}: [{listed}]" in module
