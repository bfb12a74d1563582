"""Courses from linked data and other JSON: strict, without a network, nothing guessed."""
# ruff: noqa: E501 -- a case stands in a line

import json
import time
from pathlib import PurePosixPath
from typing import Any

import pytest

from mcsite.commands.import_plan import State
from mcsite.content.source import Mapping, Scalar
from mcsite.imports.json_nodes import read_json
from tests.importing import Source
from tests.reference import reference

COURSE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Course",
    "@id": "https://uni.example/courses/bees/",
    "name": "Bees",
    "provider": {"@type": "Organization", "name": "PARAUGA universitāte"},
    "teaches": ["Keep bees"],
    "numberOfCredits": {"@type": "StructuredValue", "name": "ECTS", "value": 3.0},
    "educationalLevel": "EQF level 6",
    "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "online"},
}
FILLED = {"assessment": "quiz", "quality_assurance": "internal"}


def said(**changes: Any) -> str:
    return json.dumps({**COURSE, **changes}, ensure_ascii=False, indent=1)


def test_a_course_of_schema_org_becomes_a_file(source: Source) -> None:
    report = source.imported(
        said(
            description="<p>All about <b>bees</b>:</p><ul><li>honey</li><li>wax</li></ul>",
            inLanguage=["Latvian", {"@type": "Language", "alternateName": "en"}],
            coursePrerequisites=["Courage", {"@type": "Course", "name": "Flowers"}],
            timeRequired="PT78H30M",
            teaches=[
                "Keep bees",
                {
                    "@type": "DefinedTerm",
                    "name": "bees",
                    "@id": "http://data.europa.eu/esco/skill/9ff9db9d-d14b-426e-83f3-e7449af6c79f",
                },
            ],
            hasCourseInstance={
                "@type": "CourseInstance",
                "courseMode": ["Online", "part-time"],
                "startDate": "2027-02-01T09:00:00+02:00",
                "offers": {"@type": "Offer", "price": "99,50", "priceCurrency": "EUR"},
                "location": {"@type": "Place", "name": "Rīga"},
                "url": "https://uni.example/apply",
            },
        ),
        "k.json",
        defaults=FILLED,
    )

    assert report.findings == ()
    assert (
        source.text("bees")
        == """\
title: Bees
provider: uni
learning_outcomes:
  - Keep bees
workload:
  ects: 3
  hours: 78.5
level:
  eqf: 6
assessment: quiz
participation: online
quality_assurance:
  - type: internal
prerequisites: |
  - Courage
  - Flowers
description: |
  All about **bees**:

  - honey
  - wax
skills:
  - uri: http://data.europa.eu/esco/skill/9ff9db9d-d14b-426e-83f3-e7449af6c79f
    label: bees
language: [lv, en]
offerings:
  - start: 2027-02-01
    place: Rīga
    price:
      amount: 99.50
      currency: EUR
    url: https://uni.example/apply
"""
    )


def test_what_the_source_lacks_isn_t_invented(source: Source) -> None:
    told = source.refusal(said(), "k.json")

    assert told == [
        (
            "k.json:1:1: MC201 error: assessment is missing\nhint: Annex I asks for the type of "
            "assessment. --default assessment=… fills it in for all, --drafts leaves it open"
        ),
        (
            "k.json:1:1: MC201 error: quality_assurance is missing\nhint: Annex I asks for the type of "
            "quality assurance. --default quality_assurance=… fills it in for all, --drafts leaves it "
            "open"
        ),
    ]


