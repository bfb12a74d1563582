"""Loading a project: everything that is wrong, each at its place, in one run."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from mcsite.content.load import Loaded, load_catalogue
from mcsite.findings import Severity

TODAY = dt.date(2026, 11, 23)
SITE = """\
title: Vietne
base_url: https://micro.uni.example
languages: [lv, en]
publisher: {name: Uni}
"""
PROVIDER = "legal_name: Parauga universitāte\ncountry: LV\n"
COURSE = """\
title: {lv: Kurss, en: Course}
provider: uni
learning_outcomes: [Prot]
workload: {ects: 3}
level: {eqf: 5}
assessment: quiz
participation: online
quality_assurance: {type: internal}
summary: {lv: Īsi, en: Short}
field: "0612"
language: lv
"""
ANNEX_I = [
    "title", "provider", "learning_outcomes", "workload", "level", "assessment", "participation",
    "quality_assurance",
]  # fmt: skip


def write(root: Path, files: dict[str, str]) -> Path:
    """Write a small project, with `files` over its own."""
    base = {
        "catalogue/site.yaml": SITE,
        "catalogue/providers/uni.yaml": PROVIDER,
        "catalogue/courses/kurss.yaml": COURSE,
    }
    for name, text in {**base, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def load(root: Path, files: dict[str, str]) -> Loaded:
    return load_catalogue(write(root, files), today=TODAY)


def errors(loaded: Loaded) -> list[str]:
    """Return place, code and message of the errors."""
    return [
        f"{f.at.line}:{f.at.column} {f.code} {f.message}"
        for f in loaded.findings
        if f.severity is Severity.ERROR
    ]


def with_course(root: Path, text: str) -> Loaded:
    return load(root, {"catalogue/courses/kurss.yaml": text})


def test_a_good_project_loads(tmp_path: Path) -> None:
    loaded = load(tmp_path, {})

    assert errors(loaded) == []
    assert loaded.catalogue is not None
    course = loaded.catalogue.courses["kurss"]
    assert str(course.title.in_language("en")) == "Course"
    assert str(course.learning_outcomes[0].text.in_language("en")) == "Prot"
    assert course.learning_outcomes[0].text.in_language("en").language == "lv"
    assert course.assessment[0].type == "quiz"
    assert course.field == ("0612",)


@pytest.mark.parametrize("field", ANNEX_I)
def test_every_mandatory_element_of_annex_i_is_asked_for(tmp_path: Path, field: str) -> None:
    lines = [line for line in COURSE.splitlines(keepends=True) if not line.startswith(field)]

    loaded = with_course(tmp_path, "".join(lines))

    (finding,) = [f for f in loaded.findings if f.severity is Severity.ERROR]
    assert (finding.code, finding.message) == ("MC201", f"{field} is missing")
    assert finding.hint.startswith("Annex I asks for")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{ects: 3}", "{}", "4:11 MC220 workload has neither ects nor hours"),
        ("{ects: 3}", "{ects: 0}", "4:18 MC216 workload.ects 0 is out of range"),
        ("{ects: 3}", "{ects: many}", "4:18 MC208 workload.ects 'many' isn't a number"),
        ("{ects: 3}", "{etcs: 3}", "4:12 MC202 workload.etcs isn't a field here"),
        ("{eqf: 5}", "{eqf: 9}", "5:14 MC216 level.eqf is out of range"),
        ("{eqf: 5}", "none", "5:8 MC223 level is none, and nothing says why"),
        ("quiz", "quizz", "6:13 MC210 assessment 'quizz' isn't a code of assessment-type"),
        ("online", "remote", "7:16 MC210 participation 'remote' isn't a code of participation"),
        ("provider: uni", "provider: uno", "2:11 MC301 'uno' isn't there"),
        ("provider: uni", "provider: ../uni", "2:11 MC211 provider '../uni' can't be an id"),
        ("title:", "titel:", "1:1 MC202 titel isn't a field here"),
        ("en: Course", "fr: Cours", "1:20 MC207 title is in 'fr', which"),
        ("lv: Kurss", "LV_x: Kurss", "1:9 MC206 title 'LV_x' isn't a language tag"),
        ('"0612"', '"9612"', "10:8 MC210 field '9612' isn't a code of isced-f"),
        ("language: lv", "language: latviski!", "11:11 MC206 language 'latviski!' isn't a"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    loaded = with_course(tmp_path, COURSE.replace(old, new, 1))

    assert any(line.startswith(expected) for line in errors(loaded)), errors(loaded)
    assert loaded.catalogue is None


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("offerings: [{start: 2027-02-30}]", "MC209"),
        ("offerings: [{start: 2027-02-01, end: 2027-01-01}]", "MC222"),
        ("offerings: [{url: 'javascript:alert(1)'}]", "MC213"),
        ("offerings: [{url: 'https://a@b.example'}]", "MC213"),
        ("offerings: [{price: {amount: 1, currency: euro}}]", "MC212"),
        ("image: ../../secrets.png", "MC215"),
        ("image: /etc/passwd", "MC215"),
        ("image: absent.png", "MC401"),
        ("skills: [{uri: 'http://example.org/x', label: x}]", "MC214"),
        ("stackability: {into: [nowhere]}", "MC301"),
        ("stackability: {into: [kurss]}", "MC303"),
        ("replaces: [older]", "MC301"),
        ("withdrawn: yesterday", "MC209"),
        ("summary:", "MC204"),
        ("prerequisites: ''", "MC204"),
        ("further_info: [a]", "MC203"),
    ],
)
def test_other_faults_have_their_codes(tmp_path: Path, extra: str, expected: str) -> None:
    text = COURSE.replace("summary: {lv: Īsi, en: Short}\n", "") if extra == "summary:" else COURSE

    loaded = with_course(tmp_path, f"{text}{extra}\n")

    assert expected in [line.split()[1] for line in errors(loaded)], errors(loaded)


def test_all_faults_come_in_one_run(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        {
            "catalogue/courses/one.yaml": COURSE.replace("{ects: 3}", "{}").replace("quiz", "q"),
            "catalogue/courses/two.yaml": "title: [",
            "catalogue/courses/three.txt": "",
            "catalogue/providers/uni.yaml": PROVIDER.replace("LV", "Latvia"),
        },
    )

    assert {f.code for f in loaded.findings} >= {"MC220", "MC210", "MC104", "MC108", "MC212"}


def test_a_hint_tells_the_nearest_name(tmp_path: Path) -> None:
    loaded = with_course(tmp_path, COURSE + "particpation: online\n")

    (finding,) = [f for f in loaded.findings if f.code == "MC202"]
    assert finding.hint == "did you mean 'participation'?"


@pytest.mark.parametrize(
    ("course", "hint"),
    [
        (
            COURSE.replace("{type: internal}", "internal"),
            "e.g. quality_assurance: {type: internal}",
        ),
        (re.sub("level: .*", "level: 5", COURSE), "e.g. level: {eqf: 5}"),
        (COURSE.replace("{ects: 3}", "3"), "e.g. workload: {ects: 3, hours: 75}"),
        (f"{COURSE}funding: [Erasmus]\n", "its fields: programme, eligibility, url"),
        (COURSE.replace("{ects: 3}", "{ects: 1,5}"), "a decimal has a point: 1.5"),
        (COURSE.replace("{ects: 3}", '{ects: "1,5"}'), "a decimal has a point: 1.5"),
        (COURSE.replace("{ects: 3}", "{ects: three}"), "write digits, e.g. 3 or 1.5"),
    ],
)
def test_a_value_of_another_shape_is_shown_as_it_should_be(
    tmp_path: Path, course: str, hint: str
) -> None:
    assert hint in [f.hint for f in with_course(tmp_path, course).findings]


def test_a_misspelt_field_isnt_missing_too(tmp_path: Path) -> None:
    misspelt = COURSE.replace("participation:", "particpation:").replace("title:", "nmae:")

    loaded = with_course(tmp_path, misspelt)

    assert sorted((f.code, f.message, f.hint) for f in loaded.findings if f.code < "MC203") == [
        ("MC201", "title is missing", "Annex I asks for the title of the micro-credential"),
        ("MC202", "nmae isn't a field here", "did you mean 'image'?"),
        ("MC202", "particpation isn't a field here", "did you mean 'participation'?"),
    ]


def test_text_that_looks_like_something_else_stays_text(tmp_path: Path) -> None:
    loaded = with_course(
        tmp_path, COURSE.replace("{lv: Kurss, en: Course}", "no") + "version: 1.10\n"
    )

    assert loaded.catalogue is not None
    course = loaded.catalogue.courses["kurss"]
    assert (str(course.title.in_language("lv")), course.version) == ("no", "1.10")


def test_ids_that_differ_in_case_alone_are_one(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"catalogue/courses/Kurss.yaml": COURSE})

    assert {"MC302", "MC211"} <= {f.code for f in loaded.findings}


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text(COURSE, "utf-8")
    root = write(tmp_path / "project", {})
    (root / "catalogue/courses/linked.yaml").symlink_to(outside)

    loaded = load_catalogue(root, today=TODAY)

    (finding,) = [f for f in loaded.findings if f.code == "MC110"]
    assert str(outside) in finding.message


def test_a_circle_of_courses_is_found_however_long(tmp_path: Path) -> None:
    files = {
        f"catalogue/courses/c{n}.yaml": COURSE + f"stackability: {{into: [c{(n + 1) % 4}]}}\n"
        for n in range(4)
    }

    loaded = load(tmp_path, files)

    assert any("c0 → c1 → c2 → c3 → c0" in f.message for f in loaded.findings if f.code == "MC303")


def test_an_expired_accreditation_is_a_warning(tmp_path: Path) -> None:
    text = (
        PROVIDER + "accreditations: [{by: X, type: programme-licence, valid_until: 2026-01-01}]\n"
    )

    loaded = load(tmp_path, {"catalogue/providers/uni.yaml": text})

    (finding,) = [f for f in loaded.findings if f.code == "MC602"]
    assert (finding.severity, finding.at.line) == (Severity.WARNING, 3)


def test_missing_translations_are_notes(tmp_path: Path) -> None:
    loaded = load(tmp_path, {})

    assert {f.severity for f in loaded.findings if f.code == "MC601"} == {Severity.NOTE}


def test_labour_market_rows_are_checked(tmp_path: Path) -> None:
    rows = "occupation,region,period,vacancies,trend,source\nx,Rīga,2026,10,rising,s\n"

    loaded = load(tmp_path, {"catalogue/labour-market.csv": rows})

    assert any("2:1 MC203" in line for line in errors(loaded))


def test_files_at_fault_blame_no_others(tmp_path: Path) -> None:
    course = COURSE + "replaces: [broken]\n"
    loaded = load(
        tmp_path,
        {
            "catalogue/site.yaml": SITE + "featured: [broken, unreadable]\n",
            "catalogue/providers/uni.yaml": PROVIDER.replace("LV", "Latvia"),
            "catalogue/courses/kurss.yaml": course,
            "catalogue/courses/broken.yaml": COURSE.replace("{ects: 3}", "{}"),
            "catalogue/courses/unreadable.yaml": "title: [",
        },
    )

    assert [line.split()[1] for line in errors(loaded)] == ["MC220", "MC104", "MC212"]
    assert loaded.catalogue is None
    assert loaded.readable is not None
    assert list(loaded.readable.courses) == ["kurss"]


def test_without_a_site_the_other_files_are_checked_all_the_same(tmp_path: Path) -> None:
    (
        write(tmp_path, {"catalogue/courses/kurss.yaml": "titel: x\n"}) / "catalogue/site.yaml"
    ).unlink()

    found = load_catalogue(tmp_path, today=TODAY)

    assert {"MC109", "MC202", "MC201"} <= {f.code for f in found.findings}
    assert found.readable is None


def test_what_is_no_file_is_said_and_not_waited_for(tmp_path: Path) -> None:
    root = write(tmp_path, {})
    os.mkfifo(root / "catalogue/courses/pipe.yaml")
    (root / "catalogue/courses/folder.yaml").mkdir()
    (root / "catalogue/courses/loop.yaml").symlink_to("loop.yaml")
    (root / "catalogue/courses/kurss.yml").write_text(COURSE, "utf-8")

    found = {
        (f.at.path.name, f.code, f.severity) for f in load_catalogue(root, today=TODAY).findings
    }

    assert {
        ("pipe.yaml", "MC108", Severity.ERROR),
        ("folder.yaml", "MC108", Severity.ERROR),
        ("loop.yaml", "MC110", Severity.ERROR),
        ("kurss.yml", "MC108", Severity.ERROR),
    } <= found


@pytest.mark.parametrize("path", ["catalogue/labour-market.csv", "credentials/issuers.yaml"])
def test_no_file_is_read_through_a_link_out_of_the_project(tmp_path: Path, path: str) -> None:
    outside = tmp_path / "secret"
    outside.write_text("secret", "utf-8")
    root = write(tmp_path / "project", {})
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).symlink_to(outside)

    (finding,) = [f for f in load_catalogue(root, today=TODAY).findings if f.code == "MC110"]

    assert str(finding.at.path) == path
    assert str(outside) in finding.message


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    root = write(tmp_path, {})
    with (root / "catalogue/courses/kurss.yaml").open("wb") as file:
        file.truncate(1 << 40)

    assert "MC101" in {f.code for f in load_catalogue(root, today=TODAY).findings}


def test_circles_are_sought_once_however_many_the_ways(tmp_path: Path) -> None:
    # forty layers of two courses, each counting towards both of the next: 2^40 ways, no circle
    into = "stackability: {{into: [c{0}-a, c{0}-b]}}\n"
    files = {
        f"catalogue/courses/c{n}-{side}.yaml": COURSE + (into.format(n + 1) if n < 39 else "")
        for n in range(40)
        for side in "ab"
    }

    assert errors(load(tmp_path, files)) == []


def test_a_text_s_faults_are_told_language_by_language(tmp_path: Path) -> None:
    loaded = with_course(tmp_path, COURSE.replace("en: Course", "en: '', de: Kurs"))

    assert errors(loaded) == [
        "1:24 MC204 title is empty",
        "1:28 MC207 title is in 'de', which isn't a language of the site",
    ]


def test_a_name_in_another_unicode_form_is_the_same_text(tmp_path: Path) -> None:
    loaded = with_course(tmp_path, COURSE.replace("lv: Kurss", "lv: Ma\u0304ci\u0304bas"))

    assert loaded.catalogue is not None
    assert str(loaded.catalogue.courses["kurss"].title.in_language("lv")) == "M\u0101c\u012bbas"
