"""The sample institution: complete, varied, correct, and incomplete only where it means to be."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from mcsite.content.catalogue import Catalogue
from mcsite.content.load import Loaded, load_catalogue
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES, broad_field
from mcsite.findings import Severity
from tests.reference import reference

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 23)
ONLY_LATVIAN = {"small-business-accounting", "plain-language"}
ONLY_ENGLISH = {"game-design"}
PICTURES = sorted((ROOT / "catalogue/assets").rglob("*.svg"))


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_catalogue(ROOT, today=TODAY)


@pytest.fixture(scope="module")
def catalogue(loaded: Loaded) -> Catalogue:
    assert loaded.catalogue is not None
    return loaded.catalogue


def test_the_sample_loads_with_notes_on_translations_alone(loaded: Loaded) -> None:
    assert {(found.code, found.severity) for found in loaded.findings} == {("MC601", Severity.NOTE)}


def test_it_has_three_providers_and_three_pathways(catalogue: Catalogue) -> None:
    assert len(catalogue.providers) == 3
    assert len(catalogue.pathways) == 3
    assert {provider.country for provider in catalogue.providers.values()} == {"LV", "EE"}
    assert {course.provider for course in catalogue.courses.values()} == set(catalogue.providers)


def test_it_has_enough_courses_of_many_fields_and_levels(catalogue: Catalogue) -> None:
    courses = catalogue.courses.values()

    assert len(courses) >= 24
    assert len({broad_field(code) for course in courses for code in course.field}) >= 8
    assert {course.level.eqf for course in courses if course.level} == {3, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("vocabulary", "attribute"),
    [
        ("participation", "participation"),
        ("assessment-type", "assessment"),
        ("accreditation-type", "quality_assurance"),
        ("supervision", "supervision"),
    ],
)
def test_every_code_is_shown_by_some_course(
    catalogue: Catalogue, vocabulary: str, attribute: str
) -> None:
    used = {
        getattr(entry, "type", entry)
        for course in catalogue.courses.values()
        for entry in _entries(getattr(course, attribute))
    }

    assert used == set(VOCABULARIES[vocabulary].terms)


def _entries(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def test_translations_are_missing_exactly_where_they_are_meant_to(catalogue: Catalogue) -> None:
    wanted = {(name, field, "en") for name in ONLY_LATVIAN for field in _READ_FIRST}
    wanted |= {(name, field, "lv") for name in ONLY_ENGLISH for field in _READ_FIRST}
    wanted |= {("tourist-guide", "description", "en")}

    found = {
        (course.id, field, language)
        for course in catalogue.courses.values()
        for field in _READ_FIRST
        for language in catalogue.site.languages
        if not getattr(course, field).has(language)
    }

    assert found == wanted


_READ_FIRST = ("title", "summary", "description")


def test_all_other_texts_stand_in_both_languages(catalogue: Catalogue) -> None:
    things: list[ContentModel] = [
        catalogue.site,
        *catalogue.providers.values(),
        *catalogue.pathways.values(),
        *(
            course
            for course in catalogue.courses.values()
            if course.id not in ONLY_LATVIAN | ONLY_ENGLISH | {"tourist-guide"}
        ),
    ]

    missing = [
        text for thing in things for text in _texts(thing) if set(text.by_language) != {"lv", "en"}
    ]

    assert missing == []


def _texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, ContentModel):
        return [text for name in type(value).model_fields for text in _texts(getattr(value, name))]
    return []


def test_a_withdrawn_a_replacing_and_a_revised_course_are_there(catalogue: Catalogue) -> None:
    courses = catalogue.courses

    assert [course.id for course in courses.values() if course.withdrawn] == [
        "project-management-basics"
    ]
    assert courses["project-management"].replaces == ("project-management-basics",)
    assert [course.id for course in courses.values() if course.version == "2"] == [
        "cybersecurity-basics"
    ]
    assert [course.id for course in courses.values() if course.level is None] == [
        "latvian-sign-language"
    ]


def test_workloads_go_from_half_a_credit_to_twelve_and_some_have_hours_only(
    catalogue: Catalogue,
) -> None:
    credits_given = [course.workload.ects for course in catalogue.courses.values()]

    assert None in credits_given
    assert min(ects for ects in credits_given if ects) == Decimal("0.5")
    assert max(ects for ects in credits_given if ects) == 12


def test_credits_and_hours_agree_where_both_are_given(catalogue: Catalogue) -> None:
    """ECTS Users' Guide: a credit stands for 25 to 30 hours of work."""
    for course in catalogue.courses.values():
        if course.workload.ects and course.workload.hours:
            assert 25 <= course.workload.hours / course.workload.ects <= 30, course.id


