"""What we export, imported again: the same courses, as far as the format carries them."""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mcsite.cli import main
from mcsite.commands.import_plan import State
from mcsite.commands.importing import ImportReport, ImportRequest, import_courses
from mcsite.content.load import load_catalogue
from mcsite.content.markdown import plain_text, render_markdown
from mcsite.content.models.course import Course
from mcsite.content.text import Text
from mcsite.exports.elm.graph import json_ld
from mcsite.exports.elm.opportunities import opportunities
from mcsite.exports.moochub import moochub
from mcsite.exports.schema_org import course_json_ld
from mcsite.exports.table import catalogue_csv
from mcsite.site.plan import PageKind
from tests.rendering import NOW, ROOT, renderer, sample, specs

BASE = "https://micro.baltija.example"
TODAY = NOW.date()
Tell = Callable[[Course], Any]


@cache
def exported(name: str) -> bytes:
    match name:
        case "catalogue.jsonld":
            return json_ld(opportunities(sample(), TODAY))
        case "catalogue.csv":
            return catalogue_csv(sample(), BASE)
        case "moochub.json":
            return json.dumps(moochub(sample(), BASE, "data/moochub.json", TODAY)).encode()
        case _:
            pages = [course_json_ld(one, sample(), BASE, "lv") for one in sample().courses.values()]
            return json.dumps(pages).encode()


def imported(folder: Path, name: str, **options: Any) -> ImportReport:
    source = folder / name
    source.write_bytes(exported(name))
    request = ImportRequest(project=folder / "site", files=(source,), today=TODAY, **options)
    return import_courses(request)


def copied(folder: Path, *, courses: bool) -> Path:
    """Return a copy of the sample's catalogue, with its courses or without."""
    shutil.copytree(ROOT / "catalogue", folder / "site/catalogue")
    for path in (folder / "site/catalogue/courses").glob("*.yaml"):
        if not courses:
            path.unlink()
    return folder / "site"


def texts(said: Text | None) -> Any:
    return dict(said.by_language) if said is not None else None


def plain(said: Text | None) -> Any:
    found = {tag: plain_text(one) for tag, one in said.by_language.items()} if said else {}
    return found or None


def one(said: Text | None) -> str:
    """Return a text in the language of an export in one language, or in what stands for it."""
    return str(said.in_language("lv")) if said is not None else ""


