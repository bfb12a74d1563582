"""YAML at the border: hostile files are refused at once, scalars stay as written."""

import time
from pathlib import PurePosixPath

import pytest

from mcsite.content.source import MAX_BYTES, Mapping, Scalar, Sequence, SourceFault, read_source

PATH = PurePosixPath("x.yaml")
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "MC101 too large": b"x" * (MAX_BYTES + 1),
    "MC102 not utf-8": b"title: \xff",
    "MC103 nul": b"title: a\x00b",
    "MC103 escape": b"title: a\x1bb",
    "MC103 nul, escaped": b'title: "a\\0b"',
    "MC103 no character, escaped": b'title: "a\\uFFFFb"',
    "MC103 control, escaped in a key": b'{"a\\u0001b": x}',
    "MC104 tab": b"title:\n\t- x",
    "MC104 unclosed": b"title: [a",
    "MC104 two values": b"title: a: b",
    "MC105 deep list": b"[" * 50_000,
    "MC105 deep mapping": "".join(f"{' ' * n}a:\n" for n in range(30)).encode(),
    "MC105 alias bomb": BOMB.encode(),
    "MC105 anchor": b"title: &t x",
    "MC105 alias": b"title: *t",
    "MC105 python tag": b"title: !!python/object/apply:os.system [id]",
    "MC105 tag": b"title: !!str x",
    "MC105 own tag": b"title: !secret x",
    "MC105 merge": b"<<: {title: x}",
    "MC105 two documents": b"a: 1\n---\nb: 2",
    "MC105 complex key": b"? [a]\n: b",
    "MC106 twice": b"title: a\ntitle: b",
    "MC106 twice, nested": b"a:\n  - {b: 1, b: 2}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name: str) -> None:
    started = time.monotonic()

    with pytest.raises(SourceFault) as refused:
        read_source(HOSTILE[name], PATH)

    assert refused.value.finding.code == name.split(maxsplit=1)[0]
    assert time.monotonic() - started < 5


def entry(text: str) -> Scalar:
    node = read_source(text.encode(), PATH)
    assert isinstance(node, Mapping)
    value = node.entries["a"][1]
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize(
    "written",
    ["no", "0612", "1.10", "2026-01-01", "yes", "0x1F", "1e3", ".inf", "12:30:45", "null"],
)
def test_a_scalar_stays_as_written(written: str) -> None:
    assert entry(f"a: {written}").text == written


def test_places_count_from_one_as_editors_do() -> None:
    node = read_source("x: 1\na:\n  - b: čau\n".encode(), PATH)
    assert isinstance(node, Mapping)
    items = node.entries["a"][1]
    assert isinstance(items, Sequence)
    inner = items.items[0]
    assert isinstance(inner, Mapping)
    value = inner.entries["b"][1]
    assert isinstance(value, Scalar)

    assert (value.line, value.column, value.length) == (3, 8, 3)


def test_quotes_are_remembered() -> None:
    assert entry("a: x").plain
    assert not entry("a: 'x'").plain
    assert not entry("a: |\n  x\n").plain


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    node = read_source(text.encode(), PATH)

    assert node is None or (isinstance(node, Scalar) and not node.text)
