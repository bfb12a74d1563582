"""Every kind of page without a mouse: what Tab reaches, in which order, how that is seen, and what
the keys then do. WCAG 2.2: 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11, 2.5.8, 3.2.1.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import one_of_each
from tests.browser.looking import DESK, WINDOWS, looked, opened
from tests.browser.server import serving
from tests.browser.sites import built_sample

PAGES = one_of_each("en")
# What Escape would have to close. The theme has none; whoever adds one, adds its tests here.
IN_FRONT = "dialog, [popover], [role=dialog], [role=menu], [role=listbox], [aria-haspopup]"
SAVED = "en/courses/data-stewardship/"
MANY = "en/courses/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(built_sample(tmp_path_factory, search=False)) as address:
        yield address


@pytest.fixture
def catalogue(browser: Browser, site: str) -> Iterator[Page]:
    with opened(browser, f"{site}/{MANY}") as page:
        yield page


def walked(page: Page) -> tuple[list[int], list[str]]:
    """Press Tab once for every control, and return which had focus after each, and what is wrong
    with how they looked.
    """
    count = page.evaluate("(window.stops = looks.stops()).length")
    order, wrong = [], []
    for _ in range(count):
        page.keyboard.press("Tab")
        found = page.evaluate("looks.focused(stops)")
        order.append(found["at"])
        if found["wrong"]:
            wrong.append(f"{found['name']}: {found['wrong']}")
    return order, wrong


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("kind", PAGES)
def test_tab_goes_through_the_whole_page_and_is_seen(
    browser: Browser, site: str, kind: str, window: str
) -> None:
    with opened(browser, f"{site}/{PAGES[kind]}", WINDOWS[window]) as page:
        order, wrong = walked(page)
        page.keyboard.press("Tab")
        beyond = page.evaluate("looks.focused(stops).at")
        page.keyboard.press("Shift+Tab")
        back = page.evaluate("looks.focused(stops).at")

        assert page.locator(IN_FRONT).count() == 0
        assert wrong == []
        assert order[0] == 0
        assert sorted(order) == list(range(len(order)))
        if window == "desk":
            assert order == sorted(order)
        assert page.evaluate("order => looks.backwards(order, stops)", order) == []
        assert (beyond, back) == (-1, order[-1])
        assert looked(page, "tight") == []

        skip_to_the_content(page)


def skip_to_the_content(page: Page) -> None:
    """Take the first stop of a page: it is seen, and what it leads to is past the header."""
    page.focus(".skip-link")
    box = page.locator(".skip-link").bounding_box()
    assert box
    assert box["height"] >= 24

    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.site-header') === null")


def test_the_ring_is_seen_in_pixels(browser: Browser, site: str) -> None:
    """The outline that the walk reads from the style is really painted, in both schemes."""
    for scheme in ("light", "dark"):
        with opened(browser, f"{site}/{MANY}", color_scheme=scheme) as page:
            field = page.locator("#q")
            box = field.bounding_box()
            assert box
            clip = {
                "x": box["x"] - 6,
                "y": box["y"] - 6,
                "width": box["width"] + 12,
                "height": box["height"] + 12,
            }
            before = page.screenshot(clip=clip)  # type: ignore[arg-type]
            field.focus()

            assert page.screenshot(clip=clip, caret="hide") != before  # type: ignore[arg-type]


def test_enter_searches_and_the_field_keeps_focus(catalogue: Page) -> None:
    catalogue.focus("#q")
    catalogue.keyboard.type("beekeeping")
    catalogue.keyboard.press("Enter")

    catalogue.wait_for_selector("#results[data-query=beekeeping]", state="attached")
    expect(catalogue.locator("#q")).to_be_focused()


def test_enter_takes_the_spelling_that_is_proposed(catalogue: Page) -> None:
    catalogue.fill("#q", "beekeepign")
    catalogue.wait_for_selector("#results[data-query=beekeepign]", state="attached")
    catalogue.focus("#no-results button")
    catalogue.keyboard.press("Enter")

    catalogue.wait_for_selector("#results[data-query=beekeeping]", state="attached")
    expect(catalogue.locator("#q")).to_have_value("beekeeping")
    expect(catalogue.locator("#results-heading")).to_be_focused()


def test_space_sets_a_filter_and_keeps_its_place(catalogue: Page) -> None:
    box = catalogue.locator(".facets input:enabled").first
    name = box.get_attribute("id")
    box.focus()
    catalogue.keyboard.press("Space")

    catalogue.wait_for_selector("[id^=remove-]")
    expect(catalogue.locator(f"#{name}")).to_be_checked()
    expect(catalogue.locator(f"#{name}")).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("control", ["[id^=remove-]", "#clear-filters"])
def test_a_control_that_goes_away_hands_focus_to_the_results(
    catalogue: Page, control: str, key: str
) -> None:
    catalogue.locator(".facets input:enabled").first.check()
    catalogue.focus(control)
    catalogue.keyboard.press(key)

    expect(catalogue.locator("[id^=remove-]")).to_have_count(0)
    expect(catalogue.locator("#results-heading")).to_be_focused()


def test_the_next_page_of_results_begins_at_their_heading(catalogue: Page) -> None:
    catalogue.get_by_role("link", name="2", exact=True).focus()
    catalogue.keyboard.press("Enter")

    expect(catalogue).to_have_url(f"{catalogue.url.partition('?')[0]}?page=2")
    expect(catalogue.locator("#results-heading")).to_be_focused()


def test_all_values_of_a_filter_begin_at_one_that_can_be_chosen(catalogue: Page) -> None:
    more = catalogue.locator("[id^=more-]").first
    facet = (more.get_attribute("id") or "").removeprefix("more-")
    catalogue.locator(".facets__group:not(:has([id^=more-])) input:enabled").first.check()
    catalogue.focus(f"#more-{facet}")
    catalogue.keyboard.press("Enter")

    first = catalogue.locator(f"[data-facet={facet}] input:enabled").first
    expect(first).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_filters_open_and_close_on_a_small_screen(browser: Browser, site: str, key: str) -> None:
    with opened(browser, f"{site}/{MANY}", WINDOWS["zoomed"]) as page:
        toggle, groups = page.locator("#filters"), page.locator("#filter-groups")
        expect(groups).to_be_hidden()
        toggle.focus()
        page.keyboard.press(key)
        expect(groups).to_be_visible()
        expect(toggle).to_have_attribute("aria-expanded", "true")

        page.keyboard.press(key)
        expect(groups).to_be_hidden()
        expect(toggle).to_be_focused()


def test_every_disclosure_opens_and_closes(browser: Browser, site: str) -> None:
    tried = 0
    for path in (PAGES["c/*"], PAGES["sealed"], PAGES["courses/*"], PAGES["verify"]):
        with opened(browser, f"{site}/{path}", DESK) as page:
            for summary in page.locator("summary:visible").all():
                was = summary.evaluate("one => one.parentElement.open")
                for key in ("Enter", "Space"):
                    summary.focus()
                    page.keyboard.press(key)
                    was = not was
                    assert summary.evaluate("one => one.parentElement.open") is was
                tried += 1
    assert tried > 0


@pytest.mark.parametrize("kind", ["courses/*", "c/*"])
def test_enter_changes_the_language(browser: Browser, site: str, kind: str) -> None:
    with opened(browser, f"{site}/{PAGES[kind]}") as page:
        page.focus(".languages a[hreflang=lv]")
        page.keyboard.press("Enter")

        expect(page.locator("html")).to_have_attribute("lang", "lv")


def test_a_slash_leads_to_the_search_but_not_from_a_field(catalogue: Page) -> None:
    catalogue.keyboard.press("/")
    expect(catalogue.locator("#q")).to_be_focused()
    catalogue.keyboard.press("/")
    expect(catalogue.locator("#q")).to_have_value("/")


def test_a_course_is_saved_and_taken_from_the_list(browser: Browser, site: str) -> None:
    with opened(browser, f"{site}/{SAVED}") as page:
        button = page.locator("#save button, button#save").first
        button.focus()
        page.keyboard.press("Enter")
        page.goto(f"{site}/en/saved/")
        remove = page.locator("[id^=remove-]")
        expect(remove).to_have_count(1)
        remove.focus()
        page.keyboard.press("Space")

        expect(remove).to_have_count(0)
        expect(page.locator("#saved-heading")).to_be_focused()
