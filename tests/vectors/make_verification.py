"""Remakes verification.json, which pytest and Node both run.

    python -m tests.vectors.make_verification

Cases come from the simulated institution; the expected results are Python's, read by a person
before they were committed. A change of this file's output is a change of what verifying means.
"""

import copy
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mcsite.credentials import base64url
from mcsite.credentials.did import did_document
from mcsite.credentials.evidence import Evidence, Registry, Unavailable
from mcsite.credentials.jcs import canonical
from mcsite.credentials.notices import Status
from mcsite.credentials.proofs import secure, timestamp
from mcsite.credentials.verify import Verification, verify
from tests.credentials.test_verify import ALTERATIONS, list_of
from tests.institution import ACHIEVEMENT, BASE, LINK_KEY, NOW, Institution, private_key
from tests.vectors.strange_cases import (
    strange_documents,
    strange_envelopes,
    strange_hosts,
    strange_issuers,
    strange_lists,
    strange_members,
    strange_moments,
    strange_names,
    strange_notices,
)

DAY = dt.timedelta(days=1)
PATH = Path(__file__).with_name("verification.json")
Case = tuple[str, Any, bytes | None, Evidence]


def cases() -> Iterator[Case]:
    """Yield name, document (or bytes), key and evidence of each case."""
    yield from _of_documents()
    yield from _of_dates_and_status()
    yield from _of_evidence()
    yield from _of_keys()
    yield from strange_documents()
    yield from strange_envelopes()
    yield from strange_lists()
    yield from strange_issuers()
    yield from strange_notices()
    yield from strange_names()
    yield from strange_moments()
    yield from strange_members()
    yield from strange_hosts()


def _of_documents() -> Iterator[Case]:
    it = Institution()
    good = it.issue()
    yield "valid", good, None, it.evidence()
    sealed = it.seal(good)
    yield "valid, sealed", sealed, LINK_KEY, it.evidence()
    yield "sealed, no key", sealed, None, it.evidence()
    yield "sealed, a damaged key", sealed, b"", it.evidence()
    yield "sealed, wrong key", sealed, bytes(32), it.evidence()
    yield "sealed, another's proof", {**sealed, "proof": good["proof"]}, LINK_KEY, it.evidence()
    for alter in ALTERATIONS:
        changed = copy.deepcopy(good)
        alter(changed)
        yield f"altered: {alter.__name__}", changed, None, it.evidence()
    for name, change in (
        ("no proof", {"proof": []}),
        (
            "unknown context",
            {"@context": ["https://www.w3.org/ns/credentials/v2", "https://x.example/"]},
        ),
        ("unmapped term", {"honours": True}),
        ("unknown status type", {"credentialStatus": {"type": "StatusList2021Entry"}}),
        ("no credential", {"type": ["VerifiablePresentation"]}),
        ("bad date", {"validFrom": "2026-02-30T00:00:00Z"}),
        ("another issuer", {"issuer": "did:web:evil.example"}),
    ):
        yield name, {**good, **change}, None, it.evidence()
    purpose: Any = copy.deepcopy(good)
    purpose["proof"] = purpose["proof"][1:]
    purpose["proof"][0]["proofPurpose"] = "authentication"
    yield "wrong purpose", purpose, None, it.evidence()
    short: Any = copy.deepcopy(good)
    short["proof"] = short["proof"][1:]
    short["proof"][0]["proofValue"] = "z111"
    yield "signature bytes too short", short, None, it.evidence()
    for name, text in (
        ("not JSON", b"{"),
        ("duplicate key", b'{"a": 1, "a": 2}'),
        ("bad number", b'{"a": NaN}'),
        ("half a surrogate pair", b'{"a": "\\ud800"}'),
        ("too deep", b"[" * 65 + b"]" * 65),
        ("a list", b"[]"),
    ):
        yield name, text, None, it.evidence()


def _of_dates_and_status() -> Iterator[Case]:
    it = Institution()
    yield "not yet valid", it.issue(valid_from=NOW + DAY), None, it.evidence()
    yield "expired", it.issue(valid_until=NOW - DAY), None, it.evidence()
    yield "valid until later", it.issue(valid_until=NOW + DAY), None, it.evidence()
    for status in Status:
        credential = it.issue(valid_until=NOW - DAY if status is Status.REVOKED else None)
        it.revoke(credential, status=status)
        yield status.value, credential, None, it.evidence()
        yield f"{status.value}, no notice", credential, None, it.evidence(notices={})
        yield f"{status.value}, sealed", it.seal(credential), LINK_KEY, it.evidence()
    unsigned = {k: v for k, v in it.issue().items() if k not in ("proof", "credentialStatus")}
    yield "no status", secure(unsigned, it.signer(), NOW - DAY), None, it.evidence()
    more: Any = {**unsigned, "awardedDate": "2026-10-01T00:00:00Z"}
    more["issuer"] = {**more["issuer"], "parentOrg": {"id": BASE, "type": ["Profile"]}}
    related = {"id": f"{BASE}/lv/courses/cits/", "type": ["Related"], "version": "2"}
    subject = copy.deepcopy(more["credentialSubject"])
    subject["achievement"]["related"] = [related]
    rich = secure({**more, "credentialSubject": subject}, it.signer(), NOW - DAY)
    yield "terms that mcsite never uses", rich, None, it.evidence()
    undated = {k: v for k, v in it.issue().items() if k not in ("proof", "validFrom")}
    yield "no start date", secure(undated, it.signer(), NOW - DAY), None, it.evidence()


