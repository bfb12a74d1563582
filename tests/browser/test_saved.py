"""Keeping courses for later, comparing them, and sharing the list, in Chromium."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Watched
from tests.browser.server import serving
from tests.browser.sites import built_sample

COURSES = ("data-stewardship", "gis-basics")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(built_sample(tmp_path_factory)) as address:
        yield address


def columns(page: Watched) -> list[str]:
    page.page.wait_for_selector(".comparison")
    found: list[str] = page.page.eval_on_selector_all(
        ".comparison thead th a", "all => all.map(one => one.getAttribute('href'))"
    )
    return found


def test_courses_are_saved_compared_and_removed(site: str, open_page: Watched) -> None:
    page = open_page.page
    for course in COURSES:
        open_page.go(f"{site}/en/courses/{course}/")
        page.click("text=Save this course")
    page.click("text=Saved courses, side by side")

    assert columns(open_page) == [f"/en/courses/{course}/" for course in COURSES]
    rows: dict[str, list[str]] = page.eval_on_selector_all(
        ".comparison tbody tr",
        "rows => Object.fromEntries(rows.map(row => [row.querySelector('th').innerText,"
        " [...row.querySelectorAll('td')].map(cell => cell.innerText)]))",
    )
    assert rows["Provider"] == ["Ziemeļkrasts University"] * 2
    assert rows["Level"][0].startswith("EQF level 6")
    assert rows["Level"][1].startswith("EQF level 5")
    assert page.inner_text("h2") == "2 courses side by side"
    page.uncheck("#compare-gis-basics")
    page.wait_for_selector(".comparison", state="detached")
    page.click("#remove-gis-basics")
    page.wait_for_selector("#compare-gis-basics", state="detached")
    assert page.evaluate("localStorage.getItem('saved-courses')") == "data-stewardship"
    assert page.evaluate("document.activeElement.id") == "saved-heading"
    assert open_page.is_clean()


def test_a_shared_list_is_shown_and_kept_only_when_one_says_so(
    site: str, open_page: Watched
) -> None:
    page = open_page.page
    names = "gis-basics,beekeeping,gis-basics,../../c,<b>"
    open_page.go(f"{site}/lv/saved/?courses={names}")

    assert columns(open_page) == ["/lv/courses/gis-basics/", "/lv/courses/beekeeping/"]
    assert not page.evaluate("localStorage.getItem('saved-courses')")
    page.click("#keep")
    page.wait_for_url("**/lv/saved/")
    assert columns(open_page) == ["/lv/courses/gis-basics/", "/lv/courses/beekeeping/"]
    assert page.evaluate("localStorage.getItem('saved-courses')") == "gis-basics,beekeeping"
    assert open_page.is_clean()


def test_four_at_most_stand_side_by_side(site: str, open_page: Watched) -> None:
    names = "gis-basics,beekeeping,data-stewardship,plain-language,energy-audit"
    open_page.go(f"{site}/en/saved/?courses={names}")

    assert len(columns(open_page)) == 4
    assert open_page.page.is_disabled("#compare-energy-audit")
    open_page.page.uncheck("#compare-beekeeping")
    open_page.page.wait_for_selector("#compare-energy-audit:checked")
    assert "/en/courses/energy-audit/" in columns(open_page)


def test_a_course_that_is_gone_is_named(site: str, open_page: Watched) -> None:
    open_page.go(f"{site}/en/saved/?courses=no-such-course,gis-basics")

    open_page.page.wait_for_selector("#saved li")
    assert "no-such-course" in open_page.page.inner_text("#saved")
    assert open_page.page.is_hidden(".comparison")


def test_a_course_leads_back_to_the_results_one_came_from(site: str, open_page: Watched) -> None:
    page = open_page.page
    open_page.go(f"{site}/en/courses/?eqf=4")
    page.click("#results li:first-child a")
    page.wait_for_selector("#back", state="visible")
    page.click("#back")

    page.wait_for_url("**/en/courses/?eqf=4")
    open_page.go(f"{site}/en/courses/gis-basics/")
    assert page.is_hidden("#back")
    open_page.go(f"{site}/en/saved/?courses=gis-basics")
    page.click("#saved li a")
    page.wait_for_selector("#save", state="visible")
    assert page.is_hidden("#back")


def test_a_shared_list_goes_along_into_another_language(site: str, open_page: Watched) -> None:
    query = "?courses=gis-basics,beekeeping"
    open_page.go(f"{site}/en/saved/{query}")
    open_page.page.click(".languages a[hreflang=lv]")
    open_page.page.wait_for_url(f"**/lv/saved/{query}")

    assert columns(open_page) == ["/lv/courses/gis-basics/", "/lv/courses/beekeeping/"]
