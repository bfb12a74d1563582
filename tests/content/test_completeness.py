"""How complete courses are: what counts, and how it is summed."""

from pathlib import Path

from mcsite.content.completeness import ANNEX_I_OPTIONAL, GUIDANCE, of_catalogue, together
from mcsite.content.models.course import Course
from tests.content.test_load import COURSE, SITE, load

WHOLE = """\
prerequisites: {lv: a, en: b}
supervision: online-with-identity
grading: {scheme: {lv: a, en: b}}
stackability: standalone
further_info: {lv: a, en: b}
description: {lv: a, en: b}
skills: {uri: "http://data.europa.eu/esco/skill/0a0a0a0a-0000-4000-8000-000000000001", label: {lv: a, en: b}}
occupations: {uri: "http://data.europa.eu/esco/occupation/0a0a0a0a-0000-4000-8000-000000000001", label: {lv: a, en: b}}
offerings: {start: 2027-01-12}
image: {path: a.png, alt: {lv: a, en: b}}
"""  # noqa: E501 -- URIs
BOTH = COURSE.replace("[Prot]", "{lv: Prot, en: Can}")


def test_a_course_with_the_mandatory_alone_has_the_rest_to_get(tmp_path: Path) -> None:
    catalogue = load(tmp_path, {}).catalogue
    assert catalogue is not None

    found = of_catalogue(catalogue)["kurss"]

    assert (str(found.annex_i), str(found.guidance)) == ("0 of 5", "3 of 8")
    assert str(found.translations) == "5 of 6"  # the outcome is in one of two languages
    assert found.percent == (0 + 37.5 + 83.3) // 3
    assert set(found.lacking) >= {"prerequisites", "image", "in en"}


def test_a_course_with_everything_is_complete(tmp_path: Path) -> None:
    (tmp_path / "catalogue/assets").mkdir(parents=True)
    (tmp_path / "catalogue/assets/a.png").touch()
    catalogue = load(tmp_path, {"catalogue/courses/kurss.yaml": BOTH + WHOLE}).catalogue
    assert catalogue is not None

    found = of_catalogue(catalogue)["kurss"]

    assert (found.percent, found.lacking) == (100, ())


def test_a_site_in_one_language_has_no_translations_to_lack(tmp_path: Path) -> None:
    site = SITE.replace("[lv, en]", "[lv]")
    course = "title: K\n" + COURSE.split("\n", 1)[1].replace("{lv: Īsi, en: Short}", "Īsi")
    catalogue = load(
        tmp_path, {"catalogue/site.yaml": site, "catalogue/courses/kurss.yaml": course}
    ).catalogue
    assert catalogue is not None

    found = of_catalogue(catalogue)["kurss"]

    assert "translations" not in found.parts
    assert found.percent == 37.5 // 2


def test_a_catalogue_is_the_sum_of_its_offered_courses(tmp_path: Path) -> None:
    files = {
        "catalogue/courses/otrs.yaml": BOTH + WHOLE.replace("image: ", "# "),
        "catalogue/courses/vecs.yaml": f"{COURSE}withdrawn: 2020-01-01\n",
    }
    catalogue = load(tmp_path, files).catalogue
    assert catalogue is not None

    courses = of_catalogue(catalogue)
    whole = together(courses.values())

    assert set(courses) == {"kurss", "otrs"}
    assert (str(whole.annex_i), str(whole.guidance)) == ("5 of 10", "10 of 16")


def test_what_counts_are_fields_of_a_course() -> None:
    assert {*ANNEX_I_OPTIONAL, *GUIDANCE} <= Course.model_fields.keys()
    assert len({*ANNEX_I_OPTIONAL, *GUIDANCE}) == 13
