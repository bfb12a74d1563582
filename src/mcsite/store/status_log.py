"""credentials/status.yaml: what was withdrawn, suspended, reinstated, replaced or erased, when and
why.

The status lists are derived from it. The order of its entries doesn't matter, so that two merged
branches can't lose a revocation: state is decided by time, and a revocation is final. An entry is
one line, so that merging keeps each whole.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from mcsite.content.fields import Moment, Whole, Word, Words, fault, written
from mcsite.content.files import read_file
from mcsite.content.models.base import ContentModel
from mcsite.content.source import Mapping, Sequence, SourceFault, read_source
from mcsite.content.validation import read_model
from mcsite.credentials.ids import ID_PATTERN
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.errors import ContentError
from mcsite.findings import Finding, Position, Severity

PATH = PurePosixPath("credentials/status.yaml")
ACTIONS = ("revoke", "suspend", "reinstate", "supersede", "erase")
FINAL = ("revoke", "supersede")
MAX_BYTES = 64 * 1024 * 1024  # some 60,000 events with their notices


def _action(value: object) -> str:
    text = written(value, "an action")
    if text not in ACTIONS:
        raise fault("MC510", f"{text!r} isn't one of {', '.join(ACTIONS)}")
    return text


def _credential_id(value: object) -> str:
    text = written(value, "a credential's id")
    if not ID_PATTERN.fullmatch(text):
        raise fault("MC510", f"{text!r} isn't the id of a credential")
    return text


CredentialId = Annotated[
    str,
    BeforeValidator(_credential_id),
    WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"}),
]


class StatusEvent(ContentModel):
    """One entry: what happened to a credential, and its place in the lists.

    Erasing changes no status and isn't signed; the entry keeps the place from being given again.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"action": {"not": {"const": "erase"}}}},
            "then": {"required": ["key"]},
        }
    )
    id: CredentialId = Field(description="id of the credential")
    action: Annotated[
        Literal["revoke", "suspend", "reinstate", "supersede", "erase"], BeforeValidator(_action)
    ] = Field(description="what happened to it")
    at: Moment = Field(description="when, in UTC")
    list: Whole = Field(
        ge=1, description="number of its revocation list; its suspension list is the next"
    )
    index: Whole = Field(ge=0, description="its place in the lists")
    key: Word | None = Field(
        None, description="DID URL of the key that signed; absent only where it was erased"
    )
    reason: Words | None = Field(None, description="why, for the reader of the page")
    superseded_by: CredentialId | None = Field(None, description="id of the one that replaces it")
    notice: Word | None = Field(None, description="the signed notice, as JSON")

    @model_validator(mode="after")
    def _is_signed(self) -> Self:
        if self.key is None and self.action != "erase":
            raise fault("MC510", "names no key that signed it")
        return self


Noted = tuple[StatusEvent, Mapping]  # an event, and the entry that it was read from