@pytest.mark.parametrize("kind", ["past", "open", "free", "paid"])
def test_offerings_vary(catalogue: Catalogue, kind: str) -> None:
    offerings = [entry for course in catalogue.courses.values() for entry in course.offerings]
    kinds = {
        "past": [entry for entry in offerings if entry.end and entry.end < TODAY],
        "open": [entry for entry in offerings if entry.apply_by and entry.apply_by >= TODAY],
        "free": [entry for entry in offerings if entry.price and entry.price.amount == 0],
        "paid": [entry for entry in offerings if entry.price and entry.price.amount > 0],
    }

    assert len(kinds[kind]) >= 5


def test_dates_of_an_offering_are_in_order(catalogue: Catalogue) -> None:
    for course in catalogue.courses.values():
        starts = [entry.start for entry in course.offerings if entry.start]
        assert starts == sorted(starts), course.id
        for entry in course.offerings:
            if entry.apply_by and entry.start:
                assert entry.apply_by <= entry.start, course.id


def test_each_course_has_four_to_seven_outcomes_and_a_one_sentence_summary(
    catalogue: Catalogue,
) -> None:
    for course in catalogue.courses.values():
        assert 4 <= len(course.learning_outcomes) <= 7, course.id
        for text in _summaries(course):
            assert text.endswith("."), course.id
            assert not re.search(r"\. [A-ZĀČĒĢĪĶĻŅŠŪŽ]", text), course.id
            assert len(text) <= 160, course.id


def _summaries(course: Course) -> list[str]:
    return list(course.summary.by_language.values()) if course.summary else []


def test_a_third_of_the_descriptions_is_long_and_none_is_thin(catalogue: Catalogue) -> None:
    words = {
        course.id: [len(text.split()) for text in course.description.by_language.values()]
        for course in catalogue.courses.values()
        if course.description
    }

    assert words.keys() == catalogue.courses.keys()
    assert sum(min(counts) >= 150 for counts in words.values()) * 3 >= len(words)
    assert all(50 <= count <= 300 for counts in words.values() for count in counts)


def test_every_skill_is_one_of_escos(catalogue: Catalogue) -> None:
    known = set(reference("vocab/esco-skill-uris.txt").read_text("utf-8").split())

    assert len(catalogue.skills) > 60
    assert catalogue.skills.keys() - known == set()


def test_occupations_of_pathways_and_of_the_labour_market_have_labels(
    catalogue: Catalogue,
) -> None:
    wanted = {row.occupation for row in catalogue.labour_market}
    wanted |= {
        pathway.outcome.occupation
        for pathway in catalogue.pathways.values()
        if pathway.outcome.occupation
    }

    assert wanted - catalogue.occupations.keys() == set()


def test_labour_market_figures_say_that_they_are_invented(catalogue: Catalogue) -> None:
    assert len(catalogue.labour_market) > 10
    assert all("invented sample figures" in row.source for row in catalogue.labour_market)


def test_hosts_are_those_reserved_for_examples(catalogue: Catalogue) -> None:
    """Nobody is sent to a real institution; funding may point to the Union's own pages."""
    hosts = {
        host
        for path in (ROOT / "catalogue").rglob("*.yaml")
        for host in re.findall(r"https?://([^/\s\"]+)", path.read_text("utf-8"))
    }
    hosts |= {
        address.rsplit("@")[-1]
        for path in (ROOT / "catalogue").rglob("*.yaml")
        for address in re.findall(r"\S+@[\w.-]+\w", path.read_text("utf-8"))
    }

    allowed = {"data.europa.eu", "erasmus-plus.ec.europa.eu"}
    assert {host for host in hosts if not host.endswith(".example")} <= allowed
    assert catalogue.site.base_url == "https://micro.baltija.example"


def test_a_pathway_has_a_choice_an_optional_step_and_fewest_credits(catalogue: Catalogue) -> None:
    steps = [step for pathway in catalogue.pathways.values() for step in pathway.steps]

    assert any(step.any_of for step in steps)
    assert any(step.optional for step in steps)
    assert any(step.minimum_ects for step in steps)


def test_what_courses_stack_into_names_them_back(catalogue: Catalogue) -> None:
    for pathway in catalogue.pathways.values():
        named = {name for step in pathway.steps for name in step.courses}
        stacking = {
            course.id
            for course in catalogue.courses.values()
            if course.stackability and pathway.id in course.stackability.into
        }
        assert stacking == named, pathway.id


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_pictures_are_plain_shapes_without_scripts_fonts_or_links(path: Path) -> None:
    text = path.read_text("utf-8")

    assert set(re.findall(r"<(\w+)", text)) <= {"svg", "g", "path", "circle", "rect"}
    assert not re.search(r"href|url\(|\son\w+=|style=|<!|<\?", text)
    assert len(text) < 8000


def test_there_are_pictures() -> None:
    assert len(PICTURES) >= 17
