"""Two versions of a project, read side by side: what `mcsite diff` and `check --policy` begin with.

What doesn't differ isn't read, but for the batches, when credentials of a course that differs are
counted.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from mcsite.commands.project import need_catalogue
from mcsite.content.documents import Documents, key_of, read_documents
from mcsite.content.fields import is_identifier
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.rules.places import path_of
from mcsite.credentials.strict_json import MAX_BYTES as MAX_LIST
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.errors import UsageError
from mcsite.findings import Position
from mcsite.review.comparison import (
    Comparison,
    FileChange,
    IssuedChanges,
    StatusReview,
    aliases_of,
)
from mcsite.review.issued import Added, Counted, added, counted
from mcsite.review.keys import KeysThen
from mcsite.store.git import Repository
from mcsite.store.growth import growth_of
from mcsite.store.issued_lists import FOLDER as COMPROMISED
from mcsite.store.notices import notice_in
from mcsite.store.status_changes import (
    StatusChanges,
    list_change,
    list_number,
    status_changes,
)
from mcsite.store.status_log import MAX_BYTES as MAX_LOG
from mcsite.store.status_log import PATH as STATUS
from mcsite.store.status_log import StatusLog, parse_status_log
from mcsite.store.versions import (
    Committed,
    Line,
    Version,
    WorkingCopy,
    batch_paths,
    is_batch,
    lines_of,
)

_FOLDERS = ("catalogue", "credentials", "theme")  # in which files that Git doesn't know count
_WHOLE = (
    "in continuous integration fetch the whole history: fetch-depth: 0 in GitHub Actions, "
    "GIT_DEPTH: 0 in GitLab CI"
)
_ALWAYS = ("site", "issuers")
_AT_ONCE = 1 << 20
_MOST = 1 << 26  # bytes of a file that are compared, where it isn't a batch


def repository_of(project: Path) -> Repository:
    """Return the Git repository of a project, or refuse a folder that has none."""
    need_catalogue(project)
    repository = Repository.of(project)
    if repository is None:
        raise UsageError(
            f"{project} isn't in Git, or has no commit yet",
            hint="what changed is read from its history",
        )
    return repository


def commit_of(repository: Repository, name: str) -> str:
    """Return the id of a commit, or refuse a name that isn't one's."""
    found = repository.commit(name)
    if not found:
        raise UsageError(
            f"{name!r} is no commit, branch or tag of this repository",
            hint=f"name one, e.g. origin/main; {_WHOLE}",
        )
    return found


def common_commit(repository: Repository, base: str, head: str) -> str:
    """Return the commit where `head` went off from `base`; both are ids."""
    found = repository.merge_base(base, head)
    if not found:
        raise UsageError(
            f"{base[:12]} and {head[:12]} have no commit in common here",
            hint=_WHOLE,
        )
    return found


def compared(repository: Repository, base: str, head: str | None) -> Comparison:
    """Return what differs between two commits, or a commit and the working copy."""
    with repository.objects() as then, repository.objects() as now:
        old = Committed(repository, then, repository.files(commit=base))
        new: Version = WorkingCopy(repository.project)
        if head is not None:
            new = Committed(repository, now, repository.files(commit=head))
        return _Comparing(repository, old, new, base, head).comparison()


class _Comparing:
    """Reads two versions."""

    def __init__(
        self, repository: Repository, base: Version, head: Version, start: str, end: str | None
    ) -> None:
        self.repository = repository
        self.base, self.head = base, head
        self.start, self.end = start, end
        self.files = list(self._files())
        self.paths = [file.path for file in self.files]
        self.keys = frozenset(key for path in self.paths if (key := key_of(path)))

    def comparison(self) -> Comparison:
        """Return everything."""
        wanted = self.keys.union(_ALWAYS)
        before = read_documents(_sources(self.base, wanted))
        after = read_documents(_sources(self.head, wanted))
        keys = KeysThen(before.issuers, after.issuers)
        issued, status = self._issued(keys)
        return Comparison(
            base_name=self.start,
            head_name=self.end or "",
            base=before,
            head=self._with_near(after, issued.added),
            files=tuple(self.files),
            keys=self.keys,
            issued=issued,
            status=status,
            before=self._counted(before),
            former=self._former(),
            links=() if self.end else tuple(_links(self.repository.project)),
        )

    def _files(self) -> Iterator[FileChange]:
        found = set(self.repository.differing(self.start, self.end))
        if self.end is None:
            unknown = self.repository.unknown(*_FOLDERS)
            found.update(path for path in unknown if is_batch(path) or not _is_hidden(path))
        for path in sorted(found):
            old, new = self.base.has(path), self.head.has(path)
            if old and new:
                if not _same(self.base, self.head, path):
                    yield FileChange(path, "changed")
            elif old or new:
                yield FileChange(path, "added" if new else "removed")

    def _issued(self, keys: KeysThen) -> tuple[IssuedChanges, StatusReview]:
        """Return what became of credentials, and of their statuses."""
        growth = growth_of(self.base, self.head, [path for path in self.paths if is_batch(path)])
        found = added(growth.new(), keys)
        status = self._status()
        gone, log = growth.gone(), StatusLog(())
        if gone or any(change.lost for change in status.lists):
            log, _ = parse_status_log(_read(self.head, STATUS, MAX_LOG))
        self._look_at_signers(found, status, keys)
        issued = IssuedChanges(
            added=found,
            altered=tuple(growth.altered()),
            gone=tuple(gone),
            moved=tuple(growth.moved),
            erased=log.erased,
        )
        return issued, replace(status, reinstated=_reinstated(log))

    def _status(self) -> StatusReview:
        log = StatusChanges()
        if STATUS in self.paths:
            texts = (_read(version, STATUS, MAX_LOG) for version in (self.base, self.head))
            log = status_changes(*texts)
        lists = (
            list_change(path, *(_maybe(side, path) for side in (self.base, self.head)))
            for path in self.paths
            if list_number(path) is not None
        )
        return StatusReview(log, tuple(lists))

    def _look_at_signers(self, found: Added, status: StatusReview, keys: KeysThen) -> None:
        """Look at the keys of whatever else was signed: entries, lists, and what says which
        credentials of a stolen key count.
        """
        _look_at_log(found, status.log, keys)
        for change in status.lists:
            if change.document is not None:
                found.sign(change.document, Position(change.path), keys)
        for path in self.paths:
            if path.parent == COMPROMISED and self.head.has(path):
                for line in lines_of(self.head, path):
                    _look_at_part(found, line, keys)

    def _with_near(self, after: Documents, found: Added) -> Documents:
        """Return `after` with the courses that were issued, and the providers of all courses."""
        courses = {f"courses/{kind.course}" for kind in found.kinds if is_identifier(kind.course)}
        with_courses = self._with(after, courses)
        things = with_courses.things.values()
        providers = {f"providers/{one.provider}" for one in things if isinstance(one, Course)}
        return self._with(with_courses, providers)

    def _with(self, documents: Documents, keys: set[str]) -> Documents:
        sources = _sources(self.head, {*(keys - documents.sources.keys()), "site"})
        more = read_documents(sources)
        return replace(
            documents,
            things={**documents.things, **more.things},
            sources={**documents.sources, **sources},
        )

    def _counted(self, before: Documents) -> Counted:
        """Return how many credentials there were for the courses that differ."""
        keys = [key for key in self.keys if key.startswith("courses/")]
        courses = {key.removeprefix("courses/") for key in keys}
        courses |= {one for key in keys for one in aliases_of(before.things.get(key))}
        if not courses:
            return Counted({})
        differing = set(self.paths)
        lines: Iterator[Line] = (
            line
            for path in batch_paths(self.base)
            for line in lines_of(self.base if path in differing else self.head, path)
        )
        others = {path.stem for path in self.base.files(path_of("courses/any").parent)}
        return counted(lines, courses, others)

    def _former(self) -> Mapping[str, ContentModel]:
        """Return what the ids of new files meant, where a file of that name was removed before."""
        waiting = {
            file.path: key
            for file in self.files
            if file.change == "added"
            and (key := key_of(file.path) or "").startswith(("courses/", "providers/"))
        }
        if not waiting:
            return {}
        sources = {"site": _read(self.base, path_of("site"))}
        with self.repository.objects() as objects:
            for change in self.repository.changes("catalogue", until=self.start):
                key = waiting.pop(change.path, "")
                if key and change.new is None and change.old is not None:
                    with contextlib.suppress(KeyError):  # a shallow repository hasn't got it
                        sources[key] = objects[change.old]
        return read_documents(sources).things


def _look_at_log(found: Added, log: StatusChanges, keys: KeysThen) -> None:
    for one in log.added:
        if one.event.key is not None:
            found.keep(keys.fault(one.event.key, one.event.at), one.at)
    for one in log.signed_anew:
        found.sign(notice_in(one.event) or {}, one.at, keys)


def _look_at_part(found: Added, line: Line, keys: KeysThen) -> None:
    try:
        found.sign(parse_object(line.text), Position(line.path, line.number), keys)
    except JsonFault:  # which mcsite check reports
        return


def _reinstated(log: StatusLog) -> frozenset[tuple[int, int]]:
    """Return the places whose suspension ended."""
    suspended = {
        (n - 1, index) for n, all_set in log.bits("suspension").items() for index in all_set
    }
    ended = {(event.list, event.index) for event in log.events if event.action == "reinstate"}
    return frozenset(ended - suspended)


def _sources(version: Version, keys: Iterable[str]) -> dict[str, bytes]:
    return {key: version.read(path_of(key)) for key in sorted(keys) if version.has(path_of(key))}


def _read(version: Version, path: PurePosixPath, most: int = MAX_LIST) -> bytes:
    return version.read(path, most=most) if version.has(path) else b""


def _maybe(version: Version, path: PurePosixPath) -> bytes | None:
    return version.read(path, most=MAX_LIST) if version.has(path) else None


def _same(base: Version, head: Version, path: PurePosixPath) -> bool:
    if not is_batch(path):
        return base.read(path, most=_MOST) == head.read(path, most=_MOST)
    with base.opened(path) as one, head.opened(path) as other:
        while data := one.read(_AT_ONCE):
            if other.read(_AT_ONCE) != data:
                return False
        return not other.read(1)


def _is_hidden(path: PurePosixPath) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _links(project: Path) -> Iterator[PurePosixPath]:
    """Yield whatever is a link in credentials/, or that folder itself."""
    top = project / "credentials"
    if top.is_symlink():
        yield PurePosixPath("credentials")
    for folder, folders, files in os.walk(top):
        for name in sorted([*folders, *files]):
            path = Path(folder, name)
            if path.is_symlink():
                yield PurePosixPath(path.relative_to(project).as_posix())