def test_what_all_courses_of_a_source_lack_is_told_once(source: Source) -> None:
    several = [json.loads(said(**{"@id": f"https://x.example/c{n}"})) for n in range(3)]

    told = source.refusal(json.dumps(several), "k.json")

    assert [one.partition("\n")[0] for one in told] == [
        "k.json:1:2: MC201 error: assessment is missing here, and in 2 courses more",
        "k.json:1:2: MC201 error: quality_assurance is missing here, and in 2 courses more",
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"numberOfCredits": 3}, "k.json:13:21: MC538 warning: numberOfCredits doesn't say that the credits are ECTS: it is left out"),
        ({"educationalLevel": "Beginner"}, "k.json:18:22: MC538 warning: the level 'Beginner' isn't one of the EQF: it is left out"),
        ({"timeRequired": "P2W"}, "k.json:23:18: MC538 warning: the workload 'P2W' isn't told in hours: it is left out"),
        ({"inLanguage": "Klingonese"}, "k.json:23:16: MC538 warning: the language 'Klingonese' has no code here: it is left out"),
    ],
)  # fmt: skip
def test_what_isn_t_in_our_words_is_left_out_and_told(
    source: Source, changes: dict[str, Any], told: str
) -> None:
    report = source.imported(said(**changes), "k.json", defaults=FILLED, drafts=True)

    assert [str(one).replace(f"{source.folder}/", "") for one in report.findings] == [told]


def test_a_fault_stands_at_its_line_and_column(source: Source) -> None:
    text = said(url="x", hasCourseInstance={"courseMode": "online", "startDate": "soon"})
    lines = text.splitlines()
    line = next(number for number, one in enumerate(lines, 1) if "soon" in one)

    assert source.refusal(text, "k.json", defaults=FILLED) == [
        (
            f"k.json:{line}:{lines[line - 1].index('soon')}: MC209 error: offerings[1].start 'soon' "
            "isn't a date\nhint: write year-month-day, e.g. 2027-01-12"
        )
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, COURSE]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": COURSE}]},
        [COURSE],
        {f"https://schema.org/{k}" if k[0] != "@" else k: v for k, v in COURSE.items()},
        {f"schema:{k}" if k[0] != "@" else k: v for k, v in COURSE.items()},
        {**COURSE, "@type": ["http://schema.org/Course", "Product"]},
        {**COURSE, "name": {"@value": "Bees", "@language": "en"}},
        {**COURSE, "name": [{"@value": "Bienen", "@language": "de"}, {"@value": "Bees", "@language": "en-GB"}]},
        {"@graph": [{**COURSE, "provider": {"@id": "#p"}}, {"@id": "#p", "name": "Parauga universitāte"}]},
    ],
)  # fmt: skip
def test_a_course_is_found_wherever_json_ld_puts_it(source: Source, document: Any) -> None:
    source.imported(json.dumps(document), "k.json", defaults=FILLED)

    course = source.project.catalogue.courses["bees"]
    assert set(course.title.by_language.values()) == {"Bees"}
    assert course.provider == "uni"


def test_a_page_gives_the_course_that_it_carries_in_its_language(source: Source) -> None:
    page = (
        '<!doctype html>\n<html lang="en"><head>\n<title>x</title>'
        f'<script type="application/ld+json">{said()}</script>\n'
        '<script type="application/ld+json">{"@type": "WebSite"}</script></head></html>'
    )

    source.imported(page, "k.html", defaults=FILLED)

    assert source.text("bees").startswith("title:\n  en: Bees\nprovider: uni\n")
    broken = page.replace("Keep bees", "x" * 20_001)
    line, text = next(one for one in enumerate(broken.splitlines(), 1) if "xxx" in one[1])
    column = text.index('"xxx') + 1
    assert source.refusal(broken, "k2.html", defaults=FILLED, update=True) == [
        f"k2.html:{line}:{column}: MC205 error: learning_outcomes[1].text is longer than 20000 characters"
    ]
    assert source.refusal("<html></html>", "k3.html") == [
        "k3.html:1:1: MC530 error: the page carries no linked data (application/ld+json)"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 100_000, "k.json:1:1: MC530 error: not JSON that mcsite reads: nested too deeply"),
        ("[" * 100 + "]" * 100, "k.json:1:1: MC530 error: not JSON that mcsite reads: nested more than 64 deep"),
        ('{"a": 1,\n "a": 2}', "k.json:1:1: MC530 error: not JSON that mcsite reads: the key 'a' stands twice in one object"),
        ('{"a":\n NaN}', "k.json:1:1: MC530 error: not JSON that mcsite reads: NaN isn't a number in JSON"),
        ('{"a":\n oops}', "k.json:2:2: MC530 error: not JSON that mcsite reads: Expecting value at character 8"),
        (b'{"a": "\xff"}', "k.json:1:1: MC530 error: not JSON that mcsite reads: not UTF-8"),
        ('{"a": "\\ud800"}', "k.json:1:1: MC530 error: not JSON that mcsite reads: half of a surrogate pair"),
        ('{"name": "x"}', "k.json:1:1: MC530 error: there is no course (Course) in it\nhint: --format names what a file is, if it isn't what it seems"),
        ("3", "k.json:1:1: MC530 error: there is no course (Course) in it\nhint: --format names what a file is, if it isn't what it seems"),
    ],
)  # fmt: skip
def test_json_that_isn_t_strict_or_has_no_course_is_refused(
    source: Source, text: str | bytes, told: str
) -> None:
    assert source.refusal(text, "k.json") == [told]


