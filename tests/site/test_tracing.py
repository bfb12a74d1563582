"""What was asked to make a thing is asked by all that use it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcsite.site.tracing import ANY, Ask, Trace, TracedMapping, TracedSequence, answer

NAME: Ask = ("card", "a")


def test_what_is_kept_brings_its_asks_to_every_note_that_it_is_used_in() -> None:
    trace = Trace()
    courses = TracedMapping(("courses",), {"a": 1}, trace)
    found = []
    for _ in range(2):
        with trace.noting() as notes:
            for _ in range(3):
                assert trace.once(NAME, lambda: courses["a"]) == 1
            with trace.noting() as inner:
                trace.once(NAME, lambda: 0)
        found += [dict(notes), dict(inner)]

    assert found == [{("courses", "get", "a"): None}] * 4


def test_what_is_kept_can_be_used_where_nothing_is_noted() -> None:
    trace = Trace()

    assert [trace.once(NAME, lambda: 1), trace.once(NAME, lambda: 2)] == [1, 1]


@pytest.mark.parametrize(
    ("traced", "contents"),
    [
        (TracedMapping, [{}, {"a": 1}, {"a": 1, "b": 2}]),
        (TracedSequence, [[], [1], [1, 2]]),
    ],
)
def test_whether_there_is_any_is_an_ask_of_its_own(
    traced: type[TracedMapping[int] | TracedSequence[int]], contents: list[Any]
) -> None:
    trace = Trace()
    with trace.noting() as notes:
        assert [bool(traced(NAME, content, trace)) for content in contents] == [False, True, True]

    assert list(notes) == [(*NAME, ANY, "")]
    assert [answer(content, ANY, "") for content in contents] == [False, True, True]


@given(
    st.one_of(
        st.integers(-6, 6),
        st.builds(slice, *[st.none() | st.integers(-6, 6)] * 2, st.sampled_from([None, 1, 2, -1])),
    ),
    st.lists(st.integers(0, 1), max_size=6),
    st.lists(st.integers(0, 1), max_size=6),
)
def test_what_a_part_of_a_sequence_depends_on_is_noted(
    at: int | slice, before: list[int], after: list[int]
) -> None:
    trace = Trace()

    def part(content: list[int]) -> object:
        try:
            return TracedSequence(NAME, content, trace)[at]
        except IndexError:
            return None

    with trace.noting() as notes:
        found = part(before)
    is_stale = any(answer(before, *ask[-2:]) != answer(after, *ask[-2:]) for ask in notes)

    assert is_stale == (found != part(after))
