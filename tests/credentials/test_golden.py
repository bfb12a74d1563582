"""Golden credentials: what any release ever issued verifies in every later one."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from mcsite.credentials.times import parse_time
from mcsite.credentials.verdict import State, Verdict
from mcsite.credentials.verify import verify
from tests.credentials.test_vectors import evidence_in

FOLDER = Path(__file__).parent.parent / "vectors" / "golden"
# Files are added here, and never changed or taken away.
DIGESTS = {
    "1-public.json": "b93f3765d0a7b24783f98662fed5d0a9998b8f64353d09c6b3f094b0815e4137",
    "1-public-p256.json": "ca8550f3d2ce2a832471930c468c1baf2d9ba497a8f93e0a88ddcb4f7c6a2d9b",
    "1-sealed.json": "9b3c97143c98d71b3b9551e7d3c836338c97af988f6511856b051d7d560be4be",
}


@pytest.mark.parametrize("rdfc", [True, False], ids=["every proof", "as the browser"])
@pytest.mark.parametrize("name", DIGESTS)
def test_a_credential_of_any_version_verifies(name: str, rdfc: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    file = json.loads((FOLDER / name).read_bytes())
    now = parse_time(file["now"])
    assert now is not None
    [case] = file["cases"]
    key = base64.urlsafe_b64decode(case["key"] + "=") if case["key"] else None

    found = verify(case["document"].encode(), evidence_in(file, 0), now, key=key, check_rdfc=rdfc)

    assert found.verdict is Verdict.VALID
    assert [result.state for result in found.checks] == [State.PASSED] * 9


def test_no_golden_credential_was_changed_or_lost() -> None:
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.json"))}

    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} == DIGESTS
