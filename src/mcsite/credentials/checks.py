"""The checks of a verification after format, each one function of a Case (design, section 3)."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mcsite.credentials.compromise import digest_of, names, part_address
from mcsite.credentials.cryptosuites import BadKey, OffCurve, PublicKey
from mcsite.credentials.did import (
    KeyRecord,
    MalformedDidDocument,
    assertion_keys,
    did_jwk_record,
    did_key_record,
    did_web_parts,
)
from mcsite.credentials.evidence import Evidence, Unavailable
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.notices import Status
from mcsite.credentials.proofs import ProofSetResult, verify_proofs
from mcsite.credentials.reading import issuer_of, listed, time_of
from mcsite.credentials.status_list import MalformedList, StatusList
from mcsite.credentials.times import parse_time
from mcsite.credentials.tokens import Token, token_result
from mcsite.credentials.verdict import Check, CheckResult, State

_INDEX = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerKeys:
    """The issuer's keys, or why there are none. `trusted` is False for a copy from elsewhere."""

    keys: Mapping[str, KeyRecord] = field(default_factory=dict)
    reason: str = "ok"
    trusted: bool = True

    def key_of(self, method: str) -> PublicKey | None:
        """Return the key of a verification method, None where the issuer has none that is
        usable; raises OffCurve, as only an engine can tell that of a key.
        """
        record = self.keys.get(method)
        if record is None:
            return None
        try:
            return record.key
        except OffCurve:
            raise
        except BadKey:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A document of good form, with everything that may be looked at to judge it."""

    document: JsonObject
    envelope: JsonObject | None
    evidence: Evidence
    now: dt.datetime
    issuer: str
    keys: IssuerKeys
    proofs: ProofSetResult
    token: Token | None = None

    def result(
        self,
        check: Check,
        state: State,
        reason: str,
        *,
        at: dt.datetime | None = None,
        **details: str,
    ) -> CheckResult:
        """Return a result of `check`, dated now unless it speaks for another time."""
        return CheckResult(
            check=check, state=state, reason=reason, at=at or self.now, details=details
        )


def issuer_keys(issuer: str, evidence: Evidence) -> IssuerKeys:
    """Return the keys that `issuer` may sign credentials with."""
    if issuer.startswith(("did:key:", "did:jwk:")):
        try:
            own = did_key_record if issuer.startswith("did:key:") else did_jwk_record
            record = own(issuer)
        except BadKey:
            return IssuerKeys(reason="malformed")
        return IssuerKeys(keys={record.id: record})
    nothing = "unreachable" if did_web_parts(issuer) else "unsupported-issuer"
    found = evidence.did_documents.get(issuer, Unavailable(nothing))
    if isinstance(found, Unavailable):
        copied = {} if found.copy is None else _keys_or_none(found.copy, issuer)
        return IssuerKeys(keys=copied or {}, reason=found.reason, trusted=False)
    keys = _keys_or_none(found, issuer)
    return IssuerKeys(reason="malformed") if keys is None else IssuerKeys(keys=keys)


def _keys_or_none(document: JsonObject, issuer: str) -> Mapping[str, KeyRecord] | None:
    try:
        return assertion_keys(document, issuer)
    except MalformedDidDocument:
        return None


def proofs_result(
    document: JsonObject,
    envelope: JsonObject | None,
    keys: IssuerKeys,
    *,
    token: Token | None = None,
    check_rdfc: bool,
) -> ProofSetResult:
    """Check the proofs of the document and of the envelope around it, or its token's signature."""
    if token is not None:
        return token_result(token, issuer_of(document), keys.key_of, keys.keys)
    found = verify_proofs(document, keys.key_of, check_rdfc=check_rdfc)
    if not found.holds or envelope is None:
        return found
    outer = verify_proofs(envelope, keys.key_of, check_rdfc=check_rdfc)
    return ProofSetResult(
        outer.reason,
        methods=found.methods + outer.methods,
        created=found.created + outer.created,
        unknown_methods=outer.unknown_methods,
    )


def signature(case: Case) -> CheckResult:
    """2: every proof verifies, made by the issuer for assertions (VC Data Integrity, section
    4.5).
    """
    proofs = case.proofs
    if any(not method.startswith(case.issuer + "#") for method in proofs.methods):
        return case.result(Check.SIGNATURE, State.FAILED, "foreign-method")
    if proofs.reason == "unknown-key":
        return case.result(Check.SIGNATURE, State.UNKNOWN, "key-unavailable")
    if proofs.reason == "proof-not-supported":
        return case.result(Check.SIGNATURE, State.UNKNOWN, proofs.reason, named=proofs.named)
    state = State.PASSED if proofs.holds else State.FAILED
    methods = ", ".join(dict.fromkeys(proofs.methods))
    return case.result(Check.SIGNATURE, state, proofs.reason, key=methods)


