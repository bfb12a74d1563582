"""The facet table says of each course what its file says."""

import json
from typing import Any

import pytest

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


def test_every_value_has_a_label(table: Any) -> None:
    assert [one for values in table["values"].values() for one in values if not one["label"]] == []
