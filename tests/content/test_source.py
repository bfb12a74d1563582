"""YAML at the border: hostile files are refused at once, scalars stay as written."""

from pathlib import Path, PurePosixPath

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given

from mcsite.content.source import (
    MAX_BYTES,
    Mapping,
    Scalar,
    Sequence,
    SourceFault,
    plain_values,
    read_source,
    value_of,
)

ROOT = Path(__file__).parents[2]
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
    with pytest.raises(SourceFault) as refused:
        read_source(HOSTILE[name], PATH)

    assert refused.value.finding.code == name.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("text", "place", "what", "hint"),
    [
        ("a: b: c", "1:5", "a colon here can't begin a value", "in quotes"),
        ("a: - b", "1:4", "a list can't begin here", "on a line of its own"),
        ("a: {lv: x, y, en: z}", "1:12", "'y' has no value", "a comma ends a text"),
        ("a: {lv: x\nb: c", "1:4", "{ isn't closed, or a comma is missing", "a comma ends a text"),
        (
            "b: x\na: [b, c\nd: e",
            "2:4",
            "[ isn't closed, or a comma is missing",
            "a comma ends a text",
        ),
        ("a: 'it's'", "1:8", "a field's name should stand here", "written twice"),
        ('b: c\na: "x', "2:4", "a quote isn't closed", "where the text ends"),
        ("a: @x", "1:4", "a text can't begin with this character", "in quotes"),
        ("a:\n\t- b", "2:1", "nor a line with a tab", "indent with spaces"),
        ("a: b\nc\nd: e", "3:1", "a field's name has no colon", "write the colon"),
    ],
)
def test_a_slip_of_the_pen_is_told_in_plain_words(
    text: str, place: str, what: str, hint: str
) -> None:
    with pytest.raises(SourceFault) as refused:
        read_source(f"{text}\n".encode(), PATH)

    found = refused.value.finding
    assert (found.code, f"{found.at.line}:{found.at.column}") == ("MC104", place)
    assert what in found.message
    assert hint in found.hint


CONFLICT = """\
a: b
<<<<<<< HEAD
c: d
||||||| 1a2b3c4
c: e
=======
c: f
>>>>>>> branch
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (CONFLICT, 2),
        (CONFLICT.replace("\n", "\r\n"), 2),
        (CONFLICT.removeprefix("a: b\n"), 1),
        ("- a\n=======\n- b\n", 2),
        ("- a\n>>>>>>> branch\n- b\n", 2),
        ('a: "b\n<<<<<<< HEAD\nc\n=======\nd\n>>>>>>> branch\ne"\n', 2),
        ("a: [b,\n<<<<<<< HEAD\nc,\n=======\nd\n]\n", 2),
    ],
    ids=["whole", "of Windows", "at the top", "halves", "end", "in quotes", "in a list"],
)
def test_a_merge_conflict_is_told_as_one(text: str, line: int) -> None:
    with pytest.raises(SourceFault) as refused:
        read_source(text.encode(), PATH)

    assert str(refused.value.finding) == (
        f"{PATH}:{line}:1: MC111 error: a merge conflict was left here\n"
        "hint: keep what holds of the two sides, and delete the lines of the markers "
        "(<<<<<<<, |||||||, =======, >>>>>>>)"
    )
    assert plain_values(text.encode()) is None


@pytest.mark.parametrize("text", ["'b\n=======\nc'", "|\n  <<<<<<< b\n  c\n", "'b\n<<<<<<<<< c'"])
def test_what_only_looks_like_a_conflict_is_a_text(text: str) -> None:
    assert "b" in entry(f"a: {text}").text


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


def the_slow_way(data: bytes) -> object:
    """Return what a file holds if it is a mapping without fault, read with all its places."""
    try:
        node = read_source(data, PATH)
    except SourceFault:
        return None
    return value_of(node) if isinstance(node, Mapping) else None


FILES = [*(ROOT / "catalogue").rglob("*.yaml"), *(ROOT / "tests/sites").rglob("*.yaml")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_reading_without_places_finds_the_same_values(file: Path) -> None:
    data = file.read_bytes()
    found = plain_values(data)

    assert found is None or found == the_slow_way(data)


def test_reading_without_places_reads_a_course() -> None:
    data = (ROOT / "catalogue/courses/data-stewardship.yaml").read_bytes()

    assert plain_values(data) == the_slow_way(data) is not None


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_without_places_takes_nothing_hostile(name: str) -> None:
    assert plain_values(HOSTILE[name]) is None


@pytest.mark.parametrize(
    "text",
    ["a:", "a: ~", "a: null", "a: {b: x, c}", "- a", "a", "", "# nothing", "{a: x}\n---\n{b: x}"],
)
def test_what_has_to_be_told_at_its_place_is_read_the_slow_way(text: str) -> None:
    assert plain_values(text.encode()) is None


THINGS = st.recursive(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(
    things=st.dictionaries(st.text(max_size=5), THINGS), style=st.sampled_from(["block", "flow"])
)
def test_both_ways_of_reading_agree_on_whatever_is_written(
    things: dict[str, object], style: str
) -> None:
    data = yaml.safe_dump(things, allow_unicode=True, default_flow_style=style == "flow").encode()
    found, slow = plain_values(data), the_slow_way(data)

    assert found in (None, slow)


@given(text=st.text(st.sampled_from("ab:-,[]{}'\"|>#&*!?%@\\ \n\t~<\u0085\ufeff"), max_size=40))
def test_both_ways_of_reading_agree_on_whatever_is_typed(text: str) -> None:
    data = text.encode()
    found, slow = plain_values(data), the_slow_way(data)

    assert found in (None, slow)
