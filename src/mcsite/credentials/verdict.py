"""From nine check results to one verdict (ux: precedence; docs/explanation/verification.md)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Check(StrEnum):
    """The nine checks, in their fixed order."""

    FORMAT = "format"
    SIGNATURE = "signature"
    ISSUER_KEY = "issuer-key"
    VALID_FROM = "valid-from"
    VALID_UNTIL = "valid-until"
    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    ACHIEVEMENT = "achievement"
    TRUST_REGISTRY = "trust-registry"


class State(StrEnum):
    """What a check found. UNKNOWN means that it could not be made, and is never green."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What the reader is told first."""

    UNREADABLE = "unreadable"
    NO_KEY = "no-key"
    UNSUPPORTED = "unsupported"
    TAMPERED = "tampered"
    UNKNOWN_ISSUER = "unknown-issuer"
    ISSUER_UNREACHABLE = "issuer-unreachable"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    VALID_STATUS_UNKNOWN = "valid-status-unknown"
    VALID_OFFLINE = "valid-offline"
    VALID = "valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One check: its state, one word of why, and the time that it speaks for."""

    check: Check
    state: State
    reason: str
    at: dt.datetime
    details: Mapping[str, str] = field(default_factory=dict)


DECIDING = tuple(check for check in Check if check is not Check.ACHIEVEMENT)

# First hit wins. A row is a check, the state that counts, and the verdict that it leads to.
_PRECEDENCE = (
    (Check.FORMAT, State.FAILED, Verdict.UNREADABLE),
    (Check.FORMAT, State.UNKNOWN, Verdict.UNREADABLE),
    (Check.SIGNATURE, State.FAILED, Verdict.TAMPERED),
    (Check.ISSUER_KEY, State.FAILED, Verdict.UNKNOWN_ISSUER),
    (Check.ISSUER_KEY, State.UNKNOWN, Verdict.ISSUER_UNREACHABLE),
    (Check.SIGNATURE, State.UNKNOWN, Verdict.UNSUPPORTED),
    (Check.TRUST_REGISTRY, State.FAILED, Verdict.UNKNOWN_ISSUER),
    (Check.TRUST_REGISTRY, State.UNKNOWN, Verdict.ISSUER_UNREACHABLE),
    (Check.REVOCATION, State.FAILED, Verdict.REVOKED),
    (Check.SUSPENSION, State.FAILED, Verdict.SUSPENDED),
    (Check.VALID_FROM, State.FAILED, Verdict.NOT_YET_VALID),
    (Check.VALID_FROM, State.UNKNOWN, Verdict.UNREADABLE),
    (Check.VALID_UNTIL, State.FAILED, Verdict.EXPIRED),
    (Check.VALID_UNTIL, State.UNKNOWN, Verdict.UNREADABLE),
    (Check.REVOCATION, State.UNKNOWN, Verdict.VALID_STATUS_UNKNOWN),
    (Check.SUSPENSION, State.UNKNOWN, Verdict.VALID_STATUS_UNKNOWN),
)


_NO_KEY = ("key-missing", "key-damaged")


def verdict_of(results: Mapping[Check, CheckResult]) -> Verdict:
    """Return the verdict for `results`; a check without a result counts as UNKNOWN.

    VALID is earned by every deciding check passing. It is never what remains when none failed.
    """
    states = {check: results[check].state if check in results else State.UNKNOWN for check in Check}
    format_result = results.get(Check.FORMAT)
    if format_result is not None and format_result.reason in _NO_KEY:
        return Verdict.NO_KEY
    signature = results.get(Check.SIGNATURE)
    if signature is not None and signature.reason == "proof-not-supported":
        return Verdict.UNSUPPORTED
    for check, state, verdict in _PRECEDENCE:
        if states[check] is state:
            return verdict
    if all(states[check] is State.PASSED for check in DECIDING):
        return Verdict.VALID
    return Verdict.UNREADABLE
