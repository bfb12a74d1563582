"""Every kind of page as its reader needs it: large, widely set, in the reader's own colours, still,
on paper, from right to left. WCAG 2.2: 1.3.4, 1.4.1, 1.4.4, 1.4.10, 1.4.11, 1.4.12, 2.3.3.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import one_of_each
from tests.browser.looking import DESK, ZOOMED, looked, opened
from tests.browser.server import serving
from tests.browser.sites import built_sample

PAGES = one_of_each("en")
CREDENTIAL = PAGES["c/*"]
# WCAG 2.2, 1.4.12. A sheet that a script adopts isn't subject to the page's policy.
WIDELY_SET = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * {
      line-height: 1.5 !important;
      letter-spacing: .12em !important;
      word-spacing: .16em !important;
    }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
ON_PAPER_ARE_NOT = "nav, form, input, select, button, .button, .facets, .skip-link"
ADDRESSES = """() => [...document.querySelectorAll("main a[href^=http]")].filter(looks.shown)
  .map((one) => [one.getAttribute("href"), getComputedStyle(one, "::after").content])"""

FOLD = """() => {
  const made = (name) => document.createElement(name);
  const [fold, summary, words] = ["details", "summary", "p"].map(made);
  fold.id = "folded";
  words.textContent = "What is folded.";
  fold.append(summary, words);
  document.querySelector("main").append(fold);
}"""
MARKED = """(lists) => lists.map((list) => {
  const drawn = (one) => {
    const style = getComputedStyle(one);
    return [style.fontWeight, style.borderBottomStyle, style.textDecorationLine].join();
  };
  const each = [...document.querySelectorAll(list)];
  const current = each.find((one) => one.ariaCurrent);
  return each.filter((one) => one !== current).every((one) => drawn(one) !== drawn(current));
})"""
GROUNDS = """() => [...document.querySelectorAll("main, main *")].filter(looks.shown)
  .map((one) => getComputedStyle(one).backgroundColor)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(built_sample(tmp_path_factory, search=False)) as address:
        yield address


