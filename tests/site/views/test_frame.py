"""What every page has: one heading, its addresses, the policy first, nothing inline."""

import itertools
from dataclasses import replace

import lxml.html
import pytest

from mcsite.content.text import Text
from mcsite.site.files import GROUPS
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.render import Renderer
from mcsite.site.urls import achievement
from tests.rendering import context_of, one_of_each_kind, page, renderer, sample, specs, words

KINDS = {"home", "catalogue", "course", "provider", "pathway", "topic", "verify-file", "text"}
ONE_EACH = [*one_of_each_kind("lv"), *one_of_each_kind("en")]
NAMES = [spec.path or "root" for spec in ONE_EACH]


def source(spec: PageSpec) -> str:
    return renderer().page(spec).decode()


@pytest.mark.parametrize("spec", ONE_EACH, ids=NAMES)
def test_a_page_says_what_it_is_in_its_language(spec: PageSpec) -> None:
    html = page(spec.path)

    assert html.get("lang") == spec.language
    assert html.get("dir") == "ltr"
    assert html.get("data-kind") in KINDS


@pytest.mark.parametrize("spec", ONE_EACH, ids=NAMES)
def test_a_page_has_one_heading_of_the_first_level(spec: PageSpec) -> None:
    assert len(page(spec.path).xpath("//h1")) == 1


@pytest.mark.parametrize("spec", ONE_EACH, ids=NAMES)
def test_no_level_of_headings_is_skipped(spec: PageSpec) -> None:
    levels = [int(heading.tag[1]) for heading in page(spec.path).xpath("//h1|//h2|//h3|//h4|//h5")]

    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("spec", ONE_EACH, ids=NAMES)
def test_characters_and_policy_come_first_in_the_head(spec: PageSpec) -> None:
    first, second, *_ = page(spec.path).xpath("/html/head/*")

    assert first.get("charset") == "utf-8"
    assert second.get("http-equiv") == "Content-Security-Policy"
    assert second.get("content").startswith("default-src 'none'; script-src 'self'")


@pytest.mark.parametrize("spec", ONE_EACH, ids=NAMES)
def test_nothing_is_inline_that_the_policy_forbids(spec: PageSpec) -> None:
    html = page(spec.path)

    assert html.xpath("//*[@style]|//style") == []
    assert html.xpath("//@*[starts-with(name(), 'on')]") == []
    assert html.xpath("//script[not(@src) and not(@type='application/ld+json')]") == []


@pytest.mark.parametrize("spec", ONE_EACH, ids=NAMES)
def test_the_skip_link_leads_to_the_content(spec: PageSpec) -> None:
    html = page(spec.path)
    first = html.xpath("//body//a")[0]

    assert first.get("href") == "#main"
    assert html.get_element_by_id("main").tag == "main"


@pytest.mark.parametrize("spec", ONE_EACH, ids=NAMES)
def test_fragments_lead_to_something_on_the_page(spec: PageSpec) -> None:
    html = page(spec.path)
    ids = set(html.xpath("//@id"))

    assert {href[1:] for href in html.xpath("//a/@href") if href.startswith("#")} <= ids
    assert len(ids) == len(html.xpath("//@id"))


def test_every_link_inside_the_site_leads_to_a_page_or_a_file() -> None:
    known = {"/" + spec.path for spec in specs()}
    context = renderer().context
    files = {f"/{path}" for group in GROUPS.values() for path, _ in group(context)}
    files |= {f"/{achievement(course)}" for course in context.catalogue.courses}
    files |= {f"/{achievement(course, 'en')}" for course in context.catalogue.courses}
    lost = {
        href
        for spec in specs()
        for href in page(spec.path).xpath("//a/@href")
        if href.startswith("/") and href.partition("#")[0] not in known | files
    }

    assert lost == set()


def test_the_language_switch_leads_to_the_same_page() -> None:
    html = page("en/courses/data-stewardship/")
    links = html.xpath("//nav[@class='languages']//a")

    assert [(a.get("href"), a.get("lang"), a.get("hreflang"), words(a)) for a in links] == [
        ("/lv/courses/data-stewardship/", "lv", "lv", "Latviešu")
    ]
    assert words(html.xpath("//nav[@class='languages']//*[@aria-current]")[0]) == "English"


def test_alternates_are_mutual_and_name_a_default() -> None:
    for spec in specs():
        found = {
            link.get("hreflang"): link.get("href")
            for link in page(spec.path).xpath("//link[@rel='alternate' and @hreflang]")
        }
        if spec.kind is PageKind.NOT_FOUND:
            assert found == {}
            continue
        other = page(spec.path.replace(spec.language, "lv", 1))
        assert set(found) == {"lv", "en", "x-default"}
        first = spec.kind in (PageKind.CHOOSER, PageKind.HOME)
        assert found["x-default"] == (f"{sample().site.base_url}/" if first else found["lv"])
        assert found["en"] in other.xpath("//link[@hreflang='en']/@href")


def test_the_chooser_names_each_language_once() -> None:
    links = page("").xpath("//a[@hreflang]")

    assert [(a.get("hreflang"), a.get("href")) for a in links] == [("lv", "/lv/"), ("en", "/en/")]


def test_titles_differ_within_a_language() -> None:
    titles = [
        (spec.language, words(page(spec.path).xpath("//title")[0]), spec.path)
        for spec in specs()
        if spec.kind not in (PageKind.CHOOSER, PageKind.HOME)
    ]
    pages_of_people = {(language, title) for language, title, _ in titles}

    assert len(titles) - len(pages_of_people) <= 2, "names that two registers share"


def test_structured_data_cannot_end_its_element() -> None:
    courses = dict(sample().courses)
    evil = Text({"lv": "</script><b>x", "en": "</script><b>x"}, "lv")
    courses["data-stewardship"] = courses["data-stewardship"].model_copy(update={"title": evil})
    rendering = Renderer(context_of(replace(sample(), courses=courses)))
    spec = next(s for s in rendering.context.plan.pages if s.key == "data-stewardship")
    html = rendering.page(spec).decode()

    assert "</script><b>" not in html
    assert "\\u003c/script\\u003e\\u003cb\\u003ex" in html


def test_a_site_under_a_path_keeps_to_it() -> None:
    rendering = Renderer(context_of(sample(), "https://uni.example/micro"))
    for spec in rendering.context.plan.pages[:40]:
        html: lxml.html.HtmlElement = lxml.html.document_fromstring(rendering.page(spec).decode())
        for href in html.xpath("//@href|//@src|//@action"):
            assert not href.startswith("/") or href.startswith("/micro/"), (spec.path, href)


def test_the_page_for_lost_addresses_speaks_every_language() -> None:
    html = page("404.html")

    assert html.xpath("//main//*[@lang]/@lang") == ["lv", "en"]
    assert "22 characters" in words(html.get_element_by_id("main"))


def test_search_on_the_home_page_needs_no_script() -> None:
    form = page("lv/").xpath("//form")[0]

    assert (form.get("method"), form.get("action")) == ("get", "/lv/courses/")
    assert form.xpath(".//input/@name") == ["q"]
