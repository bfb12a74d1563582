"""The catalogue as learning opportunities and qualifications (European Learning Model 3.1, LOQ).

One LearningOpportunity a course that is offered; what it leads to is a Qualification where the
course states its European and its national level, which a Qualification needs, and else a
LearningAchievementSpecification. Readers know a resource again by its id, which is made of the
site's address and the id of its content file.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course, Offering
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES, Term
from mcsite.exports.elm.bodies import Bodies, is_accreditation
from mcsite.exports.elm.learning import duration
from mcsite.exports.elm.maker import Maker, moment, note
from mcsite.exports.elm.nodes import AUTHORITY, ESCO_SKILLS, language_of_text, words
from mcsite.exports.elm.resources import (
    Concept,
    Literal,
    Reference,
    Resource,
    Value,
    Words,
    resource,
    several,
)


def missing_in(course: Course) -> tuple[str, ...]:
    """Return the fields without which a course can't be a learning opportunity."""
    stated = {"field": bool(course.field), "language": any(map(language_of_text, course.language))}
    return tuple(name for name, there in stated.items() if not there)


def has_levels(course: Course) -> bool:
    """Tell whether a course states both levels that a Qualification has."""
    level = course.level
    return level is not None and level.eqf is not None and level.nqf_code is not None


def opportunities(catalogue: Catalogue, today: dt.date) -> Iterator[Resource]:
    """Yield every resource, what courses refer to after them."""
    make = Maker(catalogue)
    made = _Courses(make, Bodies(make), today)
    for course in catalogue.courses.values():
        if course.withdrawn is None and not missing_in(course):
            yield from made.course(course)
    yield from made.bodies.resources()