def _of_evidence() -> Iterator[Case]:
    it = Institution()
    good = it.issue()
    url = f"{BASE}/status/1.json"
    for name, found in (
        ("unreachable", Unavailable("unreachable")),
        ("malformed", Unavailable("malformed")),
        ("expired", list_of(it, valid_until=NOW)),
        ("of another id", list_of(it, url=f"{BASE}/status/9.json")),
        ("of another issuer", list_of(it, issuer="did:web:other.example")),
        ("of another purpose", list_of(it, purpose="suspension")),
        ("of no type", {**list_of(it), "type": ["VerifiableCredential"]}),
    ):
        yield f"list {name}", good, None, it.evidence(status_lists={**it.lists(), url: found})
    suspended = {**it.lists(), f"{BASE}/status/2.json": Unavailable("unreachable")}
    yield "suspension list unreachable", good, None, it.evidence(status_lists=suspended)
    copied = did_document(it.did, it.keys)
    for name, document in (
        ("unreachable", Unavailable("unreachable")),
        ("on another host", Unavailable("other-host", copied)),
        ("of another id", {**copied, "id": "did:web:other.example"}),
        ("without keys", {**copied, "assertionMethod": []}),
    ):
        yield f"DID document {name}", good, None, it.evidence(did_documents={it.did: document})
    broken: Any = copy.deepcopy(copied)
    key = broken["verificationMethod"][0]["publicKeyMultibase"]
    broken["verificationMethod"][0]["publicKeyMultibase"] = key[:-1]
    yield "DID document with a broken key", good, None, it.evidence(did_documents={it.did: broken})
    yield "no registry", good, None, it.evidence(registries=())
    yield "registries unreachable", good, None, it.evidence(registries=Unavailable("unreachable"))
    other = (Registry("Cits", frozenset({"did:web:other.example"})),)
    yield "on no registry", good, None, it.evidence(registries=other)
    identifier = str(ACHIEVEMENT["id"])
    for name, today in (
        ("changed, new version", ({**ACHIEVEMENT, "version": "2"},)),
        ("changed, same version", ({**ACHIEVEMENT, "name": "Cits"},)),
        ("unreachable", Unavailable("unreachable")),
    ):
        yield f"course {name}", good, None, it.evidence(achievements={identifier: today})


def _of_keys() -> Iterator[Case]:
    retired = Institution()
    old = retired.issue(at=NOW - 60 * DAY)
    retired.retire(0, NOW - 40 * DAY)
    retired.add_key(private_key(1), since=NOW - 40 * DAY)
    yield "signed before the key retired", old, None, retired.evidence()
    late = retired.issue(at=NOW - 10 * DAY, key=0)
    yield "signed after the key retired", late, None, retired.evidence()
    stolen = Institution()
    credential = stolen.issue()
    stolen.compromise(0, NOW - DAY)
    yield "signed with a stolen key", credential, None, stolen.evidence()


def as_json(evidence: Evidence) -> dict[str, Any]:
    """Return evidence as the browser's modules take it."""

    def plain(found: Any) -> Any:
        if isinstance(found, Unavailable):
            copied = {} if found.copy is None else {"copy": found.copy}
            return {"unavailable": found.reason, **copied}
        return list(found) if isinstance(found, tuple) else found

    registries = evidence.registries
    return {
        "didDocuments": {did: plain(found) for did, found in evidence.did_documents.items()},
        "statusLists": {url: plain(found) for url, found in evidence.status_lists.items()},
        "achievements": {name: plain(found) for name, found in evidence.achievements.items()},
        "registries": plain(registries)
        if isinstance(registries, Unavailable)
        else [{"name": r.name, "issuers": sorted(r.issuers)} for r in registries],
        "notices": dict(evidence.notices),
    }


def vector(case: Case) -> dict[str, Any]:
    """Return a case with Python's results, taking RDFC proofs on the JCS proof's word.

    `with_rdf` stands there where somebody who reads RDF too comes to another result.
    """
    name, document, key, evidence = case
    data = document if isinstance(document, bytes) else canonical(document)
    browser, both = (
        verify(data, evidence, NOW, key=key, check_rdfc=check_rdfc) for check_rdfc in (False, True)
    )
    return {
        "name": name,
        "document": data.decode(),
        "key": None if key is None else base64url.encode(key),
        **_result(browser),
        **({} if _result(both) == _result(browser) else {"with_rdf": _result(both)}),
        "evidence": as_json(evidence),
    }


def _result(found: Verification) -> dict[str, Any]:
    return {
        "verdict": found.verdict.value,
        "checks": [[r.check.value, r.state.value, r.reason] for r in found.checks],
        "notice": found.notice is not None,
    }


def shared_vectors(found: Iterator[Case], source: str) -> dict[str, Any]:
    """Return a file of vectors; evidence that several cases share stands in it once."""
    shared: dict[str, int] = {}
    made = [vector(case) for case in found]
    for one in made:
        text = json.dumps(one["evidence"], ensure_ascii=False, sort_keys=True)
        one["evidence"] = shared.setdefault(text, len(shared))
    return {
        "source": source,
        "now": timestamp(NOW),
        "cases": made,
        "evidence": [json.loads(text) for text in shared],
    }


def vectors() -> dict[str, Any]:
    """Return the whole file."""
    return shared_vectors(cases(), "made by tests/vectors/make_verification.py; Apache-2.0")


def main() -> None:
    """Write the file."""
    PATH.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