def test_a_character_that_isn_t_text_is_told_where_it_stands(source: Source) -> None:
    text = said(name="Bees\u0007")

    assert source.refusal(text, "k.json", defaults=FILLED) == [
        "k.json:5:10: MC533 error: holds the character U+0007, which isn't text\nhint: delete it"
    ]


@pytest.mark.parametrize("text", ["<p " * 300_000, "x" * 8_000_000, "<p>" + "<b>" * 20_000])
def test_a_text_that_is_made_to_take_long_is_soon_refused(source: Source, text: str) -> None:
    began = time.process_time()

    source.refusal(said(description=text, teaches=["a" + " " * 130_000 + "b"]), "k.json")

    assert time.process_time() - began < 5


def test_ids_in_circles_end(source: Source) -> None:
    text = said(
        provider={"@id": "#a"},
        teaches={"@id": "#a", "@type": "DefinedTerm", "about": {"@id": "#a"}},
    )

    told = source.refusal(text, "k.json", defaults=FILLED)

    assert any("MC537" in one for one in told)


def test_the_commission_s_own_micro_credential_can_be_taken_over(source: Source) -> None:
    source.project.write(
        "catalogue/providers/zed.yaml", "legal_name: {en: University of Zed}\ncountry: IE\n"
    )
    sample = reference("elm/sample-micro-credential-annex-1.trimmed.jsonld").read_bytes()

    report = source.imported(sample, "k.jsonld", drafts=True)

    [planned] = report.courses
    assert planned.state is State.NEW
    assert planned.missing == ("assessment", "quality_assurance")
    text = source.text(planned.id)
    assert "provider: zed\n" in text
    assert "# quality_assurance:   required: the type of quality assurance\n" in text


def test_plain_json_is_a_table_of_its_fields(source: Source) -> None:
    courses = reference("real/study-at-home-courses.json").read_bytes()
    options: dict[str, Any] = {
        "renamed": {"outcomes": "learning_outcomes", "assessment": "assessment_description",
                    "information": "description"},
        "ignored": frozenset({"degrees", "semester", "schedule", "university", "faculty", "program",
                              "tags", "contents", "methods"}),
        "defaults": {"provider": "uni", "quality_assurance": "internal", "participation": "online",
                     "eqf": "6", "assessment": "continuous-evaluation"},
        "language": "en",
    }  # fmt: skip

    told = source.refusal(courses, "k.json")
    assert told[0].startswith("k.json:2:2: MC531 error: all objects: 'degrees' isn't a column here")
    report = source.imported(courses, "k.json", **options)

    assert len(report.courses) == 11
    ai = source.text("artificial-intelligence")
    assert "workload:\n  ects: 4\n" in ai
    assert "language: en\n" in ai


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1e-99999999", "1e-99999999"),
        ("0e-99999999", "0e-99999999"),
        ("2.50", "2.5"),
        ("1e2", "100"),
    ],
)
def test_a_number_is_no_longer_than_numbers_are(written: str, read: str) -> None:
    node = read_json(f'{{"a": {written}}}'.encode(), PurePosixPath("k.json"))

    assert isinstance(node, Mapping)
    value = node.entries["a"][1]
    assert isinstance(value, Scalar)
    assert value.text == read
