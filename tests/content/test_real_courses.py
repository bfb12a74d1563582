"""Real course descriptions: they load, and what they lack is said plainly."""

import csv
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from mcsite.commands.build import BuildRequest, build_site
from mcsite.content.load import Loaded, load_catalogue
from mcsite.findings import Severity
from tests.content.test_load import PROVIDER, SITE
from tests.reference import reference

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LANGUAGES = {"English": "en", "Macedonian": "mk", "German": "de", "Czech": "cs", "Spanish": "es"}


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].rstrip("-")


def listed(text: str) -> list[str]:
    """Return the entries of a Markdown list."""
    return [
        line.lstrip("-* ").strip()
        for line in text.splitlines()
        if line.lstrip().startswith(("-", "*"))
    ]


def study_at_home() -> dict[str, dict[str, Any]]:
    """Return the courses of a European course hub, field by field, nothing added."""
    courses = json.loads(reference("real/study-at-home-courses.json").read_bytes())
    found = {}
    for one in courses:
        course: dict[str, Any] = {
            "title": one["title"],
            "provider": "uni",
            "workload": {"ects": one["ects"]},
            "participation": "online",
            "description": f"{one['information']}\n\n{one['contents']}\n\n{one['methods']}",
            "language": [LANGUAGES.get(name, "en") for name in one["language"]],
        }
        if listed(one["outcomes"]):
            course["learning_outcomes"] = listed(one["outcomes"])
        if one["prerequisites"].strip():
            course["prerequisites"] = one["prerequisites"]
        if one["assessment"].strip():
            course["assessment"] = {
                "type": "continuous-evaluation",
                "description": one["assessment"],
            }
        found[slug(one["id"])] = course
    return found


def coursera() -> dict[str, dict[str, Any]]:
    """Return the courses of a catalogue that has no more than titles and long texts."""
    with reference("real/coursera-descriptions.csv").open(encoding="utf-8") as file:
        return {
            slug(row["name"]): {
                "title": row["name"],
                "provider": "uni",
                "description": row["description"],
            }
            for row in csv.DictReader(file)
        }


# What a registrar would write where the source says nothing.
MISSING = {
    "learning_outcomes": ["Not stated by the source"],
    "workload": {"hours": 30},
    "level": "none",
    "level_reason": "The source states no level.",
    "assessment": "quiz",
    "participation": "online",
    "quality_assurance": {"type": "internal"},
}


def load(root: Path, courses: dict[str, dict[str, Any]]) -> Loaded:
    site = SITE.replace("[lv, en]", "en")
    files = {"catalogue/site.yaml": site, "catalogue/providers/uni.yaml": PROVIDER} | {
        f"catalogue/courses/{name}.yaml": yaml.safe_dump(course, allow_unicode=True)
        for name, course in courses.items()
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return load_catalogue(root, today=NOW.date())


@pytest.mark.parametrize(("source", "count"), [(study_at_home, 11), (coursera, 10)])
def test_what_a_real_course_lacks_is_said_and_nothing_else(
    tmp_path: Path, source: Any, count: int
) -> None:
    courses = source()
    assert len(courses) == count

    errors = [f for f in load(tmp_path, courses).findings if f.severity is Severity.ERROR]

    assert {finding.code for finding in errors} == {"MC201"}
    for finding in errors:
        field = finding.message.split()[0]
        assert field in MISSING, finding
        assert field not in courses[finding.at.path.stem]
        assert "Annex I" in finding.hint
    assert {finding.at.path.stem for finding in errors} == courses.keys()


@pytest.mark.parametrize("source", [study_at_home, coursera])
def test_real_courses_become_a_site_once_the_gaps_are_filled(tmp_path: Path, source: Any) -> None:
    filled = {name: {**MISSING, **course} for name, course in source().items()}

    loaded = load(tmp_path, filled)
    report = build_site(
        BuildRequest(
            project=tmp_path, output=tmp_path / "public", search=False, built_at=NOW, now=NOW
        )
    )

    assert [f for f in loaded.findings if f.severity is Severity.ERROR] == []
    assert report.pages > len(filled)
    for name, course in filled.items():
        page = (tmp_path / f"public/en/courses/{name}/index.html").read_text("utf-8")
        assert course["title"].split()[0] in page
