"""What a change may not do to what was issued: the rules that `mcsite check --policy` holds it to.

Each rule is a function of a comparison, with one code. They compare with what stood before, which
no single version of the files can tell.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from mcsite.content.models.course import Course
from mcsite.content.rules.quality import expired_in
from mcsite.findings import Finding, Position, Severity
from mcsite.review.comparison import Comparison
from mcsite.review.fields import same_meaning
from mcsite.review.issued import Issued
from mcsite.review.keys import widened
from mcsite.review.words import counted, listed
from mcsite.store.status_log import PATH as STATUS

AS_ISSUED = ("learning_outcomes", "workload", "level", "assessment")
_ISSUERS = PurePosixPath("credentials/issuers.yaml")
_RESTORE = "restore the line from Git: what was issued never changes"
_TWICE = (
    "merge the key first, reviewed by a second person; what it signs comes in a later merge: "
    "else one person alone could add a key and issue with it"
)


def policy_findings(comparison: Comparison) -> list[Finding]:
    """Return what a change does that it may not, in the order of its files."""
    found = [finding for rule in RULES for finding in rule(comparison)]
    return sorted(found, key=lambda finding: (finding.at, finding.code))


def expired_accreditations(comparison: Comparison, today: dt.date) -> Iterator[Finding]:
    """MC602: what the change touches, or was issued in it, has an accreditation that ran out."""
    places = comparison.head.places
    for key, thing in comparison.head.things.items():
        yield from expired_in(key, thing, places, today)


def issued_lines_stay(comparison: Comparison) -> Iterator[Finding]:
    """MC701: the line of a credential is never altered."""
    for one in comparison.issued.altered:
        yield _error(one.at, "MC701", f"the issued credential {one.id} was altered", _RESTORE)


def issued_lines_are_kept(comparison: Comparison) -> Iterator[Finding]:
    """MC702: no credential leaves its batch, but by being erased."""
    gone: dict[tuple[PurePosixPath, PurePosixPath | None], list[str]] = {}
    places: dict[tuple[PurePosixPath, PurePosixPath | None], Position] = {}
    for one in comparison.issued.gone:
        if one.id not in comparison.issued.erased:
            gone.setdefault((one.at.path, one.now), []).append(one.id)
            places.setdefault((one.at.path, one.now), one.at)
    for (path, now), ids in gone.items():
        what = f"the issued {'credential' if len(ids) == 1 else 'credentials'} {listed(ids)}"
        were = "was" if len(ids) == 1 else "were"
        said = f"{what} {were} {f'moved to {now}' if now else 'removed'}"
        hint = "" if now else "; mcsite erase removes one, and leaves an entry in status.yaml"
        yield _error(places[path, now], "MC702", said, f"restore {path} from Git{hint}")


def issued_lines_keep_their_order(comparison: Comparison) -> Iterator[Finding]:
    """MC703: the lines of a batch stay in their order."""
    for one in comparison.issued.moved:
        said = f"{counted(one.count, 'issued line')} of this batch changed places"
        yield _error(one.at, "MC703", said, f"restore the order of {one.at.path} from Git")


def keys_were_listed(comparison: Comparison) -> Iterator[Finding]:
    """MC704: what is signed was signed with a key that was listed before the change."""
    added = comparison.issued.added
    for foreign, count in added.foreign.items():
        more = f"{counted(count, 'signature')} of" if count > 1 else "a signature of"
        yield _error(added.first[foreign], "MC704", f"{more} {foreign.reason}", _TWICE)


def status_entries_stay(comparison: Comparison) -> Iterator[Finding]:
    """MC705: entries of status.yaml are never removed or changed."""
    log = comparison.status.log
    for one in log.changed:
        said = f"the entry {one.event.action} of {one.event.id} was changed"
        yield _error(one.at, "MC705", said, "restore it, and add an entry for what happened since")
    for one in log.removed:
        said = f"the entry {one.event.action} of {one.event.id} was removed"
        yield _error(one.at, "MC705", said, f"restore {STATUS} from Git")


def status_changes_say_why(comparison: Comparison) -> Iterator[Finding]:
    """MC706: whoever withdraws, suspends or reinstates says why; erasing is silent."""
    for one in (*comparison.status.log.added, *comparison.status.log.changed):
        reason = one.event.reason
        written = reason is not None and any(map(str.strip, reason.by_language.values()))
        if one.event.action != "erase" and not written:
            said = f"the entry {one.event.action} of {one.event.id} has no reason"
            yield _error(one.at, "MC706", said, "readers of the verification page need to know why")


def lists_keep_their_bits(comparison: Comparison) -> Iterator[Finding]:
    """MC707: what was withdrawn stays so; what was suspended until it is reinstated."""
    for one in comparison.status.lists:
        lost = {
            index
            for index in one.lost
            if one.purpose == "revocation"
            or (one.number - 1, index) not in comparison.status.reinstated
        }
        if lost:
            what = "withdrawn" if one.purpose == "revocation" else "suspended"
            says = (
                "the list isn't there, or can't be read: it said"
                if one.document is None
                else "the list forgets"
            )
            said = f"{says} that {counted(len(lost), 'credential')} {_is(lost)} {what}"
            hint = "run mcsite refresh --key KEYFILE, which signs what status.yaml says"
            yield _error(Position(one.path), "MC707", said, hint)


def _is(things: set[int]) -> str:
    return "is" if len(things) == 1 else "are"


def what_was_issued_keeps_its_meaning(comparison: Comparison) -> Iterator[Finding]:
    """MC708: a course that was issued under a version keeps what it promises under that version."""
    for key in sorted(comparison.keys):
        after = comparison.head.things.get(key)
        for earlier in comparison.earlier_keys(key):
            before = comparison.base.things[earlier]
            if isinstance(before, Course) and isinstance(after, Course):
                issued = comparison.issued_before(earlier)
                yield from _changed_under(comparison, key, issued, before, after)


def _changed_under(
    comparison: Comparison, key: str, issued: Issued, before: Course, course: Course
) -> Iterator[Finding]:
    fields = [
        name for name in AS_ISSUED if not same_meaning(getattr(before, name), getattr(course, name))
    ]
    under, same = issued.under(course.version), before.version == course.version
    if not fields or not (under or (same and issued.sealed)):
        return
    names = listed([name.replace("_", " ") for name in fields])
    if under:
        told = f"{counted(under, 'credential')} {'was' if under == 1 else 'were'} issued under"
    else:
        told = f"{counted(issued.sealed, 'sealed credential')} may have been issued under"
    yield comparison.head.places.finding(
        key, (fields[0],), "MC708", f"{names} changed; {told} version {course.version}",
        severity=Severity.ERROR if under else Severity.WARNING,
        hint="give the description a version of its own: what was issued keeps saying what it said",
    )  # fmt: skip


def ids_are_not_reused(comparison: Comparison) -> Iterator[Finding]:
    """MC709: an id that was given up isn't given to something else."""
    for key, former in comparison.former.items():
        now = comparison.head.things.get(key)
        for name in ("title", "legal_name"):
            before, after = getattr(former, name, None), getattr(now, name, None)
            if before is not None and after is not None and not same_meaning(before, after):
                old = before.in_language(before.default)
                yield comparison.head.places.finding(
                    key, (name,), "MC709", f"this id was that of “{old}”, which was removed",
                    hint="call the file otherwise: credentials and links go on meaning the other",
                )  # fmt: skip


