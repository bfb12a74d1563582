"""The catalogue in MOOChub's format, version 3.0: courses for aggregators of open courses.

Attributes are those of schema.org where it has them. MOOChub asks for a licence of what it
displays; a site that states none has no such file.
"""

import datetime as dt
import uuid
from typing import Any

from mcsite.content.catalogue import Catalogue
from mcsite.content.markdown import render_markdown
from mcsite.content.models.course import Course, Image
from mcsite.content.models.provider import Provider
from mcsite.content.vocabulary import VOCABULARIES

PROPRIETARY = "proprietary"
_MODES = frozenset({"blended", "onsite", "online"})
_ISCED = "https://uis.unesco.org/en/topic/international-standard-classification-education-isced"


def moochub(
    catalogue: Catalogue, base_url: str, path: str, today: dt.date
) -> dict[str, Any] | None:
    """Return the document that stands at `path` below `base_url`; None without a licence."""
    if catalogue.site.data_license is None:
        return None
    made = _Courses(catalogue, base_url, today, catalogue.site.data_license)
    address = f"{base_url}/{path}"
    return {
        "links": {"self": address, "first": address, "last": address},
        "data": [
            {
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, made.own_address(course))),
                "type": "Course",
                "attributes": made.attributes(course),
            }
            for course in catalogue.courses.values()
            if course.withdrawn is None
        ],
    }


class _Courses:
    def __init__(self, catalogue: Catalogue, base_url: str, today: dt.date, license_: str) -> None:
        self.catalogue = catalogue
        self.base_url = base_url
        self.today = today
        self.language = catalogue.site.default_language
        self.license = [license_of(license_)]

    def own_address(self, course: Course) -> str:
        """Return what the course's UUID is made of (RFC 9562, section 5.5)."""
        return f"{self.catalogue.site.base_url}/courses/{course.id}/"

    def attributes(self, course: Course) -> dict[str, Any]:
        """Return what is said of a course, in the site's default language."""
        provider = self._organisation(self.catalogue.providers[course.provider])
        said: dict[str, Any] = {
            "name": str(course.title.in_language(self.language)),
            "courseCode": course.id,
            "learningResourceType": {
                "identifier": "https://w3id.org/kim/hcrt/course",
                "type": "Concept",
                "inScheme": "https://w3id.org/kim/hcrt/scheme",
            },
            "publisher": provider,
            "creator": [provider],
            "url": f"{self.base_url}/{self.language}/courses/{course.id}/",
            "license": self.license,
            "courseMode": sorted(_MODES & set(course.participation)),
            "inLanguage": list(course.language),
            "keywords": [str(skill.label.in_language(self.language)) for skill in course.skills],
            "educationalAlignment": [self._field(code) for code in course.field],
            "educationalCredentialsAwarded": ["certificate"],
            "isPartOf": self._pathways(course),
        }
        text = course.description or course.summary
        if text is not None:
            said["description"] = render_markdown(str(text.in_language(self.language)))
        if course.workload.ects is not None:
            said["numberOfCredits"] = float(course.workload.ects)
        if course.image is not None:
            said["image"] = self._image(course.image)
        return said | self._runs(course)

    def _runs(self, course: Course) -> dict[str, Any]:
        """Return dates and prices of the runs that aren't over."""
        runs = [
            run for run in course.offerings if (run.end or run.start or self.today) >= self.today
        ]
        deadlines = sorted(run.apply_by for run in runs if run.apply_by)
        prices = list(dict.fromkeys((p.amount, p.currency) for run in runs if (p := run.price)))
        said: dict[str, Any] = {
            "startDate": _moments(run.start for run in runs),
            "endDate": _moments(run.end for run in runs),
            "applicationDeadline": f"{deadlines[0]}T00:00:00Z" if deadlines else None,
        }
        if prices:
            said["access"] = sorted({"free" if not amount else "paid" for amount, _ in prices})
            said["offer"] = [
                {
                    "price": float(amount),
                    "priceCurrency": currency,
                    "paymentFrequency": "one-time",
                    "category": "complete",
                }
                for amount, currency in prices
            ]
        return said

    def _organisation(self, provider: Provider) -> dict[str, Any]:
        return {
            "type": "Organization",
            "name": str(provider.legal_name.in_language(self.language)),
            "url": provider.homepage,
        }

    def _field(self, code: str) -> dict[str, Any]:
        term = VOCABULARIES["isced-f"].terms[code]
        return {
            "type": "EducationalAlignment",
            "alignmentType": "educationalSubject",
            "educationalFramework": "ISCED-F",
            "educationalFrameworkVersion": "2013",
            "url": _ISCED,
            "name": [
                {"inLanguage": tag, "name": term.label(tag)}
                for tag in self.catalogue.site.languages
            ],
            "shortCode": code,
            "targetUrl": term.uri,
        }

    def _image(self, image: Image) -> dict[str, Any]:
        said = {
            "type": "ImageObject",
            "contentUrl": f"{self.base_url}/assets/{image.path}",
            "license": self.license,
        }
        if image.alt is not None:
            said["description"] = str(image.alt.in_language(self.language))
        return said

    def _pathways(self, course: Course) -> list[dict[str, Any]]:
        return [
            {
                "type": "Program",
                "url": f"{self.base_url}/{self.language}/pathways/{key}/",
                "title": str(pathway.title.in_language(self.language)),
            }
            for key, pathway in self.catalogue.pathways.items()
            if any(course.id in step.courses for step in pathway.steps)
        ]


def license_of(spdx: str) -> dict[str, Any]:
    """Return a licence by its identifier of SPDX."""
    if spdx == PROPRIETARY:
        return {"identifier": spdx, "url": None, "contentUrl": None}
    return {"identifier": spdx, "url": f"https://spdx.org/licenses/{spdx}.html"}


def _moments(days: Any) -> list[str]:
    return [f"{day}T00:00:00Z" for day in sorted({day for day in days if day is not None})]
