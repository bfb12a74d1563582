"""verifier-core of the Digital Credentials Consortium, an independent implementation in JavaScript:
each of its steps says of ours what we say.
"""

import copy
import datetime as dt
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mcsite.credentials.did import did_document
from mcsite.credentials.issue import SCHEMA
from mcsite.credentials.notices import Status
from tests.institution import NOW, Institution
from tests.reference import reference

SCRIPT = Path(__file__).with_name("verifier_core.mjs")
REGISTRY = "https://registry.example/registry.json"
CENTURY = 36_500  # days: this library reads the clock itself


def ask(credential: Any, institution: Institution, **changes: Any) -> dict[str, Any]:
    """Run it once. It fetches what it wants from the documents given, and from nowhere else."""
    legacy = {"name": "Uni", "location": "Rīga", "url": institution.base}
    documents: dict[str, Any] = {
        f"{institution.base}/.well-known/did.json": did_document(institution.did, institution.keys),
        REGISTRY: {"meta": {}, "registry": {institution.did: legacy}},
        SCHEMA: json.loads(
            reference("openbadges/achievement-credential.schema.json").read_text("utf-8")
        ),
        **institution.lists(days=CENTURY),
    }
    documents |= changes
    registries = [{"name": "Ours", "type": "dcc-legacy", "url": REGISTRY}]
    request = {"credential": credential, "registries": registries, "documents": documents}
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def steps(found: dict[str, Any]) -> dict[str, bool | None]:
    """Return what each step found; None where it could not tell."""
    return {step["id"]: step.get("valid") for step in found["log"]}


def test_it_accepts_ours_whole() -> None:
    institution = Institution()

    found = ask(institution.issue(), institution)

    assert steps(found) == {
        "valid_signature": True,
        "revocation_status": True,
        "suspension_status": True,
        "expiration": True,
        "registered_issuer": True,
    }
    assert set(found["asked"]) == {
        f"{institution.base}/.well-known/did.json",
        f"{institution.base}/status/1.json",
        f"{institution.base}/status/2.json",
        REGISTRY,
        SCHEMA,
    }


@pytest.mark.parametrize(
    ("status", "step"),
    [(Status.REVOKED, "revocation_status"), (Status.SUSPENDED, "suspension_status")],
)
def test_it_sees_what_was_withdrawn(status: Status, step: str) -> None:
    institution = Institution()
    credential = institution.issue()
    institution.revoke(credential, status=status)

    found = steps(ask(credential, institution))

    assert {name for name, valid in found.items() if not valid} == {step}


def test_it_sees_that_the_time_is_over() -> None:
    institution = Institution()
    credential = institution.issue(valid_until=NOW - dt.timedelta(days=1))

    assert steps(ask(credential, institution))["expiration"] is False


def test_it_sees_what_was_changed() -> None:
    institution = Institution()
    changed: Any = copy.deepcopy(institution.issue())
    changed["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"

    found = ask(changed, institution)

    assert [error["name"] for error in found["errors"]] == ["invalid_signature"]


def test_a_list_that_it_cannot_fetch_or_that_is_another_keys_is_no_evidence() -> None:
    institution, thief = Institution(), Institution("https://thief.example")
    credential = institution.issue()
    url = f"{institution.base}/status/1.json"
    forged = {**thief.lists(days=CENTURY)["https://thief.example/status/1.json"], "id": url}

    for document in (None, forged):
        found = steps(ask(credential, institution, **{url: document}))

        assert found.get("revocation_status") is None


def test_its_check_of_the_schema_reports_just_the_two_status_entries() -> None:
    """The data model allows several, this schema one (docs/decisions/0011)."""
    institution = Institution()

    found = ask(institution.issue(), institution)

    (check,) = found["additionalInformation"]
    (result,) = check["results"]
    errors = result["result"]["errors"]
    assert [(error["instancePath"], error["message"]) for error in errors] == [
        ("/credentialStatus", "must be object")
    ]
