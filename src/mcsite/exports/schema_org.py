"""A course as schema.org describes it: Course, CourseInstance,
EducationalOccupationalCredential.
"""

from decimal import Decimal
from typing import Any

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course, Offering
from mcsite.content.vocabulary import VOCABULARIES

_MODES = {"online": "online", "blended": "blended", "onsite": "onsite"}


def course_json_ld(
    course: Course, catalogue: Catalogue, base_url: str, language: str
) -> dict[str, Any]:
    """Return the JSON-LD of a course's page in `language`."""
    provider = catalogue.providers[course.provider]
    url = f"{base_url}/{language}/courses/{course.id}/"
    organisation: dict[str, Any] = {
        "@type": "EducationalOrganization",
        "name": str(provider.legal_name.in_language(language)),
        "url": provider.homepage or f"{base_url}/{language}/providers/{provider.id}/",
    }
    title = str(course.title.in_language(language))
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": url,
        "url": url,
        "name": title,
        "description": str((course.summary or course.title).in_language(language)),
        "courseCode": course.id,
        "provider": organisation,
        "teaches": [str(o.text.in_language(language)) for o in course.learning_outcomes],
        "educationalCredentialAwarded": {
            "@type": "EducationalOccupationalCredential",
            "name": title,
            "credentialCategory": "Micro-credential",
            "recognizedBy": organisation,
        },
    }
    _add_measures(found, course, language)
    instances = [_instance(course, run, language) for run in course.offerings]
    if instances:
        found["hasCourseInstance"] = instances
    return found


def _add_measures(found: dict[str, Any], course: Course, language: str) -> None:
    if course.language:
        found["inLanguage"] = list(course.language)
    if course.level is not None and course.level.eqf is not None:
        found["educationalLevel"] = VOCABULARIES["eqf"].terms[str(course.level.eqf)].label(language)
    if course.workload.ects is not None:
        found["numberOfCredits"] = {
            "@type": "StructuredValue",
            "name": "ECTS",
            "value": float(course.workload.ects),
        }
    if course.workload.hours is not None:
        found["timeRequired"] = _duration(course.workload.hours)
    if course.prerequisites is not None:
        found["coursePrerequisites"] = str(course.prerequisites.in_language(language))


def _duration(hours: Decimal) -> str:
    """Return hours as ISO 8601 writes a duration."""
    minutes = int(hours * 60)
    return f"PT{minutes // 60}H" + (f"{minutes % 60}M" if minutes % 60 else "")


def _instance(course: Course, run: Offering, language: str) -> dict[str, Any]:
    modes = [run.mode] if run.mode else list(course.participation)
    found: dict[str, Any] = {
        "@type": "CourseInstance",
        "courseMode": [_MODES.get(mode, mode) for mode in modes],
    }
    if course.workload.hours is not None:
        found["courseWorkload"] = _duration(course.workload.hours)
    if run.start is not None:
        found["startDate"] = run.start.isoformat()
    if run.end is not None:
        found["endDate"] = run.end.isoformat()
    if run.url is not None:
        found["url"] = run.url
    if run.price is not None:
        offer = {
            "@type": "Offer",
            "category": "Paid" if run.price.amount else "Free",
            "price": str(run.price.amount),
            "priceCurrency": run.price.currency,
        }
        found["offers"] = offer | ({"url": run.url} if run.url else {})
    if run.place is not None:
        place = str(run.place.in_language(language))
        found["location"] = (
            {"@type": "VirtualLocation", "name": place}
            if modes == ["online"]
            else {"@type": "Place", "name": place, "address": place}
        )
    return found
