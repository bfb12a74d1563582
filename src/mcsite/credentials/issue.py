"""From a course and a learner to a signed Open Badges 3.0 credential (design, section 3)."""

import datetime as dt
from dataclasses import dataclass, field

from mcsite.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from mcsite.credentials.cryptosuites import Signer
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import secure, secure_jcs, timestamp
from mcsite.credentials.sealing import seal

SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)


# what of a learner stands in sealed credentials alone: it tells more of a person, or joins what
# stands about them at several places
SEALED_ONLY = ("given_name", "family_name", "date_of_birth", "student_id", "did")


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """A learner as a credential names them; a public one without the fields of SEALED_ONLY."""

    name: str
    given_name: str = ""
    family_name: str = ""
    date_of_birth: dt.date | None = None
    student_id: str = ""  # European Student Identifier
    did: str = ""
    grade: str = ""
    evidence: str = ""  # an address

    def public(self) -> "Learner":
        """Return the learner with just what a public credential may say."""
        return Learner(name=self.name, grade=self.grade, evidence=self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a credential states beside the learner and the achievement."""

    url: str  # the credential's id
    issuer: JsonObject  # an Open Badges Profile
    achievement: JsonObject
    status: list[JsonValue] = field(default_factory=list)
    valid_from: dt.datetime
    valid_until: dt.datetime | None = None


def credential_document(learner: Learner, terms: Terms) -> JsonObject:
    """Return the unsigned credential."""
    document: JsonObject = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": terms.url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": terms.achievement["name"],
        "issuer": terms.issuer,
        "validFrom": timestamp(terms.valid_from),
    }
    if terms.valid_until is not None:
        document["validUntil"] = timestamp(terms.valid_until)
    document["credentialSubject"] = _subject(learner, terms.achievement)
    if learner.evidence:
        document["evidence"] = [{"id": learner.evidence, "type": ["Evidence"]}]
    if terms.status:
        document["credentialStatus"] = terms.status
    document["credentialSchema"] = [{"id": SCHEMA, "type": "JsonSchema"}]
    return document


def _subject(learner: Learner, achievement: JsonObject) -> JsonObject:
    subject: JsonObject = {"type": ["AchievementSubject"]}
    if learner.did:
        subject["id"] = learner.did
    identities = [("name", learner.name)]
    identities += [
        (kind, value)
        for kind, value in (
            ("ext:givenName", learner.given_name),
            ("ext:familyName", learner.family_name),
            ("ext:dateOfBirth", learner.date_of_birth and learner.date_of_birth.isoformat()),
            ("ext:europeanStudentIdentifier", learner.student_id),
        )
        if value
    ]
    subject["identifier"] = [
        {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
        for kind, value in identities
    ]
    subject["achievement"] = achievement
    if learner.grade:
        subject["result"] = [_result(learner.grade, achievement)]
    return subject


def _result(grade: str, achievement: JsonObject) -> JsonObject:
    result: JsonObject = {"type": ["Result"], "value": grade}
    described = achievement.get("resultDescription")
    if isinstance(described, list) and described and isinstance(described[0], dict):
        result["resultDescription"] = described[0]["id"]
    return result


def sign(document: JsonObject, signer: Signer, created: dt.datetime) -> JsonObject:
    """Return the signed credential, with its proof set."""
    return secure(document, signer, created)


def sealed_envelope(
    credential: JsonObject, key: bytes, signer: Signer, created: dt.datetime
) -> JsonObject:
    """Return the envelope that hides a signed credential (docs/decisions/0003)."""
    envelope: JsonObject = {"type": "SealedCredential", "id": credential["id"]}
    if "credentialStatus" in credential:
        envelope["credentialStatus"] = credential["credentialStatus"]
    envelope["jwe"] = seal(canonical(credential), key)
    return secure_jcs(envelope, signer, created)
