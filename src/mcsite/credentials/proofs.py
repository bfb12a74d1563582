"""Data Integrity proofs and proof sets (VC Data Integrity 1.0; EdDSA 1.0; ECDSA 1.0).

A credential carries two proofs over the same document: an RDFC one, which other verifiers check,
and a JCS one,
made last, whose `nonce` names the first (docs/decisions/0002).
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from mcsite.credentials import base58, base64url
from mcsite.credentials.cryptosuites import (
    SUITES,
    BadKey,
    BadSignatureBytes,
    PublicKey,
    Signer,
    Suite,
    digest,
)
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.rdf import UnmappedDocument
from mcsite.credentials.rdfc import canonical_nquads

KeyOf = Callable[[str], "PublicKey | None"]  # verification method → key; may raise BadKey


class UnmappedTerm(ValueError):
    """A document can't be signed: a verifier that reads RDF would not see all of it."""


def secure(document: JsonObject, signer: Signer, created: dt.datetime) -> JsonObject:
    """Return `document` with its proof set: RDFC, then JCS bound to it."""
    try:
        rdfc = _proof(document, signer, created, canonicalization="rdfc")
    except UnmappedDocument as error:
        raise UnmappedTerm(str(error)) from error
    jcs = _proof(document, signer, created, canonicalization="jcs", nonce=binding(rdfc))
    return {**document, "proof": [rdfc, jcs]}


def secure_jcs(document: JsonObject, signer: Signer, created: dt.datetime) -> JsonObject:
    """Return `document` with one JCS proof: for envelopes and notices, which nobody reads as
    RDF.
    """
    return {**document, "proof": _proof(document, signer, created, canonicalization="jcs")}


def binding(proof: JsonObject) -> str:
    """Return the text by which a JCS proof names another proof: base64url of its digest."""
    return base64url.encode(hashlib.sha256(canonical(proof)).digest())


def timestamp(moment: dt.datetime) -> str:
    """Return `moment` as XML Schema's dateTimeStamp: UTC, whole seconds."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _proof(
    document: JsonObject,
    signer: Signer,
    created: dt.datetime,
    *,
    canonicalization: str,
    nonce: str = "",
) -> JsonObject:
    suite = next(
        suite
        for suite in SUITES.values()
        if signer.algorithm in suite.algorithms and suite.canonicalization == canonicalization
    )
    options: JsonObject = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite.name,
        "created": timestamp(created),
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    if nonce:
        options["nonce"] = nonce
    if "@context" in document and canonicalization == "jcs":
        options["@context"] = document["@context"]
    message = _message(options, suite, signer.algorithm, _Body(document))
    return {**options, "proofValue": "z" + base58.encode(signer.sign(message))}


class _Body:
    """A document without its proofs, and its hashes: each is made once for all proofs."""

    def __init__(self, document: JsonObject) -> None:
        self.document = document
        self._hashes: dict[tuple[str, str], bytes] = {}

    def hashed(self, canonicalization: str, algorithm: str) -> bytes:
        """Return the hash of a canonical form."""
        kind = canonicalization, algorithm
        if kind not in self._hashes:
            form = canonical if canonicalization == "jcs" else canonical_nquads
            self._hashes[kind] = digest(algorithm, form(self.document))
        return self._hashes[kind]


def _message(options: JsonObject, suite: Suite, algorithm: str, body: _Body) -> bytes:
    """Return what is signed: hash of the options, then hash of the document (section 3.2.4)."""
    if suite.canonicalization == "jcs":
        config = canonical(options)
    else:
        config = canonical_nquads({**options, "@context": body.document["@context"]})
    return digest(algorithm, config) + body.hashed(suite.canonicalization, algorithm)


@dataclass(frozen=True, slots=True)
class ProofSetResult:
    """What checking all proofs of a document found.

    `reason` is "ok" or the first word of what is wrong. `supported` is False where nothing was
    found wrong but a proof
    couldn't be checked here. `methods` are the verification methods, `created` the times that the
    proofs state.
    """

    reason: str
    supported: bool = True
    methods: tuple[str, ...] = ()
    created: tuple[str, ...] = ()
    unknown_methods: tuple[str, ...] = field(default=())
    named: str = ""  # what isn't supported

    @property
    def holds(self) -> bool:
        """Tell whether every proof verified."""
        return self.reason == "ok"


MAX_PROOFS = 8  # each costs as much as the document is long


def proofs_of(document: JsonObject) -> list[JsonObject]:
    """Return the proofs of a document, or an empty list when there is none that is well formed."""
    found = document.get("proof")
    listed = found if isinstance(found, list) else [found]
    proofs = [proof for proof in listed if isinstance(proof, dict)]
    return proofs if len(proofs) == len(listed) else []


def verify_proofs(
    document: JsonObject, key_of: KeyOf, *, check_rdfc: bool = True
) -> ProofSetResult:
    """Check every proof of `document`; all must verify (VC Data Integrity, section 4.5).

    `key_of` gives the key of a verification method, None where it isn't known: the other proofs
    are still
    checked. Without `check_rdfc`, RDFC proofs count when a verified JCS proof names them.
    """
    proofs = proofs_of(document)
    if not proofs:
        return ProofSetResult("no-proof")
    if len(proofs) > MAX_PROOFS:
        return ProofSetResult("proof-not-supported", supported=False)
    methods = tuple(str(proof.get("verificationMethod", "")) for proof in proofs)
    created = tuple(str(proof.get("created", "")) for proof in proofs)
    body = _Body({key: value for key, value in document.items() if key != "proof"})
    reasons = [_reason(body, proof, key_of, check_rdfc=check_rdfc) for proof in proofs]
    names = {
        nonce
        for proof, why in zip(proofs, reasons, strict=True)
        if why == "ok" and isinstance(nonce := proof.get("nonce"), str) and nonce
    }
    reasons = [
        ("ok" if binding(proof) in names else _unbound(names)) if why == "unchecked" else why
        for proof, why in zip(proofs, reasons, strict=True)
    ]
    unknown = tuple(
        method for method, why in zip(methods, reasons, strict=True) if why == "unknown-key"
    )
    worst = min(reasons, key=_gravity)
    return ProofSetResult(
        worst,
        supported=worst not in ("proof-not-supported", "unknown-key"),
        methods=methods,
        created=created,
        unknown_methods=unknown,
        named=_unsupported(proofs[reasons.index(worst)]) if worst == _NOT_WRONG[1] else "",
    )


def _unsupported(proof: JsonObject) -> str:
    """Return what of a proof isn't supported: its type, its suite, or a condition."""
    if proof.get("type") != "DataIntegrityProof":
        return str(proof.get("type", ""))
    return next(
        (name for name in sorted(_CONDITIONS) if name in proof), str(proof.get("cryptosuite", ""))
    )


