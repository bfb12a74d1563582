"""A course's page: every element of Annex I, in one order, nothing empty, nothing invented."""

import datetime as dt
from dataclasses import replace

import pytest

from mcsite.content.models.course import Withdrawal
from mcsite.content.text import Text
from mcsite.site.plan import PageKind
from mcsite.site.render import Renderer
from tests.rendering import context_of, course_page, page, parsed, sample, specs, words

COURSES = [spec.path for spec in specs(PageKind.COURSE)]
SUMMARY = [
    "Credential awarded", "Level", "Workload", "Duration", "Form of participation",
    "Language of instruction", "Next start", "Price", "Entry requirements", "Assessment",
    "Quality assurance",
]  # fmt: skip


def panel(path: str) -> dict[str, str]:
    rows = page(path).xpath("//dl[contains(@class, 'summary-list--panel')]/div")
    return {words(row.xpath("dt")[0]): words(row.xpath("dd")[0]) for row in rows}


@pytest.mark.parametrize("path", [path for path in COURSES if path.startswith("en/")])
def test_the_summary_is_in_the_same_order_on_every_page(path: str) -> None:
    withdrawn = sample().courses[path.split("/")[2]].withdrawn is not None
    offered = ("Next start", "Price")

    assert list(panel(path)) == [row for row in SUMMARY if not (withdrawn and row in offered)]


@pytest.mark.parametrize("path", COURSES)
def test_no_cell_is_empty(path: str) -> None:
    assert [cell for cell in page(path).xpath("//dd|//dt|//td|//th") if not words(cell)] == []


@pytest.mark.parametrize("path", COURSES)
def test_what_annex_one_makes_mandatory_stands_on_the_page(path: str) -> None:
    language, _, key, _ = path.split("/")
    course = sample().courses[key]
    text = words(page(path).get_element_by_id("main"))
    provider = sample().providers[course.provider]

    assert str(course.title.in_language(language)) in text
    assert str(provider.legal_name.in_language(language)) in text
    assert {"lv": {"LV": "Latvija", "EE": "Igaunija"}, "en": {"LV": "Latvia", "EE": "Estonia"}}[
        language
    ].get(provider.country, "") in text
    for outcome in course.learning_outcomes:
        assert " ".join(str(outcome.text.in_language(language)).split()) in text


def test_the_sample_credential_says_that_it_is_one() -> None:
    sample_part = page("en/courses/data-stewardship/").xpath("//*[@data-watermark]")[0]

    assert sample_part.get("data-watermark") == "SAMPLE — not valid"
    assert "Sample — not a real credential" in words(sample_part)


def test_what_is_not_known_is_said_so() -> None:
    html = course_page({"offerings": (), "prerequisites": None, "language": ()})
    rows = html.xpath("//dl[contains(@class, 'summary-list--panel')]/div")
    said = {words(row.xpath("dt")[0]): words(row.xpath("dd")[0]) for row in rows}

    assert {name for name, value in said.items() if value == "Not stated"} == {
        "Duration", "Language of instruction", "Next start", "Price", "Entry requirements",
    }  # fmt: skip
    assert "No dates are announced." in words(html.get_element_by_id("dates"))


def test_a_text_in_another_language_is_marked_and_announced() -> None:
    html = page("en/courses/plain-language/")

    assert html.xpath("//h1/@lang") == ["lv"]
    assert html.xpath("//li[ancestor::ul[@class='outcomes']]/span[1]/@lang")[0] == "lv"
    assert "This course is described only in Latvian." in words(html.xpath("//main")[0])
    assert page("lv/courses/plain-language/").xpath("//main//*[@class='notices']") == []


def test_all_languages_of_a_text_are_named_to_whom_reads_another() -> None:
    html = course_page({"title": Text({"lv": "Kurss", "et": "Kursus"}, "lv")})

    assert "This course is described only in Latvian and Estonian." in words(html)


def test_a_withdrawn_course_keeps_its_page_and_its_credentials() -> None:
    html = page("en/courses/project-management-basics/")
    notice = words(html.xpath("//*[contains(@class, 'notice--warn')]")[0])

    assert notice.startswith("No longer offered since 1 July 2026")
    assert "Credentials that were already issued remain valid." in notice
    assert "It was replaced by:" in notice
    assert html.xpath("//*[@class='call']") == []


def test_a_withdrawal_without_a_reason_still_says_what_holds() -> None:
    withdrawn = Withdrawal.model_construct(since=dt.date(2026, 5, 1), reason=None)
    html = course_page({"withdrawn": withdrawn})

    assert words(html.xpath("//*[contains(@class, 'notice--warn')]")[0]) == (
        "No longer offered since 1 May 2026 Credentials that were already issued remain valid."
    )


def test_a_withdrawal_that_is_still_to_come_is_not_told_as_past() -> None:
    withdrawn = Withdrawal.model_construct(since=dt.date(2027, 5, 1), reason=None)
    html = course_page({"withdrawn": withdrawn})

    notice = words(html.xpath("//*[contains(@class, 'notice--warn')]")[0])
    assert notice.startswith("Ends on 1 May 2027")


