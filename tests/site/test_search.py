"""The facet table says of each course what its file says."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from mcsite.content.models.course import Funding
from mcsite.content.text import Text
from mcsite.site.search import facet_tables
from tests.rendering import context_of, sample

CONTEXT = context_of(sample())


@pytest.fixture(params=["lv", "en"])
def table(request: pytest.FixtureRequest) -> Any:
    return json.loads(dict(facet_tables(CONTEXT))[request.param])


def named(table: Any, column: str, value: str) -> list[list[str]]:
    keys = [one["key"] for one in table["values"][value]]
    return [[keys[number] for number in numbers] for numbers in table["courses"][column]]


def test_every_column_has_one_place_a_course_in_the_catalogue_s_order(table: Any) -> None:
    assert table["courses"]["id"] == list(sample().courses)
    assert {len(column) for column in table["courses"].values()} == {len(sample().courses)}


def test_the_columns_say_what_the_courses_say(table: Any) -> None:
    courses, columns = list(sample().courses.values()), table["courses"]
    language = table["language"]

    assert columns["title"] == [str(one.title.in_language(language)) for one in courses]
    assert columns["ects"] == [one.workload.ects and float(one.workload.ects) for one in courses]
    assert columns["hours"] == [one.workload.hours and float(one.workload.hours) for one in courses]
    assert columns["eqf"] == [(one.level.eqf or 0) if one.level else 0 for one in courses]
    assert columns["withdrawn"] == [int(one.withdrawn is not None) for one in courses]
    providers = [one["key"] for one in table["values"]["provider"]]
    assert [providers[number] for number in columns["provider"]] == [
        one.provider for one in courses
    ]


def test_values_of_facets_are_the_courses_own(table: Any) -> None:
    courses = sample().courses.values()

    assert [set(keys) for keys in named(table, "mode", "mode")] == [
        set(one.participation) for one in courses
    ]
    assert [set(keys) for keys in named(table, "languages", "language")] == [
        set(one.language) for one in courses
    ]
    assert [set(keys) for keys in named(table, "field", "field")] == [
        {code[:2] for code in one.field} for one in courses
    ]
    assert [set(keys) for keys in named(table, "skills", "skill")] == [
        {skill.uri.rsplit("/", 1)[1] for skill in one.skills} for one in courses
    ]
    assert [set(keys) for keys in named(table, "occupations", "occupation")] == [
        {occupation.uri.rsplit("/", 1)[1] for occupation in one.occupations} for one in courses
    ]
    assert [len(keys) for keys in named(table, "funding", "funding")] == [
        len(one.funding) for one in courses
    ]


def funded(*programmes: dict[str, str]) -> Any:
    """Return the English table of courses that such programmes fund, a course each."""
    courses = {
        f"course-{at}": sample()
        .courses["gis-basics"]
        .model_copy(
            update={
                "id": f"course-{at}",
                "funding": (Funding.model_construct(programme=Text(names, "lv")),),
            }
        )
        for at, names in enumerate(programmes)
    }
    return json.loads(dict(facet_tables(context_of(replace(sample(), courses=courses))))["en"])


def test_a_programme_is_known_by_its_name_in_the_site_s_language() -> None:
    table = funded({"lv": "ESF+ mācības"}, {"lv": " esf+  Mācības", "en": "ESF+ learning"})

    assert table["courses"]["funding"] == [[0], [0]]
    (value,) = table["values"]["funding"]
    assert value["label"] == "ESF+ learning"
    assert re.fullmatch("esf-macibas-[0-9a-f]{6}", value["key"])


def test_programmes_are_apart_that_differ_in_a_sign_or_after_many_words() -> None:
    long = "Eiropas Sociālā fonda projekts pieaugušo izglītībai un prasmēm, "
    names = ("ESF", "ESF+", f"{long}1. kārta", f"{long}2. kārta", "社会基金")
    table = funded(*({"lv": name} for name in names))

    assert [one["label"] for one in table["values"]["funding"]] == list(names)
    keys = {one["key"] for one in table["values"]["funding"]}
    assert len(keys) == len(names)
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in keys)


def test_every_value_has_a_label(table: Any) -> None:
    assert [one for values in table["values"].values() for one in values if not one["label"]] == []
