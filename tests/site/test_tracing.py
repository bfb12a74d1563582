"""What was asked to make a thing is asked by all that use it."""

from typing import Any

import pytest

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
