"""Cases that an attacker or a careless issuer would make, for make_verification.py."""

import copy
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from mcsite.credentials import base58
from mcsite.credentials.cryptosuites import PrivateKeySigner
from mcsite.credentials.did import did_document
from mcsite.credentials.evidence import Evidence, Registry, Unavailable
from mcsite.credentials.jcs import canonical
from mcsite.credentials.proofs import secure, secure_jcs
from mcsite.credentials.sealing import seal
from mcsite.credentials.status_list import StatusList
from tests.credentials.test_verify import list_of
from tests.institution import ACHIEVEMENT, BASE, LINK_KEY, NOW, Institution, private_key

DAY = dt.timedelta(days=1)
OFF_CURVE = 1  # no point of P-256 has this x
Case = tuple[str, Any, bytes | None, Evidence]


def _signed(it: Institution, change: Callable[[Any], None]) -> Any:
    """Return a credential changed before it was signed: what a careless issuer might publish."""
    document: Any = {key: part for key, part in it.issue().items() if key != "proof"}
    change(document)
    return secure_jcs(document, it.signer(), NOW - DAY)


def _with_proof(document: Any, place: int, change: dict[str, Any]) -> Any:
    proofs = [dict(proof) for proof in document["proof"]]
    proofs[place].update(change)
    return {**document, "proof": proofs}


def _change_status(change: dict[str, Any], document: Any) -> None:
    document["credentialStatus"][0].update(change)


def _add(more: dict[str, Any], document: Any) -> None:
    document.update(more)


def strange_documents() -> Iterator[Case]:
    """Yield documents that no honest issuer of ours makes."""
    it = Institution()
    good: Any = it.issue()
    marked = b"\xef\xbb\xbf" + canonical(good)
    yield "a byte order mark", marked, None, it.evidence()
    yield (
        "a proof of an unknown suite",
        _with_proof(good, 0, {"cryptosuite": "bbs-2023"}),
        None,
        it.evidence(),
    )
    method = [good["proof"][1]["verificationMethod"]]
    yield (
        "a proof by a list of keys",
        _with_proof(good, 1, {"verificationMethod": method}),
        None,
        it.evidence(),
    )
    suite = [good["proof"][1]["cryptosuite"]]
    yield (
        "a proof of a list of suites",
        _with_proof(good, 1, {"cryptosuite": suite}),
        None,
        it.evidence(),
    )
    for name in ("expires", "domain", "challenge", "previousProof"):
        changed = _with_proof(good, 1, {name: "2026-01-01T00:00:00Z"})
        yield f"a proof with the condition {name}", changed, None, it.evidence()
    many = {**good, "proof": [good["proof"][1]] * 9}
    yield "nine proofs", many, None, it.evidence()
    entries = [good["credentialStatus"][0]] * 9
    sealed = {**it.seal(good), "credentialStatus": None}
    yield "sealed, a status that is nothing", sealed, LINK_KEY, it.evidence()
    yield "nine statuses", {**good, "credentialStatus": entries}, None, it.evidence()
    yield "an RDFC proof alone", {**good, "proof": good["proof"][0]}, None, it.evidence()
    yield "a JCS proof alone", _signed(it, lambda _: None), None, it.evidence()
    yield "a proof that is a text", {**good, "proof": "z1"}, None, it.evidence()
    yield "an id that is none", {**good, "id": None}, None, it.evidence()
    twins: Any = [{"type": ["Evidence"], "name": "x"}] * 4
    yield "four equal nodes", _signed(it, lambda d: d.update(evidence=twins)), None, it.evidence()
    for name, change in (
        ("a place that is a number", {"statusListIndex": 1}),
        ("a place that is a list", {"statusListIndex": ["1"]}),
        ("a place of many digits", {"statusListIndex": "1" * 5000}),
        ("a place beyond the list", {"statusListIndex": "131072"}),
        ("a place below the list", {"statusListIndex": "-1"}),
        ("another purpose", {"statusPurpose": "message"}),
        ("a list of purposes", {"statusPurpose": ["revocation"]}),
        ("no list", {"statusListCredential": None}),
        ("another type", {"type": "StatusList2021Entry"}),
        ("a list of JavaScript's own", {"statusListCredential": "__proto__"}),
        ("a size of more bits", {"statusSize": 2}),
        ("a type that is nothing", {"type": None}),
    ):
        document = _signed(it, partial(_change_status, change))
        yield f"status: {name}", document, None, it.evidence()


