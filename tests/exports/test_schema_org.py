"""A course for search engines: schema.org's Course with its runs, as they ask for it."""

from pathlib import Path
from typing import Any

import pytest

from mcsite.exports.schema_org import course_json_ld
from tests.project import COURSE, Project
from tests.rendering import sample

BASE = "https://preview.example"


def described(
    tmp_path: Path, more: str = "", course: str = COURSE, language: str = "en"
) -> dict[str, Any]:
    project = Project(tmp_path)
    project.write("catalogue/courses/data.yaml", course + more)
    catalogue = project.catalogue
    return course_json_ld(catalogue.courses["data"], catalogue, BASE, language)


def test_a_course_says_who_teaches_what_and_what_one_gets(tmp_path: Path) -> None:
    found = described(tmp_path)

    assert found["@type"] == "Course"
    assert found["@id"] == found["url"] == f"{BASE}/en/courses/data/"
    assert found["name"] == found["educationalCredentialAwarded"]["name"] == "Data stewardship"
    assert found["description"] == "Dati"
    assert found["provider"]["name"] == "Parauga universitāte"
    assert found["provider"]["url"] == f"{BASE}/en/providers/uni/"
    assert found["teaches"] == ["Apraksta datus", "Kārto datus"]
    assert found["timeRequired"] == "PT40H"
    assert found["numberOfCredits"]["value"] == 1.5
    assert found["inLanguage"] == ["lv"]
    assert "hasCourseInstance" not in found


RUN = "offerings: [{start: 2027-01-12, end: 2027-03-01, mode: blended, place: Rīga, price: %s, url: https://u.example/a}]\n"


def test_a_run_says_when_where_how_and_for_how_much(tmp_path: Path) -> None:
    assert described(tmp_path, RUN % "120.50")["hasCourseInstance"] == [
        {
            "@type": "CourseInstance",
            "courseMode": ["blended"],
            "courseWorkload": "PT40H",
            "startDate": "2027-01-12",
            "endDate": "2027-03-01",
            "url": "https://u.example/a",
            "offers": {
                "@type": "Offer",
                "category": "Paid",
                "price": "120.50",
                "priceCurrency": "EUR",
                "url": "https://u.example/a",
            },
            "location": {"@type": "Place", "name": "Rīga", "address": "Rīga"},
        }
    ]


@pytest.mark.parametrize(("language", "name"), [("lv", "Tiešsaistē"), ("en", "Online")])
def test_a_run_online_is_at_no_place_on_earth(tmp_path: Path, language: str, name: str) -> None:
    run = "offerings: [{start: 2027-01-12, place: {lv: Tiešsaistē, en: Online}}]\n"
    (found,) = described(tmp_path, run, language=language)["hasCourseInstance"]

    assert found["location"] == {"@type": "VirtualLocation", "name": name}


def test_a_place_is_named_in_the_page_s_language(tmp_path: Path) -> None:
    run = "offerings: [{mode: onsite, place: {lv: Rīga, en: Riga}}]\n"
    (found,) = described(tmp_path, run)["hasCourseInstance"]

    assert found["location"] == {"@type": "Place", "name": "Riga", "address": "Riga"}


def test_what_costs_nothing_is_free(tmp_path: Path) -> None:
    (run,) = described(tmp_path, RUN % "0")["hasCourseInstance"]

    assert (run["offers"]["category"], run["offers"]["price"]) == ("Free", "0")


def test_a_run_without_a_mode_has_the_course_s(tmp_path: Path) -> None:
    (run,) = described(tmp_path, "offerings: [{start: 2027-01-12}]\n")["hasCourseInstance"]

    assert run == {
        "@type": "CourseInstance",
        "courseMode": ["online"],
        "courseWorkload": "PT40H",
        "startDate": "2027-01-12",
    }


@pytest.mark.parametrize(
    ("hours", "written"), [("1.5", "PT1H30M"), ("0.5", "PT0H30M"), ("100", "PT100H")]
)
def test_hours_are_a_duration(tmp_path: Path, hours: str, written: str) -> None:
    course = COURSE.replace("hours: 40", f"hours: {hours}")

    assert described(tmp_path, course=course)["timeRequired"] == written


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("key", sample().courses)
def test_every_course_has_what_search_engines_ask_for(key: str, language: str) -> None:
    found = course_json_ld(sample().courses[key], sample(), BASE, language)

    assert [name for name in ("name", "description", "url", "provider") if not found[name]] == []
    for run in found.get("hasCourseInstance", []):
        assert run["courseMode"]
        assert all(run.get("offers", {"category": "x"}).values())
