"""Providers, pathways, topics: what their pages say."""

import datetime as dt
from dataclasses import replace

from mcsite.content.models.site import Issuer, IssuerKey
from mcsite.content.text import Text
from mcsite.exports.open_badges import achievement
from mcsite.site.render import Renderer
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
    assert rows[4] == ["Latvia", "2026-Q3", "142", "", "rising"]
    assert words(section.xpath("p")[0]) == "Source: Izdomāti parauga dati – invented sample figures"


def test_a_bar_is_as_long_as_its_number() -> None:
    rows = page("en/occupations/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2/").xpath("//tbody/tr")

    for row in rows:
        number = int(words(row.xpath("td[@class='number']")[0]))
        (bar,) = row.xpath("td[@aria-hidden]//*[local-name()='rect']")
        assert bar.get("width") == f"{round(100 * number / 142)}%"


def test_subjects_are_grouped_and_in_the_order_of_the_alphabet() -> None:
    groups = [words(heading) for heading in page("lv/fields/").xpath("//h2")]

    assert groups[0] == "Dabaszinātnes, matemātika un statistika"
    assert groups == sorted(groups)


def test_latvian_counts_agree_with_their_numbers() -> None:
    counts = {words(count) for count in page("lv/fields/").xpath("//*[@class='topics__count']")}

    assert {"1 kurss", "2 kursi"} <= counts
