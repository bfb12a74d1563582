"""The facet table says of each course what its file says; the index of words is reproducible."""

import json
from pathlib import Path
from typing import Any

import pytest

from mcsite.site.search import facet_table, word_index
from tests.rendering import context_of, sample

CONTEXT = context_of(sample())


@pytest.fixture(params=["lv", "en"])
def table(request: pytest.FixtureRequest) -> Any:
    return json.loads(facet_table(CONTEXT, request.param))


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


def course_page(name: str) -> str:
    return (
        f'<html lang="lv"><body data-pagefind-body><h1>{name}</h1>'
        f'<span data-pagefind-meta="id" hidden>{name}</span><p>vārdi par {name}</p></body></html>'
    )


def indexed(folder: Path) -> dict[str, bytes]:
    for name in ("dati", "kods"):
        path = folder / f"lv/courses/{name}/index.html"
        path.parent.mkdir(parents=True)
        path.write_text(course_page(name), "utf-8")
    with word_index(folder, folder / "pagefind"):
        pass
    found = (folder / "pagefind").rglob("*")
    return {str(p.relative_to(folder)): p.read_bytes() for p in found if p.is_file()}


def test_the_same_pages_give_the_same_index(tmp_path: Path) -> None:
    first, second = indexed(tmp_path / "a"), indexed(tmp_path / "b")

    assert first == second
    assert sorted(json.loads(first["pagefind/courses.lv.json"]).values()) == ["dati", "kods"]
