"""Providers, pathways, topics: what their pages say."""

import datetime as dt
from dataclasses import replace

from mcsite.content.models.course import Withdrawal
from mcsite.content.models.site import Issuer, IssuerKey
from mcsite.content.text import Text
from mcsite.exports.open_badges import achievement
from mcsite.site.plan import uuid_of
from mcsite.site.render import Renderer
from mcsite.site.views.skills import most_common
from tests.rendering import context_of, page, parsed, sample, words


def test_a_choice_is_stated_in_words() -> None:
    rules = [
        words(rule) for rule in page("en/pathways/data-analyst/").xpath("//*[@class='step__rule']")
    ]

    assert rules == ["Required", "Required", "Any 1 of 2, at least 3 ECTS", "Optional"]


def test_credits_of_steps_and_of_the_whole_are_told() -> None:
    html = page("en/pathways/data-analyst/")

    assert [words(found) for found in html.xpath("//*[@class='step__credits']")] == [
        "3 ECTS", "4 ECTS", "3–6 ECTS", "1 ECTS",
    ]  # fmt: skip
    assert "Credits in all 10–14 ECTS" in words(html.xpath("//main//dl")[0])


def test_a_step_says_of_a_course_that_it_is_no_longer_offered() -> None:
    courses = dict(sample().courses)
    gone = Withdrawal.model_construct(since=dt.date(2026, 5, 1), reason=None)
    courses["gis-basics"] = courses["gis-basics"].model_copy(update={"withdrawn": gone})
    rendering = Renderer(context_of(replace(sample(), courses=courses)))
    spec = next(s for s in rendering.context.plan.pages if s.path == "en/pathways/data-analyst/")
    items = parsed(rendering.page(spec)).xpath("//*[@class='steps']//li[@data-course]")

    told = {item.get("data-course") for item in items if "No longer offered" in words(item)}
    assert told == {"gis-basics"}


def test_the_drawing_says_what_the_list_says() -> None:
    html = page("en/pathways/data-analyst/")
    (drawing,) = html.xpath("//*[local-name()='svg' and @class='drawing']")
    listed = html.xpath("//*[@class='steps']//@data-course")

    assert drawing.xpath(".//@data-course") == listed
    assert drawing.get("aria-hidden") == "true"
    assert len(drawing.xpath(".//*[contains(@class, 'drawing__step--optional')]")) == 1
    goal = words(drawing.xpath(".//*[@class='drawing__goal']")[0])
    assert goal == "Data analyst 10–14 ECTS"


def test_a_pathway_names_its_courses_as_credentials_do() -> None:
    (have,) = page("en/pathways/data-analyst/").xpath("//*[@id='have']")
    course = sample().courses["data-stewardship"]
    issued = achievement(course, sample(), "en")["id"]

    assert f"{have.get('data-folder')}{course.id}/" == issued
    assert have.get("data-issuers").split() == [issuer.did for issuer in sample().issuers]
    assert have.get("hidden") is not None


def test_a_provider_says_under_which_domain_and_with_which_keys_it_signs() -> None:
    def key(name: str, start: int, end: int | None, stolen: int | None = None) -> IssuerKey:
        def moment(year: int) -> dt.datetime:
            return dt.datetime(year, 1, 1, tzinfo=dt.UTC)

        return IssuerKey.model_construct(
            id=name, public_key="z", valid_from=moment(start),
            valid_until=moment(end) if end else None,
            compromised=moment(stolen) if stolen else None,
        )  # fmt: skip

    issuer = Issuer.model_construct(
        did="did:web:micro.baltija.example", name=Text({"en": "x"}, "en"), url=None, providers=(),
        keys=(key("old", 2023, 2025), key("lost", 2024, 2025, 2025), key("new", 2025, None)),
    )  # fmt: skip
    rendering = Renderer(context_of(replace(sample(), issuers=(issuer,))))
    spec = next(
        spec
        for spec in rendering.context.plan.pages
        if spec.path == "en/providers/ziemelkrasta-universitate/"
    )
    text = words(parsed(rendering.page(spec)).xpath("//main")[0])

    assert "Signed by micro.baltija.example since 1 January 2023." in text
    assert "Retired; it signed from 1 January 2023 to 1 January 2025" in text
    assert "Withdrawn on 1 January 2025; what it signed no longer counts" in text
    assert "In use since 1 January 2025" in text


def test_the_level_page_explains_the_level() -> None:
    assert "bachelor" in words(page("en/levels/6/").xpath("//*[@class='lead']")[0])


def test_demand_for_an_occupation_comes_with_its_source() -> None:
    path = "en/occupations/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2/"
    (section,) = page(path).xpath("//section[.//table]")
    rows = [[words(cell) for cell in row.xpath("td")] for row in section.xpath(".//tbody/tr")]

    assert [row[:2] for row in rows] == [
        [region, period]
        for region in ("Estonia", "Latvia")
        for period in ("2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4")
    ]
    assert rows[4] == ["Latvia", "2026-Q3", "142", "rising"]
    assert words(section.xpath("p")[0]) == "Source: Izdomāti parauga dati – invented sample figures"