@pytest.fixture(scope="module", params=PAGES)
def desk(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page of each kind, which serves several tests: each leaves it as it was."""
    with opened(browser, f"{site}/{PAGES[request.param]}") as page:
        yield page


@pytest.fixture(scope="module", params=PAGES)
def zoomed(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """The same at 400 %."""
    with opened(browser, f"{site}/{PAGES[request.param]}", ZOOMED) as page:
        yield page


def widely_set(page: Page) -> list[str]:
    """Return what is cut when the text has the space that 1.4.12 names."""
    page.evaluate(WIDELY_SET)
    found: list[str] = looked(page, "cut")
    page.evaluate("document.adoptedStyleSheets = []")
    return found


def edges(page: Page, direction: str) -> list[tuple[str, float, float]]:
    """Return where each block begins and ends, from where its line begins."""
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    wide = page.evaluate("document.documentElement.clientWidth")
    return [
        (block["name"], block["left"], block["right"])
        if direction == "ltr"
        else (block["name"], wide - block["right"], wide - block["left"])
        for block in looked(page, "blocks")
    ]


def not_mirrored(page: Page) -> list[str]:
    """Return what stands elsewhere than in the mirror, or is cut, when read from the right."""
    there, here = edges(page, "ltr"), edges(page, "rtl")
    cut: list[str] = looked(page, "cut")
    page.evaluate("document.documentElement.dir = 'ltr'")
    return cut + [
        f"{one} {other}"
        for one, other in zip(there, here, strict=True)
        if max(abs(one[1] - other[1]), abs(one[2] - other[2])) > 2
    ]


def test_at_400_per_cent_nothing_is_cut(zoomed: Page) -> None:
    assert looked(zoomed, "cut") == []


@pytest.mark.parametrize(("width", "size"), [(360, 21), (390, 24), (320, 21), (320, 24)])
@pytest.mark.parametrize("path", [CREDENTIAL, "lv/", "lv/skills/"])
def test_in_the_readers_larger_letters_nothing_is_cut(
    browser: Browser, site: str, path: str, width: int, size: int
) -> None:
    page = browser.new_page(locale="lv", viewport={"width": width, "height": 800})
    letters = page.context.new_cdp_session(page)
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    page.goto(f"{site}/{path}")
    if path == CREDENTIAL:
        expect(page.locator("h1")).to_contain_text("pārlūkprogrammā")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()

    assert wider == 0


def test_widely_set_nothing_is_cut_at_400_per_cent(zoomed: Page) -> None:
    assert widely_set(zoomed) == []


def test_from_right_to_left_a_small_window_is_its_mirror(zoomed: Page) -> None:
    assert not_mirrored(zoomed) == []


def test_widely_set_nothing_is_cut(desk: Page) -> None:
    assert widely_set(desk) == []


def test_from_right_to_left_the_page_is_its_mirror(desk: Page) -> None:
    assert not_mirrored(desk) == []


def test_without_motion_nothing_moves(desk: Page) -> None:
    desk.emulate_media(reduced_motion="reduce")
    found = looked(desk, "moving")
    desk.emulate_media(reduced_motion="no-preference")

    assert found == []


def test_controls_and_focus_are_seen_in_the_readers_own_colours(desk: Page) -> None:
    desk.emulate_media(forced_colors="active")
    found = looked(desk, "bare")
    for _ in range(3):
        desk.keyboard.press("Tab")
        found += [wrong for wrong in [desk.evaluate("looks.focused(looks.stops()).wrong")] if wrong]
    desk.emulate_media(forced_colors="none")

    assert found == []


def test_paper_has_no_controls_and_says_where_links_lead(desk: Page) -> None:
    desk.emulate_media(media="print")
    controls = desk.evaluate(
        "all => [...document.querySelectorAll(all)].filter(looks.shown).map(looks.name)",
        ON_PAPER_ARE_NOT,
    )
    links = desk.evaluate(ADDRESSES)
    grounds = desk.evaluate(GROUNDS)
    desk.emulate_media(media="screen")

    assert controls == []
    assert [href for href, after in links if href not in after] == []
    assert {tone for tone in grounds if luminous(tone) < 0.8} == set()


def luminous(colour: str) -> float:
    """Return how light a ground is; 1 where there is none."""
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)]
    return 1 if len(parts) == 4 and parts[3] == 0 else sum(parts[:3]) / 765


def test_there_is_motion_to_go_without(browser: Browser, site: str) -> None:
    with opened(browser, f"{site}/en/", DESK, reduced_motion="no-preference") as page:
        assert looked(page, "moving") != []


def test_paper_has_the_verdict_in_black_with_its_address_and_day(
    browser: Browser, site: str
) -> None:
    with opened(browser, f"{site}/{CREDENTIAL}") as page:
        page.emulate_media(media="print")
        verdict = page.locator("#verdict")
        style = verdict.evaluate(
            "one => { const { color, backgroundColor, borderTopWidth } = getComputedStyle(one);"
            " return [color, backgroundColor, parseFloat(borderTopWidth)] }"
        )

        assert style[:2] == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert style[2] >= 1
        expect(verdict).to_contain_text("2026")
        expect(page.locator("#printed")).to_be_visible()
        assert CREDENTIAL.strip("/") in page.inner_text("#printed")
        assert page.locator("#qr svg").is_visible()


def test_paper_opens_what_is_folded(browser: Browser, site: str) -> None:
    with opened(browser, f"{site}/en/about/") as page:
        page.evaluate(FOLD)
        inside = page.locator("#folded p")
        expect(inside).to_be_hidden()
        page.emulate_media(media="print")

        assert inside.evaluate("one => one.getBoundingClientRect().height") > 0
        assert inside.evaluate("looks.shown")


def test_in_the_readers_own_colours_a_state_is_more_than_a_colour(
    browser: Browser, site: str
) -> None:
    """Where one is, which page of results, what a filter is set to, what a verdict is."""
    with opened(browser, f"{site}/en/courses/", DESK, forced_colors="active") as page:
        marks = page.evaluate(MARKED, [".site-nav a", "#pagination li > *"])
        assert marks == [True, True]
        lines = page.locator(".site-nav a").evaluate_all(
            "all => all.map(one => getComputedStyle(one).borderBottomStyle)"
        )
        assert sorted(lines) == ["none"] * (len(lines) - 1) + ["solid"]
        box = page.locator(".facets input:enabled").first
        assert box.evaluate("one => getComputedStyle(one).appearance") != "none"
    with opened(browser, f"{site}/{CREDENTIAL}", DESK, forced_colors="active") as page:
        verdict = page.locator("#verdict")
        border = "one => parseFloat(getComputedStyle(one).borderTopWidth)"
        assert verdict.evaluate(border) >= 2
        expect(verdict.locator("svg")).to_be_visible()
