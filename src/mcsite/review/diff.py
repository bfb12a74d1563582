"""What a change means: courses, credentials, statuses and keys, from two versions side by side."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from mcsite.content.documents import Documents, key_of
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.text import Text
from mcsite.findings import Finding
from mcsite.review.comparison import Comparison, FileChange
from mcsite.review.fields import FieldChange, StaleText, changes_between
from mcsite.review.issued import Issued, Kind
from mcsite.review.keys import KeyChange, key_changes
from mcsite.review.policy import expired_accreditations, policy_findings
from mcsite.store.growth import Gone
from mcsite.store.status_changes import list_number
from mcsite.store.status_log import PATH as STATUS
from mcsite.store.status_log import StatusEvent
from mcsite.store.versions import is_batch

PageOf = Callable[[str], str]  # key of a content file → address of its page
KINDS = ("courses", "providers", "pathways", "site")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingChange:
    """What became of a course, provider, pathway or the site.

    `change` is "added", "removed", "renamed", "withdrawn", "changed", or "unreadable" where one of
    its versions can't be read. `earlier` is the id that it had, where it was renamed; `successor`
    the id of what has its own as an alias now, where it was removed.
    """

    key: str
    change: str
    title: str
    page: str = ""  # its address; empty where it has none any more
    fields: tuple[FieldChange, ...] = ()
    stale: tuple[StaleText, ...] = ()
    issued: Issued | None = None  # before the change; of courses
    earlier: str = ""
    successor: str = ""

    @property
    def kind(self) -> str:
        """One of KINDS."""
        return self.key.partition("/")[0]

    @property
    def id(self) -> str:
        """The name of its file."""
        return _id(self.key)


@dataclass(frozen=True, slots=True)
class IssuedChange:
    """Credentials that were added to one batch, for one course, with one key."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that a change means. `unreadable` are errors in the files as they are now."""

    base: str
    head: str  # empty: the working copy
    warnings: tuple[Finding, ...] = ()
    unreadable: tuple[Finding, ...] = ()
    things: tuple[ThingChange, ...] = ()
    keys: tuple[KeyChange, ...] = ()
    issued: tuple[IssuedChange, ...] = ()
    erased: tuple[Gone, ...] = ()
    events: tuple[StatusEvent, ...] = ()
    lists: tuple[int, ...] = ()  # status lists that were signed anew
    assets: tuple[FileChange, ...] = ()
    others: tuple[FileChange, ...] = ()
    sealed: int = 0  # credentials of before whose course nobody can read, where that matters

    def of(self, kind: str) -> tuple[ThingChange, ...]:
        """Return what became of one kind of thing."""
        return tuple(thing for thing in self.things if thing.kind == kind)

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return any((
            self.warnings, self.unreadable, self.things, self.keys, self.issued, self.erased,
            self.events, self.lists, self.assets, self.others,
        ))  # fmt: skip


def difference_of(comparison: Comparison, page_of: PageOf, today: dt.date) -> Difference:
    """Return what a comparison means; `page_of` gives the addresses of pages."""
    issued = comparison.issued
    things = tuple(_things(comparison, page_of))
    warnings = [*policy_findings(comparison), *expired_accreditations(comparison, today)]
    kinds = sorted(issued.added.kinds.items())
    return Difference(
        base=comparison.base_name,
        head=comparison.head_name,
        warnings=tuple(dict.fromkeys(warnings)),
        unreadable=(
            *comparison.head.findings,
            *comparison.status.log.findings,
            *issued.added.unreadable,
        ),
        things=things,
        keys=tuple(key_changes(comparison.base.issuers, comparison.head.issuers)),
        issued=tuple(IssuedChange(kind, count) for kind, count in kinds),
        erased=tuple(one for one in issued.gone if one.id in issued.erased),
        events=tuple(one.event for one in comparison.status.log.added),
        lists=tuple(change.number for change in comparison.status.lists),
        assets=tuple(file for file in comparison.files if _is_asset(file.path)),
        others=tuple(file for file in comparison.files if _is_other(file.path)),
        sealed=comparison.before.sealed if any(thing.issued for thing in things) else 0,
    )


def _things(comparison: Comparison, page_of: PageOf) -> Iterator[ThingChange]:
    succeeded = _succeeded(comparison)
    renamed = _renamed(comparison, succeeded)
    for kind in KINDS:
        for key in sorted(comparison.keys - set(renamed.values())):
            if key.partition("/")[0] != kind:
                continue
            if key not in comparison.head.sources:
                yield _removed(comparison, key, _id(succeeded.get(key, "")))
                continue
            thing = _there(comparison, key, renamed.get(key, key), page_of(key))
            if thing is not None:
                yield thing


def _succeeded(comparison: Comparison) -> dict[str, str]:
    """Return what is gone, with what has its id as an alias now."""
    return {
        earlier: key
        for key in sorted(comparison.keys, reverse=True)
        for earlier in comparison.earlier_keys(key)
        if earlier != key
    }


def _renamed(comparison: Comparison, succeeded: dict[str, str]) -> dict[str, str]:
    """Return what was renamed, with what it was: the first where several became one."""
    return {
        key: earlier
        for earlier, key in sorted(succeeded.items(), reverse=True)
        if key not in comparison.base.sources
    }


def _removed(comparison: Comparison, key: str, successor: str) -> ThingChange:
    title, issued = _title(_at(comparison.base, key), key), _issued(comparison, key)
    return ThingChange(key=key, change="removed", title=title, issued=issued, successor=successor)


def _there(comparison: Comparison, key: str, earlier: str, page: str) -> ThingChange | None:
    """Return what became of a thing that is there, None where only its layout changed."""
    before, after = _at(comparison.base, earlier), _at(comparison.head, key)
    title, issued = _title(after or before, key), _issued(comparison, earlier)
    about: dict[str, Any] = {"key": key, "title": title, "page": page, "issued": issued}
    if after is None or (before is None and key in comparison.base.sources):
        return ThingChange(**about, change="unreadable")
    if before is None:
        return ThingChange(**about, change="added")
    found = changes_between(before, after)
    about |= {"fields": found.fields, "stale": found.stale}
    if earlier != key:
        return ThingChange(**about, change="renamed", earlier=_id(earlier))
    change = "withdrawn" if _is_withdrawn(before, after) else "changed"
    return ThingChange(**about, change=change) if found.fields else None


def _issued(comparison: Comparison, key: str) -> Issued | None:
    """Return what was issued for a course before, None where nothing was."""
    issued = comparison.issued_before(key)
    return issued if issued.readable or issued.sealed else None


def _id(key: str) -> str:
    return key.rpartition("/")[2]


def _at(documents: Documents, key: str) -> ContentModel | None:
    return documents.site if key == "site" else documents.things.get(key)


def _is_withdrawn(before: ContentModel, after: ContentModel) -> bool:
    return (
        isinstance(before, Course)
        and isinstance(after, Course)
        and before.withdrawn is None
        and after.withdrawn is not None
    )


def _title(thing: Any, key: str) -> str:
    for name in ("title", "legal_name"):
        text = getattr(thing, name, None)
        if isinstance(text, Text):
            return str(text.in_language(text.default))
    return _id(key)


def _is_asset(path: PurePosixPath) -> bool:
    return path.is_relative_to("catalogue/assets")


def _is_other(path: PurePosixPath) -> bool:
    """Tell whether nothing else of a difference speaks of a file."""
    said = key_of(path) is not None or is_batch(path) or list_number(path) is not None
    return not said and path != STATUS and not _is_asset(path)
