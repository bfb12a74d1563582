"""A simulated institution: issues, withdraws, rotates and loses keys, all in memory and always
the same.
"""

import copy
import datetime as dt
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from mcsite.credentials.cryptosuites import PrivateHandle, PrivateKeySigner, public_key_of
from mcsite.credentials.did import KeyRecord, did_document, did_web_for
from mcsite.credentials.evidence import Evidence, Registry, Unavailable
from mcsite.credentials.ids import credential_url, new_credential_id
from mcsite.credentials.issue import Learner, Terms, credential_document, sealed_envelope, sign
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.notices import Status, status_notice
from mcsite.credentials.proofs import secure
from mcsite.credentials.status_list import (
    PURPOSES,
    StatusList,
    status_entries,
    status_list_document,
)
from mcsite.credentials.verify import Verification, verify

BASE = "https://micro.uni.example"
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LINK_KEY = bytes(range(32))
ACHIEVEMENT: JsonObject = {
    "id": f"{BASE}/lv/courses/kiberdrosiba/",
    "type": ["Achievement"],
    "achievementType": "MicroCredential",
    "name": "Kiberdrošības pamati",
    "description": "Pasargā savu darbavietu.",
    "criteria": {"narrative": "- Atpazīst pikšķerēšanu\n- Izveido drošas paroles"},
    "creator": {
        "id": f"{BASE}/lv/providers/uni/",
        "type": ["Profile"],
        "name": "Parauga universitāte",
        "address": {"type": ["Address"], "addressCountryCode": "LV"},
    },
    "version": "1",
    "creditsAvailable": 1.5,
    "inLanguage": "lv",
    "resultDescription": [
        {
            "id": f"{BASE}/lv/courses/kiberdrosiba/#grade",
            "type": ["ResultDescription"],
            "name": "10 ballu skala",
            "resultType": "Result",
            "requiredValue": "4",
        }
    ],
    "alignment": [
        {
            "type": ["Alignment"],
            "targetType": "ext:EQF",
            "targetName": "EQF level 5",
            "targetUrl": "http://data.europa.eu/snb/eqf/5",
            "targetCode": "5",
            "targetFramework": "European Qualifications Framework",
        }
    ],
}


def private_key(number: int, *, curve: ec.EllipticCurve | None = None) -> PrivateHandle:
    """Return a key that is the same in every run: for tests only."""
    if curve is not None:
        return ec.derive_private_key(number + 1, curve)
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32)


@dataclass
class Institution:
    """An issuer with keys, lists and a catalogue of one course."""

    base: str = BASE
    keys: list[KeyRecord] = field(default_factory=list)
    privates: dict[str, PrivateHandle] = field(default_factory=dict)
    revoked: set[int] = field(default_factory=set)
    suspended: set[int] = field(default_factory=set)
    notices: dict[str, JsonObject] = field(default_factory=dict)
    issued: int = 0

    def __post_init__(self) -> None:
        self.did = did_web_for(self.base)
        self.add_key(private_key(0), since=NOW - dt.timedelta(days=365))

    def add_key(self, private: PrivateHandle, *, since: dt.datetime) -> None:
        """Add a key; the last one signs."""
        method = f"{self.did}#key-{len(self.keys) + 1}"
        public = public_key_of(private).multibase
        self.keys.append(KeyRecord(id=method, multibase=public, valid_from=since))
        self.privates[method] = private

    def retire(self, number: int, at: dt.datetime) -> None:
        """End a key's window."""
        self.keys[number] = replace(self.keys[number], valid_until=at)

    def compromise(self, number: int, at: dt.datetime) -> None:
        """Say that a key was stolen."""
        self.keys[number] = replace(self.keys[number], revoked=at)

    def signer(self, number: int = -1) -> PrivateKeySigner:
        """Return the signer of a key, the newest by default."""
        method = self.keys[number].id
        return PrivateKeySigner(method, self.privates[method])

    def profile(self) -> JsonObject:
        """Return what credentials say of their issuer."""
        return {"id": self.did, "type": ["Profile"], "name": "Parauga universitāte"}

    def issue(
        self,
        *,
        name: str = "Jānis Bērziņš",
        at: dt.datetime = NOW - dt.timedelta(days=30),
        valid_from: dt.datetime | None = None,
        valid_until: dt.datetime | None = None,
        key: int = -1,
    ) -> JsonObject:
        """Issue a credential, with the next status index."""
        self.issued += 1
        identifier = new_credential_id(self.issued.to_bytes(16))
        terms = Terms(
            url=credential_url(self.base, identifier),
            issuer=self.profile(),
            achievement=copy.deepcopy(ACHIEVEMENT),  # tests alter what they were issued
            status=status_entries(self.base, 1, self.issued),
            valid_from=valid_from or at,
            valid_until=valid_until,
        )
        return sign(credential_document(Learner(name=name, grade="9"), terms), self.signer(key), at)

    def seal(self, credential: JsonObject) -> JsonObject:
        """Return the envelope of a credential, under LINK_KEY."""
        return sealed_envelope(credential, LINK_KEY, self.signer(), NOW - dt.timedelta(days=30))

    def revoke(self, credential: JsonObject, *, status: Status = Status.REVOKED) -> None:
        """Withdraw a credential, with a notice."""
        index = index_of(credential)
        (self.suspended if status is Status.SUSPENDED else self.revoked).add(index)
        url = str(credential["id"])
        self.notices[url] = status_notice(
            credential=url,
            status=status,
            at=NOW - dt.timedelta(days=2),
            signer=self.signer(),
            reason="Pārbaude",
            superseded_by=f"{url[:-23]}{new_credential_id(bytes(15) + b'x')}/"
            if status is Status.SUPERSEDED
            else "",
        )

    def lists(self, *, days: int = 30, at: dt.datetime = NOW) -> dict[str, JsonObject]:
        """Return the two status lists, signed the day before `at`."""
        found = {}
        for number, purpose in enumerate(PURPOSES, 1):
            url = f"{self.base}/status/{number}.json"
            members = self.revoked if purpose == "revocation" else self.suspended
            document = status_list_document(
                url=url,
                issuer=self.did,
                purpose=purpose,
                content=StatusList.of(members),
                valid_from=at - dt.timedelta(days=1),
                valid_until=at + dt.timedelta(days=days),
            )
            found[url] = secure(document, self.signer(), at - dt.timedelta(days=1))
        return found

    def evidence(self, **changes: object) -> Evidence:
        """Return what a verifier at this institution's address finds, with changes."""
        lists: dict[str, JsonObject | Unavailable] = dict(self.lists())
        found = Evidence(
            did_documents={self.did: did_document(self.did, self.keys)},
            status_lists=lists,
            achievements={str(ACHIEVEMENT["id"]): (ACHIEVEMENT,)},
            registries=(Registry("Parauga reģistrs", frozenset({self.did})),),
            notices=self.notices,
        )
        return replace(found, **changes)  # type: ignore[arg-type] # names are checked by replace

    def verify(
        self, credential: JsonObject, *, key: bytes | None = None, **changes: object
    ) -> Verification:
        """Verify a credential as a reader would today."""
        return verify(canonical(credential), self.evidence(**changes), NOW, key=key)

    def verify_bytes(self, data: bytes) -> Verification:
        """Verify whatever these bytes are."""
        return verify(data, self.evidence(), NOW)


def index_of(credential: JsonObject) -> int:
    """Return the status index of a credential."""
    entries = credential["credentialStatus"]
    assert isinstance(entries, list)
    entry = entries[0]
    assert isinstance(entry, dict)
    return int(str(entry["statusListIndex"]))
