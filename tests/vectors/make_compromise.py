"""Remakes compromise.json, which pytest and Node both run: what a key signed that was stolen later.

    python -m tests.vectors.make_compromise

As in verification.json, the expected results are Python's, read by a person before they were
committed.
"""

import base64
import copy
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mcsite.credentials.compromise import digest_of, issued_parts, issued_service
from mcsite.credentials.cryptosuites import PrivateKeySigner, Signer
from mcsite.credentials.did import did_document
from mcsite.credentials.evidence import Evidence, Unavailable
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.notices import Status
from mcsite.credentials.proofs import secure_jcs, timestamp
from tests.institution import BASE, LINK_KEY, NOW, Institution, private_key
from tests.vectors.make_verification import Case, as_json, vector

PATH = Path(__file__).with_name("compromise.json")
DAY = dt.timedelta(days=1)
FOLDER = f"{BASE}/trust/issued/key-1/"
MADE = NOW - 2 * DAY


class Robbed:
    """An institution whose first key was stolen, after it had issued; the second one signs now."""

    def __init__(self) -> None:
        self.it = Institution()
        self.issued = [self.it.issue(name=name) for name in ("Jānis Bērziņš", "Anna Ozola")]
        self.sealed = self.it.seal(self.issued[1])
        self.it.add_key(private_key(1), since=NOW - 10 * DAY)
        self.it.compromise(0, NOW - 5 * DAY)
        self.key = self.it.keys[0].id

    def forged(self) -> JsonObject:
        """Return what the thief makes: dated back to when the key was good."""
        return self.it.issue(name="Zaglis", key=0)

    def parts(
        self, documents: Sequence[JsonObject], by: Signer, *, more: int = 0
    ) -> dict[str, JsonObject | Unavailable]:
        """Return the signed list of `documents` and of so many others, by address."""
        others = [digest_of({"n": number}) for number in range(more)]
        digests = [*map(digest_of, documents), *others]
        made = issued_parts(issuer=self.it.did, key=self.key, folder=FOLDER, digests=digests)
        return {FOLDER + name: secure_jcs(part, by, MADE) for name, part in made.items()}

    def did(self, *services: JsonObject, digits: int = 0) -> dict[str, JsonObject]:
        """Return the DID document that leads to the list."""
        entries = list(services) or [issued_service(self.key, FOLDER, digits)]
        return {self.it.did: {**did_document(self.it.did, self.it.keys), "service": [*entries]}}

    def evidence(self, *documents: JsonObject, **changes: Any) -> Evidence:
        """Return the evidence with a list of `documents`, signed by the second key."""
        issued = self.parts(documents, self.it.signer(1))
        return self.it.evidence(**({"did_documents": self.did(), "issued": issued} | changes))


def cases() -> Iterator[Case]:
    """Yield name, document, key and evidence of each case."""
    robbed = Robbed()
    good, other = robbed.issued
    sealed = robbed.sealed
    listed = robbed.evidence(good, sealed)
    yield "listed", good, None, listed
    yield "listed, sealed", sealed, LINK_KEY, listed
    yield "not listed", other, None, listed
    yield "dated back by the thief", robbed.forged(), None, listed
    altered: Any = copy.deepcopy(good)
    altered["name"] += "."
    yield "listed, then altered", altered, None, listed
    respelt: Any = copy.deepcopy(good)
    respelt["proof"] = respelt["proof"][1:]
    yield "listed, one proof taken away", respelt, None, listed
    yield "signed by the new key", robbed.it.issue(at=NOW - DAY), None, listed
    yield "an empty list", good, None, robbed.evidence()
    yield from _parted(robbed)
    yield from _of_signers()
    yield from _of_parts(robbed)
    yield from _of_services(robbed)
    yield from _of_status()


def _parted(robbed: Robbed) -> Iterator[Case]:
    for digits, more in ((1, 300), (2, 5000)):
        parts = robbed.parts([robbed.issued[0]], robbed.it.signer(1), more=more)
        found = robbed.did(digits=digits)
        for name, document in (("listed", robbed.issued[0]), ("not listed", robbed.issued[1])):
            wanted = digest_part(document, digits)
            evidence = robbed.evidence(did_documents=found, issued={wanted: parts[wanted]})
            yield f"{name}, in {16**digits} parts", document, None, evidence


def digest_part(document: JsonObject, digits: int) -> str:
    """Return the address of the part for a document, worked out by itself."""
    raw = base64.urlsafe_b64decode(digest_of(document) + "=")
    return f"{FOLDER}{raw.hex()[:digits]}.json"


