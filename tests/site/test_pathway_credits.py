"""What steps add up to: the same numbers on the page and in the browser."""

import itertools
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcsite.site.pathway_credits import Choice, Span, is_done, left_of, total_left
from tests.rendering import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/pathway-credits.json").read_text("utf-8"))


def choice_of(vector: dict[str, Any]) -> Choice:
    return Choice(
        {course: Decimal(brings) for course, brings in vector["courses"].items()},
        vector["number"],
        Decimal(vector.get("minimum", 0)),
        vector.get("optional", False),
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_a_step_asks_for_what_is_left(vector: dict[str, Any]) -> None:
    choice, held = choice_of(vector), vector["held"]

    assert is_done(choice, held) is vector["done"]
    assert left_of(choice, held) == Span(Decimal(vector["least"]), Decimal(vector["most"]))


def test_a_pathway_asks_for_what_its_steps_do() -> None:
    steps = [
        Choice({"a": Decimal(3)}, 1),
        Choice({"b": Decimal(3), "c": Decimal(6)}, 1),
        Choice({"d": Decimal(1)}, 1, optional=True),
    ]

    assert total_left(steps) == Span(Decimal(6), Decimal(10))
    assert total_left(steps, {"a", "d"}) == Span(Decimal(3), Decimal(6))


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=6),
    st.integers(1, 6),
    st.integers(0, 30),
    st.sets(st.integers(0, 5)),
)
def test_the_fewest_credits_are_those_of_the_best_selection(
    brings: list[int], number: int, minimum: int, has: set[int]
) -> None:
    number = min(number, len(brings))
    choice = Choice({str(i): Decimal(n) for i, n in enumerate(brings)}, number, Decimal(minimum))
    held = {str(i) for i in has if i < len(brings)}
    open_ = [course for course in choice.courses if course not in held]
    enough = [
        sum(choice.courses[course] for course in more)
        for size in range(len(open_) + 1)
        for more in itertools.combinations(open_, size)
        if is_done(choice, {*held, *more})
    ]
    own = sum(choice.courses[course] for course in held)

    assert left_of(choice, held).least == min(enough, default=minimum - own)
