"""Everything that can be wrong with issued credentials on disk; the same for check and build."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from mcsite.content.catalogue import Catalogue
from mcsite.credentials.checks import (
    Case,
    IssuerKeys,
    issuer_key,
    issuer_keys,
    proofs_result,
    signature,
)
from mcsite.credentials.evidence import Evidence
from mcsite.credentials.ids import credential_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.reading import issuer_of
from mcsite.credentials.status_list import PURPOSES, MalformedList, StatusList
from mcsite.credentials.strict_json import JsonFault
from mcsite.credentials.times import parse_time
from mcsite.credentials.verdict import State
from mcsite.findings import Finding, Position, Severity, has_errors
from mcsite.store.batches import (
    Chunk,
    StoredCredential,
    bad_line,
    batch_files,
    chunks_of,
    read_chunk,
)
from mcsite.store.changes import is_unfinished
from mcsite.store.courses_named import CoursesNamed
from mcsite.store.entries import Entry
from mcsite.store.issued_lists import list_findings, published_evidence
from mcsite.store.ledger import Ledger, entry_of
from mcsite.store.notices import ended_key, notice_findings, proofs_hold
from mcsite.store.processes import processes, processors
from mcsite.store.signed_lists import is_for, moved_from, read_list, status_files
from mcsite.store.status_log import PATH, StatusLog, read_noted_events, read_status_log
from mcsite.store.whole_proofs import WholeProofs

_STOLEN = (
    "if the institution did issue it: mcsite keys compromised lists what that key signed; "
    "if it didn't: delete the line"
)
_ONE_ADDRESS = "base_url in site.yaml is part of every credential: it can't change"
_RESTORE = "restore the lines of status.yaml from Git: the list has withdrawn more than they name"
_CHUNK = 1 << 18  # bytes of credentials that are checked at a time
_WORTH_A_PROCESS = 1 << 21  # bytes
WARN_BEFORE = dt.timedelta(days=7)


@dataclass(slots=True)
class Audit:
    """Checks credentials one by one; nothing is remembered from one to the next but whose keys are
    which.
    """

    catalogue: Catalogue
    now: dt.datetime
    whole: WholeProofs | None = None  # where RDFC proofs are verified too
    evidence: Evidence = field(init=False)
    keys: dict[str, IssuerKeys] = field(default_factory=dict)  # of issuers that this site knows

    def __post_init__(self) -> None:
        self.evidence = published_evidence(self.catalogue)

    def keys_of(self, issuer: str) -> IssuerKeys:
        """Return the keys of an issuer."""
        known = self.keys.get(issuer)
        if known is None:
            known = issuer_keys(issuer, self.evidence)
            if known.keys:  # what isn't known is any text
                self.keys[issuer] = known
        return known

    def fault_of(self, stored: StoredCredential) -> Finding | None:
        """Return what is wrong with a credential, or None. It verifies the JCS proof, every
        time.
        """
        base_url = self.catalogue.site.base_url
        if stored.document.get("id") != credential_url(base_url, stored.id):
            return bad_line(
                stored.at, "MC506", f"the id isn't an address of {base_url}",
                hint=_ONE_ADDRESS,
            )  # fmt: skip
        return self._proof_fault(stored)

    def between_findings(self, ledger: Ledger) -> Iterator[Finding]:
        """Yield what is wrong between credentials, and between them and status.yaml. `ledger` has
        taken every credential.
        """
        yield from ledger.findings(self.catalogue.root)
        yield from _event_findings(ledger)
        yield from _missing_lists(self, ledger)

    def status_findings(self) -> Iterator[Finding]:
        """Yield what is wrong with status.yaml, and with the lists that are derived from it."""
        noted, findings = read_noted_events(self.catalogue.root)
        log = StatusLog(tuple(event for event, _ in noted))
        yield from findings
        yield from notice_findings(noted, self.keys_of)
        if is_unfinished(self.catalogue.root):
            yield bad_line(
                Position(PurePosixPath("credentials")), "MC517",
                "a command was interrupted while it wrote", hint="run it again",
            )  # fmt: skip
        for issuer in self.catalogue.issuers:
            keys = self.keys_of(issuer.did)
            yield from list_findings(self.catalogue, issuer, keys)
        moved = moved_from(self.catalogue.root, self.catalogue.site.base_url)
        whole = not has_errors(findings)  # else nobody knows what the lists should say
        for path in status_files(self.catalogue.root):
            yield from _list_findings(self, path, log if whole else None, moved)

    def _proof_fault(self, stored: StoredCredential) -> Finding | None:
        issuer = _signing_issuer(stored)
        keys = self.keys_of(issuer)
        if not keys.keys:
            return bad_line(
                stored.at, "MC504", f"the issuer {issuer} isn't in credentials/issuers.yaml"
            )
        case = Case(
            document=stored.document,
            envelope=None,
            evidence=self.evidence,
            now=self.now,
            issuer=issuer,
            keys=keys,
            proofs=proofs_result(stored.document, None, keys, check_rdfc=False),
        )
        signed = signature(case)
        if signed.state is State.UNKNOWN and signed.reason == "key-unavailable":
            methods = ", ".join(case.proofs.unknown_methods)
            return bad_line(stored.at, "MC504", f"the key {methods} isn't in issuers.yaml")
        if signed.state is not State.PASSED:
            return bad_line(stored.at, "MC503", f"the proof doesn't hold ({signed.reason})")
        listed_key = issuer_key(case)
        if listed_key.state is not State.PASSED:
            hint = _STOLEN if listed_key.reason == "key-revoked" else ""
            said = f"the key doesn't count ({listed_key.reason})"
            return bad_line(stored.at, "MC504", said, hint=hint)
        return self._rdfc_fault(stored, keys)

    def _rdfc_fault(self, stored: StoredCredential, keys: IssuerKeys) -> Finding | None:
        """Return what is wrong with the RDFC proof; an envelope has none."""
        if self.whole is None or stored.sealed:
            return None
        reason = self.whole.reason(stored, keys)
        if reason == "ok":
            return None
        return bad_line(
            stored.at, "MC503", f"the RDFC proof doesn't hold ({reason})",
            hint="other verifiers check this one: restore the line from Git, or issue it again",
        )  # fmt: skip


def _signing_issuer(stored: StoredCredential) -> str:
    if not stored.sealed:
        return issuer_of(stored.document)
    proof = stored.document.get("proof")
    method = proof.get("verificationMethod") if isinstance(proof, dict) else ""
    return str(method).split("#", 1)[0]


@dataclass(slots=True)
class Audited:
    """What a chunk of credentials gave: what is wrong in it, what has to be compared with other
    credentials, and the proof sets that were good.
    """

    path: PurePosixPath
    named: CoursesNamed
    findings: list[Finding] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    proofs: WholeProofs = field(default_factory=WholeProofs)


def credential_findings(
    catalogue: Catalogue, *, now: dt.datetime, whole: WholeProofs | None = None, jobs: int = 1
) -> Iterator[Finding]:
    """Yield everything that is wrong in credentials/, in the order of its files; with `whole`, of
    RDFC proofs too. `jobs` are processes at most; 0: one a processor.
    """
    audit = Audit(catalogue, now, whole)
    ledger = Ledger(read_status_log(catalogue.root)[0], catalogue.site.base_url)
    named = CoursesNamed(catalogue.site.base_url)
    size = sum(path.stat().st_size for path in batch_files(catalogue.root))
    most = min(jobs or processors(), size // _WORTH_A_PROCESS)
    with processes(partial(_audited, audit), most) as workers:
        for audited in workers.done(chunks_of(catalogue.root, _CHUNK)):
            yield from audited.findings
            ledger.enter(audited.path, audited.entries)
            named.add(audited.named)
            if whole is not None:
                whole.add(audited.proofs)
    yield from named.findings(catalogue)
    yield from audit.between_findings(ledger)
    yield from audit.status_findings()


def _audited(audit: Audit, chunk: Chunk | Finding) -> Audited:
    """Read and verify the credentials of a chunk; a finding stands for what isn't one."""
    named = CoursesNamed(audit.catalogue.site.base_url)
    if isinstance(chunk, Finding):
        return Audited(chunk.at.path, named, [chunk])
    found = Audited(chunk.path, named)
    for item in read_chunk(audit.catalogue.root, chunk):
        if isinstance(item, Finding):
            found.findings.append(item)
            continue
        found.entries.append(entry_of(item))
        found.named.take(item)
        fault = audit.fault_of(item)
        if fault is not None:
            found.findings.append(fault)
    if audit.whole is not None:
        found.proofs = audit.whole.taken()
    return found


