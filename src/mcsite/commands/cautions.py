"""What is told to who issues, and doesn't keep them from it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course
from mcsite.content.models.site import Issuer
from mcsite.credentials.issue import SEALED_ONLY
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.reading import course_of, listed, time_of
from mcsite.site.trust import published_elsewhere
from mcsite.store.batches import StoredCredential, read_batch
from mcsite.store.learners import LearnerRow
from mcsite.store.status_log import read_status_log

_NAMED = 5  # holders in one line


def unpublished(catalogue: Catalogue, issuer: Issuer) -> Iterator[str]:
    """Yield what to say where the site doesn't publish the issuer's document."""
    address = published_elsewhere(issuer.did, catalogue.site.base_url)
    if address:
        yield (
            f"the site of {catalogue.site.base_url} doesn't publish the document of {issuer.did}: "
            f"while it isn't at {address}, nobody can verify these credentials"
        )


def left_out(rows: Sequence[LearnerRow]) -> Iterator[str]:
    """Yield what to say where columns are filled that public credentials don't have."""
    filled = [name for name in SEALED_ONLY if any(getattr(row.learner, name) for row in rows)]
    if filled:
        yield f"left out, as only sealed credentials have it: {', '.join(filled)}"


def added(batch: Path, count: int) -> Iterator[str]:
    """Yield what to say where the batch of sealed credentials is there: they don't tell whose they
    are.
    """
    if batch.exists():
        which = "1 credential is" if count == 1 else f"{count} credentials are"
        yield f"the batch {batch.name} is there already: {which} added to it"


def repeated(
    root: Path, batch: Path, course: Course, rows: Iterable[LearnerRow], today: dt.date
) -> Iterator[str]:
    """Yield what to say where a public batch has credentials of the same people for the same course
    and day, which count.
    """
    held = set(_held(root, batch, course)) if batch.exists() else set()
    names = [row.learner.name for row in rows if (row.learner.name, row.issued_on or today) in held]
    if names:
        more = len(names) - _NAMED
        said = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        yield (
            f"{batch.name} has a credential for {course.id} of the same day already, for {said}: "
            "each gets another one"
        )


def _held(root: Path, batch: Path, course: Course) -> Iterator[tuple[str, dt.date]]:
    """Yield whose credentials for a course are in a batch, and of which day; no withdrawn ones."""
    log, _ = read_status_log(root)
    for stored in read_batch(root, batch):
        if not isinstance(stored, StoredCredential) or stored.sealed:
            continue
        since = time_of(stored.document, "validFrom")
        final = log.state_of(stored.id) in ("revoked", "superseded")
        if since is None or final or course_of(stored.document) not in (course.id, *course.aliases):
            continue
        yield _name(stored.document), since.date()


def _name(document: JsonObject) -> str:
    subject = document.get("credentialSubject")
    for entry in listed(subject.get("identifier")) if isinstance(subject, dict) else ():
        if isinstance(entry, dict) and entry.get("identityType") == "name":
            return str(entry.get("identityHash"))
    return ""
