"""What was issued: how many credentials for which course and version, and which were added by whom.

A sealed credential says neither its course nor its version. It is counted, and where its batch is
named after a course, as `mcsite issue` names it, for that course.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import proofs_of
from mcsite.credentials.times import parse_time
from mcsite.findings import Finding, Position
from mcsite.review.keys import KeysThen
from mcsite.store.batches import StoredCredential
from mcsite.store.versions import Line

_COURSE = re.compile(rb'/courses/([a-z0-9-]{1,64})/?"')
_DATE = re.compile(r"\A[0-9]+(-[0-9]+)*-")  # before the course in the name of a batch
_SEALED = b'"SealedCredential"'


class Terms(NamedTuple):
    """What a credential says of the course that it was issued for."""

    version: str
    ects: str  # empty where it says none


@dataclass(slots=True)
class Issued:
    """How many credentials of a course there are: those that can be read, and sealed ones."""

    by_terms: Counter[Terms] = field(default_factory=Counter)
    sealed: int = 0  # in batches named after the course

    def __add__(self, other: "Issued") -> "Issued":
        """Return those of both."""
        return Issued(self.by_terms + other.by_terms, self.sealed + other.sealed)

    @property
    def readable(self) -> int:
        """How many say what they were issued for."""
        return self.by_terms.total()

    def under(self, version: str) -> int:
        """Return how many were issued under a version."""
        return sum(count for terms, count in self.by_terms.items() if terms.version == version)

    def with_ects(self, ects: str) -> int:
        """Return how many give that number of ECTS credits."""
        return sum(count for terms, count in self.by_terms.items() if terms.ects == ects)


@dataclass(frozen=True, slots=True)
class Counted:
    """The credentials of some courses, by the id under which they were issued. `sealed` are those
    whose batch names no course at all.
    """

    courses: Mapping[str, Issued]
    sealed: int = 0

    def of(self, ids: Iterable[str]) -> Issued:
        """Return those of several ids together."""
        return sum((self.courses[one] for one in ids if one in self.courses), Issued())


def counted(lines: Iterable[Line], courses: Iterable[str], others: Collection[str] = ()) -> Counted:
    """Return how many credentials of `courses` there are among `lines`; `others` are the other
    courses that batches may be named after. Lines that name none of `courses` aren't taken apart.
    """
    found = {course: Issued() for course in courses}
    names = {course.encode() for course in found}
    sealed = 0
    for line in lines:
        if names.intersection(_COURSE.findall(line.text)):
            _count(line, found)
        elif _SEALED in line.text:
            course = course_of_batch(line.path)
            if course in found:
                found[course].sealed += 1
            elif course not in others:
                sealed += 1
    return Counted(found, sealed)


def _count(line: Line, found: dict[str, Issued]) -> None:
    read = line.read()
    if isinstance(read, Finding):
        return
    achievement = _achievement(read.document)
    course = course_of(read.document)
    if course in found:
        terms = Terms(str(achievement.get("version", "")), _number(achievement))
        found[course].by_terms[terms] += 1


def _achievement(document: JsonObject) -> JsonObject:
    subject = document.get("credentialSubject")
    found = subject.get("achievement") if isinstance(subject, dict) else None
    return found if isinstance(found, dict) else {}


def _number(achievement: JsonObject) -> str:
    value = achievement.get("creditsAvailable")
    return f"{value:g}" if isinstance(value, int | float) else ""


def course_of(document: JsonObject) -> str:
    """Return the id of the course that a credential was issued for, empty where it is sealed."""
    address, _, course = str(_achievement(document).get("id", "")).rstrip("/").rpartition("/")
    return course if address.endswith("/courses") else ""


def course_of_batch(path: PurePosixPath) -> str:
    """Return the course that a batch may be named after."""
    return _DATE.sub("", path.stem, count=1)


class Kind(NamedTuple):
    """Credentials that were added to one batch in the same way. `course` is empty where sealed."""

    batch: PurePosixPath
    key: str  # DID URL
    course: str
    sealed: bool


class Foreign(NamedTuple):
    """Documents of one file signed with a key that didn't count."""

    path: PurePosixPath
    reason: str


@dataclass(slots=True)
class Added:
    """What was added: how many of each kind, what a key signed that it shouldn't have, and lines
    that can't be read.
    """

    kinds: Counter[Kind] = field(default_factory=Counter)
    foreign: Counter[Foreign] = field(default_factory=Counter)
    first: dict[Foreign, Position] = field(default_factory=dict)
    unreadable: list[Finding] = field(default_factory=list)

    def sign(self, document: JsonObject, at: Position, keys: KeysThen) -> str:
        """Look at who signed a document; return the key, the last where there are several."""
        key, faults = "", set()
        for proof in proofs_of(document):
            key = str(proof.get("verificationMethod", ""))
            faults.add(keys.fault(key, parse_time(proof.get("created"))))
        for fault in faults:
            self.keep(fault, at)
        return key

    def keep(self, fault: str, at: Position) -> None:
        """Count what is wrong with a signature, if anything is."""
        if fault:
            self.foreign[Foreign(at.path, fault)] += 1
            self.first.setdefault(Foreign(at.path, fault), at)


def added(new: Iterable[StoredCredential | Finding], keys: KeysThen) -> Added:
    """Return what was added, from the credentials that are new. Whether what can be read is good
    is left to `mcsite check`.
    """
    found = Added()
    for stored in new:
        if isinstance(stored, Finding):
            found.unreadable.append(stored)
            continue
        key = found.sign(stored.document, stored.at, keys)
        course = course_of(stored.document)
        found.kinds[Kind(stored.at.path, key, course, stored.sealed)] += 1
    return found
