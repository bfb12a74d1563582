"""The JSON Schema of Open Badges 3.0: what mcsite issues conforms, but for one difference that is
ours by decision (docs/decisions/0011), and for nothing else.
"""

import json
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from mcsite.store.batches import StoredCredential, read_batches
from tests.institution import Institution
from tests.reference import reference
from tests.test_api import ROOT

PUBLIC = [one for one in read_batches(ROOT) if isinstance(one, StoredCredential) and not one.sealed]


@pytest.fixture(scope="module")
def schema() -> Draft201909Validator:
    path = reference("openbadges/achievement-credential.schema.json")
    return Draft201909Validator(json.loads(path.read_text("utf-8")))


def errors(schema: Draft201909Validator, document: Any) -> list[tuple[str, str]]:
    return [(error.json_path, error.validator) for error in schema.iter_errors(document)]


def test_there_are_public_credentials_in_the_sample() -> None:
    assert len(PUBLIC) >= 10


@pytest.mark.parametrize("stored", PUBLIC, ids=lambda stored: stored.id)
def test_every_issued_credential_differs_in_its_two_status_entries_alone(
    schema: Draft201909Validator, stored: StoredCredential
) -> None:
    document: Any = stored.document

    assert errors(schema, document) == [("$.credentialStatus", "type")]
    for entry in document["credentialStatus"]:
        assert errors(schema, {**document, "credentialStatus": entry}) == []


def test_a_credential_without_status_conforms_as_it_is(schema: Draft201909Validator) -> None:
    document = {
        key: value for key, value in Institution().issue().items() if key != "credentialStatus"
    }

    assert errors(schema, document) == []


def test_the_schema_sees_faults(schema: Draft201909Validator) -> None:
    document: Any = Institution().issue()
    document.pop("credentialStatus")
    document["credentialSubject"]["achievement"].pop("criteria")
    document["validFrom"] = 2026

    places = [path for path, _ in errors(schema, document)]
    assert "$.validFrom" in places
    assert any("achievement" in place for place in places)
