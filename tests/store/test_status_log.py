"""The log of events: whatever is written is read back, and no order or merge loses anything."""

import datetime as dt
import unicodedata
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from mcsite.credentials.ids import new_credential_id
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import timestamp
from mcsite.credentials.strict_json import parse_object
from mcsite.store.status_log import StatusLog, entry_text, parse_status_log
from tests.project import DID, NOW

IDS = [new_credential_id(bytes([number]) * 16) for number in range(4)]
ACTIONS = ["revoke", "suspend", "reinstate", "supersede", "erase"]
EVENTS = st.lists(
    st.tuples(st.integers(0, len(IDS) - 1), st.sampled_from(ACTIONS), st.integers(0, 3)),
    max_size=8,
)
# What a reason may hold: no control characters but those that YAML takes for the end of a line.
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn"), include_characters="\x85\u2028\u2029",
                  exclude_characters="\ufeff"),
    min_size=1,
    max_size=60,
).map(lambda text: unicodedata.normalize("NFC", text)).filter(str.strip)  # fmt: skip

Event = tuple[int, str, int]


def line(event: Event) -> str:
    number, action, minutes = event
    at = timestamp(NOW + dt.timedelta(minutes=minutes))
    key = "" if action == "erase" else f"{DID}#key-1"
    return entry_text(credential=IDS[number], action=action, at=at, place=(1, number), key=key)


def log_of(events: Sequence[Event]) -> StatusLog:
    log, findings = parse_status_log("".join(map(line, events)).encode())
    assert findings == []
    return log


def told(log: StatusLog) -> list[object]:
    states = [log.state_of(identifier) for identifier in IDS]
    return [log.bits("revocation"), log.bits("suspension"), states, log.erased]


@given(EVENTS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_repetition_decides_anything(events: list[Event], random: object) -> None:
    shuffled = [*events, *events[:2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis's own kind of random

    assert told(log_of(shuffled)) == told(log_of(events))


@given(EVENTS, EVENTS)
@settings(max_examples=60, deadline=None)
def test_what_either_branch_revoked_is_revoked_after_a_merge(
    ours: list[Event], theirs: list[Event]
) -> None:
    merged = log_of([*ours, *theirs])

    for branch in (ours, theirs):
        lost = log_of(branch).bits("revocation").get(1, frozenset()) - merged.bits(
            "revocation"
        ).get(1, frozenset())
        assert not lost
        assert log_of(branch).erased <= merged.erased


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_reason_is_one_line_and_is_read_back(reason: str) -> None:
    notice: JsonObject = {"type": "StatusNotice", "reason": reason}
    text = entry_text(
        credential=IDS[0], action="revoke", at=timestamp(NOW), place=(1, 7), key=f"{DID}#key-1",
        reason=reason, notice=notice,
    )  # fmt: skip

    log, findings = parse_status_log(text.encode())

    assert findings == []
    assert text.count("\n") == 1
    (event,) = log.events
    assert event.notice is not None
    assert parse_object(event.notice.encode()) == notice
    assert event.reason is not None
    assert str(event.reason.in_language("lv")).strip() == reason.strip()
