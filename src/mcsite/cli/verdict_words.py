"""Verdicts and reasons in words, for the terminal."""

from mcsite.credentials.verdict import CheckResult, Verdict
from mcsite.credentials.verify import Verification

VERDICTS = {
    Verdict.VALID: "Valid",
    Verdict.REVOKED: "Withdrawn by the issuer",
    Verdict.SUSPENDED: "Suspended by the issuer",
    Verdict.EXPIRED: "Expired",
    Verdict.NOT_YET_VALID: "Not valid yet",
    Verdict.TAMPERED: "Do not rely on this: it was changed after it was issued",
    Verdict.UNKNOWN_ISSUER: "We do not know who signed it",
    Verdict.ISSUER_UNREACHABLE: "Could not confirm the issuer",
    Verdict.VALID_STATUS_UNKNOWN: "Genuine, but it could not be checked whether it was withdrawn",
    Verdict.UNSUPPORTED: "This program cannot check its signature",
    Verdict.UNREADABLE: "Not a credential that can be read",
    Verdict.NO_KEY: "Sealed: the link's part after # is needed to open it",
}

_REASONS = {
    "ok": "as it should be",
    "none": "none stated",
    "not-checked": "not checked: what comes before decides",
    "no-status": "the issuer keeps no list for this credential",
    "as-today": "the course is described today as it was then",
    "changed-since": "the course is described differently today",
    "not-in-catalogue": "the course isn't in the catalogue",
    "listed": "the issuer is listed",
    "not-listed": "the issuer is on none of the lists",
    "does-not-match": "the content doesn't match the signature",
    "set-not-bound": "one of the proofs was changed",
    "foreign-method": "signed with a key of somebody else",
    "key-not-listed": "the issuer doesn't list the key",
    "outside-window": "the key wasn't in use when it signed",
    "key-revoked": "the issuer says that the key was stolen",
    "confirmed": "the key was stolen later; the issuer confirms that it issued this",
    "unreachable": "could not be reached",
    "unknown-context": "its terms are defined in a way that isn't known here",
    "unmapped-term": "a term isn't defined: a signature over it would mean nothing",
    "unknown-status-type": "it can be withdrawn in a way that isn't known here",
    "no-proof": "nobody signed it",
    "proof-not-supported": "signed in a way that can't be checked here",
    "key-unavailable": "the issuer's key isn't known",
    "not-asked": "nobody agreed that the issuer's host be asked: --fetch agrees",
    "private-address": "stands inside a private network: it wasn't asked",
    "other-host": "stands on another host than the issuer's",
    "list-expired": "the list has run out",
    "list-not-signed": "the list isn't signed by the issuer",
}


def headline_of(found: Verification) -> str:
    """Return what the reader is told first."""
    if found.verdict is Verdict.TAMPERED and any(one.reason == "no-proof" for one in found.checks):
        return "Do not rely on this: nobody signed it"
    return VERDICTS[found.verdict]


def words_of(result: CheckResult) -> str:
    """Return the reason of a check in words, with what belongs to it."""
    words = _REASONS.get(result.reason, result.reason.replace("-", " "))
    told = ", ".join(f"{name} {value}" for name, value in result.details.items() if value)
    return f"{words} ({told})" if told else words