ELM: dict[str, Tell] = {
    "title": lambda course: texts(course.title),
    "provider": lambda course: course.provider,
    "outcomes": lambda course: [(texts(o.text), o.skills) for o in course.learning_outcomes],
    "workload": lambda course: course.workload,
    "level": lambda course: (
        (course.level.eqf, course.level.nqf_code)
        if course.level is not None and course.level.nqf_code else None
    ),
    "assessment": lambda course: [(a.type, texts(a.description)) for a in course.assessment],
    "participation": lambda course: course.participation,
    "quality": lambda course: [(q.type, texts(q.body)) for q in course.quality_assurance],
    "supervision": lambda course: course.supervision,
    "grading": lambda course: (
        course.grading and (texts(course.grading.scheme), texts(course.grading.passing))
    ),
    "prerequisites": lambda course: plain(course.prerequisites),
    "summary": lambda course: texts(course.summary),
    "field": lambda course: course.field,
    "language": lambda course: course.language,
    "type": lambda course: course.type,
    "funding": lambda course: [
        (texts(f.programme), texts(f.eligibility), f.url) for f in course.funding
    ],
}  # fmt: skip
SCHEMA_ORG: dict[str, Tell] = {
    "title": lambda course: one(course.title),
    "provider": lambda course: course.provider,
    "outcomes": lambda course: [one(outcome.text) for outcome in course.learning_outcomes],
    "workload": lambda course: course.workload,
    "eqf": lambda course: course.level.eqf if course.level else None,
    "language": lambda course: course.language,
    "prerequisites": lambda course: one(course.prerequisites),
    "offerings": lambda course: [
        (run.start, run.end, run.url, one(run.place), run.price and run.price.amount)
        for run in course.offerings
    ],
}
CSV: dict[str, Tell] = {
    "title": lambda course: one(course.title),
    "provider": lambda course: course.provider,
    "workload": lambda course: course.workload,
    "eqf": lambda course: course.level.eqf if course.level else None,
    "participation": lambda course: course.participation,
    "assessment": lambda course: [item.type for item in course.assessment],
    "quality": lambda course: [item.type for item in course.quality_assurance],
    "field": lambda course: course.field,
    "language": lambda course: course.language,
    "version": lambda course: course.version,
    "withdrawn": lambda course: course.withdrawn and course.withdrawn.since,
}
MOOCHUB: dict[str, Tell] = {
    "title": lambda course: one(course.title),
    "provider": lambda course: course.provider,
    "ects": lambda course: course.workload.ects,
    "field": lambda course: course.field,
    "language": lambda course: course.language,
    "description": lambda course: render_markdown(one(course.description)).split(),
}
# What a format can't say, and a registrar adds for the test: the rest is the source's.
FILLED: dict[str, dict[str, str]] = {
    "catalogue.jsonld": {"eqf": "none", "level_reason": "Nav"},
    "schema.json": {"assessment": "quiz", "quality_assurance": "internal", "eqf": "none",
                    "level_reason": "Nav", "participation": "online"},
    "catalogue.csv": {"learning_outcomes": "Prot", "eqf": "none", "level_reason": "Nav"},
    "moochub.json": {"assessment": "quiz", "quality_assurance": "internal", "eqf": "none",
                     "level_reason": "Nav", "learning_outcomes": "Prot", "hours": "1",
                     "participation": "online"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "fields", "count"),
    [
        ("catalogue.jsonld", ELM, 27),
        ("schema.json", SCHEMA_ORG, 28),
        ("catalogue.csv", CSV, 28),
        ("moochub.json", MOOCHUB, 27),
    ],
)
def test_courses_come_back_as_they_went(
    tmp_path: Path, name: str, fields: dict[str, Tell], count: int
) -> None:
    project = copied(tmp_path, courses=False)

    report = imported(tmp_path, name, defaults=FILLED[name])

    assert report.count(State.NEW) == len(report.courses) == count
    loaded = load_catalogue(project, today=TODAY)
    assert loaded.readable is not None
    assert len(loaded.readable.courses) == count
    for key, course in loaded.readable.courses.items():
        before = sample().courses[key]
        assert {what: tell(course) for what, tell in fields.items()} == {
            what: tell(before) for what, tell in fields.items()
        }, key


@pytest.mark.parametrize(
    "name", ["catalogue.jsonld", "schema.json", "catalogue.csv", "moochub.json"]
)
def test_an_import_of_what_is_there_changes_nothing(tmp_path: Path, name: str) -> None:
    copied(tmp_path, courses=True)

    report = imported(tmp_path, name)

    assert [str(one.path) for one in report.courses if one.state is not State.SAME] == []
    assert not report.written


def test_a_page_of_a_course_is_read_as_its_linked_data(tmp_path: Path) -> None:
    copied(tmp_path, courses=True)
    for path in pages():
        (tmp_path / "page.html").write_bytes(path)
        request = ImportRequest(
            project=tmp_path / "site", files=(tmp_path / "page.html",), today=TODAY
        )
        report = import_courses(request)
        assert [planned.state for planned in report.courses] == [State.SAME]


def pages() -> Iterator[bytes]:
    for spec in specs(PageKind.COURSE)[:6]:
        yield renderer().page(spec)


def test_an_import_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(tmp_path, courses=True)
    monkeypatch.setattr("socket.socket", None)

    imported(tmp_path, "catalogue.jsonld")
    (tmp_path / "schema.json").write_bytes(exported("schema.json"))
    assert main(["import", str(tmp_path / "schema.json"), "--project", str(tmp_path / "site")]) == 0
