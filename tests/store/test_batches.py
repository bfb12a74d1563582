"""Batches cut into chunks: every line once, in order, with its own number."""

import json
from pathlib import Path

import pytest

from mcsite.credentials.ids import new_credential_id
from mcsite.credentials.strict_json import MAX_BYTES
from mcsite.findings import Finding
from mcsite.store.batches import Chunk, StoredCredential, chunks_of, read_batches, read_chunk


def line(number: int) -> str:
    identifier = new_credential_id(number.to_bytes(16, "big"))
    return json.dumps({"id": f"https://uni.example/c/{identifier}/", "credentialSubject": {}})


def project(root: Path, text: str, name: str = "a.jsonl") -> Path:
    (root / "credentials").mkdir(exist_ok=True)
    (root / "credentials" / name).write_text(text, "utf-8", newline="")
    return root


def read(root: Path, size: int) -> list[str]:
    found = []
    for chunk in chunks_of(root, size):
        assert isinstance(chunk, Chunk)
        found += [f"{one.at} {getattr(one, 'id', '')}" for one in read_chunk(root, chunk)]
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\n \n"])
@pytest.mark.parametrize("last", ["", "\n"])
@pytest.mark.parametrize("size", [1, 50, 93, 94, 95, 300, 10_000])
def test_chunks_hold_every_line_once(tmp_path: Path, end: str, last: str, size: int) -> None:
    root = project(tmp_path, end.join(line(n) for n in range(9)) + last)
    project(root, line(100), "b.json")

    whole = [f"{one.at} {getattr(one, 'id', '')}" for one in read_batches(root)]

    assert len(whole) == 10
    assert read(root, size) == whole


def test_a_line_that_was_added_changes_the_last_chunk_alone(tmp_path: Path) -> None:
    root = project(tmp_path, "".join(f"{line(n)}\n" for n in range(50)))
    before = list(chunks_of(root, 500))
    project(root, "".join(f"{line(n)}\n" for n in range(51)))

    after = list(chunks_of(root, 500))

    assert len(before) > 5
    assert after[: len(before) - 1] == before[:-1]


@pytest.mark.parametrize("size", [100, MAX_BYTES // 2, 4 * MAX_BYTES])
def test_a_line_that_is_too_long_is_one_finding(tmp_path: Path, size: int) -> None:
    long = json.dumps({"id": "x" * (2 * MAX_BYTES)})
    root = project(tmp_path, f"{line(1)}\n{long}\n{line(2)}\n")

    found = [
        one
        for chunk in chunks_of(root, size)
        if isinstance(chunk, Chunk)
        for one in read_chunk(root, chunk)
    ]

    assert [one.at.line for one in found] == [1, 2, 3]
    assert [isinstance(one, StoredCredential) for one in found] == [True, False, True]
    assert isinstance(found[1], Finding)
