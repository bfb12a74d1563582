"""Searching and filtering the sample catalogue in Chromium."""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, Route, expect

from mcsite.commands.build import BuildRequest, build_site
from mcsite.site import word_index
from tests.browser.conftest import Watched, watch
from tests.browser.server import serving
from tests.browser.sites import build_sample, built_sample
from tests.content.test_load import COURSE, SITE, write
from tests.rendering import ROOT, sample

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


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
    open_page.rests()

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


def from_theme(route: Route) -> None:
    """Answer with a module as it stands in the theme, not joined into a page's."""
    route.fulfill(path=ROOT / "theme/static" / route.request.url.partition("/theme/")[2])


SEARCHED = """async ({pairs, root}) => {
  const words = await import("/theme/catalogue/lookup.js");
  const table = await (await fetch("facets.json")).json();
  const [inTable, inIndex] = [words.tableSearcher(table), words.indexSearcher(table, root, [])];
  const pagefind = await import(`${root}pagefind/pagefind.js`);
  const ids = await (await fetch(`${root}pagefind/courses.${table.language}.json`)).json();
  const found = {};
  for (const query of Object.keys(pairs)) {
    const hits = words.ranked(inTable(query), await inIndex.own(query));
    const plain = (await pagefind.search(query)).results.map(({id}) => ids[id]);
    found[query] = {ids: hits.map(({at}) => table.courses.id[at]), plain};
  }
  return found;
}"""


def test_latvian_queries_find_their_courses_in_every_form(site: str, open_page: Watched) -> None:
    pairs: dict[str, str] = json.loads((ROOT / "tests/search/lv.json").read_bytes())
    open_page.page.route("**/theme/**", from_theme)
    open_page.go(f"{site}/lv/courses/")
    found = open_page.page.evaluate(SEARCHED, {"pairs": pairs, "root": "/"})
    plain = sum(course in found[query]["plain"][:5] for query, course in pairs.items())
    missed = [query for query, course in pairs.items() if course not in found[query]["ids"][:5]]
    most = max(len(found[query]["ids"]) for query in pairs)
    sys.stdout.write(
        f"{len(pairs)} queries; in the first five: {plain} by Pagefind alone, "
        f"{len(pairs) - len(missed)} with stems; at most {most} courses for one\n"
    )

    assert len(pairs) >= 100
    assert missed == ["karšu"]  # karte: a stem doesn't follow t to š
    assert plain < len(pairs) - 20


def test_an_index_in_parts_finds_what_a_whole_one_does(
    site: str, tmp_path: Path, open_page: Watched
) -> None:
    pairs: dict[str, str] = json.loads((ROOT / "tests/search/lv.json").read_bytes())
    pairs |= dict.fromkeys(("šifrēšana", "veterinārs", "kvantu fizika"), "")
    with patch.object(word_index, "PART", 4):
        parted = build_sample(tmp_path / "site", search=True)
    assert len(list((parted / "pagefind").glob("pagefind.lv*.pf_meta"))) > 4
    open_page.page.route("**/theme/**", from_theme)
    open_page.go(f"{site}/lv/courses/")
    whole = open_page.page.evaluate(SEARCHED, {"pairs": pairs, "root": "/"})
    with serving(parted) as address:
        open_page.go(f"{address}/lv/courses/")
        found = open_page.page.evaluate(SEARCHED, {"pairs": pairs, "root": "/"})

    others = {q: whole[q]["ids"] for q in pairs if set(found[q]["ids"]) != set(whole[q]["ids"])}
    assert others == {}
    first = [found[query]["ids"][:5] for query in pairs]
    assert [q for q, ids in zip(pairs, first, strict=True) if pairs[q] not in [*ids, ""]] == [
        "karšu"
    ]


@pytest.mark.parametrize("words", ["šifrēšana", "veterinārs", "okeanogrāfija", "kvantu fizika"])
def test_what_no_course_has_is_not_found(site: str, open_page: Watched, words: str) -> None:
    open_page.go(f"{site}/lv/courses/")

    assert search(open_page, words) == []


