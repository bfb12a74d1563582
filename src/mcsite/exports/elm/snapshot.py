"""What a signed Open Badges credential says, taken apart for other formats.

Only what the signature covers stands here, in the one language that the credential speaks.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.reading import listed, time_of
from mcsite.errors import ContentError
from mcsite.exports.criteria import Criteria, read_criteria


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that an alignment names. `uri` is where it points; `note` what stands beside it."""

    code: str
    uri: str
    label: str
    note: str
    official: bool  # the URI is of a published vocabulary, not a place on the course's page


@dataclass(frozen=True, slots=True)
class Body:
    """The awarding body."""

    name: str
    url: str
    country: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A credential: its holder, what was achieved, and how the achievement was described."""

    id: str
    holder: Mapping[str, str]  # by identityType, and "did"
    valid_from: dt.datetime
    valid_until: dt.datetime | None
    evidence: str
    grade: str
    activity: tuple[str, str]  # first and last day, as ISO dates
    title: str
    description: str
    course: str  # its address
    version: str
    body: Body
    narrative: str
    criteria: Criteria | None  # None: a narrative of another shape
    credits: str
    language: str  # of instruction, BCP 47
    scheme: str  # of grades
    passing: str
    codes: Mapping[str, tuple[Coded, ...]]  # by targetType


def snapshot_of(document: JsonObject) -> Snapshot:
    """Return what a credential says. It must have been verified before."""
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    codes = _codes(achievement)
    narrative = _text(_object(achievement.get("criteria")), "narrative")
    grading = next(_objects(achievement.get("resultDescription")), {})
    labels = [kind.label for kind in codes.get("ext:AssessmentType", ())]
    return Snapshot(
        id=_text(document, "id"),
        holder=_holder(subject),
        valid_from=_moment(document),
        valid_until=time_of(document, "validUntil"),
        evidence=_text(next(_objects(document.get("evidence")), {}), "id"),
        grade=_text(next(_objects(subject.get("result")), {}), "value"),
        activity=(_text(subject, "activityStartDate"), _text(subject, "activityEndDate")),
        title=_text(achievement, "name"),
        description=_text(achievement, "description"),
        course=_text(achievement, "id"),
        version=_text(achievement, "version"),
        body=_body(_object(achievement.get("creator"))),
        narrative=narrative,
        criteria=read_criteria(narrative, labels),
        credits=_text(achievement, "creditsAvailable"),
        language=_text(achievement, "inLanguage"),
        scheme=_text(grading, "name"),
        passing=_text(grading, "requiredValue"),
        codes=codes,
    )


def _moment(document: JsonObject) -> dt.datetime:
    found = time_of(document, "validFrom")
    if found is None:
        raise ContentError("the credential doesn't say since when it is valid")
    return found


def _holder(subject: JsonObject) -> Mapping[str, str]:
    found = {
        _text(entry, "identityType"): _text(entry, "identityHash")
        for entry in _objects(subject.get("identifier"))
        if entry.get("hashed") is False
    }
    return found | ({"did": _text(subject, "id")} if "id" in subject else {})


def _body(profile: JsonObject) -> Body:
    address = _object(profile.get("address"))
    return Body(
        name=_text(profile, "name"),
        url=_text(profile, "url"),
        country=_text(address, "addressCountryCode"),
        region=_text(address, "addressRegion"),
    )


def _codes(achievement: JsonObject) -> Mapping[str, tuple[Coded, ...]]:
    found: dict[str, tuple[Coded, ...]] = {}
    own = f"{_text(achievement, 'id')}#"
    for entry in _objects(achievement.get("alignment")):
        coded = Coded(
            code=_text(entry, "targetCode"),
            uri=_text(entry, "targetUrl"),
            label=_text(entry, "targetName"),
            note=_text(entry, "targetDescription"),
            official=not _text(entry, "targetUrl").startswith(own),
        )
        kind = _text(entry, "targetType")
        found[kind] = (*found.get(kind, ()), coded)
    return found


def _object(value: JsonValue) -> JsonObject:
    return dict(value) if isinstance(value, Mapping) else {}


def _objects(value: JsonValue) -> Iterator[JsonObject]:
    return (dict(entry) for entry in listed(value) if isinstance(entry, Mapping))


def _text(holder: JsonObject, key: str) -> str:
    value = holder.get(key)
    return "" if value is None or isinstance(value, (list, dict)) else str(value)
