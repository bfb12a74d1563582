"""How credentials/status.yaml and the lists that follow from it differ between two versions."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import proofs_of
from mcsite.credentials.status_list import PURPOSES, MalformedList, StatusList
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.findings import Finding, Position
from mcsite.store.notices import notice_in
from mcsite.store.status_log import PATH, StatusEvent, placed_events

_ENTRY = re.compile(rb"([ \t]*(#[^\n]*)?\r?\n)*- ")  # a list goes on after lines that say nothing
_LIST = re.compile(r"credentials/status/([0-9]{1,6})\.json")


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event and where it stands; of one that went, where the file begins."""

    event: StatusEvent
    at: Position


@dataclass(frozen=True, slots=True)
class StatusChanges:
    """What became of the log. An event that was changed isn't among those added, and one whose
    notice has another proof and says the same isn't changed.
    """

    added: tuple[PlacedEvent, ...] = ()
    changed: tuple[PlacedEvent, ...] = ()
    removed: tuple[PlacedEvent, ...] = ()
    findings: tuple[Finding, ...] = ()  # of entries that can't be read
    signed_anew: tuple[PlacedEvent, ...] = ()


def status_changes(base: bytes, head: bytes) -> StatusChanges:
    """Return what became of a log, from its texts. Where it only grew, what was added is read."""
    if base.endswith(b"\n") and head.startswith(base) and _goes_on(head[len(base) :]):
        placed, findings = placed_events(head[len(base) :])
        lines = base.count(b"\n")
        added = (PlacedEvent(event, replace(at, line=at.line + lines)) for event, at in placed)
        below = (replace(one, at=replace(one.at, line=one.at.line + lines)) for one in findings)
        return StatusChanges(added=tuple(added), findings=tuple(below))
    return _compared(base, head)


def _goes_on(tail: bytes) -> bool:
    return not tail.strip() or _ENTRY.match(tail) is not None


def _compared(base: bytes, head: bytes) -> StatusChanges:
    before, _ = placed_events(base)
    after, findings = placed_events(head)
    kept = {repr(event) for event, _ in after}
    missing = [event for event, _ in before if repr(event) not in kept]
    known = {repr(event) for event, _ in before}
    new = [PlacedEvent(event, at) for event, at in after if repr(event) not in known]
    changed, removed, anew = [], [], []
    said = {text: one for one in new if (text := _said(one.event))}
    for event in missing:
        same = said.pop(_said(event), None)
        if same is not None:
            anew.append(same)
            new.remove(same)
            continue
        now = next((one for one in new if _same(one.event, event)), None)
        if now is None:
            removed.append(PlacedEvent(event, Position(PATH)))
        else:
            changed.append(now)
            new.remove(now)
    return StatusChanges(
        tuple(new), tuple(changed), tuple(removed), tuple(findings), signed_anew=tuple(anew)
    )


def _said(event: StatusEvent) -> str:
    """Return all that an event with a signed notice says, without the proof; of others, nothing."""
    notice = notice_in(event)
    if notice is None or not proofs_of(notice):
        return ""
    told = {name: value for name, value in notice.items() if name != "proof"}
    return repr(event.model_copy(update={"notice": json.dumps(told)}))


def _same(one: StatusEvent, other: StatusEvent) -> bool:
    """Tell whether an event is another, changed: of the same credential, and what or when."""
    return one.id == other.id and (one.action == other.action or one.at == other.at)


@dataclass(frozen=True, slots=True)
class ListChange:
    """What became of a signed list: the bits that it lost. `document` is None where it is gone, or
    can't be read.
    """

    path: PurePosixPath
    number: int
    document: JsonObject | None
    lost: frozenset[int]

    @property
    def purpose(self) -> str:
        """What its bits mean: "revocation" or "suspension"."""
        return PURPOSES[(self.number - 1) % len(PURPOSES)]


def list_number(path: PurePosixPath) -> int | None:
    """Return the number of a status list, None for the path of another file."""
    found = _LIST.fullmatch(str(path))
    return int(found[1]) if found else None


def list_change(path: PurePosixPath, base: bytes | None, head: bytes | None) -> ListChange:
    """Return what became of the list at `path`, from what the file held; None where absent."""
    before, after = _document(base), _document(head)
    lost = _bits(before) - _bits(after)
    return ListChange(path, list_number(path) or 0, after, lost)


def _document(data: bytes | None) -> JsonObject | None:
    try:
        return None if data is None else parse_object(data)
    except JsonFault:
        return None


def _bits(document: JsonObject | None) -> frozenset[int]:
    subject = document.get("credentialSubject") if document else None
    try:
        return StatusList.decode(
            subject.get("encodedList") if isinstance(subject, dict) else None
        ).indexes()
    except MalformedList:
        return frozenset()
