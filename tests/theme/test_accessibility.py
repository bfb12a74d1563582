"""Every kind of page in Chromium: axe finds nothing, and nothing scrolls sideways."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import COMPARISON, one_of_each
from tests.browser.looking import Traffic
from tests.browser.server import serving
from tests.browser.sites import built_sample
from tests.rendering import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
# What passed, a thousand elements of a page, is left there: telling of it takes longer than axe.
RUN = """axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values:
  ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}})
  .then(({violations}) => violations)"""
PATHS = [
    *one_of_each("lv").values(),
    "en/courses/project-management-basics/",
    "en/courses/plain-language/",
    "en/occupations/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2/",
    "en/accessibility/",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(built_sample(tmp_path_factory, search=False)) as address:
        yield address


def looked_at(
    browser: Browser,
    address: str,
    scheme: Any,
    width: int,
    *,
    before: Callable[[Page], None] = lambda _: None,
) -> tuple[list[str], int]:
    """Return what axe finds on a page, and by how much it is wider than the window; `before`
    does something with the page first.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(address)
    traffic.settles()
    before(page)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found], wider


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "root")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, path: str, scheme: str) -> None:
    findings, wider = looked_at(browser, f"{site}/{path}", scheme, 1280)

    assert findings == []
    assert wider <= 0


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "root")
def test_a_narrow_page_does_not_scroll_sideways(browser: Browser, site: str, path: str) -> None:
    findings, wider = looked_at(browser, f"{site}/{path}", "light", 320)

    assert findings == []
    assert wider <= 0


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        ("lv/courses/cybersecurity-basics/", 2),
        ("lv/courses/data-stewardship/", 2),
        ("en/courses/heat-pump-installation/", 2),
        ("lv/pathways/data-analyst/", 1),
        ("en/pathways/data-analyst/", 1),
    ],
)
def test_paper(browser: Browser, site: str, path: str, sheets: int, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{path}")
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    page.close()

    assert printed.count(b"/Type /Page\n") <= sheets


@pytest.mark.parametrize("language", ["en", "lv"])
def test_paper_has_every_course_of_a_comparison(browser: Browser, site: str, language: str) -> None:
    sheet = {"width": 680, "height": 1032}  # A4 less its margins
    page = browser.new_page(viewport=sheet)  # type: ignore[arg-type]
    page.goto(f"{site}/{language}/{COMPARISON}")
    page.wait_for_selector(".comparison")
    page.emulate_media(media="print")
    edges = page.locator(".comparison thead th").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )
    labels = [one for one in page.locator(".saved label").all() if one.is_visible()]
    page.close()

    assert len(edges) == 5
    assert max(edges) <= sheet["width"]
    assert labels == []


def test_paper_has_every_column_of_the_figures(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/en/occupations/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2/")
    page.emulate_media(media="print")
    hidden = [cell.inner_text() for cell in page.locator("td").all() if not cell.is_visible()]
    page.close()

    assert hidden == []
