"""A course's page that is read later than it was made: what has passed since is told so."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mcsite.commands.build import BuildRequest, build_site
from tests.browser.conftest import Watched
from tests.browser.server import serving
from tests.browser.sites import built_sample
from tests.content.test_load import COURSE, write
from tests.rendering import sample

PATH = "/en/courses/data-stewardship/"
RUNS = [run for run in sample().courses["data-stewardship"].offerings if run.start]
NEXT, LATER = [run for run in RUNS if run.start and run.start >= dt.date(2027, 1, 1)]
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(built_sample(tmp_path_factory, search=False)) as address:
        yield address


def read_on(day: dt.date | None, watched: Watched, site: str, path: str = PATH) -> Page:
    """Open the page on a day."""
    assert day
    watched.page.clock.set_fixed_time(dt.datetime.combine(day, dt.time(12)))
    watched.go(site + path)
    return watched.page


def shown_calls(page: Page) -> list[str]:
    return [call.inner_text() for call in page.locator(".call").all() if call.is_visible()]


def test_before_the_deadline_one_applies_for_the_next_run(site: str, open_page: Watched) -> None:
    page = read_on(NEXT.apply_by, open_page, site)

    expect(page.locator("[data-fact=next-start]")).to_have_text("8 Feb 2027")
    assert ["Apply by 25 January 2027." in call for call in shown_calls(page)] == [True, True]
    assert page.locator("[data-when=isClosed]:visible").count() == 0
    assert open_page.is_clean()


def test_after_the_deadline_one_applies_for_the_run_after_it(site: str, open_page: Watched) -> None:
    assert NEXT.apply_by
    page = read_on(NEXT.apply_by + DAY, open_page, site)

    assert ["Apply by 30 August 2027." in call for call in shown_calls(page)] == [True, True]
    expect(page.locator(".run").first.locator("[data-when=isClosed]")).to_be_visible()
    expect(page.locator(".run").last.locator("[data-when=isClosed]")).to_be_hidden()


def test_a_run_that_began_is_under_way_and_the_next_start_is_the_following(
    site: str, open_page: Watched
) -> None:
    assert NEXT.start
    page = read_on(NEXT.start + DAY, open_page, site)

    expect(page.locator("[data-fact=next-start]")).to_have_text("13 Sept 2027")
    expect(page.locator(".run").first.locator("[data-when=isUnderWay]")).to_be_visible()


def test_nobody_is_sent_to_apply_for_a_run_that_is_over(tmp_path: Path, open_page: Watched) -> None:
    runs = """\
offerings:
- {start: 2026-12-01, end: 2027-01-31, url: "https://first.example/"}
- {start: 2027-03-01, end: 2027-04-30, url: "https://second.example/"}
"""
    project = write(tmp_path / "project", {"catalogue/courses/kurss.yaml": COURSE + runs})
    made = dt.datetime(2026, 12, 10, 12, tzinfo=dt.UTC)
    request = BuildRequest(
        project=project, output=tmp_path / "site", search=False, built_at=made, now=made
    )
    build_site(request)
    with serving(tmp_path / "site") as address:
        for day, host in ((dt.date(2027, 1, 31), "first"), (dt.date(2027, 2, 15), "second")):
            page = read_on(day, open_page, address, "/en/courses/kurss/")

            calls = shown_calls(page)
            assert [f"Apply at {host}.example" in call for call in calls] == [True, True]
        page = read_on(dt.date(2027, 5, 1), open_page, address, "/en/courses/kurss/")
        assert shown_calls(page) == []
        expect(page.locator("#no-call")).to_be_visible()


def test_when_all_runs_are_over_the_page_says_so(site: str, open_page: Watched) -> None:
    assert LATER.end
    page = read_on(LATER.end + DAY, open_page, site)

    assert shown_calls(page) == []
    assert page.locator(".run:visible").count() == 0
    expect(page.locator("#no-dates")).to_be_visible()
    expect(page.locator("#no-call")).to_be_visible()
    expect(page.locator("[data-fact=next-start]")).to_have_text("Not stated")


def test_without_javascript_the_page_says_of_which_day_it_is(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PATH)

    assert "As of " in page.inner_text("#dates")
    assert len(shown_calls(page)) == 2
    context.close()


def test_courses_side_by_side_are_as_of_the_day_of_reading(site: str, open_page: Watched) -> None:
    assert NEXT.start
    page = open_page.page
    page.clock.set_fixed_time(dt.datetime.combine(NEXT.start + DAY, dt.time(12)))
    open_page.go(f"{site}/en/saved/?courses=data-stewardship,gis-basics")
    row = page.locator(".comparison tbody tr").filter(has_text="Next start")

    expect(row.locator("td").first).to_have_text("13 Sept 2027")
