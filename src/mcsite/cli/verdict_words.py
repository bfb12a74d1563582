"""Verdicts and reasons in words, for the terminal."""

from mcsite.credentials.claim_text import harmless
from mcsite.credentials.verdict import Check, CheckResult, State, Verdict
from mcsite.credentials.verify import Verification

VERDICTS = {
    Verdict.VALID: "Valid",
    Verdict.VALID_OFFLINE: "Genuine as of %(day)s, by an archive; later withdrawals aren't in it",
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
    Verdict.NO_KEY: "Sealed: the whole link opens it, with all that stands after #",
}

REASONS = {
    "ok": "as it should be",
    "none": "none stated",
    "not-checked": "not checked: what comes before decides",
    # format
    "not-json": "not JSON, nor a token",
    "duplicate-key": "something stands in it twice",
    "bad-number": "a number is beyond what programs read alike",
    "bad-text": "not text in UTF-8",
    "too-deep": "nested too deeply",
    "too-large": "too large",
    "not-a-credential": "not a Verifiable Credential",
    "unknown-context": "its terms are defined in a way that isn't known here",
    "unmapped-term": "a term isn't defined: a signature over it would mean nothing",
    "bad-date": "a date isn't one",
    "unknown-status-type": "it can be withdrawn in a way that isn't known here",
    "key-missing": "the link has no key",
    "key-damaged": "the link's key is cut short or changed",
    "key-wrong": "the key doesn't open it",
    "envelope-mismatch": "what is sealed is another credential than the envelope says",
    "other-credential": "another credential than the link names",
    "claims-mismatch": "the token says something else than the credential in it",
    # signature
    "no-proof": "nobody signed it",
    "wrong-purpose": "signed for another purpose",
    "foreign-method": "signed with a key of somebody else",
    "bad-key": "the key is one that anything could be signed with, or none",
    "bad-signature-bytes": "the signature is damaged",
    "does-not-match": "the content doesn't match the signature",
    "set-not-bound": "one of the proofs was changed",
    "proof-not-supported": "signed in a way that can't be checked here",
    "key-unavailable": "the issuer's key isn't known",
    # issuer's key
    "key-not-listed": "the issuer doesn't list the key",
    "outside-window": "the key wasn't in use when it signed",
    "key-revoked": "the issuer says that the key was stolen",
    "confirmed": "the key was stolen later; the issuer confirms that it issued this",
    "malformed": "what the issuer publishes is damaged",
    "unsupported-issuer": "nothing says which keys are this issuer's",
    "unreachable": "could not be reached",
    "other-host": "stands on another host, which isn't asked",
    "not-asked": "nobody agreed that the issuer's host be asked: --fetch agrees",
    "private-address": "stands inside a private network: it wasn't asked",
    # dates and status
    "not-yet": "not begun",
    "over": "over",
    "revoked": "withdrawn by the issuer",
    "superseded": "withdrawn by the issuer, and replaced",
    "suspended": "suspended by the issuer",
    "no-status": "the issuer keeps no list for this credential",
    "list-malformed": "the list can't be read",
    "list-wrong-id": "the list is another one than the credential names",
    "list-not-signed": "the list isn't signed by the issuer",
    "list-wrong-purpose": "the list is of another kind than the credential says",
    "list-expired": "the list has run out",
    "index-out-of-range": "the list has no place for this credential",
    # achievement and trust
    "as-today": "the course is described today as it was then",
    "changed-since": "the course is described differently today",
    "not-in-catalogue": "the course isn't in the catalogue",
    "listed": "the issuer is listed",
    "not-listed": "the issuer is on none of the lists",
}


def headline_of(found: Verification) -> str:
    """Return what the reader is told first."""
    if found.verdict is Verdict.TAMPERED and any(one.reason == "no-proof" for one in found.checks):
        return "Do not rely on this: nobody signed it"
    read = found.checks[0]
    if read.state is State.UNKNOWN:
        return "Could not be fetched: nothing was checked"
    if read.reason == "other-credential":
        return "The page shows another credential than its address names"
    if found.verdict is Verdict.VALID_OFFLINE:
        days = [one.at.date() for one in found.checks if one.check is Check.REVOCATION]
        return VERDICTS[found.verdict] % {"day": min(days)}
    return VERDICTS[found.verdict]


def words_of(result: CheckResult) -> str:
    """Return the reason of a check in words, with what belongs to it."""
    words = REASONS.get(result.reason, result.reason.replace("-", " "))
    told = ", ".join(f"{name} {harmless(value)}" for name, value in result.details.items() if value)
    return f"{words} ({told})" if told else words
