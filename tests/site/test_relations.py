"""Which courses stand beside one: by skills, then by field and level; never itself."""

import datetime as dt
from pathlib import Path

import pytest

from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.site.relations import relations_of
from tests.content.test_load import COURSE, write
from tests.rendering import page, sample

TODAY = dt.date(2026, 11, 23)
SKILL = "http://data.europa.eu/esco/skill/00000000-0000-0000-0000-00000000000"


def course(*, field: str, eqf: int, skills: str = "", more: str = "") -> str:
    text = COURSE.replace('"0612"', f'"{field}"').replace("eqf: 5", f"eqf: {eqf}")
    entries = ", ".join(f"{{uri: {SKILL}{number}, label: s{number}}}" for number in skills)
    return f"{text}skills: [{entries}]\n{more}"


WAY = """\
title: Ceļš
outcome: {qualification: Grāds}
steps: [{title: Solis, courses: [new]}, {title: Izvēle, any_of: 1, courses: [new, kurss]}]
"""


def catalogue(tmp_path: Path, courses: dict[str, str]) -> Catalogue:
    files = {f"catalogue/courses/{name}.yaml": text for name, text in courses.items()}
    loaded = load_catalogue(write(tmp_path, files), today=TODAY)
    assert loaded.catalogue is not None, loaded.findings
    return loaded.catalogue


def test_shared_skills_come_before_the_field_and_near_levels_before_far_ones(
    tmp_path: Path,
) -> None:
    found = relations_of(
        catalogue(
            tmp_path,
            {
                "one": course(field="0811", eqf=5, skills="123"),
                "two-skills": course(field="0111", eqf=8, skills="23"),
                "one-skill-far": course(field="0111", eqf=1, skills="1"),
                "one-skill-near": course(field="0111", eqf=4, skills="1"),
                "same-field-far": course(field="0811", eqf=8),
                "same-field-near": course(field="0811", eqf=6),
                "broad-field": course(field="0821", eqf=5),
                "gone": course(field="0811", eqf=5, skills="123", more="withdrawn: 2026-01-01\n"),
            },
        )
    )

    assert [other.id for other in found.similar["one"]] == [
        "two-skills", "one-skill-near", "one-skill-far", "same-field-near",
    ]  # fmt: skip
    assert [other.id for other in found.similar["broad-field"]] == [
        "one", "same-field-near", "same-field-far",
    ]  # fmt: skip
    assert "gone" not in found.similar


def test_a_skill_that_very_many_have_says_nothing(tmp_path: Path) -> None:
    many = {f"c{number}": course(field="0111", eqf=5, skills="1") for number in range(200)}
    near = course(field="0811", eqf=8)
    found = relations_of(
        catalogue(tmp_path, {"one": course(field="0811", eqf=5, skills="1"), "near": near, **many})
    )

    assert [other.id for other in found.similar["one"]] == ["near"]
    assert len(found.similar["c0"]) == 4


def test_a_course_knows_its_successor_and_its_pathways(tmp_path: Path) -> None:
    found = relations_of(
        catalogue(
            tmp_path,
            {
                "old": course(field="0811", eqf=5, more="withdrawn: 2026-01-01\n"),
                "new": course(field="0811", eqf=5, more="replaces: [old]\n"),
                "../pathways/way": WAY,
            },
        )
    )

    assert found.replaced_by == {"old": "new"}
    assert found.pathways["new"] == ("way",)


@pytest.mark.parametrize("name", sorted(sample().courses))
def test_similar_courses_are_offered_others_and_at_most_four(name: str) -> None:
    hrefs = page(f"en/courses/{name}/").xpath("//section[@id='similar']//h3/a/@href")

    assert len(set(hrefs)) == len(hrefs) <= 4
    assert f"/en/courses/{name}/" not in hrefs
    assert "/en/courses/project-management-basics/" not in hrefs
