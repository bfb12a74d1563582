"""The catalogue as the Open Education API 6.0 answers: the part of it that can be files.

A static host answers no query. What it can do is to hold, for each address, what the server would
answer without one: the service, all courses, programmes and organisations, each of them, and the
offerings of each course. What a path answers is the index.json in the folder of that name;
docs/how-to/harvest.md tells how a host finds it there.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from mcsite.content.catalogue import Catalogue
from mcsite.content.markdown import plain_text
from mcsite.content.models.course import Course, Offering
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.exports.elm.learning import duration

FOLDER = "ooapi/v6"
SPECIFICATION = "https://openonderwijsapi.nl/v6.0/"
Object: TypeAlias = dict[str, Any]
# ours → the API's modeOfDelivery, which are the same official concepts
_MODES = {
    "online": "online",
    "blended": "blended",
    "onsite": "presential",
    "work-based": "work_based",
    "project-based": "project_based",
    "research-lab": "research_lab_based",
}
_LEVELS = {
    "short-cycle": "associate_degree",
    "first-cycle": "bachelor",
    "second-cycle": "master",
    "third-cycle": "doctoral",
}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def open_education(
    catalogue: Catalogue, base_url: str, today: dt.date
) -> Iterator[tuple[str, Any]]:
    """Yield path and JSON document of every file. There are none without a contact's address,
    which the API demands of a service.
    """
    site = catalogue.site
    if site.publisher.email is None:
        return
    made = _Answers(catalogue, base_url, today)
    offered = [course for course in catalogue.courses.values() if course.withdrawn is None]
    collections = {
        "courses": [made.course(course) for course in offered],
        "programmes": [made.programme(pathway) for pathway in catalogue.pathways.values()],
        "organisations": [made.organisation(one) for one in catalogue.providers.values()],
    }
    yield f"{FOLDER}/index.json", made.service(site.publisher.email, collections)
    for name, items in collections.items():
        yield f"{FOLDER}/{name}/index.json", page_of(items)
        for item in items:
            yield f"{FOLDER}/{name}/{item[f'{name[:-1]}Id']}/index.json", item
    for course in offered:
        identifier = made.id("courses", course.id)
        path = f"{FOLDER}/courses/{identifier}/course-offerings/index.json"
        yield path, page_of(made.runs(course))


def page_of(items: list[Object]) -> Object:
    """Return the one page of a collection."""
    return {
        "pageSize": len(items),
        "pageNumber": 1,
        "hasPreviousPage": False,
        "hasNextPage": False,
        "totalPages": 1,
        "items": items,
    }


class _Answers:
    def __init__(self, catalogue: Catalogue, base_url: str, today: dt.date) -> None:
        self.catalogue = catalogue
        self.base_url = base_url
        self.today = today

    def id(self, kind: str, *parts: str | int) -> str:
        """Return the UUID of a thing, made of its address (RFC 9562, section 5.5)."""
        name = "/".join(map(str, (self.catalogue.site.base_url, kind, *parts)))
        return str(uuid.uuid5(uuid.NAMESPACE_URL, name))

    def link(self, kind: str, name: str) -> str:
        """Return the address of a page, in the site's default language."""
        return f"{self.base_url}/{self.catalogue.site.default_language}/{kind}/{name}/"

    def service(self, email: str, collections: Iterable[str]) -> Object:
        """Return what the API says of itself."""
        paths = [path for name in collections for path in (f"/{name}", f"/{name}/{{id}}")]
        return {
            "contactEmail": email,
            "specification": SPECIFICATION,
            "supportedOperations": [
                {"verbs": ["GET"], "path": path}
                for path in ("/", *paths, "/courses/{id}/course-offerings")
            ],
        }

    def course(self, course: Course) -> Object:
        """Return a course."""
        level, cycle = course.level, course.level.qf_ehea if course.level else None
        assessment = [
            item.description or _label("assessment-type", item.type, self.catalogue)
            for item in course.assessment
        ]
        return _said(
            courseId=self.id("courses", course.id),
            primaryCode=_code("identifier", course.id),
            name=_words(course.title),
            description=_words(course.summary or course.description, markdown=True),
            studyLoad=self._load(course),
            modesOfDelivery=_modes(course.participation),
            duration=duration(course.workload.hours) if course.workload.hours else None,
            firstStartDate=next((f"{day}T00:00:00Z" for day in self._starts(course)), None),
            teachingLanguages=list(course.language),
            fieldsOfStudy=course.field[0] if course.field else None,
            learningOutcomes=[
                {
                    "learningOutcomeId": self.id("courses", course.id, "outcomes", number),
                    "primaryCode": _code("identifier", f"{course.id}-{number}"),
                    "name": _words(outcome.text),
                }
                for number, outcome in enumerate(course.learning_outcomes, 1)
            ],
            admissionRequirements=_words(course.prerequisites, markdown=True),
            level=_LEVELS[cycle] if cycle else None,
            assessment=[text for item in assessment for text in _words(item)],
            link=self.link("courses", course.id),
            otherCodes=[_code("x-eqf", str(level.eqf))] if level and level.eqf else None,
            programmeIds=[self.id("programmes", key) for key in self._pathways(course)],
            organisationId=self.id("organisations", course.provider),
            consumer=_eduxchange(course.alliances, microcredential=self._stacks(course)),
        )

    def _stacks(self, course: Course) -> str:
        """Return how the micro-credential stacks, from its file or a pathway's: eduXchange takes
        a course of which this isn't said for one without a micro-credential.
        """
        if course.stackability is not None:
            return course.stackability.type
        return "stackable" if self._pathways(course) else "standalone"

    def _pathways(self, course: Course) -> list[str]:
        pathways = self.catalogue.pathways.items()
        return [
            key for key, one in pathways if any(course.id in step.courses for step in one.steps)
        ]

    def _load(self, course: Course) -> list[Object]:
        stated = (("ects", course.workload.ects), ("hour", course.workload.hours))
        return [{"studyLoadUnit": unit, "value": float(load)} for unit, load in stated if load]

    def _to_come(self, course: Course) -> list[Offering]:
        runs = course.offerings
        return [run for run in runs if (run.end or run.start or self.today) >= self.today]

    def _starts(self, course: Course) -> list[dt.date]:
        return sorted(run.start for run in self._to_come(course) if run.start)

    def runs(self, course: Course) -> list[Object]:
        """Return the offerings of a course that aren't over."""
        return [self._run(course, run) for run in self._to_come(course)]

    def _run(self, course: Course, run: Offering) -> Object:
        number = course.offerings.index(run) + 1
        price = run.price
        cost = price and {
            "costType": "total_costs", "amount": f"{price.amount:f}", "currency": price.currency,
        }  # fmt: skip
        return _said(
            courseOfferingId=self.id("courses", course.id, "offerings", number),
            primaryCode=_code("offering_code", f"{course.id}-{number}"),
            name=_words(course.title),
            state="active",
            teachingLanguages=list(course.language),
            modesOfDelivery=_modes((run.mode,) if run.mode else course.participation),
            maxNumberStudents=run.seats,
            link=run.url or self.link("courses", course.id),
            startDateTime=f"{run.start}T00:00:00Z" if run.start else None,
            endDateTime=f"{run.end}T00:00:00Z" if run.end else None,
            priceInformation=[cost] if cost else None,
            courseId=self.id("courses", course.id),
            organisationId=self.id("organisations", course.provider),
            consumer=_eduxchange(course.alliances),
        )

    def programme(self, pathway: Pathway) -> Object:
        """Return a pathway: to the API a track, whose courses name it."""
        return _said(
            programmeId=self.id("programmes", pathway.id),
            primaryCode=_code("programme_code", pathway.id),
            programmeType="track",
            name=_words(pathway.title),
            description=_words(pathway.summary or pathway.description, markdown=True),
            link=self.link("pathways", pathway.id),
            organisationId=self.id("organisations", pathway.provider) if pathway.provider else None,
        )

    def organisation(self, provider: Provider) -> Object:
        """Return a provider."""
        known = provider.identifiers
        country = {"iso3166-1-alpha2": provider.country}
        codes = [_code("schac_home", known.schac)] if known and known.schac else []
        return _said(
            organisationId=self.id("organisations", provider.id),
            primaryCode=_code("organisation_id", provider.id),
            organisationType="root",
            name=_words(provider.legal_name),
            shortName=str(provider.alternative_name.in_language(self.catalogue.site.default_language))
            if provider.alternative_name else None,
            description=_words(provider.description, markdown=True),
            addresses=[{"addressType": "postal", "countryCode": country}],
            link=provider.homepage or self.link("providers", provider.id),
            otherCodes=codes,
            consumer=_eduxchange(self._alliances(provider)),
        )  # fmt: skip

    def _alliances(self, provider: Provider) -> Iterable[str]:
        """Return the alliances in which a provider's courses are exchanged."""
        offered = [one for one in self.catalogue.courses.values() if one.withdrawn is None]
        return sorted(
            {name for one in offered if one.provider == provider.id for name in one.alliances}
        )


def _eduxchange(alliances: Iterable[str], **more: str) -> Object | None:
    """Return what eduXchange asks for in every object that it is to show, once for each alliance
    (its profile 2.2); None where it is to show none.
    """
    named = [{"name": name, **more} for name in dict.fromkeys(alliances)]
    return {"consumerKey": "eduxchange", "alliances": named} if named else None


def _said(**properties: Any) -> Object:
    return {name: value for name, value in properties.items() if value not in _EMPTY}


def _code(kind: str, code: str) -> Object:
    return {"codeType": kind, "code": code}


def _words(text: Text | None, *, markdown: bool = False) -> list[Object]:
    if text is None:
        return []
    return [
        {"language": tag, "value": plain_text(said) if markdown else said}
        for tag, said in text.by_language.items()
    ]


def _label(vocabulary: str, code: str, catalogue: Catalogue) -> Text:
    term, tags = VOCABULARIES[vocabulary].terms[code], catalogue.site.languages
    return Text({tag: term.label(tag) for tag in tags}, catalogue.site.default_language)


def _modes(codes: Iterable[str]) -> list[str]:
    return [_MODES[code] for code in codes]