# A proof that holds only until, only for, only there or only after another: nothing of ours.
_CONDITIONS = frozenset({"expires", "domain", "challenge", "previousProof"})
_NOT_WRONG = ("unknown-key", "proof-not-supported", "ok")


def _gravity(reason: str) -> int:
    return _NOT_WRONG.index(reason) + 1 if reason in _NOT_WRONG else 0


def _unbound(names: set[str]) -> str:
    """Say what an RDFC proof is that no verified JCS proof names: damaged where one names
    another.
    """
    return "set-not-bound" if names else "proof-not-supported"


def _reason(body: _Body, proof: JsonObject, key_of: KeyOf, *, check_rdfc: bool) -> str:
    suite = SUITES.get(str(proof.get("cryptosuite")))
    if proof.get("type") != "DataIntegrityProof" or suite is None:
        return "proof-not-supported"
    if not _CONDITIONS.isdisjoint(proof):
        return "proof-not-supported"
    if proof.get("proofPurpose") != "assertionMethod":
        return "wrong-purpose"
    if suite.canonicalization == "rdfc" and not check_rdfc:
        return "unchecked"
    try:
        key = key_of(str(proof.get("verificationMethod", "")))
    except BadKey:
        return "bad-key"
    if key is None:
        return "unknown-key"
    if key.algorithm not in suite.algorithms:
        return "bad-key"
    return _signature_reason(body, proof, suite, key)


def _signature_reason(body: _Body, proof: JsonObject, suite: Suite, key: PublicKey) -> str:
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if not _contexts_agree(options, body.document, suite):
        return "does-not-match"
    try:
        signature = _signature(proof.get("proofValue"))
        message = _message(options, suite, key.algorithm, body)
        return "ok" if key.verifies(signature, message) else "does-not-match"
    except BadSignatureBytes:
        return "bad-signature-bytes"
    except UnmappedDocument:
        return "proof-not-supported"


def _contexts_agree(options: JsonObject, unsecured: JsonObject, suite: Suite) -> bool:
    """A JCS proof that states contexts states the document's (section 3.3.2, step 2)."""
    if suite.canonicalization == "rdfc":
        return "@context" not in options and "@context" in unsecured
    return "@context" not in options or options["@context"] == unsecured.get("@context")


def _signature(value: JsonValue) -> bytes:
    if not isinstance(value, str) or not value.startswith("z") or len(value) > 200:  # noqa: PLR2004 -- P-384 needs 132
        raise BadSignatureBytes("a proof value is multibase, base58-btc")
    try:
        return base58.decode(value[1:])
    except ValueError as error:
        raise BadSignatureBytes(str(error)) from error
