"""The short way through JSON gives what the long way gives, or nothing."""

import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mcsite.credentials.jcs import canonical, canonical_slowly
from mcsite.credentials.plain_json import plain_text, plain_value
from mcsite.credentials.strict_json import MAX_BYTES, MAX_DEPTH, JsonFault, parse, parse_slowly
from tests.credentials.test_hostile import HEAVY
from tests.credentials.test_strict_json import REFUSED
from tests.institution import Institution
from tests.reference import reference
from tests.rendering import ROOT

VECTORS: list[dict[str, Any]] = json.loads(
    (ROOT / "tests/vectors/json-texts.json").read_text("utf-8")
)["cases"]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
NUMBERS = (
    st.integers(-(2**54), 2**54) | st.floats(allow_nan=False, allow_infinity=False) |
    st.decimals(-999, 999, places=2).map(float) | st.sampled_from([0.0, -0.0, 1e-5, 1e-6, 1e16])
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
PIECES = [
    piece.encode("utf-8", "surrogateescape")
    for piece in (
        *("{", "}", "[", "]", ",", ":", '"', '"a"', "0", "1", "-", ".", "e", "E", "+"),
        *("null", "true", "NaN", "1.0", "1.5", "1e-7"),
        *(" ", "\\u0041", "\\ud800", "\\n", "ā", "\ufb33", "\U0001f600", "\udcff", str(2**53 + 1)),
    )
]


def outcome(read: Callable[[bytes], object], text: bytes) -> tuple[str, str]:
    """Return what reading gave, types and order included, or why it was refused."""
    try:
        return "value", repr(read(text))
    except JsonFault as fault:
        return fault.reason, str(fault)


def written(write: Callable[[Any], bytes], value: object) -> bytes | str:
    try:
        return write(value)
    except ValueError as error:
        return str(error)


def damaged(text: bytes, place: int, length: int, piece: bytes) -> bytes:
    """Return a text with a piece in place of some bytes."""
    start = place % (len(text) + 1)
    return text[:start] + piece + text[start + length :]


@given(VALUES)
def test_a_value_is_written_alike_both_ways(value: object) -> None:
    assert written(canonical, value) == written(canonical_slowly, value)
    assert written(canonical, [value]) == written(canonical_slowly, [value])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_alike_both_ways_wherever_it_stands(number: float) -> None:
    for value in ([number], [number, "a"], {"a": number}, {"a": number, "b": [[number]]}):
        assert plain_text(value) in (None, canonical_slowly(value))  # type: ignore[arg-type] # any JSON


@given(VALUES, st.sampled_from(PIECES), st.integers(0), st.integers(0, 4))
@example({"a": 1}, b'"a":1,', 1, 0)
def test_a_text_is_read_alike_both_ways_damaged_or_not(
    value: Any, piece: bytes, place: int, length: int
) -> None:
    try:
        text = canonical_slowly([value])
    except ValueError:
        text = json.dumps([value]).encode()
    for found in (text, damaged(text, place, length, piece), text.replace(b":", b": ", 1)):
        assert outcome(parse, found) == outcome(parse_slowly, found)


@given(st.sampled_from(PIECES), st.integers(0, 10_000), st.integers(0, 4))
def test_a_credential_is_read_alike_both_ways_damaged_or_not(
    piece: bytes, place: int, length: int
) -> None:
    found = damaged(CREDENTIAL, place, length, piece)

    assert outcome(parse, found) == outcome(parse_slowly, found)


CREDENTIAL = canonical_slowly(Institution().issue())


@pytest.mark.parametrize(
    "text",
    [*(case["text"].encode() for case in VECTORS), *REFUSED.values(), *HEAVY],
    ids=lambda text: f"{text[:16]!r} {len(text)}",
)
def test_the_vectors_and_what_is_hostile_are_read_alike_both_ways(text: bytes) -> None:
    for found in (text, b"[%s]" % text):
        if len(found) <= MAX_BYTES:
            assert outcome(parse, found) == outcome(parse_slowly, found)


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_the_rfc_s_documents_are_read_and_written_alike_both_ways(name: str) -> None:
    folder = reference("vectors/rfc8785/testdata")
    for text in ((folder / kind / f"{name}.json").read_bytes() for kind in ("input", "output")):
        assert outcome(parse, text) == outcome(parse_slowly, text)
        assert canonical(parse(text)) == (folder / "output" / f"{name}.json").read_bytes()


IN_DOUBT = [
    *('{"a":1.0}', '{"a":[1.0]}', "[1.0,2]", "[-0.0]", "[-0]", "[1e+21]", "[1e21]", "[1e-7]"),
    *("[0.000001]", "[1e-6]", "[10000000000000000.5]", "[9007199254740992]", "[null]", "[NaN]"),
    *('{"b":1,"a":2}', '{"a":1,"a":1}', '{"a":1,"\\u0061":1}', '{"a": 1}', ' {"a":1}', '{"a":1}\n'),
    *('["\\u0041"]', '["\\/"]', '["\\ud800"]', '["\\u00e1"]', '["\\u000a"]', "1", '"a"', ""),
    *('{"\U0001f600":2,"\ufb33":1}', '{"\ufb33":1,"\U0001f600":2}'),
]


@pytest.mark.parametrize("text", IN_DOUBT)
def test_of_what_is_in_doubt_the_short_way_says_nothing(text: str) -> None:
    assert plain_value(text.encode()) is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 2**53, "\ud800", {1: 1}, {1}])
def test_what_json_can_t_hold_is_never_written_the_short_way(value: object) -> None:
    assert plain_text([value]) is None  # type: ignore[list-item] # not JSON


@pytest.mark.parametrize(
    "value",
    [
        {"creditsAvailable": 1.5, "name": "Mežs"}, [0.25, -12.75], [1, 10, -3], {"a": [[], {}]},
        {"a": "1.0", "b": "null", "proofValue": "z1e5", "c": '\u0001\n"\\/'},
    ],
)  # fmt: skip
def test_what_credentials_are_made_of_takes_the_short_way(value: Any) -> None:
    assert plain_value(canonical_slowly(value)) == value


def test_the_credentials_of_the_sample_take_the_short_way() -> None:
    lines = [
        line
        for path in sorted((ROOT / "credentials").glob("*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]

    assert len(lines) > 1
    assert [line for line in lines if plain_value(line) is None] == []


@pytest.mark.parametrize("innermost", ["", "1", '"a"'])
def test_depth_is_the_same_both_ways(innermost: str) -> None:
    for depth in range(MAX_DEPTH - 2, MAX_DEPTH + 3):
        text = f"{'[' * depth}{innermost}{']' * depth}".encode()
        flat = f"[{','.join(['{}'] * depth)}]".encode()
        assert plain_value(text) is not None
        assert outcome(parse, text) == outcome(parse_slowly, text)
        assert outcome(parse, flat) == outcome(parse_slowly, flat)


@pytest.mark.parametrize("depth", [254, 1024, 1025, MAX_BYTES // 2])
def test_what_is_nested_deeply_is_refused_and_stops_nothing(depth: int) -> None:
    with pytest.raises(JsonFault, match="nested"):
        parse(b"[" * depth + b"]" * depth)
