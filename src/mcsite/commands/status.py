"""mcsite revoke, suspend, reinstate, supersede, refresh: what a credential is worth from now on."""

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.issue import (
    IssueReport,
    IssueRequest,
    Prepared,
    order_of,
    places_of,
    prepare,
    write_issued,
)
from mcsite.commands.signing import (
    IssuerSigner,
    list_owners,
    signed_lists,
    signed_notices,
    signer_of,
    signing,
)
from mcsite.content.catalogue import Catalogue
from mcsite.credentials.ids import ID_PATTERN, credential_url, id_in_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.notices import Status, status_notice
from mcsite.credentials.proofs import timestamp
from mcsite.credentials.reading import course_of, key_of_link, open_credential
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Finding
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.changes import change_together
from mcsite.store.key_files import KeyName
from mcsite.store.status_log import (
    PATH,
    entry_text,
    parse_status_log,
    read_status_log,
    sound_status_log,
    with_entries,
)

_NOTICES = {
    "revoke": Status.REVOKED,
    "suspend": Status.SUSPENDED,
    "supersede": Status.SUPERSEDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRequest:
    """What to do to which credential, and why."""

    project: Path
    credential: str  # id, address or link
    action: str
    reason: str
    key_file: KeyName
    now: dt.datetime

    @property
    def said(self) -> str:
        """The reason as it is signed: composed, as reading status.yaml would make it."""
        return unicodedata.normalize("NFC", self.reason.strip())


def change_status(request: StatusRequest, catalogue: Catalogue) -> Path:
    """Record the change, sign the lists anew, and return the file of the log."""
    by = signer_of(catalogue, request.key_file, now=request.now)
    with signing(catalogue, by, now=request.now) as (current, by):
        stored = find_credential(request.project, request.credential)
        at = _sensible_moment(request, stored.id)
        change_together(request.project, _recorded(request, current, by, stored, at))
    return request.project / PATH


def supersede(
    request: StatusRequest,
    catalogue: Catalogue,
    *,
    learners: Path,
    links: Path | None,
    random_bytes: Callable[[int], bytes],
) -> IssueReport:
    """Issue the credential that replaces another, and withdraw that one with a link to it.

    Both are written together: at no moment do both count, and at none does neither.
    """
    by = signer_of(catalogue, request.key_file, now=request.now)
    with signing(catalogue, by, now=request.now) as (current, by):
        stored = find_credential(request.project, request.credential)
        at = _sensible_moment(request, stored.id)
        wanted = IssueRequest(
            project=request.project,
            course=_course_of(stored, request.credential, current),
            learners=learners,
            key_file=request.key_file,
            privacy="sealed" if stored.sealed else "public",
            links=links,
            batch=stored.batch,
            replacing=True,
            now=request.now,
            random_bytes=random_bytes,
        )
        order = order_of(wanted, current, by)
        if len(order.rows) != 1:
            raise UsageError(
                "a credential is replaced by one: the learners' file has to have one row"
            )
        made = prepare(order)
        return write_issued(made, _recorded(request, current, by, stored, at, made))


def refresh(
    project: Path, catalogue: Catalogue, key_file: KeyName, *, now: dt.datetime
) -> list[Path]:
    """Sign every status list anew, from status.yaml, and its notices whose key doesn't count any
    more. Returns the files that changed.
    """
    by = signer_of(catalogue, key_file, now=now)
    with signing(catalogue, by, now=now) as (current, by):
        log, findings = read_status_log(project)
        if findings:
            raise ContentError("credentials/status.yaml has errors", findings=findings)
        lists = signed_lists(current, by, log, missing_lists(project), now)
        files = {one.path: one.data for one in lists} | signed_notices(current, by, now)
        change_together(project, files)
        return list(files)


def missing_lists(project: Path) -> set[int]:
    """Return the revocation lists that credentials name and that aren't on disk."""
    there = list_owners(project)
    named = {
        number
        for stored in read_batches(project)
        if isinstance(stored, StoredCredential)
        for number, _ in places_of(stored.document)
    }
    return {number for number in named if number not in there or number + 1 not in there}


def find_credential(project: Path, name: str) -> StoredCredential:
    """Return the stored credential of an id, address or link."""
    wanted = name if ID_PATTERN.fullmatch(name) else id_in_url(name)
    if wanted is None:
        raise UsageError(f"{name!r} is neither the id of a credential (22 characters) nor its link")
    for stored in read_batches(project):
        if isinstance(stored, Finding):
            raise ContentError("credentials/ has errors; run mcsite check", findings=[stored])
        if stored.id == wanted:
            return stored
    raise UsageError(f"there is no credential {wanted} in {project / 'credentials'}")


def _sensible_moment(request: StatusRequest, credential: str) -> dt.datetime:
    """Return when a change happens, which is after all others; refuse one that makes no sense."""
    log = sound_status_log(request.project)
    state = log.state_of(credential)
    if state in ("revoked", "superseded"):
        raise UsageError(f"the credential {credential} is {state} already, which is final")
    if request.action == "reinstate" and state != "suspended":
        raise UsageError(f"the credential {credential} isn't suspended")
    if request.action == "suspend" and state == "suspended":
        raise UsageError(f"the credential {credential} is suspended already")
    if not request.reason.strip():
        raise UsageError("a reason is missing", hint="readers of the verification page see it")
    return log.moment_after(credential, request.now)


def _course_of(stored: StoredCredential, name: str, catalogue: Catalogue) -> str:
    """Return the id that the course has now; a sealed credential tells it only to who has its
    link.
    """
    document = stored.document
    if stored.sealed:
        key = key_of_link(name.partition("#")[2])
        if not key:
            raise UsageError(
                "what a sealed credential is for can't be read without its link",
                hint="name it by its link, with the part after #",
            )
        document = open_credential(stored.text, key).document
    course = catalogue.course_of(course_of(document))
    return course.id if course else course_of(document)


def _recorded(
    request: StatusRequest,
    catalogue: Catalogue,
    by: IssuerSigner,
    stored: StoredCredential,
    at: dt.datetime,
    instead: Prepared | None = None,
) -> dict[Path, bytes]:
    """Return status.yaml with one more event, and the lists that follow from it; `instead` is what
    replaces the credential.
    """
    superseded_by = instead.issued[0].id if instead else ""
    new_lists = instead.new_lists if instead else frozenset[int]()
    place = next(iter(places_of(stored.document)), None)
    if place is None:
        raise UsageError(f"the credential {stored.id} has no place in a status list")
    owner = list_owners(request.project).get(place[0])
    if owner not in (None, by.issuer.did):
        raise UsageError(
            f"the status of {stored.id} is kept by {owner}", hint="sign with a key of that issuer"
        )
    entry = entry_text(
        credential=stored.id,
        action=request.action,
        at=timestamp(at),
        place=place,
        key=by.signer.verification_method,
        reason=request.said,
        superseded_by=superseded_by,
        notice=_notice(request, catalogue, by, stored, at, superseded_by),
    )
    data = with_entries(request.project, [entry])
    log, findings = parse_status_log(data)
    if findings:
        raise ContentError("the new entry of status.yaml can't be read back", findings=findings)
    lists = signed_lists(catalogue, by, log, {place[0], *new_lists}, request.now)
    return {request.project / PATH: data, **{one.path: one.data for one in lists}}


def _notice(
    request: StatusRequest,
    catalogue: Catalogue,
    by: IssuerSigner,
    stored: StoredCredential,
    at: dt.datetime,
    superseded_by: str,
) -> JsonObject | None:
    if request.action not in _NOTICES:
        return None
    base_url = catalogue.site.base_url
    return status_notice(
        credential=credential_url(base_url, stored.id),
        status=_NOTICES[request.action],
        at=at,
        signer=by.signer,
        reason=request.said,
        superseded_by=credential_url(base_url, superseded_by) if superseded_by else "",
    )
