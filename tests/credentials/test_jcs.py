"""Canonical JSON against RFC 8785's test data, and against what it forbids."""

import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcsite.credentials.jcs import canonical, number_text
from mcsite.credentials.strict_json import parse
from tests.reference import reference

FILES = ["arrays", "french", "structures", "unicode", "values", "weird"]

# Source: RFC 8785, appendix B (IEEE 754 bits, and what ECMAScript writes)
NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize("name", FILES)
def test_the_rfc_s_documents_come_out_byte_for_byte(name: str) -> None:
    folder = reference("vectors/rfc8785/testdata")

    found = canonical(parse((folder / "input" / f"{name}.json").read_bytes()))

    assert found == (folder / "output" / f"{name}.json").read_bytes()


@pytest.mark.parametrize(("bits", "text"), NUMBERS)
def test_numbers_are_written_as_ecmascript_writes_them(bits: str, text: str) -> None:
    assert number_text(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 2**53 + 1])
def test_what_json_can_t_hold_has_no_canonical_form(number: float) -> None:
    with pytest.raises(ValueError, match="canonical form"):
        canonical([number, 0.5])


def test_half_of_a_surrogate_pair_has_no_canonical_form() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        canonical({"name": "\ud800"})


def test_keys_are_sorted_as_utf_16_has_them() -> None:
    # U+1F600 begins with the unit D83D, which comes before U+FB33
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15) |
    st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) |
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_reading_the_canonical_text_gives_the_same_text_again(value: object) -> None:
    once = canonical(value)  # type: ignore[arg-type] # any JSON

    assert canonical(json.loads(once)) == once


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_alike_alone_and_beside_an_unusual_one(number: float) -> None:
    assert canonical([number]) == f"[{number_text(number)}]".encode()
    assert canonical([number, 1e300]) == f"[{number_text(number)},1e+300]".encode()
