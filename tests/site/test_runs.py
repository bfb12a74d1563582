"""Where a run stands on a day, the same in Python and in the browser; what a course costs."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from mcsite.content.models.course import Course, Offering, Price
from mcsite.site.context import SiteContext
from mcsite.site.runs import RunState, lowest_price, state_of
from mcsite.site.search import facet_tables
from mcsite.site.views.facts import price_words
from tests.rendering import NOW, ROOT, context_of, sample

VECTORS = json.loads((ROOT / "tests/vectors/runs.json").read_text("utf-8"))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_a_run_stands_where_its_days_say(vector: dict[str, Any]) -> None:
    run = Offering.model_construct(
        start=day(vector["start"]), end=day(vector["end"]), apply_by=day(vector["apply_by"])
    )

    assert state_of(run, dt.date.fromisoformat(vector["today"])) == RunState(
        is_over=vector["over"], is_under_way=vector["under_way"], is_closed=vector["closed"]
    )


def run(start: int | None, price: str, end: int | None = None) -> Offering:
    """Return a run that begins so many days after the build, with a price like "20 EUR"."""
    amount, _, currency = price.partition(" ")
    money = Price.model_construct(amount=Decimal(amount or 0), currency=currency, note=None)
    return Offering.model_construct(
        start=in_days(start), end=in_days(end), price=money if price else None
    )


def in_days(number: int | None) -> dt.date | None:
    return None if number is None else NOW.date() + dt.timedelta(number)


def course_with(*runs: Offering) -> tuple[SiteContext, Course]:
    course = sample().courses["gis-basics"].model_copy(update={"offerings": runs})
    return context_of(replace(sample(), courses={course.id: course})), course


@pytest.mark.parametrize(
    ("why", "runs", "price", "words"),
    [
        ("nothing is known", [], "", ""),
        ("the lowest", [run(5, "30 EUR"), run(9, "20 EUR")], "20 EUR", "from €20"),
        ("its own currency", [run(5, "300 SEK"), run(9, "200 SEK")], "200 SEK", "from SEK200"),
        ("not of a run that is over", [run(-9, "10 SEK", -2), run(9, "20 EUR")], "20 EUR", "€20"),
        ("a day without an end passes, too", [run(-1, "0 EUR"), run(9, "20 EUR")], "20 EUR", "€20"),
        ("under way", [run(-1, "10 EUR", 4), run(9, "20 EUR")], "10 EUR", "from €10"),
        ("at any time", [run(None, "10 EUR")], "10 EUR", "€10"),
        ("what it cost", [run(-9, "10 SEK", -2)], "10 SEK", "SEK10"),
        ("in the currency of the next run", [run(9, "5 EUR"), run(5, "60 SEK")], "60 SEK",
         "SEK60"),
        ("free in any currency", [run(5, "60 SEK"), run(9, "0 EUR")], "0 EUR", "Free"),
        ("the next run states none", [run(5, ""), run(9, "20 EUR")], "20 EUR", "€20"),
    ],
)  # fmt: skip
def test_a_course_costs_what_its_cheapest_run_does(
    why: str, runs: list[Offering], price: str, words: str
) -> None:
    context, course = course_with(*runs)
    found = lowest_price(context, course)
    columns = json.loads(dict(facet_tables(context))["en"])["courses"]

    assert (f"{found.amount} {found.currency}" if found else "") == price, why
    amount, _, currency = price.partition(" ")
    assert columns["price"] == [int(amount) if amount else None]
    assert columns["currency"] == [currency]
    assert price_words(context, course, context.localiser("en")) == words