def keys_stay_what_they_are(comparison: Comparison) -> Iterator[Finding]:
    """MC710: a key that was listed keeps its public half, and never signs more than it did."""
    now = {
        (issuer.did, key.id): (key, (place, "keys", index, "id"))
        for place, issuer in enumerate(comparison.head.issuers)
        for index, key in enumerate(issuer.keys)
    }
    for issuer in comparison.base.issuers:
        for old in issuer.keys:
            if (issuer.did, old.id) not in now:
                said = f"the key {issuer.did}#{old.id} was removed"
                hint = "restore it: what it signed is checked with it"
                yield _error(Position(_ISSUERS), "MC710", said, hint)
                continue
            new, loc = now[issuer.did, old.id]
            if fault := widened(old, new):
                yield comparison.head.places.finding(
                    "issuers", loc, "MC710", f"the key {old.id} {fault}",
                    hint="restore the entry; for another key or time add another entry",
                )  # fmt: skip


def credentials_are_files(comparison: Comparison) -> Iterator[Finding]:
    """MC711: nothing in credentials/ is a link, behind which files could change unseen."""
    for path in comparison.links:
        yield _error(Position(path), "MC711", "is a link", "put the file itself here")


RULES: tuple[Callable[[Comparison], Iterator[Finding]], ...] = (
    issued_lines_stay,
    issued_lines_are_kept,
    issued_lines_keep_their_order,
    keys_were_listed,
    status_entries_stay,
    status_changes_say_why,
    lists_keep_their_bits,
    what_was_issued_keeps_its_meaning,
    ids_are_not_reused,
    keys_stay_what_they_are,
    credentials_are_files,
)


def _error(at: Position, code: str, message: str, hint: str) -> Finding:
    return Finding(at=at, code=code, severity=Severity.ERROR, message=message, hint=hint)