def _event_findings(ledger: Ledger) -> Iterator[Finding]:
    erased = ledger.log.erased
    for event in ledger.log.events:
        at = ledger.ids.get(event.id)
        holder = ledger.holders.get(ledger.place(event.list, event.index))
        if at is None and event.id not in erased:
            yield Finding(
                at=Position(PATH),
                code="MC513",
                severity=Severity.WARNING,
                message=f"the credential {event.id} isn't in credentials/",
            )
        elif at is None and holder is not None:
            yield bad_line(
                holder, "MC507",
                f"index {event.index} of list {event.list} was that of {event.id}, now erased",
            )  # fmt: skip
        elif event.action == "erase" and at is not None:
            yield bad_line(
                at, "MC516", f"the credential {event.id} was erased, and is here",
                hint=f"run mcsite erase {event.id}; a merge may have brought the line back",
            )  # fmt: skip
        elif holder != at and event.id not in ledger.moved:
            yield bad_line(
                Position(PATH), "MC510",
                f"index {event.index} of list {event.list} isn't that of {event.id}",
                hint="correct list and index: they stand in the credential's credentialStatus",
            )  # fmt: skip


def _missing_lists(audit: Audit, ledger: Ledger) -> Iterator[Finding]:
    """Yield the lists that credentials name and that aren't there."""
    root, base_url = audit.catalogue.root, audit.catalogue.site.base_url
    status, moved = f"{base_url}/status/", moved_from(root, base_url)
    there = {f"{status}{path.name}" for path in status_files(root)}
    for url in sorted(ledger.lists.keys() - there):
        if moved and url.startswith(f"{moved}/status/"):
            continue  # told of the list itself
        here = url.startswith(status)
        yield bad_line(
            ledger.lists[url], "MC511", f"the status list {url} isn't in credentials/status/",
            hint="run mcsite refresh --key KEYFILE" if here else _ONE_ADDRESS,
        )  # fmt: skip


