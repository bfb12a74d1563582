"""The plan: every page that will exist, in every language, and nothing twice."""

from pathlib import Path

import pytest

from mcsite.content.load import load_catalogue
from mcsite.site.plan import PER_PAGE, PageKind, PageSpec, Plan, plan_site
from mcsite.site.urls import output_path
from tests.content.test_load import COURSE, TODAY, load

SKILL = "http://data.europa.eu/esco/skill/19a8293b-8e95-4de3-983f-77484079c389"


def planned(root: Path, files: dict[str, str]) -> Plan:
    catalogue = load(root, files).catalogue
    assert catalogue is not None
    return plan_site(catalogue)


def paths(plan: Plan, language: str = "lv") -> list[str]:
    return [spec.path for spec in plan.pages if spec.language == language]


def courses(count: int) -> dict[str, str]:
    return {f"catalogue/courses/k-{number}.yaml": COURSE for number in range(count)}


def test_a_small_catalogue_has_these_pages(tmp_path: Path) -> None:
    plan = planned(tmp_path, {})

    assert paths(plan) == [
        "", "lv/", "lv/courses/", "lv/courses/kurss/", "lv/providers/", "lv/providers/uni/",
        "lv/pathways/", "lv/fields/", "lv/fields/06/", "lv/fields/0612/", "lv/levels/",
        "lv/levels/5/", "lv/languages/", "lv/languages/lv/", "lv/saved/", "lv/verify/", "lv/about/",
        "lv/privacy/", "lv/accessibility/", "404.html",
    ]  # fmt: skip


def test_each_language_has_the_same_pages(tmp_path: Path) -> None:
    plan = planned(tmp_path, {})
    inner = {path.removeprefix("lv/") for path in paths(plan) if path.startswith("lv/")}

    assert {path.removeprefix("en/") for path in paths(plan, "en")} == inner


def test_no_two_pages_are_one_file(tmp_path: Path) -> None:
    plan = planned(tmp_path, courses(60))
    files = [str(output_path(spec.path)).casefold() for spec in plan.pages]

    assert len(files) == len(set(files))


@pytest.mark.parametrize(
    ("count", "pages"), [(PER_PAGE - 1, 1), (PER_PAGE, 2), (2 * PER_PAGE - 1, 2), (100, 3)]
)
def test_the_list_without_javascript_has_pages(tmp_path: Path, count: int, pages: int) -> None:
    plan = planned(tmp_path, courses(count))  # and one more, the project's own
    found = [spec for spec in plan.pages if spec.kind is PageKind.CATALOGUE]

    assert [spec.path for spec in found if spec.language == "en"] == [
        "en/courses/", *(f"en/courses/page/{number}/" for number in range(2, pages + 1)),
    ]  # fmt: skip
    assert [spec.indexed for spec in found] == [spec.number == 1 for spec in found]


def test_a_course_counts_under_its_field_and_the_broad_one(tmp_path: Path) -> None:
    text = COURSE.replace('field: "0612"', 'field: ["0612", "0613", "06"]')
    plan = planned(tmp_path, {"catalogue/courses/kurss.yaml": text})

    assert plan.topics["fields"] == {"06": ("kurss",), "0612": ("kurss",), "0613": ("kurss",)}


def test_skills_and_occupations_are_found_by_their_identifiers(tmp_path: Path) -> None:
    text = f"{COURSE}skills: [{{uri: {SKILL}, label: x}}]\n"
    plan = planned(tmp_path, {"catalogue/courses/kurss.yaml": text})

    assert "lv/skills/19a8293b-8e95-4de3-983f-77484079c389/" in paths(plan)
    assert plan.topics["occupations"] == {}
    assert "lv/occupations/" not in paths(plan)


def test_a_withdrawn_course_keeps_its_page_and_leaves_every_list(tmp_path: Path) -> None:
    text = COURSE + "withdrawn: 2026-05-01\n"
    plan = planned(tmp_path, {"catalogue/courses/kurss.yaml": text})

    assert "lv/courses/kurss/" in paths(plan)
    assert all(not keys for keys in plan.topics.values())


def test_a_catalogue_without_courses_has_its_pages(tmp_path: Path) -> None:
    load(tmp_path, {})
    (tmp_path / "catalogue/courses/kurss.yaml").unlink()
    catalogue = load_catalogue(tmp_path, today=TODAY).catalogue
    assert catalogue is not None

    assert "lv/courses/" in paths(plan_site(catalogue))


def test_a_spec_is_a_value() -> None:
    one = PageSpec(kind=PageKind.HOME, language="lv", path="lv/")

    assert one == PageSpec(kind=PageKind.HOME, language="lv", path="lv/")
    assert len({one, one}) == 1


def test_long_lists_of_providers_and_topics_have_pages(tmp_path: Path) -> None:
    plan = planned(tmp_path, courses(PER_PAGE))  # and the one that is there anyway
    found = paths(plan)

    for path in ("lv/courses/", "lv/providers/uni/", "lv/fields/0612/", "lv/languages/lv/"):
        assert path in found
        assert f"{path}page/2/" in found
        assert f"{path}page/3/" not in found
    further = next(spec for spec in plan.pages if spec.path == "lv/providers/uni/page/2/")
    assert (further.key, further.number, further.indexed) == ("uni", 2, False)