def issuer_key(case: Case) -> CheckResult:
    """3: the issuer lists the keys, and they were in use when they signed (design, section 3)."""
    parts = did_web_parts(case.issuer)
    domain = parts[0] if parts else ""
    if not case.keys.trusted:
        return case.result(Check.ISSUER_KEY, State.UNKNOWN, case.keys.reason, domain=domain)
    reason = case.keys.reason
    if reason == "ok":
        reason = _key_reason(case)
    state = _KEY_STATES.get(reason, State.FAILED)
    return case.result(Check.ISSUER_KEY, state, reason, domain=domain)


_KEY_STATES = {"ok": State.PASSED, "confirmed": State.PASSED, "unreachable": State.UNKNOWN}


def _key_reason(case: Case) -> str:
    reason = "ok" if case.proofs.methods else "key-not-listed"
    confirmed: set[str] = set()
    for method, created in zip(case.proofs.methods, case.proofs.created, strict=True):
        record = case.keys.keys.get(method)
        if record is None:
            return "key-not-listed"
        if not _has_form(record):
            return "bad-key"
        moment = parse_time(created)
        if moment is None or not record.covers(moment):
            return "key-revoked" if record.revoked is not None else "outside-window"
        if record.revoked is not None and method not in confirmed:
            reason = _confirmation(case, method)
            if reason != "confirmed":
                return reason
            confirmed.add(method)
    return reason


def _has_form(record: KeyRecord) -> bool:
    """Tell whether a record's key has the form of one: using it showed the rest."""
    try:
        return bool(record.key)
    except OffCurve:
        return True
    except BadKey:
        return False


def _confirmation(case: Case, method: str) -> str:
    """Tell whether the issuer confirms, with a key that nobody stole, what a stolen one signed."""
    document = case.evidence.did_documents.get(case.issuer)
    reason = "key-revoked"
    for candidate in (case.document, case.envelope):
        if candidate is None or not isinstance(document, dict):
            continue
        digest = digest_of(candidate)
        address = part_address(document, method, digest)
        part = None if address is None else case.evidence.issued.get(address, _UNREACHABLE)
        if isinstance(part, Unavailable):
            reason = "unreachable"
        elif (
            part is not None
            and names(part, issuer=case.issuer, key=method, digest=digest)
            and _signed_by_issuer(case, part)
        ):
            return "confirmed"
    return reason


_UNREACHABLE = Unavailable("unreachable")


def valid_from(case: Case) -> CheckResult:
    """4: the credential's time has begun (VC Data Model 2.0, section 4.9)."""
    begins = time_of(case.document, "validFrom")
    if case.token and case.token.not_before:
        begins = max(begins or case.token.not_before, case.token.not_before)
    if begins is None:
        return case.result(Check.VALID_FROM, State.PASSED, "none")
    if case.now < begins:
        return case.result(Check.VALID_FROM, State.FAILED, "not-yet", since=begins.isoformat())
    return case.result(Check.VALID_FROM, State.PASSED, "ok", since=begins.isoformat())


def valid_until(case: Case) -> CheckResult:
    """5: the credential's time isn't over (VC Data Model 2.0, section 4.9)."""
    ends = time_of(case.document, "validUntil")
    if case.token and case.token.not_after:
        ends = min(ends or case.token.not_after, case.token.not_after)
    if ends is None:
        return case.result(Check.VALID_UNTIL, State.PASSED, "none")
    if case.now > ends:
        return case.result(Check.VALID_UNTIL, State.FAILED, "over", until=ends.isoformat())
    return case.result(Check.VALID_UNTIL, State.PASSED, "ok", until=ends.isoformat())


def revocation(case: Case) -> CheckResult:
    """6: the credential wasn't withdrawn (Bitstring Status List 1.0, section 3.2)."""
    return _status(case, Check.REVOCATION, "revocation", "revoked")


def suspension(case: Case) -> CheckResult:
    """7: the credential isn't suspended (Bitstring Status List 1.0, section 3.2)."""
    return _status(case, Check.SUSPENSION, "suspension", "suspended")


def _status(case: Case, check: Check, purpose: str, bad: str) -> CheckResult:
    entries = [
        entry
        for entry in listed(case.document.get("credentialStatus"))
        if isinstance(entry, dict) and entry.get("statusPurpose") == purpose
    ]
    if not entries:
        return case.result(check, State.PASSED, "no-status")
    results = [_entry_result(case, check, entry, bad) for entry in entries]
    order = (State.FAILED, State.UNKNOWN, State.PASSED)
    return min(results, key=lambda result: order.index(result.state))