@dataclass(frozen=True, slots=True)
class _Courses:
    make: Maker
    bodies: Bodies
    today: dt.date

    def course(self, course: Course) -> Iterator[Resource]:
        """Yield a course as opportunity, what it leads to, outcomes, assessments and grading."""
        yield self._opportunity(course)
        yield self._achievement(course)
        for number, outcome in enumerate(course.learning_outcomes, 1):
            yield resource(
                "LearningOutcome", self.make.id("outcome", course.id, number),
                ("title", self.make.words(outcome.text)),
                *several("relatedESCOSkill", map(self._skill, outcome.skills)),
            )  # fmt: skip
        yield from self._assessments(course)

    def _skill(self, uri: str) -> Concept:
        label = self.make.catalogue.skills.get(uri)
        return Concept(uri, ESCO_SKILLS, self.make.words(label).by_language if label else {})

    def _opportunity(self, course: Course) -> Resource:
        make, site = self.make, self.make.catalogue.site
        provider, place = self.bodies.provider(course.provider)
        runs = [run for run in course.offerings if self._is_to_come(run)]
        first = min((run for run in runs if run.start), key=_start, default=None)
        tags = dict.fromkeys(tag for tag in site.languages if language_of_text(tag))
        pages = (make.page(f"{site.base_url}/{t}/courses/{course.id}/", t) for t in tags)
        deadlines = (Literal(moment(run.apply_by), "dateTime") for run in runs if run.apply_by)
        return resource(
            "LearningOpportunity", make.id("course", course.id),
            ("title", make.words(course.title)),
            ("description", self._summary(course)),
            ("type", make.concept("learning-opportunity-type", course.type)),
            *several("homepage", pages),
            ("temporal", _period(first) if first else None),
            *several("mode", self._modes(course)),
            *several("grant", self._grants(course)),
            ("scheduleInformation", self._schedule(runs)),
            *several("applicationDeadline", dict.fromkeys(deadlines)),
            *several("priceDetail", self._prices(runs or course.offerings)),
            ("providedBy", provider),
            ("location", place),
            ("learningAchievementSpecification", Reference(make.id("achievement", course.id))),
            ("defaultLanguage", make.language(make.readers[0])),
        )  # fmt: skip

    def _is_to_come(self, run: Offering) -> bool:
        last = run.end or run.start
        return last is None or last >= self.today

    def _modes(self, course: Course) -> Iterator[Concept]:
        return (self.make.concept("participation", code) for code in course.participation)

    def _summary(self, course: Course) -> Words | None:
        if course.summary is not None:
            return self.make.words(course.summary)
        return self.make.plain(course.description)

    def _schedule(self, runs: Iterable[Offering]) -> Resource | None:
        """Return the days on which runs begin, where there are several: `temporal` has the next."""
        days = [run.start.isoformat() for run in sorted(runs, key=_start) if run.start]
        if len(days) < 2:  # noqa: PLR2004 -- several
            return None
        return self._labelled("starts", dict.fromkeys(self.make.readers, ", ".join(days)))

    def _grants(self, course: Course) -> Iterator[Resource]:
        for funding in course.funding:
            said = self.make.words(funding.eligibility) if funding.eligibility else None
            url = Literal(funding.url, "anyURI") if funding.url else None
            yield resource(
                "Grant", "", ("title", self.make.words(funding.programme)),
                ("description", said), ("contentUrl", url),
            )  # fmt: skip

    def _prices(self, runs: Iterable[Offering]) -> Iterator[Resource]:
        prices = {(p.amount, p.currency): p for p in (run.price for run in runs) if p is not None}
        for (amount, currency), price in prices.items():
            unit = Concept(f"{AUTHORITY}/currency/{currency}", f"{AUTHORITY}/currency", {})
            value = Literal(f"{amount:f}", "decimal")
            yield resource(
                "PriceDetail", "",
                ("amount", resource("Amount", "", ("unit", unit), ("value", value))),
                ("description", self.make.words(price.note) if price.note else None),
            )  # fmt: skip

    def _achievement(self, course: Course) -> Resource:
        make, own, level = self.make, self.make.id("achievement", course.id), course.level
        said = self._specification(course, own)
        if level is None or not has_levels(course):
            return resource("LearningAchievementSpecification", own, *said)
        stack = course.stackability
        partial = Literal(str(stack.type == "stackable").lower(), "boolean") if stack else None
        return resource(
            "Qualification", own, *said, ("isPartialQualification", partial),
            ("EQFLevel", make.concept("eqf", str(level.eqf))),
            ("NQFLevel", make.concept("nqf", str(level.nqf_code))),
            *several("accreditation", self.bodies.accredited(course, own)),
        )  # fmt: skip

    def _specification(self, course: Course, own: str) -> list[tuple[str, Value | None]]:
        """Return what is said of any achievement, with levels or without."""
        make, level, hours = self.make, course.level, course.workload.hours
        provider, place = self.bodies.provider(course.provider)
        cycle = make.concept("qf-ehea", level.qf_ehea) if level and level.qf_ehea else None
        tags = (tag for tag in course.language if language_of_text(tag))
        outcomes = range(1, len(course.learning_outcomes) + 1)
        assessments = range(1, len(course.assessment) + 1)
        awarding = resource(
            "AwardingOpportunity", "", ("awardingBody", provider), ("location", place),
            ("learningAchievementSpecification", Reference(own)),
        )  # fmt: skip
        return [
            ("title", make.words(course.title)),
            ("description", self._summary(course)),
            *several("additionalNote", self._notes(course)),
            *several("ISCEDFCode", (make.concept("isced-f", code) for code in course.field)),
            ("volumeOfLearning", Literal(duration(hours), "duration") if hours else None),
            ("creditPoint", self._credits(course)),
            ("educationLevel", cycle),
            *several("language", map(make.language, tags)),
            *several("mode", self._modes(course)),
            ("entryRequirement", note(make.plain(course.prerequisites))),
            *several("learningOutcome", self._references("outcome", course, outcomes)),
            *several("provenBy", self._references("assessment", course, assessments)),
            ("awardingOpportunity", awarding),
        ]

    def _references(self, kind: str, course: Course, numbers: Iterable[int]) -> Iterator[Reference]:
        return (Reference(self.make.id(kind, course.id, number)) for number in numbers)

    def _credits(self, course: Course) -> Resource | None:
        ects = course.workload.ects
        framework = self.make.concept("credit-system", "ects")
        return resource("CreditPoint", "", ("framework", framework),
                        ("point", Literal(f"{ects:f}"))) if ects else None  # fmt: skip

    def _notes(self, course: Course) -> Iterator[Resource | None]:
        """Yield as notes what the model has no property for, each beginning with what it is."""
        for assurance in course.quality_assurance:
            if not (has_levels(course) and is_accreditation(assurance)):
                term = VOCABULARIES["accreditation-type"].terms[assurance.type]
                yield self._labelled("quality-assurance", self._beside(term, assurance.body))
        stack, known = course.stackability, self.make.catalogue
        for key in stack.into if stack else ():
            whole = known.pathways.get(key) or known.courses.get(key)
            if whole is not None:
                title = self.make.words(whole.title)
                yield self._labelled("counts-towards", title.by_language)
        for text in stack.recognised_by if stack else ():
            yield self._labelled("recognised-by", self.make.words(text).by_language)
        yield note(self.make.plain(course.further_info))

    def _labelled(self, key: str, texts: Mapping[str, str]) -> Resource | None:
        label = words(key)
        said = {tag: f"{label.get(tag, label['en'])}: {text}" for tag, text in texts.items()}
        return note(Words(said))

    def _beside(self, term: Term, text: Text | None) -> Mapping[str, str]:
        """Return a code's name, and a text after it."""
        if text is None:
            return self.make.labels(term)
        said = self.make.words(text).by_language
        return {tag: f"{term.label(tag)} – {told}" for tag, told in said.items()}

    def _assessments(self, course: Course) -> Iterator[Resource]:
        make, grading = self.make, course.grading
        scheme = make.id("grading", course.id)
        terms = VOCABULARIES["supervision"].terms
        said = make.labels(terms[course.supervision]) if course.supervision else {}
        for number, assessment in enumerate(course.assessment, 1):
            kind = make.concept("assessment-type", assessment.type)
            described = make.words(assessment.description) if assessment.description else None
            yield resource(
                "LearningAssessmentSpecification", make.id("assessment", course.id, number),
                ("title", Words(kind.labels)), ("description", described),
                ("additionalNote", note(Words(said))), ("type", kind),
                ("gradingScheme", Reference(scheme) if grading else None),
            )  # fmt: skip
        if grading is not None:
            passing = make.words(grading.passing) if grading.passing else None
            yield resource(
                "GradingScheme", scheme,
                ("title", make.words(grading.scheme)), ("description", passing),
            )  # fmt: skip


def _start(run: Offering) -> dt.date:
    return run.start or dt.date.max


def _period(run: Offering) -> Resource:
    days = (("startDate", run.start), ("endDate", run.end))
    said = ((name, Literal(moment(day), "dateTime")) for name, day in days if day)
    return resource("PeriodOfTime", "", *said)
