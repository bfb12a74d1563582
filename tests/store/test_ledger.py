"""What was given twice, among many: ids and places of status lists."""

import json
from pathlib import Path, PurePosixPath

import pytest

from mcsite.credentials.ids import new_credential_id
from mcsite.findings import Position
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.entries import Entry
from mcsite.store.ledger import Ledger, entry_of
from mcsite.store.status_log import StatusLog, parse_status_log

BASE = "https://uni.example"
LIST = f"{BASE}/status/1.json"
PATH = PurePosixPath("credentials/a.jsonl")


def identifier(number: int) -> str:
    return new_credential_id(number.to_bytes(16, "big"))


def line(number: int, *indexes: str) -> str:
    return json.dumps(
        {
            "id": f"{BASE}/c/{identifier(number)}/",
            "credentialSubject": {},
            "credentialStatus": [
                {"statusListCredential": LIST, "statusListIndex": index} for index in indexes
            ],
        }
    )


def findings(root: Path, lines: list[str]) -> list[str]:
    (root / "credentials").mkdir()
    (root / PATH).write_text("\n".join(lines) + "\n")
    ledger = Ledger(StatusLog(()), BASE)
    for stored in read_batches(root):
        assert isinstance(stored, StoredCredential)
        ledger.enter(stored.at.path, [entry_of(stored)])
    return [f"{found.at.line} {found.code} {found.message}" for found in ledger.findings(root)]


def test_nothing_stands_twice_among_many(tmp_path: Path) -> None:
    assert findings(tmp_path, [line(n, str(n), str(131_071 - n)) for n in range(1000)]) == []


def test_an_id_that_stands_twice_is_told_where_it_is_added(tmp_path: Path) -> None:
    lines = [line(n, str(n)) for n in range(20)] + [line(7, "7")]

    assert findings(tmp_path, lines) == [
        f"21 MC505 the id {identifier(7)} stands at credentials/a.jsonl:8:1 already"
    ]


@pytest.mark.parametrize("index", ["0", "5", "131071", "99999999999", "x"])
def test_a_place_that_was_given_twice_is_told(index: str, tmp_path: Path) -> None:
    lines = [line(1, index), line(2, "6"), line(3, index)]

    assert findings(tmp_path, lines) == [
        f"3 MC507 index {index} of {LIST} was given at credentials/a.jsonl:1:1 already"
    ]


def test_ids_that_end_alike_are_two(tmp_path: Path) -> None:
    one, other = "1" * 22, "2" + "1" * 21
    lines = [line(0, "1").replace(identifier(0), one), line(0, "2").replace(identifier(0), other)]

    assert findings(tmp_path, lines) == []


def test_whereabouts_are_kept_of_what_the_log_names() -> None:
    log, _ = parse_status_log(
        b"- {id: %b, action: erase, at: 2026-01-01T00:00:00Z, list: 1, index: 9}\n"
        % identifier(2).encode()
    )
    ledger = Ledger(log, BASE)
    ledger.enter(PATH, [Entry(identifier(n), n + 1, ((LIST, str(n)),)) for n in range(10)])

    assert ledger.ids == {identifier(2): Position(PATH, 3)}
    assert ledger.holders == {(LIST, "9"): Position(PATH, 10)}
    assert ledger.lists == {LIST: Position(PATH, 1)}