def _entry_result(case: Case, check: Check, entry: JsonObject, bad: str) -> CheckResult:
    url = str(entry["statusListCredential"])
    if not case.keys.keys:
        return case.result(check, State.UNKNOWN, "not-checked", list=url)
    found = case.evidence.status_lists.get(url, Unavailable("unreachable"))
    if isinstance(found, Unavailable):
        return case.result(check, State.UNKNOWN, found.reason, list=url)
    content = _list_content(case, found, url, str(entry["statusPurpose"]))
    since = time_of(found, "validFrom")
    if isinstance(content, str):
        return case.result(check, State.UNKNOWN, content, list=url)
    index = entry.get("statusListIndex")
    if not isinstance(index, str) or not _INDEX.fullmatch(index) or int(index) >= len(content):
        return case.result(check, State.UNKNOWN, "index-out-of-range", list=url)
    if not content[int(index)]:
        return case.result(check, State.PASSED, "ok", at=since, list=url, index=index)
    return _withdrawn(case, check, bad, since, url)


def _withdrawn(
    case: Case, check: Check, bad: str, since: dt.datetime | None, url: str
) -> CheckResult:
    notice = notice_of(case)
    told = "" if notice is None else str(notice.get("status"))
    reason = "superseded" if bad == "revoked" and told == Status.SUPERSEDED else bad
    return case.result(check, State.FAILED, reason, at=since, list=url)


def _list_content(case: Case, found: JsonObject, url: str, purpose: str) -> StatusList | str:
    """Return the list's bits, or the word for why it is no evidence (security: fails closed)."""
    subject = found.get("credentialSubject")
    if "BitstringStatusListCredential" not in listed(found.get("type")):
        return "list-malformed"
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList":
        return "list-malformed"
    if found.get("id") != url:
        return "list-wrong-id"
    if issuer_of(found) != case.issuer or not _signed_by_issuer(case, found):
        return "list-not-signed"
    if subject.get("statusPurpose") != purpose:
        return "list-wrong-purpose"
    if not _counts_now(case, found):
        return "list-expired"
    try:
        return StatusList.decode(subject.get("encodedList"))
    except MalformedList:
        return "list-malformed"


def _counts_now(case: Case, found: JsonObject) -> bool:
    """Tell whether a list's time has begun and isn't over; that of an archived one is never over:
    it speaks for the day on which it began.
    """
    begins, ends = time_of(found, "validFrom"), time_of(found, "validUntil")
    if begins is None or ends is None or case.now < begins:
        return False
    return case.evidence.archived or case.now < ends


def _signed_by_issuer(case: Case, found: JsonObject) -> bool:
    result = verify_proofs(found, case.keys.key_of, check_rdfc=False)
    if not result.holds:
        return False
    for method, created in zip(result.methods, result.created, strict=True):
        record = case.keys.keys.get(method)
        moment = parse_time(created)
        if record is None or record.revoked or moment is None or not record.covers(moment):
            return False
    return True


def notice_of(case: Case) -> JsonObject | None:
    """Return the issuer's notice about this credential, if there is one that verifies."""
    credential = str(case.document.get("id", ""))
    notice = case.evidence.notices.get(credential)
    if notice is None or notice.get("type") != "StatusNotice" or notice.get("id") != credential:
        return None
    return notice if _signed_by_issuer(case, notice) else None


def achievement(case: Case) -> CheckResult:
    """8: the description is the catalogue's; never decides the verdict (docs/decisions/0005)."""
    subject = case.document.get("credentialSubject")
    issued = subject.get("achievement") if isinstance(subject, dict) else None
    if not isinstance(issued, dict):
        return case.result(Check.ACHIEVEMENT, State.UNKNOWN, "not-in-catalogue")
    found = case.evidence.achievements.get(str(issued.get("id")), Unavailable("unreachable"))
    if isinstance(found, Unavailable):
        return case.result(Check.ACHIEVEMENT, State.UNKNOWN, found.reason)
    then = canonical(issued)
    if any(canonical(today) == then for today in found):
        return case.result(Check.ACHIEVEMENT, State.PASSED, "as-today")
    same_version = any(today.get("version") == issued.get("version") for today in found)
    state = State.FAILED if same_version else State.PASSED
    return case.result(Check.ACHIEVEMENT, state, "changed-since")


def trust_registry(case: Case) -> CheckResult:
    """9: somebody whom this verification relies on lists the issuer."""
    registries = case.evidence.registries
    if isinstance(registries, Unavailable):
        return case.result(Check.TRUST_REGISTRY, State.UNKNOWN, registries.reason)
    names = [registry.name for registry in registries if case.issuer in registry.issuers]
    if names:
        return case.result(Check.TRUST_REGISTRY, State.PASSED, "listed", list="; ".join(names))
    listed_in = "; ".join(registry.name for registry in registries)
    return case.result(Check.TRUST_REGISTRY, State.FAILED, "not-listed", list=listed_in)


AFTER_SIGNATURE: Mapping[Check, Callable[[Case], CheckResult]] = {
    Check.ISSUER_KEY: issuer_key,
    Check.VALID_FROM: valid_from,
    Check.VALID_UNTIL: valid_until,
    Check.REVOCATION: revocation,
    Check.SUSPENSION: suspension,
    Check.ACHIEVEMENT: achievement,
    Check.TRUST_REGISTRY: trust_registry,
}
