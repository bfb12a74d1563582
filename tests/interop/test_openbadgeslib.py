"""openbadgeslib, an independent implementation of Open Badges 3.0 in Python: it verifies ours, and
what it signs and bakes into images verifies here.
"""

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openbadgeslib.baking import (
    ITXT_KEYWORD_OB3,
    SVG_ELEMENT_OB3,
    SVG_NS_OB3,
    bake_png,
    bake_svg,
    extract_png,
)
from openbadgeslib.ob3.credential import Achievement, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError

from mcsite.commands.verify import Verifier
from mcsite.credentials.evidence import Registry
from mcsite.credentials.jcs import canonical
from mcsite.credentials.notices import Status
from mcsite.store.carriers import credential_in
from tests.institution import NOW, Institution, private_key
from tests.vectors.make_carriers import png

CENTURY = 36_500  # days: this library reads the clock itself
PNG = png(b"tEXt", b"Comment\0picture")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'
PEM = private_key(3).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def published(institution: Institution) -> Callable[[str], bytes]:
    """Return what fetches from the institution's site, and from nowhere else."""
    documents: dict[str, Any] = dict(institution.lists(days=CENTURY))
    evidence: Any = institution.evidence()
    documents[f"{institution.base}/.well-known/did.json"] = evidence.did_documents[institution.did]
    return lambda url: canonical(documents[url])


def verified(institution: Institution, credential: Any) -> OpenBadgeCredential:
    """Verify with status. It reads our lists' bits; their proofs it can only check in a JWT."""
    verifier = OB3LdpVerifier.for_issuer_did(institution.did)
    return verifier.verify(
        credential,
        check_status=True,
        download=published(institution),
        verify_status_list=False,
    )


def test_it_verifies_ours_with_key_and_status() -> None:
    institution = Institution()

    found = verified(institution, institution.issue())

    assert found.achievement.name == "Kiberdrošības pamati"
    assert [entry["statusPurpose"] for entry in found.credential_status] == [
        "revocation", "suspension",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "purpose"), [(Status.REVOKED, "revocation"), (Status.SUSPENDED, "suspension")]
)
def test_it_sees_what_was_withdrawn(status: Status, purpose: str) -> None:
    institution = Institution()
    credential = institution.issue()
    institution.revoke(credential, status=status)

    with pytest.raises(OB3VerificationError, match=f"'{purpose}' is set"):
        verified(institution, credential)


def test_it_sees_what_was_changed() -> None:
    institution = Institution()
    changed: Any = copy.deepcopy(institution.issue())
    changed["credentialSubject"]["result"][0]["value"] = "10"

    with pytest.raises(OB3VerificationError):
        verified(institution, changed)


def theirs() -> OpenBadgeCredential:
    signer = OB3LdpSigner(PEM)
    did = signer.verification_method.partition("#")[0]
    return OpenBadgeCredential(
        issuer=Issuer(did, "Universität Musterstadt"),
        recipient_id="did:example:anna",
        achievement=Achievement(
            id="https://uni.example/a/1",
            name="Datenpflege & <Grundlagen>",
            description="Daten pflegen",
            criteria_narrative="Projektarbeit",
            tags=["data"],
            achievement_type="MicroCredential",
            credits_available=1.5,
        ),
        id="urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        issuance_date=NOW - dt.timedelta(days=1),
    )


BAKED: dict[str, Callable[[OB3LdpSigner, OpenBadgeCredential], bytes]] = {
    "badge.json": lambda signer, credential: signer.sign_to_json(credential).encode(),
    "badge.png": lambda signer, credential: signer.sign_into_png(credential, PNG),
    "badge.svg": lambda signer, credential: signer.sign_into_svg(credential, SVG),
}


@pytest.mark.parametrize("name", BAKED)
def test_we_verify_what_it_signs_and_bakes(name: str, tmp_path: Path) -> None:
    credential = theirs()
    path = tmp_path / name
    path.write_bytes(BAKED[name](OB3LdpSigner(PEM), credential))
    known = (Registry("ours", frozenset({credential.issuer.id})),)

    (answer,) = Verifier(now=NOW, trusted=known).answers([str(path)])

    found = answer.verification
    assert found.verdict == "valid", [(one.check, one.reason) for one in found.checks]
    assert found.document is not None
    assert found.document["name"] == "Datenpflege & <Grundlagen>"


def test_we_see_what_was_changed_in_its_image(tmp_path: Path) -> None:
    path = tmp_path / "badge.svg"
    baked = OB3LdpSigner(PEM).sign_into_svg(theirs(), SVG)
    path.write_bytes(baked.replace(b"Projektarbeit", b"Anwesenheit"))

    (answer,) = Verifier(now=NOW).answers([str(path)])

    assert answer.verification.verdict == "tampered"


def test_each_reads_what_the_other_baked() -> None:
    text = canonical(Institution().issue(name="Jānis & <Bērziņš>")).decode()

    in_png = bake_png(PNG, text, keyword=ITXT_KEYWORD_OB3)
    in_svg = bake_svg(SVG, text, element=SVG_ELEMENT_OB3, namespace=SVG_NS_OB3, as_text=True)

    assert credential_in(in_png) == text.encode()
    assert json.loads(credential_in(in_svg) or b"") == json.loads(text)
    ours = png(b"iTXt", b"openbadgecredential\0\0\0\0\0" + text.encode())
    assert extract_png(ours, keyword=ITXT_KEYWORD_OB3) == text
