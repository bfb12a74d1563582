"""mcsite serve in a browser: pages come anew by themselves, and what is wrong stands over them."""

import contextlib
import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mcsite.commands.build import BuildRequest
from mcsite.commands.preview_server import server_for
from mcsite.commands.serve import Preview, watch
from tests.browser.conftest import Watched
from tests.browser.server import answering
from tests.content.test_load import COURSE, write

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
FAULTS = "#mcsite-preview"


@contextlib.contextmanager
def previewed(folder: Path, *, follows: bool = True) -> Iterator[tuple[str, Path]]:
    """Serve a project and watch it; give its address and the file of its course."""
    project = write(folder / "project", {"catalogue/courses/cits.yaml": COURSE})
    request = BuildRequest(
        project=project, output=folder / "out", search=False, built_at=NOW, now=NOW,
        origin="http://127.0.0.1",
    )  # fmt: skip
    preview, stop = Preview(request, lambda: NOW, follows=follows), threading.Event()
    preview.build()
    with server_for(preview, 0) as server, answering(server) as address:
        watcher = threading.Thread(target=watch, args=(preview, lambda _: None, stop))
        watcher.start()
        try:
            assert preview.watching.wait(60)
            yield address, project / "catalogue/courses"
        finally:
            stop.set()
            watcher.join()


def test_a_saved_file_is_on_the_screen_by_itself_and_a_broken_one_is_told_over_the_page(
    tmp_path: Path, open_page: Watched
) -> None:
    page = open_page.page
    with previewed(tmp_path) as (address, courses):
        page.goto(f"{address}/en/courses/kurss/")
        course = courses / "kurss.yaml"

        course.write_text(COURSE.replace("Course", "Second"), "utf-8")
        expect(page.locator("h1")).to_have_text("Second")

        course.write_text(COURSE.replace("quiz", "quizz <b>"), "utf-8")
        alert = page.locator(f"{FAULTS}[role=alert]")
        expect(alert).to_contain_text("assessment 'quizz <b>' isn't a code")
        expect(alert).to_contain_text("catalogue/courses/kurss.yaml:6:13: MC210")
        expect(alert).to_contain_text("6 | assessment: quizz <b>")
        page.keyboard.press("Escape")
        expect(alert).to_have_count(0)

        course.write_text(COURSE.replace("Course", "Third"), "utf-8")
        expect(page.locator("h1")).to_have_text("Third")
        assert open_page.is_clean()
        page.goto("about:blank")  # leaves the news


def test_the_page_of_a_saved_file_is_opened_in_the_language_that_is_read(
    tmp_path: Path, open_page: Watched
) -> None:
    page = open_page.page
    with previewed(tmp_path) as (address, courses):
        page.goto(f"{address}/en/courses/kurss/")
        other = courses / "cits.yaml"

        other.write_text(COURSE.replace("Course", "Other"), "utf-8")
        page.wait_for_url(f"{address}/en/courses/cits/")
        expect(page.locator("h1")).to_have_text("Other")
        page.goto("about:blank")


def test_a_reader_who_stays_sees_the_page_anew(tmp_path: Path, open_page: Watched) -> None:
    page = open_page.page
    with previewed(tmp_path, follows=False) as (address, courses):
        page.goto(f"{address}/en/courses/")

        (courses / "cits.yaml").write_text(COURSE.replace("Course", "Other"), "utf-8")
        expect(page.get_by_role("link", name="Other")).to_have_count(1)
        assert page.url == f"{address}/en/courses/"
        page.goto("about:blank")


@pytest.mark.parametrize("width", [320, 1280])
def test_warnings_stand_at_the_foot_and_hide_nothing_until_they_are_opened(
    tmp_path: Path, open_page: Watched, width: int
) -> None:
    page = open_page.page
    page.set_viewport_size({"width": width, "height": 700})
    with previewed(tmp_path) as (address, courses):
        page.goto(f"{address}/en/courses/kurss/")
        text = COURSE.replace("{lv: Īsi, en: Short}", "{lv: Īsi, en: " + "long " * 80 + "}")

        (courses / "kurss.yaml").write_text(text, "utf-8")
        note = page.locator(f"{FAULTS}[role=status]")
        expect(note).to_contain_text("1 warning")
        box = note.bounding_box()
        assert box is not None
        assert box["height"] < 100
        note.locator("summary").click()
        expect(note).to_contain_text("MC605")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto("about:blank")