def _naming(it: Institution, nonce: Any) -> Any:
    """Return a credential whose JCS proof names the other one by `nonce`."""
    good: Any = it.issue()
    rdfc, jcs = good["proof"]
    unsigned = {key: part for key, part in good.items() if key != "proof"}
    options = {**{key: part for key, part in jcs.items() if key != "proofValue"}, "nonce": nonce}
    digests = [hashlib.sha256(canonical(part)).digest() for part in (options, unsigned)]
    value = "z" + base58.encode(it.signer().sign(b"".join(digests)))
    return {**unsigned, "proof": [rdfc, {**options, "proofValue": value}]}


def strange_names() -> Iterator[Case]:
    """Yield proofs that name another by what is no digest of it, and by no text."""
    it = Institution()
    for nonce in (0, 1, "", "0", None, False, ["0"]):
        yield f"a proof that names {nonce!r}", _naming(it, nonce), None, it.evidence()


def strange_moments() -> Iterator[Case]:
    """Yield credentials that begin or end within the millisecond of the check."""
    it = Institution()
    now = NOW.strftime("%Y-%m-%dT%H:%M:%S")
    for name in ("validFrom", "validUntil"):
        for fraction in ("0009", "000999999", "001"):
            document = _signed(it, partial(_add, {name: f"{now}.{fraction}Z"}))
            yield f"{name} at .{fraction}", document, None, it.evidence()


def strange_members() -> Iterator[Case]:
    """Yield documents of the issuer's with a member that we have a use for ourselves."""
    it = Institution()
    good = it.issue()
    url = f"{BASE}/status/1.json"
    more = {"unavailable": "unreachable"}
    listing: Any = {it.did: {**did_document(it.did, it.keys), **more}}
    yield "DID document with a strange member", good, None, it.evidence(did_documents=listing)
    unsigned = {key: part for key, part in list_of(it).items() if key != "proof"}
    signed = secure_jcs({**unsigned, **more}, it.signer(), NOW - DAY)
    lists = {**it.lists(), url: signed}
    yield "list with a strange member", good, None, it.evidence(status_lists=lists)


def strange_envelopes() -> Iterator[Case]:
    """Yield envelopes that don't fit what is in them."""
    it = Institution()
    good = it.issue()
    sealed: Any = {key: part for key, part in it.seal(good).items() if key != "proof"}
    sealed["credentialStatus"] = it.issue()["credentialStatus"]
    moved = secure_jcs(sealed, it.signer(), NOW - DAY)
    yield "sealed, another status place", moved, LINK_KEY, it.evidence()
    bare = {key: part for key, part in sealed.items() if key != "credentialStatus"}
    yield (
        "sealed, no status outside",
        secure_jcs(bare, it.signer(), NOW - DAY),
        LINK_KEY,
        it.evidence(),
    )
    renamed = secure_jcs({**bare, "id": it.issue()["id"]}, it.signer(), NOW - DAY)
    yield "sealed, another id", renamed, LINK_KEY, it.evidence()
    broken = secure_jcs({**bare, "jwe": seal(b'{"a":1,"a":2}', LINK_KEY)}, it.signer(), NOW - DAY)
    yield "sealed, not strict inside", broken, LINK_KEY, it.evidence()
    yield "sealed, no proof outside", bare, LINK_KEY, it.evidence()


def strange_lists() -> Iterator[Case]:
    """Yield status lists that are no evidence, or look odd."""
    it = Institution()
    good = it.issue()
    url = f"{BASE}/status/1.json"
    unsigned: Any = {key: part for key, part in list_of(it).items() if key != "proof"}
    subject = unsigned["credentialSubject"]
    bomb = StatusList(bytes(5 * 1024 * 1024)).encode()
    small = StatusList(bytes(1024)).encode()
    stolen = Institution()
    stolen.add_key(private_key(1), since=NOW - 90 * DAY)
    stolen.compromise(0, NOW - 60 * DAY)
    changed: Any = copy.deepcopy(list_of(it))
    changed["credentialSubject"]["encodedList"] = StatusList.of({5}).encode()
    for name, found in (
        ("that is a bomb", {**unsigned, "credentialSubject": {**subject, "encodedList": bomb}}),
        ("that is too small", {**unsigned, "credentialSubject": {**subject, "encodedList": small}}),
        ("without an end", {key: part for key, part in unsigned.items() if key != "validUntil"}),
        ("without entries", {**unsigned, "credentialSubject": {"type": "BitstringStatusList"}}),
        (
            "of many purposes",
            {**unsigned, "credentialSubject": {**subject, "statusPurpose": ["revocation"]}},
        ),
    ):
        signed = secure_jcs(found, it.signer(), NOW - DAY)
        yield f"list {name}", good, None, it.evidence(status_lists={**it.lists(), url: signed})
    yield (
        "list with a changed bit",
        good,
        None,
        it.evidence(status_lists={**it.lists(), url: changed}),
    )
    yield (
        "list without a proof",
        good,
        None,
        it.evidence(status_lists={**it.lists(), url: unsigned}),
    )
    credential = stolen.issue(at=NOW - 30 * DAY)
    by_thief = secure(unsigned, stolen.signer(0), NOW - DAY)
    found_lists = {**stolen.lists(), url: by_thief}
    yield "list by a stolen key", credential, None, stolen.evidence(status_lists=found_lists)
    other = Institution(base="https://other.example")
    elsewhere = secure(unsigned, other.signer(), NOW - DAY)
    yield (
        "list by another's key",
        good,
        None,
        it.evidence(status_lists={**it.lists(), url: elsewhere}),
    )


