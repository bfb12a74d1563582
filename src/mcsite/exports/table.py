"""The catalogue as CSV and JSON, for whoever harvests it."""

import csv
import io
import json
from typing import Any

from mcsite.content.catalogue import Catalogue
from mcsite.content.completeness import of_catalogue, together
from mcsite.content.models.course import Course
from mcsite.content.vocabulary import VOCABULARIES

COLUMNS = (
    "id", "title", "provider", "country", "eqf", "ects", "hours", "participation", "assessment",
    "quality_assurance", "field", "language", "version", "withdrawn", "url",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def catalogue_csv(catalogue: Catalogue, base_url: str) -> bytes:
    """Return one row a course, in the site's default language (RFC 4180, UTF-8)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for course in catalogue.courses.values():
        row = _row(course, catalogue, base_url)
        writer.writerow({key: _inert(str(value)) for key, value in row.items()})
    return text.getvalue().encode()


def _inert(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip()[:1] in _FORMULA else text


def _row(course: Course, catalogue: Catalogue, base_url: str) -> dict[str, Any]:
    language = catalogue.site.default_language
    provider = catalogue.providers[course.provider]
    return {
        "id": course.id,
        "title": course.title.in_language(language),
        "provider": provider.legal_name.in_language(language),
        "country": provider.country,
        "eqf": (course.level.eqf or "") if course.level else "",
        "ects": course.workload.ects or "",
        "hours": course.workload.hours or "",
        "participation": " ".join(course.participation),
        "assessment": " ".join(item.type for item in course.assessment),
        "quality_assurance": " ".join(item.type for item in course.quality_assurance),
        "field": " ".join(course.field),
        "language": " ".join(course.language),
        "version": course.version,
        "withdrawn": course.withdrawn.since.isoformat() if course.withdrawn else "",
        "url": f"{base_url}/{language}/courses/{course.id}/",
    }


def catalogue_json(catalogue: Catalogue, base_url: str) -> bytes:
    """Return every course with its texts in all languages, and the official URIs of its codes; a
    course a line, so that two versions can be compared. How complete it is, is a percentage.
    """
    language, complete = catalogue.site.default_language, of_catalogue(catalogue)
    lines = []
    for course in catalogue.courses.values():
        entry = _course(course, f"{base_url}/{language}/courses/{course.id}/")
        if course.id in complete:
            entry["completeness"] = complete[course.id].percent
        lines.append(json.dumps(entry, ensure_ascii=False))
    whole, listed = together(complete.values()).percent, ",\n".join(lines)
    return f'{{"completeness": {whole}, "courses": [\n{listed}\n]}}\n'.encode()


def _course(course: Course, url: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": course.id,
        "url": url,
        "title": dict(course.title.by_language),
        "provider": course.provider,
        "learning_outcomes": [
            {"text": dict(outcome.text.by_language), "skills": list(outcome.skills)}
            for outcome in course.learning_outcomes
        ],
        "workload": {
            "ects": float(course.workload.ects) if course.workload.ects else None,
            "hours": float(course.workload.hours) if course.workload.hours else None,
        },
        "eqf": course.level.eqf if course.level else None,
        "assessment": _codes("assessment-type", [item.type for item in course.assessment]),
        "participation": _codes("participation", course.participation),
        "quality_assurance": _codes(
            "accreditation-type", [item.type for item in course.quality_assurance]
        ),
        "field": _codes("isced-f", course.field),
        "language": list(course.language),
        "skills": [
            {"uri": skill.uri, "label": dict(skill.label.by_language)} for skill in course.skills
        ],
        "version": course.version,
    }
    if course.summary is not None:
        found["summary"] = dict(course.summary.by_language)
    if course.withdrawn is not None:
        found["withdrawn"] = course.withdrawn.since.isoformat()
    return found


def _codes(vocabulary: str, codes: tuple[str, ...] | list[str]) -> list[dict[str, str | None]]:
    terms = VOCABULARIES[vocabulary].terms
    return [{"code": code, "uri": terms[code].uri} for code in codes]