def test_another_language_is_searched_when_this_one_has_nothing(
    site: str, open_page: Watched
) -> None:
    open_page.go(f"{site}/lv/courses/")

    assert "welding-robotics" in search(open_page, "welding")
    assert "angļu" in open_page.page.inner_text("#results-note")
    assert open_page.page.get_attribute("[data-id=welding-robotics] a", "href") == (
        "/lv/courses/welding-robotics/"
    )
    search(open_page, "metināšana")
    assert open_page.page.is_hidden("#results-note")
    assert open_page.is_clean()


def test_pages_of_the_index_are_fetched_for_what_is_shown_alone(
    site: str, open_page: Watched
) -> None:
    open_page.go(f"{site}/lv/courses/")
    shown = search(open_page, "var")
    open_page.rests()
    fetched = [path for path in open_page.paths if path.endswith(".pf_fragment")]

    assert 0 < len(fetched) <= len(shown)


def test_results_come_while_one_is_typing(site: str, open_page: Watched) -> None:
    page = open_page.page
    page.clock.install(time=NOW)
    open_page.go(f"{site}/lv/courses/")
    page.clock.pause_at(NOW + dt.timedelta(hours=1))  # however slowly this machine types
    page.locator("#q").press_sequentially("biš")

    assert ids(open_page)[0] == "beekeeping"
    assert "?q=" not in page.url
    page.clock.run_for(1000)
    page.wait_for_url("**/?q=bi%C5%A1")


def test_words_typed_before_the_table_is_there_are_looked_up(site: str, open_page: Watched) -> None:
    page = open_page.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/facets.json", hold)
    page.goto(f"{site}/lv/courses/")
    page.keyboard.press("/")
    page.keyboard.type("bites")
    held[0].continue_()
    page.wait_for_selector("#results[data-query=bites]")

    assert ids(open_page)[0] == "beekeeping"


def test_a_part_of_the_page_is_shown_where_neither_title_nor_summary_has_the_word(
    site: str, open_page: Watched
) -> None:
    open_page.go(f"{site}/lv/courses/")
    search(open_page, "demencei")
    summary = open_page.page.locator("[data-id=dementia-care] .result__summary")
    assert summary.inner_text().startswith("Saproti, kas mainās cilvēkam")

    search(open_page, "tastatūru lasītāji")
    assert open_page.page.locator("[data-id=digital-accessibility] mark").count() > 0
    search(open_page, "spietošanu")
    open_page.page.wait_for_selector("[data-id=beekeeping] mark")


def test_a_letter_that_keyboards_lack_is_found_without_it(
    tmp_path_factory: pytest.TempPathFactory, open_page: Watched
) -> None:
    folder = tmp_path_factory.mktemp("letters")
    text = COURSE + "description: Præsentation i København, besøg i Łódź, Straße & Đakovo.\n"
    project = write(folder / "project", {"catalogue/courses/kurss.yaml": text})
    request = BuildRequest(project=project, output=folder / "site", built_at=NOW, now=NOW)
    build_site(request)
    with serving(folder / "site") as address:
        open_page.go(f"{address}/lv/courses/")
        for words in ("kobenhavn", "lodz", "strasse", "dakovo", "København", "Łódź", "Straße"):
            assert search(open_page, words) == ["kurss"], words


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [("pt-BR", "Colmeias e abelhas.", "abelhas"), ("zh-Hans", "养蜂与蜂箱管理。", "养蜂与")],
)
def test_a_language_tag_with_capitals_has_its_index(
    tmp_path: Path, open_page: Watched, language: str, text: str, word: str
) -> None:
    site = SITE.replace("[lv, en]", f"[lv, {language}]")
    course = COURSE.replace("en:", f"{language}:")
    course += f"description: {{lv: Saime, {language}: {text}}}\n"
    files = {"catalogue/site.yaml": site, "catalogue/courses/kurss.yaml": course}
    project = write(tmp_path / "project", files)
    output = tmp_path / "site"
    build_site(BuildRequest(project=project, output=output, built_at=NOW, now=NOW))
    with serving(output) as address:
        for read_in in (language, "lv"):  # as the page's own language, and as another
            open_page.go(f"{address}/{read_in}/courses/")
            assert search(open_page, word) == ["kurss"]
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
    page.wait_for_url(lambda address: "free" not in address)
    expect(page.locator("#facet-price-free")).not_to_be_checked()
    assert len(ids(open_page)) >= len(narrowed)
    assert open_page.is_clean()