def _of_signers() -> Iterator[Case]:
    robbed = Robbed()
    good, it = robbed.issued[0], robbed.it
    for name, signer in (
        ("the stolen key", it.signer(0)),
        ("a stranger", PrivateKeySigner(it.keys[1].id, private_key(7))),
        ("another issuer", PrivateKeySigner("did:web:other.example#key-1", private_key(7))),
    ):
        yield (
            f"list signed by {name}",
            good,
            None,
            robbed.evidence(issued=robbed.parts([good], signer)),
        )
    issued = robbed.parts([good], it.signer(1))
    for name, change in (
        ("that retired before it signed", {"valid_until": MADE - DAY}),
        ("that retired afterwards", {"valid_until": MADE + DAY}),
        ("that was stolen too", {"revoked": NOW - DAY}),
    ):
        fresh = Robbed()
        fresh.it.add_key(private_key(2), since=NOW - 3 * DAY)  # which signs the status lists
        fresh.it.keys[1] = replace(fresh.it.keys[1], **change)  # type: ignore[arg-type] # names are checked by replace
        evidence = fresh.evidence(did_documents=fresh.did(), issued=issued)
        yield f"list signed by a key {name}", good, None, evidence


def _of_parts(robbed: Robbed) -> Iterator[Case]:
    good, it = robbed.issued[0], robbed.it
    address = f"{FOLDER}all.json"
    part: Any = robbed.parts([robbed.issued[1]], it.signer(1))[address]
    longer = {**part, "digests": [*part["digests"], digest_of(good)]}
    yield "list with a digest added", good, None, robbed.evidence(issued={address: longer})
    digest = digest_of(good)
    plain: JsonObject = {
        "type": "IssuedWithKey",
        "id": address,
        "issuer": it.did,
        "key": robbed.key,
        "digests": [digest],
    }
    for name, change in (
        ("of another key", {"key": it.keys[1].id}),
        ("of another issuer", {"issuer": "did:web:other.example"}),
        ("of another type", {"type": "StatusNotice"}),
        ("whose digests are a text", {"digests": digest}),
        ("whose digests are padded", {"digests": [f"{digest}="]}),
        ("as it should be", {}),
    ):
        signed = secure_jcs({**plain, **change}, it.signer(1), MADE)
        yield f"list {name}", good, None, robbed.evidence(issued={address: signed})
    for reason in ("unreachable", "malformed"):
        missing = {address: Unavailable(reason)}
        yield f"list {reason}", good, None, robbed.evidence(issued=missing)
    yield "list not asked for", good, None, robbed.evidence(issued={})


def _of_services(robbed: Robbed) -> Iterator[Case]:
    good = robbed.issued[0]
    service = issued_service(robbed.key, FOLDER, 0)
    for name, entry in (
        ("of another key", {**service, "key": robbed.it.keys[1].id}),
        ("of another type", {**service, "type": "LinkedDomains"}),
        ("with too many digits", {**service, "digits": "5"}),
        ("with a number of digits", {**service, "digits": 0}),
        ("without an address", {**service, "serviceEndpoint": [FOLDER]}),
    ):
        did = robbed.did(entry)
        yield f"service {name}", good, None, robbed.evidence(good, did_documents=did)
    two = robbed.did({**service, "digits": "x"}, service)
    yield "service after one that is none", good, None, robbed.evidence(good, did_documents=two)


def _of_status() -> Iterator[Case]:
    robbed = Robbed()
    good, it = robbed.issued[0], robbed.it
    late = it.issue(at=NOW - 3 * DAY, key=0)
    it.retire(0, NOW - 5 * DAY)
    yield "listed, after the key retired", late, None, robbed.evidence(late)
    thieves = {url: secure_jcs({k: v for k, v in one.items() if k != "proof"}, it.signer(0), MADE)
               for url, one in it.lists().items()}  # fmt: skip
    yield "status lists by the stolen key", good, None, robbed.evidence(good, status_lists=thieves)
    it.revoke(good, status=Status.SUPERSEDED)
    yield "listed, then replaced", good, None, robbed.evidence(good, status_lists=it.lists())
    notice = {k: v for k, v in it.notices[str(good["id"])].items() if k != "proof"}
    false = {str(good["id"]): secure_jcs(notice, it.signer(0), NOW - 20 * DAY)}
    yield (
        "notice by the stolen key",
        good,
        None,
        robbed.evidence(good, status_lists=it.lists(), notices=false),
    )


def vectors() -> dict[str, Any]:
    """Return the whole file."""
    found = []
    for case in cases():
        evidence = case[3]
        issued = {
            url: {"unavailable": part.reason} if isinstance(part, Unavailable) else part
            for url, part in evidence.issued.items()
        }
        found.append({**vector(case), "evidence": {**as_json(evidence), "issued": issued}})
    return {
        "source": "made by tests/vectors/make_compromise.py; Apache-2.0",
        "now": timestamp(NOW),
        "cases": found,
    }


def main() -> None:
    """Write the file."""
    PATH.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
