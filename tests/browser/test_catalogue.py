"""Searching and filtering the sample catalogue in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.server import serving
from tests.browser.sites import built_sample


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(built_sample(tmp_path_factory)) as address:
        yield address


def ids(page: Watched) -> list[str]:
    """Return the courses on the page."""
    found: list[str] = page.page.eval_on_selector_all(
        "#results > li", "all => all.map(one => one.dataset.id)"
    )
    return found


def search(page: Watched, words: str) -> list[str]:
    """Type words, wait for the answer, and return the courses."""
    page.page.fill("#q", words)
    page.page.wait_for_selector(f"#results[data-query='{words}']", state="attached")
    return ids(page)


def test_all_courses_are_there_before_a_word_and_pagefind_is_not_asked(
    site: str, open_page: Watched
) -> None:
    open_page.go(f"{site}/en/courses/")

    assert len(ids(open_page)) == 20
    assert "27 courses found" in open_page.page.inner_text("h1")
    assert not any("/pagefind/" in path for path in open_page.paths)
    assert open_page.is_clean()


@pytest.mark.parametrize(
    ("language", "words", "course"),
    [
        ("en", "phishing", "cybersecurity-basics"),
        ("en", "heat pump", "heat-pump-installation"),
        ("lv", "siltumsukna", "heat-pump-installation"),
        ("lv", "siltumsūkņi", "heat-pump-installation"),
        ("lv", "kiberdrosiba", "cybersecurity-basics"),
        ("lv", "kiberdrošībai", "cybersecurity-basics"),
        ("lv", "biškopība", "beekeeping"),
        ("lv", "biskopibas", "beekeeping"),
        ("lv", "tulkojumiem", "translation-post-editing"),
    ],
)
def test_a_word_without_marks_or_in_another_form_finds_its_course(
    site: str, open_page: Watched, language: str, words: str, course: str
) -> None:
    open_page.go(f"{site}/{language}/courses/")

    assert course in search(open_page, words)[:3]
    assert open_page.is_clean()


def test_facets_narrow_count_and_stay_in_the_address(site: str, open_page: Watched) -> None:
    open_page.go(f"{site}/en/courses/")
    page = open_page.page
    everything = ids(open_page)
    page.check("#facet-eqf-4")
    page.check("#facet-price-free")
    narrowed = ids(open_page)

    assert 0 < len(narrowed) < len(everything)
    assert "eqf=4" in page.url
    assert "price=free" in page.url
    page.reload()
    page.wait_for_selector("#facet-eqf-4")
    assert ids(open_page) == narrowed
    assert page.is_checked("#facet-eqf-4")
    page.go_back()
    page.wait_for_function("!location.search.includes('free')")
    page.wait_for_function("!document.querySelector('#facet-price-free').checked")
    assert len(ids(open_page)) >= len(narrowed)
    assert open_page.is_clean()


@pytest.mark.parametrize(
    "facet", ["field", "eqf", "ects", "language", "mode", "provider", "start", "price", "stackable"]
)
def test_every_facet_gives_as_many_as_it_promised(
    site: str, open_page: Watched, facet: str
) -> None:
    open_page.go(f"{site}/en/courses/")
    page = open_page.page
    option = page.locator(f"[data-facet={facet}] .facets__option:has(input:enabled)").first
    promised = int(option.locator(".facets__count").inner_text())
    option.locator("input").check()

    assert f"{promised} course" in page.inner_text("h1")
    assert open_page.is_clean()


def test_a_change_is_announced_once(site: str, open_page: Watched) -> None:
    open_page.go(f"{site}/en/courses/")
    page = open_page.page
    page.evaluate(
        "const status = document.querySelector('#results-status'); window.said = [];"
        "new MutationObserver(() => said.push(status.textContent)).observe(status,"
        "{childList: true, characterData: true, subtree: true})"
    )
    page.check("#facet-price-free")
    page.wait_for_timeout(900)
    said: list[str] = page.evaluate("said")

    assert len(said) == 1
    assert said[0] == page.inner_text("h1").removesuffix(" found")
    assert page.evaluate("document.activeElement.id") == "facet-price-free"


def test_nothing_found_helps_on(site: str, open_page: Watched) -> None:
    open_page.go(f"{site}/en/courses/")

    assert search(open_page, "ybersecurity") == []
    assert "cybersecurity" in open_page.page.inner_text("#no-results")
    assert open_page.is_clean()


def test_a_small_screen_hides_no_filter(site: str, open_page: Watched) -> None:
    open_page.page.set_viewport_size({"width": 320, "height": 700})
    open_page.go(f"{site}/en/courses/")
    open_page.page.click("#filters")

    assert open_page.page.is_visible("#facet-eqf-4")
    assert open_page.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_an_index_of_words_titles_are_searched(
    tmp_path_factory: pytest.TempPathFactory, open_page: Watched
) -> None:
    with serving(built_sample(tmp_path_factory, search=False)) as address:
        open_page.go(f"{address}/lv/courses/")

        assert "heat-pump-installation" in search(open_page, "siltumsūkņa")


def test_the_home_page_s_search_leads_here(site: str, open_page: Watched) -> None:
    open_page.go(f"{site}/en/")
    open_page.page.fill("#q", "phishing")
    open_page.page.keyboard.press("Enter")
    open_page.page.wait_for_url("**/en/courses/?q=phishing")
    open_page.page.wait_for_selector("#results[data-query=phishing]")

    assert "cybersecurity-basics" in ids(open_page)


def test_the_table_of_facets_is_small(tmp_path_factory: pytest.TempPathFactory) -> None:
    site: Path = built_sample(tmp_path_factory)

    assert (site / "en/courses/facets.json").stat().st_size < 40_000
