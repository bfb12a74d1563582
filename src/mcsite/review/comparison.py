"""Two versions of a project side by side, as far as the rules and reports need them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from mcsite.content.documents import Documents
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.review.issued import Added, Counted, Issued
from mcsite.store.growth import Altered, Gone, Moved
from mcsite.store.status_changes import ListChange, StatusChanges


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs: "added", "removed" or "changed"."""

    path: PurePosixPath
    change: str


@dataclass(frozen=True, slots=True)
class IssuedChanges:
    """What became of what was issued."""

    added: Added = field(default_factory=Added)
    altered: tuple[Altered, ...] = ()
    gone: tuple[Gone, ...] = ()
    moved: tuple[Moved, ...] = ()
    erased: frozenset[str] = frozenset()  # of the project; known where something is gone


@dataclass(frozen=True, slots=True)
class StatusReview:
    """What became of statuses. `reinstated` are places in suspension lists that may be clear."""

    log: StatusChanges = field(default_factory=StatusChanges)
    lists: tuple[ListChange, ...] = ()
    reinstated: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs between two versions. Of content files just those are read, and in
    `head` some that tell about what was issued.
    """

    base_name: str  # commits
    head_name: str  # empty: the working copy
    base: Documents
    head: Documents
    files: tuple[FileChange, ...] = ()
    keys: frozenset[str] = frozenset()  # of the content files that differ
    issued: IssuedChanges = field(default_factory=IssuedChanges)
    status: StatusReview = field(default_factory=StatusReview)
    before: Counted = field(default_factory=lambda: Counted({}))  # issued for courses that differ
    former: Mapping[str, ContentModel] = field(default_factory=dict)  # what had a new file's id
    links: tuple[PurePosixPath, ...] = ()  # in credentials/

    def earlier_keys(self, key: str) -> Iterator[str]:
        """Yield where that stood before which a file says now: in the file itself, and in files
        that are gone and whose ids are its aliases now.
        """
        if key in self.base.things:
            yield key
        for alias in aliases_of(self.head.things.get(key)):
            earlier = f"{key.partition('/')[0]}/{alias}"
            if earlier in self.base.things and earlier not in self.head.sources:
                yield earlier

    def issued_before(self, key: str) -> Issued:
        """Return what was issued for a course as it was before, under its aliases then too."""
        return self.before.of(
            (key.removeprefix("courses/"), *aliases_of(self.base.things.get(key)))
        )


def aliases_of(thing: ContentModel | None) -> tuple[str, ...]:
    """Return the earlier ids of a course, provider or pathway."""
    return thing.aliases if isinstance(thing, Course | Provider | Pathway) else ()
