"""Verifying a credential: nine checks in a fixed order, and one verdict.

The numbered algorithm stands in docs/explanation/verification.md. Any bytes lead to a verdict.
"""

import datetime as dt
from dataclasses import dataclass

from mcsite.credentials.checks import (
    AFTER_SIGNATURE,
    Case,
    issuer_key,
    issuer_keys,
    notice_of,
    proofs_result,
    signature,
)
from mcsite.credentials.evidence import Evidence, Needs
from mcsite.credentials.faults import FormatFault
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.reading import Opened, issuer_of, listed, open_credential
from mcsite.credentials.verdict import Check, CheckResult, State, Verdict, verdict_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What verifying found. `checks` are always nine. `document` is None unless its signature held:
    nothing in a document that doesn't verify can be believed.
    """

    verdict: Verdict
    checks: tuple[CheckResult, ...]
    credential: str = ""  # the document's id
    document: JsonObject | None = None
    notice: JsonObject | None = None


def needs(data: bytes, key: bytes | None = None) -> Needs | None:
    """Return what verifying `data` will look for, or None when it can't be read at all."""
    try:
        opened = open_credential(data, key)
    except FormatFault:
        return None
    document, envelope = opened.document, opened.envelope
    subject = document.get("credentialSubject")
    issued = subject.get("achievement") if isinstance(subject, dict) else None
    return Needs(
        did=issuer_of(document),
        status_lists=tuple(
            str(entry["statusListCredential"])
            for entry in listed(document.get("credentialStatus"))
            if isinstance(entry, dict)
        ),
        achievement=str(issued.get("id", "")) if isinstance(issued, dict) else "",
        credential=str(document.get("id", "")),
        documents=(document,) if envelope is None else (document, envelope),
    )


def verify(
    data: bytes,
    evidence: Evidence,
    now: dt.datetime,
    *,
    key: bytes | None = None,
    check_rdfc: bool = True,
) -> Verification:
    """Return the verdict on `data`: a credential, or a sealed one with its `key`.

    Without `check_rdfc` an RDFC proof counts when the JCS proof names it, as in the browser.
    """
    try:
        opened = open_credential(data, key)
    except FormatFault as fault:
        return unreadable(fault, now)
    return verify_opened(opened, evidence, now, check_rdfc=check_rdfc)


def verify_opened(
    opened: Opened, evidence: Evidence, now: dt.datetime, *, check_rdfc: bool = True
) -> Verification:
    """Return the verdict on a document that was read already."""
    issuer = issuer_of(opened.document)
    keys = issuer_keys(issuer, evidence)
    case = Case(
        document=opened.document,
        envelope=opened.envelope,
        evidence=evidence,
        now=now,
        issuer=issuer,
        keys=keys,
        proofs=proofs_result(
            opened.document, opened.envelope, keys, token=opened.token, check_rdfc=check_rdfc
        ),
        token=opened.token,
    )
    signed = signature(case)
    results = {
        Check.FORMAT: case.result(Check.FORMAT, State.PASSED, "ok"),
        Check.SIGNATURE: signed,
    }
    if signed.state is State.PASSED:
        results.update({check: run(case) for check, run in AFTER_SIGNATURE.items()})
    elif signed.state is State.UNKNOWN and (case.proofs.methods or keys.reason != "ok"):
        results[Check.ISSUER_KEY] = issuer_key(case)
    verdict = verdict_of(results)
    if verdict is Verdict.VALID and evidence.archived:
        verdict = Verdict.VALID_OFFLINE
    return Verification(
        verdict=verdict,
        checks=_nine(results, now),
        credential=str(opened.document.get("id", "")),
        document=opened.document if signed.state is State.PASSED else None,
        notice=notice_of(case) if signed.state is State.PASSED else None,
    )


def not_fetched(reason: str, now: dt.datetime) -> Verification:
    """Return the verdict on a document that could not be fetched from where it stands."""
    asked = CheckResult(check=Check.FORMAT, state=State.UNKNOWN, reason=reason, at=now)
    return Verification(
        verdict=Verdict.ISSUER_UNREACHABLE, checks=_nine({Check.FORMAT: asked}, now)
    )


def unreadable(fault: FormatFault, now: dt.datetime) -> Verification:
    """Return the verdict on what can't be read as a credential."""
    results = {
        Check.FORMAT: CheckResult(
            check=Check.FORMAT,
            state=State.FAILED,
            reason=fault.reason,
            at=now,
            details={"named": fault.named},
        )
    }
    return Verification(
        verdict=verdict_of(results), checks=_nine(results, now), credential=fault.credential
    )


def _nine(results: dict[Check, CheckResult], now: dt.datetime) -> tuple[CheckResult, ...]:
    return tuple(
        results.get(check)
        or CheckResult(check=check, state=State.UNKNOWN, reason="not-checked", at=now)
        for check in Check
    )