def test_the_one_call_to_action_names_where_it_leads() -> None:
    html = page("en/courses/heat-pump-installation/")
    call = html.xpath("//*[@class='call']")[0]

    assert words(call) == (
        "Apply at gaujmala.example Apply by 18 December 2026. Opens another site."
    )
    assert call.xpath(".//a/@href") == ["https://gaujmala.example/siltumsukni"]


def test_a_run_that_cannot_be_applied_for_is_no_call_to_action() -> None:
    runs = [
        run.model_copy(update={"apply_by": dt.date(2026, 1, 1)})
        for run in sample().courses["heat-pump-installation"].offerings
    ]
    html = course_page({"offerings": tuple(runs)}, key="heat-pump-installation")

    assert html.xpath("//*[@class='call']") == []


def test_the_next_run_that_is_open_is_the_one_to_apply_for() -> None:
    runs = sample().courses["data-stewardship"].offerings
    closed = runs[1].model_copy(update={"apply_by": dt.date(2026, 11, 1)})
    html = course_page({"offerings": (closed, runs[2])}, key="data-stewardship")
    first, *others = html.xpath("//aside//*[@class='call']")
    tags = html.xpath("//*[@class='run'][1]//*[@data-when='isClosed']")

    assert "Apply by 30 August 2027." in words(first)
    assert first.get("hidden") is None
    assert others == []
    assert [tag.get("hidden") for tag in tags] == [None]


def test_sections_answer_in_the_order_in_which_learners_ask() -> None:
    html = page("en/courses/data-stewardship/")

    assert [words(found) for found in html.xpath("//section[@id]/h2")] == [
        "What you will be able to do", "Skills", "Is it for you?", "Content",
        "How long, when and how much", "How you are assessed", "What it is worth", "What you get",
        "How to apply", "The provider and its quality assurance", "Further information",
        "Similar courses",
        "About this description",
    ]  # fmt: skip
    assert [link.get("href")[1:] for link in html.xpath("//aside//nav//a")] == html.xpath(
        "//section/@id"
    )


def test_the_level_is_explained_in_words_beside_the_national_one() -> None:
    html = page("en/courses/data-stewardship/")

    assert "bachelor" in words(html.get_element_by_id("for-you"))
    assert "Latvian Qualifications Framework level 6" in words(html.get_element_by_id("worth"))


def test_a_course_without_a_level_says_why() -> None:
    html = page("en/courses/latvian-sign-language/")
    reason = sample().courses["latvian-sign-language"].level_reason
    assert reason

    assert " ".join(str(reason.in_language("en")).split()) in words(
        html.get_element_by_id("for-you")
    )


def test_dates_say_of_which_day_they_are() -> None:
    dates = page("en/courses/data-stewardship/").get_element_by_id("dates")

    assert "As of 23 November 2026." in words(dates)
    assert dates.xpath(".//*[@class='run']/@data-apply-by") == ["2027-01-25", "2027-08-30"]


def test_expired_accreditation_of_the_provider_is_shown_as_such() -> None:
    providers = dict(sample().providers)
    old = providers["ziemelkrasta-universitate"]
    entry = old.accreditations[1].model_copy(update={"valid_until": dt.date(2026, 1, 1)})
    providers[old.id] = old.model_copy(update={"accreditations": (entry,)})
    rendering = Renderer(context_of(replace(sample(), providers=providers)))
    spec = next(s for s in specs(PageKind.COURSE) if s.path == "en/courses/data-stewardship/")
    html = parsed(rendering.page(spec))

    assert "no longer valid" in words(html.get_element_by_id("provider"))


def test_the_search_index_gets_the_id_and_not_the_boilerplate() -> None:
    html = page("lv/courses/data-stewardship/")

    assert html.xpath("//main/@data-pagefind-body") == [""]
    assert html.xpath("//*[@data-pagefind-meta='id[content]']/@content") == ["data-stewardship"]
    assert html.get_element_by_id("sample").get("data-pagefind-ignore") is not None


def test_markup_in_a_title_stays_text() -> None:
    title = Text({"lv": "<img src=x> & co", "en": "<img src=x> & co"}, "lv")
    html = course_page({"title": title})

    assert words(html.xpath("//h1")[0]) == "<img src=x> & co"
    assert html.xpath("//main//img[@src='x']") == []


def test_a_list_of_results_has_one_link_a_course_and_none_twice() -> None:
    html = page("en/courses/")
    items = html.xpath("//ol[@id='results']/li")
    names = [words(item.xpath("./h2/a")[0]) for item in items]

    assert all(len(item.xpath(".//a")) == 1 for item in items)
    assert len(set(names)) == len(names) == 27
    assert names == sorted(names, key=str.casefold)


def test_facts_of_a_result_make_sense_without_their_labels() -> None:
    item = page("en/courses/").xpath("//li[@data-id='heat-pump-installation']")[0]

    assert [words(cell) for cell in item.xpath(".//dd")] == [
        "EQF level 4", "6 ECTS (≈ 156 h)", "Work-based and on site", "Latvian",
        "Starts 18 Jan 2027", "€640",
    ]  # fmt: skip