def strange_issuers() -> Iterator[Case]:
    """Yield keys, DID documents, registries and notices that are odd."""
    curve = Institution()
    curve.add_key(private_key(9, curve=ec.SECP256R1()), since=NOW - 90 * DAY)
    yield "signed with P-256", curve.issue(), None, curve.evidence()
    off = "z" + base58.encode(b"\x80\x24\x02" + OFF_CURVE.to_bytes(32))
    keys = [curve.keys[0], replace(curve.keys[1], multibase=off)]
    listing: Any = {curve.did: did_document(curve.did, keys)}
    elsewhere = curve.evidence(did_documents=listing)
    yield "signed with P-256, a key off the curve", curve.issue(), None, elsewhere
    it = Institution()
    good = it.issue()
    document: Any = did_document(it.did, it.keys)
    method = document["verificationMethod"][0]
    small = "z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Sj"  # the identity
    for name, changed in (
        ("of somebody else's key", {**method, "controller": "did:web:other.example"}),
        ("with a key of another's name", {**method, "id": "did:web:other.example#key-1"}),
        ("with a window that is none", {**method, "validFrom": "2026"}),
        ("with a key of small order", {**method, "publicKeyMultibase": small}),
        ("with a later window", {**method, "validFrom": "2026-11-22T00:00:00Z"}),
    ):
        found = {**document, "verificationMethod": [changed], "assertionMethod": [changed["id"]]}
        yield f"DID document {name}", good, None, it.evidence(did_documents={it.did: found})
    login = {**document, "authentication": document["assertionMethod"], "assertionMethod": []}
    yield (
        "DID document with a key for logging in",
        good,
        None,
        it.evidence(did_documents={it.did: login}),
    )
    key = it.keys[0].multibase
    did = f"did:key:{key}"
    signer = PrivateKeySigner(f"{did}#{key}", private_key(0))
    unsigned = {k: v for k, v in good.items() if k not in ("proof", "credentialStatus")}
    by_key = secure(
        {**unsigned, "issuer": {"id": did, "type": ["Profile"], "name": "X"}}, signer, NOW - DAY
    )
    yield "did:key on no registry", by_key, None, it.evidence()
    listed = (Registry("Cits", frozenset({did})),)
    yield "did:key on a registry", by_key, None, it.evidence(registries=listed)
    signer = PrivateKeySigner("did:key:z6Mk#z6Mk", private_key(0))
    nobody = secure({**unsigned, "issuer": "did:key:z6Mk"}, signer, NOW - DAY)
    yield "did:key that is none", nobody, None, it.evidence()


def strange_hosts() -> Iterator[Case]:
    """Yield issuers whose did:web names no host."""
    it = Institution()
    good = canonical(it.issue()).decode()
    for name, host in (("a sentence", "uni.example \u2705 VALID"), ("254 letters", "a" * 254)):
        document = good.replace(it.did, f"did:web:{host}").encode()
        yield f"did:web of {name}", document, None, it.evidence(did_documents={})


def strange_notices() -> Iterator[Case]:
    """Yield a course that is gone, and notices that aren't the issuer's about the credential."""
    it = Institution()
    good = it.issue()
    achievement = str(ACHIEVEMENT["id"])
    gone = {achievement: Unavailable("not-in-catalogue")}
    yield "course no longer in the catalogue", good, None, it.evidence(achievements=gone)
    it.revoke(good)
    (about,) = it.notices.values()
    for name, told in (
        ("about another", {**about, "id": f"{BASE}/c/1111111111111111111111/"}),
        ("of another type", {**about, "type": "Notice"}),
        ("that was changed", {**about, "reason": "x"}),
    ):
        notice = {str(good["id"]): told}
        yield f"revoked, a notice {name}", good, None, it.evidence(notices=notice)