def _list_findings(
    audit: Audit, path: Path, log: StatusLog | None, moved: str
) -> Iterator[Finding]:
    """Yield what is wrong with a list; `moved` is the address that the site has issued for, where
    base_url is another.
    """
    at = Position(PurePosixPath(path.relative_to(audit.catalogue.root).as_posix()))
    number = int(path.stem)
    purpose = PURPOSES[(number - 1) % len(PURPOSES)]
    try:
        document = read_list(path)
        subject = document.get("credentialSubject")
        content = StatusList.decode(subject.get("encodedList") if isinstance(subject, dict) else "")
    except (JsonFault, MalformedList, json.JSONDecodeError) as error:
        yield bad_line(at, "MC511", f"not a status list: {error}", hint="run mcsite refresh")
        return
    if moved and is_for(document, moved):
        yield bad_line(at, "MC511", f"the list is one of {moved}", hint=_ONE_ADDRESS)
        return
    if not _is_signed(audit, document, number, purpose):
        yield bad_line(
            at, "MC511", "the list isn't signed by an issuer of this site for this place",
            hint="run mcsite refresh --key KEYFILE",
        )  # fmt: skip
        return
    yield from _signer_findings(audit, at, document)
    if log is not None and content.indexes() != log.bits(purpose).get(number, frozenset()):
        lost = log.forgotten(purpose, number, content.indexes())
        yield bad_line(
            at, "MC511", "the list doesn't say what status.yaml says",
            hint=_RESTORE if lost else "run mcsite refresh",
        )  # fmt: skip
    ends, now = parse_time(document.get("validUntil")), audit.now
    if ends is None or ends - now < WARN_BEFORE:
        said = "has run out" if ends is None or ends <= now else f"runs out on {ends.date()}"
        yield Finding(
            at=at,
            code="MC512",
            severity=Severity.WARNING,
            message=f"the list {said}: verification pages will say that they can't check it",
            hint="run mcsite refresh --key KEYFILE",
        )


def _signer_findings(audit: Audit, at: Position, document: JsonObject) -> Iterator[Finding]:
    """Yield what is wrong with the keys of a list whose proofs hold: readers would say that they
    can't check it.
    """
    said = ended_key(document, audit.keys_of(issuer_of(document)))
    if said:
        yield bad_line(at, "MC514", said, hint="run mcsite refresh --key KEYFILE with another key")


def _is_signed(audit: Audit, document: JsonObject, number: int, purpose: str) -> bool:
    """Tell whether a list's proofs hold, and whether it says that it is this list."""
    subject = document.get("credentialSubject")
    said = subject.get("statusPurpose") if isinstance(subject, dict) else None
    url = f"{audit.catalogue.site.base_url}/status/{number}.json"
    keys = audit.keys_of(issuer_of(document))
    return document.get("id") == url and said == purpose and proofs_hold(document, keys)