@dataclass(frozen=True, slots=True)
class StatusLog:
    """Every event."""

    events: tuple[StatusEvent, ...]
    _by_credential: dict[str, list[StatusEvent]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for event in self.events:
            if event.action != "erase":
                self._by_credential.setdefault(event.id, []).append(event)

    @property
    def erased(self) -> frozenset[str]:
        """The credentials that were erased."""
        return frozenset(event.id for event in self.events if event.action == "erase")

    def bits(self, purpose: str) -> dict[int, frozenset[int]]:
        """Return the set indexes by list number, for "revocation" or "suspension"."""
        found: dict[int, set[int]] = {}
        for place, event in self._latest(purpose).items():
            number = place[0] if purpose == "revocation" else place[0] + 1
            members = found.setdefault(number, set())
            if event.action != "reinstate":
                members.add(place[1])
        return {number: frozenset(members) for number, members in found.items()}

    def forgotten(self, purpose: str, number: int, indexes: frozenset[int]) -> frozenset[int]:
        """Return those of the set indexes of a list that no event speaks of: a revocation, or a
        suspension, whose lines were removed.
        """
        first = number if purpose == "revocation" else number - 1
        return indexes - {index for at, index in self._latest(purpose) if at == first}

    def _latest(self, purpose: str) -> dict[tuple[int, int], StatusEvent]:
        """Return the event that decides, by place in the lists."""
        wanted = FINAL if purpose == "revocation" else ("suspend", "reinstate")
        latest: dict[tuple[int, int], StatusEvent] = {}
        for event in self.events:
            place = (event.list, event.index)
            if event.action in wanted and (
                place not in latest or _weight(event) >= _weight(latest[place])
            ):
                latest[place] = event
        return latest

    def notice_of(self, credential: str) -> JsonObject | None:
        """Return the notice of the event that tells what a credential is worth now, if any."""
        events = self._by_credential.get(credential, [])
        final = [event for event in events if event.action in FINAL]
        last = max(final or events, key=_weight, default=None)
        if last is None or last.notice is None:
            return None
        try:
            return parse_object(last.notice.encode())
        except JsonFault:
            return None

    def moment_after(self, credential: str, now: dt.datetime) -> dt.datetime:
        """Return the second of `now`, or where the last event of a credential is as late, the one
        after that: of two events the later one counts.
        """
        now = now.replace(microsecond=0)
        last = max((event.at for event in self._by_credential.get(credential, [])), default=None)
        return now if last is None or last < now else last + dt.timedelta(seconds=1)

    def state_of(self, credential: str) -> str:
        """Return "", "revoked", "superseded" or "suspended"."""
        events = self._by_credential.get(credential, [])
        if any(event.action == "supersede" for event in events):
            return "superseded"
        if any(event.action == "revoke" for event in events):
            return "revoked"
        last = max(events, key=_weight, default=None)
        return "suspended" if last is not None and last.action == "suspend" else ""


def _weight(event: StatusEvent) -> tuple[dt.datetime, int]:
    """Order events by time; at the same second the safer one counts."""
    return event.at, ("reinstate", "suspend", "revoke", "supersede").index(event.action)


def read_status_log(root: Path) -> tuple[StatusLog, list[Finding]]:
    """Return the log of a project and what is wrong in it; no file is an empty log."""
    noted, findings = read_noted_events(root)
    return StatusLog(tuple(event for event, _ in noted)), findings


def read_noted_events(root: Path) -> tuple[list[Noted], list[Finding]]:
    """Return the events of a project's log with their entries, and what is wrong in it."""
    if not (root / PATH).exists():
        return [], []
    try:
        return noted_events(read_file(root, PATH, max_bytes=MAX_BYTES))
    except SourceFault as error:
        return [], list(error.findings)


def sound_status_log(root: Path) -> StatusLog:
    """Return the log of a project, or raise ContentError where something is wrong in it: what is
    derived from half of it would forget the rest.
    """
    log, findings = read_status_log(root)
    if findings:
        raise ContentError(f"{PATH} has errors", findings=findings)
    return log


def parse_status_log(data: bytes) -> tuple[StatusLog, list[Finding]]:
    """Return the log in the text of a status.yaml, and what is wrong in it."""
    noted, findings = noted_events(data)
    return StatusLog(tuple(event for event, _ in noted)), findings


def placed_events(data: bytes) -> tuple[list[tuple[StatusEvent, Position]], list[Finding]]:
    """Return the events in the text of a status.yaml with their places, and what is wrong in it."""
    noted, findings = noted_events(data)
    return [(event, Position(PATH, at.line, at.column)) for event, at in noted], findings


def noted_events(data: bytes) -> tuple[list[Noted], list[Finding]]:
    """Return the events in the text of a status.yaml with their entries, and what is wrong."""
    try:
        node = read_source(data, PATH, max_bytes=MAX_BYTES)
    except SourceFault as error:
        return [], [error.finding]
    if node is None:
        return [], []
    if not isinstance(node, Sequence):
        message = "should be a list"
        return [], [
            Finding(at=Position(PATH), code="MC510", severity=Severity.ERROR, message=message)
        ]
    found: list[Noted] = []
    findings: list[Finding] = []
    for item in node.items:
        event, wrong = read_model(StatusEvent, item, PATH, {"default_language": "und"})
        findings.extend(wrong)
        if event is not None and isinstance(item, Mapping):
            found.append((event, item))
    return found, findings


def with_entries(root: Path, entries: Iterable[str]) -> bytes:
    """Return a project's status.yaml with more entries at its end."""
    path = root / PATH
    text = path.read_text("utf-8") if path.exists() else _HEAD
    return "".join([text if text.endswith("\n") else text + "\n", *entries]).encode()


_HEAD = """\
# What was withdrawn, suspended, reinstated, replaced or erased. mcsite appends to it and derives
# status/*.json from it.
# The order of entries doesn't matter; never remove one.
"""


def entry_text(  # noqa: PLR0913 -- the fields of an entry
    *,
    credential: str,
    action: str,
    at: str,
    place: tuple[int, int],
    key: str = "",
    reason: str = "",
    superseded_by: str = "",
    notice: JsonObject | None = None,
) -> str:
    """Return the YAML of one event, to append to status.yaml: one line, so that Git can join the
    lines of two branches.
    """
    fields = {
        "id": credential,
        "action": action,
        "at": at,
        "list": str(place[0]),
        "index": str(place[1]),
        "key": _quoted(key) if key else "",
        "reason": _quoted(reason) if reason else "",
        "superseded_by": superseded_by,
        "notice": notice_text(compact(notice)) if notice is not None else "",
    }
    return "- {" + ", ".join(f"{name}: {text}" for name, text in fields.items() if text) + "}\n"


# YAML takes these for the end of a line, and JSON doesn't.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).translate(_LINE_ENDS)


def compact(notice: JsonObject) -> str:
    """Return a notice as it stands in the log: JSON on one line, also as YAML takes lines."""
    text = json.dumps(notice, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_LINE_ENDS)


def notice_text(notice: str) -> str:
    """Return a notice's JSON as a scalar of YAML."""
    return "'" + notice.replace("'", "''") + "'"