@pytest.mark.parametrize(
    "facet",
    ["field", "eqf", "ects", "hours", "language", "mode", "provider", "start", "price",
     "funding", "stackable", "skill", "occupation"],
)  # fmt: skip
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


def test_of_many_skills_the_most_frequent_are_shown_and_the_rest_on_demand(
    site: str, open_page: Watched
) -> None:
    skills = [
        skill.uri
        for course in sample().courses.values()
        if course.withdrawn is None
        for skill in course.skills
    ]
    open_page.go(f"{site}/en/courses/")
    page = open_page.page
    group = page.locator("[data-facet=skill]")
    assert group.locator("legend").inner_text() == "Skill"
    counts = group.locator(".facets__count")
    shown = sorted(map(int, counts.all_inner_texts()), reverse=True)
    assert shown == [count for _, count in Counter(skills).most_common(6)]

    page.click("#more-skill")
    assert len(group.locator("input").all()) == len(set(skills))
    rare = next(uri for uri, count in Counter(skills).items() if count == 1).rpartition("/")[2]
    page.check(f"#facet-skill-{rare}")
    assert f"skill={rare}" in page.url
    assert len(ids(open_page)) == 1
    page.reload()
    page.wait_for_selector(f"#facet-skill-{rare}:checked")
    assert len(ids(open_page)) == 1
    assert open_page.is_clean()


def test_a_facet_is_shown_where_a_course_that_is_offered_has_a_value(
    tmp_path: Path, open_page: Watched
) -> None:
    uri = "http://data.europa.eu/esco/skill/143769cd-b61e-47d0-a61c-f6e3e3b3e7d5"
    more = f"skills: [{{uri: {uri}, label: dati}}]\nfunding: [{{programme: ESF+}}]\n"
    gone = COURSE + more + "withdrawn: 2026-01-01\n"
    for named, shown in ((COURSE, []), (COURSE + more, ["funding", "skill"])):
        files = {"catalogue/courses/gone.yaml": gone, "catalogue/courses/kurss.yaml": named}
        project = write(tmp_path / "project", files)
        build_site(BuildRequest(project=project, output=tmp_path / "site", built_at=NOW, now=NOW))
        with serving(tmp_path / "site") as address:
            open_page.go(f"{address}/lv/courses/")
            groups = open_page.page.eval_on_selector_all(
                "[data-facet]", "all => all.map(one => one.dataset.facet)"
            )
            new = [name for name in groups if name in ("funding", "skill", "occupation")]
            assert new == shown
    assert open_page.is_clean()


def test_an_address_beyond_the_last_page_shows_the_last(site: str, open_page: Watched) -> None:
    open_page.go(f"{site}/en/courses/?page=99")

    assert "27 courses found" in open_page.page.inner_text("h1")
    assert len(ids(open_page)) == 7
    assert open_page.page.inner_text("#pagination [aria-current=page]") == "2"
    open_page.go(f"{site}/en/courses/?page=99&eqf=4")
    assert f"{len(ids(open_page))} courses found" in open_page.page.inner_text("h1")


def test_a_start_has_passed_on_the_reader_s_own_next_day(site: str, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Riga")
    page = watch(context.new_page())
    starts = page.page.locator("[data-id=data-stewardship] .result__facts")
    # Its runs begin on 8 February and on 13 September 2027.
    for hour, start in ((21, "8 Feb 2027"), (23, "13 Sept 2027")):
        page.page.clock.set_fixed_time(dt.datetime(2027, 2, 8, hour, tzinfo=dt.UTC))
        page.go(f"{site}/en/courses/?provider=ziemelkrasta-universitate&sort=start")

        expect(starts).to_contain_text(f"Starts {start}")
    page.page.check("#facet-start-soon")
    assert "data-stewardship" not in ids(page)
    context.close()


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


def test_what_was_asked_for_goes_along_into_another_language(site: str, open_page: Watched) -> None:
    page = open_page.page
    open_page.go(f"{site}/en/courses/?q=data")
    page.check("#facet-eqf-6")
    page.wait_for_url("**/en/courses/?q=data&eqf=6")
    page.click(".languages a[hreflang=lv]")

    page.wait_for_url("**/lv/courses/?q=data&eqf=6")
