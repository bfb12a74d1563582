"""Bitstring Status List: bits in their places, and no bombs."""

import base64
import gzip

import pytest

from mcsite.credentials.status_list import MAX_INFLATED, MIN_LENGTH, MalformedList, StatusList


def encoded(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits)).rstrip(b"=").decode()


def test_index_0_is_the_leftmost_bit() -> None:
    found = StatusList.of({0, 9, MIN_LENGTH - 1})

    assert (found.bits[0], found.bits[1], found.bits[-1]) == (0b1000_0000, 0b0100_0000, 1)
    assert [found[0], found[1], found[9], found[MIN_LENGTH - 1]] == [True, False, True, True]


def test_a_list_survives_its_encoding_and_is_the_same_each_time() -> None:
    found = StatusList.of({1, 77, 4000})

    assert StatusList.decode(found.encode()) == found
    assert found.encode() == found.encode()
    assert found.indexes() == {1, 77, 4000}


@pytest.mark.parametrize("index", [-1, MIN_LENGTH])
def test_an_index_outside_is_an_error(index: int) -> None:
    with pytest.raises(IndexError):
        StatusList.of(set())[index]


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "u",
        "z" + encoded(bytes(MIN_LENGTH // 8))[1:],
        encoded(bytes(MIN_LENGTH // 8 - 1)),
        encoded(bytes(MAX_INFLATED + 1)),
        encoded(bytes(MIN_LENGTH // 8))[:-8],
        encoded(bytes(MIN_LENGTH // 8)) + "AAAA",
        "u!!!!",
    ],
    ids=["none", "number", "empty", "no gzip", "wrong base", "short", "bomb", "cut", "more", "bad"],
)
def test_what_isn_t_a_list_is_refused(text: str) -> None:
    with pytest.raises(MalformedList):
        StatusList.decode(text)
