"""@digitalbazaar/vc, an independent implementation in JavaScript: it verifies ours, and we its."""

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob3.contexts import load_context

from mcsite.credentials.checks import issuer_keys
from mcsite.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from mcsite.credentials.did import DID_V1, MULTIKEY_V1
from mcsite.credentials.proofs import timestamp, verify_proofs
from tests.institution import NOW, Institution

SCRIPT = Path(__file__).with_name("verify.mjs")


def ask(request: dict[str, Any], institution: Institution) -> dict[str, Any]:
    """Run the JavaScript stack once; all that it may load is given to it."""
    did_document: Any = institution.evidence().did_documents[institution.did]
    did_document = {**did_document, "@context": [DID_V1, MULTIKEY_V1]}
    for method in did_document["verificationMethod"]:
        method.pop("validFrom", None)
    documents = {
        CREDENTIALS_V2: load_context(CREDENTIALS_V2),
        OPEN_BADGES: load_context(OPEN_BADGES),
        MULTIKEY_V1: load_context(MULTIKEY_V1),
        institution.did: did_document,
    }
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps({**request, "documents": documents, "now": timestamp(NOW)}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_verifies_ours() -> None:
    institution = Institution()

    found = ask({"action": "verify", "document": institution.issue()}, institution)

    assert found == {"verified": True, "error": ""}


def test_it_sees_what_we_see_changed() -> None:
    institution = Institution()
    changed: Any = copy.deepcopy(institution.issue())
    changed["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"

    assert not ask({"action": "verify", "document": changed}, institution)["verified"]


@pytest.mark.parametrize("name", ["Jānis Bērziņš", "Nguyễn Thị Ví Dụ"])
def test_we_verify_its(name: str) -> None:
    institution = Institution()
    unsigned = {k: v for k, v in institution.issue(name=name).items() if k != "proof"}
    request = {
        "action": "issue",
        "document": unsigned,
        "seed": [1] * 32,
        "controller": institution.did,
        "method": institution.keys[0].id,
        "date": timestamp(NOW),
    }

    signed = ask(request, institution)

    keys = issuer_keys(institution.did, institution.evidence())
    assert verify_proofs(signed, keys.key_of).reason == "ok"
    signed["name"] = "changed"
    assert verify_proofs(signed, keys.key_of).reason == "does-not-match"