def test_an_occupation_tells_its_courses_their_skills_and_the_pathways_that_lead_there() -> None:
    html = page("en/occupations/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2/")
    courses = [sample().courses[key] for key in html.xpath("//li[@class='result']/@data-id")]
    (pathways,) = html.xpath("//section[h2/@id='pathways']")
    skills = html.xpath("//section[h2/@id='skills']//ul[@class='skills']/li")

    assert words(html.get_element_by_id("courses")) == "Courses for this occupation"
    assert (
        words(pathways) == "Pathways that lead there Pathway to data analyst 10–14 ECTS · 5 courses"
    )
    named = {str(skill.label.in_language("en")) for course in courses for skill in course.skills}
    assert {words(skill) for skill in skills} == named
    assert len(skills) == len(named)
    assert html.xpath("//section[h2/@id='skills']//a/@href")[0].startswith("/en/skills/")


def test_a_skill_tells_the_courses_that_teach_it_and_where_it_is_used() -> None:
    course = sample().courses["data-stewardship"]
    html = page(f"lv/skills/{uuid_of(course.skills[0].uri)}/")
    used = html.xpath("//section[h2/@id='occupations']//ul[@class='skills']//a/@href")

    assert words(html.get_element_by_id("courses")) == "Kursi, kuros šo prasmi māca"
    assert f"/lv/occupations/{uuid_of(course.occupations[0].uri)}/" in used
    assert html.xpath("//h2[@id='pathways']|//h2[@id='skills']") == []


def test_what_most_courses_name_comes_first() -> None:
    a, b = sample().courses["data-stewardship"], sample().courses["statistics-with-r"]
    common = b.skills[-1]
    one = a.model_copy(update={"skills": (*a.skills, common)})
    found = most_common(context_of(sample()), [one, b], "skills", "en")

    assert found[0].uri == common.uri
    rest = [str(tag.label).casefold() for tag in found[1:]]
    assert rest == sorted(rest)


def test_the_pathways_of_a_provider_are_those_it_offers_or_has_a_course_in() -> None:
    found = {
        key: page(f"en/providers/{key}/").xpath("//section[h2/@id='pathways']//a/@href")
        for key in sample().providers
    }

    assert found["gaujmalas-tehnikums"] == ["/en/pathways/energy-efficient-buildings/"]
    assert found["saarevalja-rakenduskorgkool"] == ["/en/pathways/energy-efficient-buildings/"]
    assert found["ziemelkrasta-universitate"] == [
        "/en/pathways/accessible-services/", "/en/pathways/data-analyst/",
    ]  # fmt: skip


def test_the_index_of_providers_names_their_countries() -> None:
    listed = [words(item) for item in page("en/providers/").xpath("//ul[@class='topics']/li")]

    assert "Saarevälja University of Applied Sciences Estonia · 5 courses" in listed


def test_every_issuer_that_signs_for_a_provider_is_named() -> None:
    def issuer(host: str, *providers: str) -> Issuer:
        return Issuer.model_construct(
            did=f"did:web:{host}", name=Text({"en": "x"}, "en"), url=None, providers=providers,
            keys=(),
        )  # fmt: skip

    issuers = (
        issuer("one.example"),
        issuer("two.example", "ziemelkrasta-universitate"),
        issuer("three.example", "gaujmalas-tehnikums"),
    )
    rendering = Renderer(context_of(replace(sample(), issuers=issuers)))
    path = "en/providers/ziemelkrasta-universitate/"
    spec = next(spec for spec in rendering.context.plan.pages if spec.path == path)
    text = words(parsed(rendering.page(spec)).xpath("//section[h2/@id='signed']")[0])

    assert "Signed by one.example. Signed by two.example." in text
    assert "three.example" not in text


def test_an_expired_accreditation_is_shown_as_expired() -> None:
    providers = dict(sample().providers)
    old = providers["ziemelkrasta-universitate"]
    entry = old.accreditations[0].model_copy(update={"valid_until": dt.date(2026, 1, 1)})
    entries = (entry, *old.accreditations[1:])
    providers[old.id] = old.model_copy(update={"accreditations": entries})
    rendering = Renderer(context_of(replace(sample(), providers=providers)))
    path = "en/providers/ziemelkrasta-universitate/"
    spec = next(spec for spec in rendering.context.plan.pages if spec.path == path)
    first, second = parsed(rendering.page(spec)).xpath("//ul[@class='accreditations']/li")

    assert "no longer valid" in words(first)
    assert "no longer valid" not in words(second)


def test_a_bar_is_as_long_as_its_number() -> None:
    rows = page("en/occupations/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2/").xpath("//tbody/tr")

    for row in rows:
        number = int(words(row.xpath("td//*[@class='number']")[0]))
        (bar,) = row.xpath("td//*[@aria-hidden='true']/*[local-name()='rect']")
        assert bar.get("width") == f"{round(100 * number / 142)}%"


def test_subjects_are_grouped_and_in_the_order_of_the_alphabet() -> None:
    groups = [words(heading) for heading in page("lv/fields/").xpath("//h2")]

    assert groups[0] == "Dabaszinātnes, matemātika un statistika"
    assert groups == sorted(groups)


def test_latvian_counts_agree_with_their_numbers() -> None:
    counts = {words(count) for count in page("lv/fields/").xpath("//*[@class='topics__count']")}

    assert {"1 kurss", "2 kursi"} <= counts
