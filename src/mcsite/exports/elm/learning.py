"""The learning part of a European Digital Credential: achievement, qualification, assessment,
activity (European Learning Model 3, EDC application profile).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mcsite.content.iso import language_name
from mcsite.content.models.course import Course, QualityAssurance
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import timestamp
from mcsite.exports.elm.languages import KINDS, Translations, term_of
from mcsite.exports.elm.nodes import (
    ESCO_SKILLS,
    Numbering,
    Words,
    concept,
    country_concept,
    language_concept,
    language_of_text,
    many,
    own_concept,
    words,
)
from mcsite.exports.elm.snapshot import Coded, Snapshot


@dataclass(frozen=True, slots=True)
class Learning:
    """Makes the nodes of one credential. `awarded` is the process of awarding, `body` its body."""

    said: Snapshot
    translations: Translations
    readers: tuple[str, ...]  # languages of labels
    pathways: tuple[tuple[str, Words], ...]  # what it counts towards: address and title
    numbering: Numbering
    awarded: JsonObject

    @property
    def course(self) -> Course | None:
        """The course of the catalogue, for further languages of what was signed."""
        return self.translations.course

    def achievement(self) -> JsonObject:
        """Return the LearningAchievement: what the holder claims."""
        new, said = self.numbering, self.said
        pages = [
            new.page(said.id, words("signed-credential")),
            new.page(said.evidence),
        ]
        return new.node(
            "LearningAchievement",
            title=self._title(),
            awardedBy=self.awarded,
            influencedBy=self._activity(),
            provenBy=self._assessments(),
            specifiedBy=self._qualification(),
            supplementaryDocument=many(pages),
        )

    def _title(self) -> JsonObject:
        return dict(self.translations.title())

    def _codes(self, kind: str) -> tuple[Coded, ...]:
        return self.said.codes.get(kind, ())

    def _concept(self, kind: str, coded: Coded) -> JsonObject:
        """Return the official concept of a code, or one of our own where there is none."""
        if coded.official:
            return concept(coded.uri, self.translations.label(kind, coded))
        term = term_of(kind, coded)
        if term is not None:
            return own_concept(KINDS[kind], term)
        return concept(
            f"urn:epass:concept:{KINDS[kind]}:{coded.code}",
            self.translations.label(kind, coded),
            scheme=f"urn:epass:conceptScheme:{KINDS[kind]}",
        )

    def _modes(self) -> JsonValue:
        kind = "ext:ModeOfLearning"
        return many(self._concept(kind, coded) for coded in self._codes(kind))

    def _languages(self) -> JsonValue:
        said = self.said.language
        return language_concept(said, self.readers) if language_of_text(said) else None

    def _activity(self) -> JsonObject:
        """Return what the holder took part in, and in which form."""
        new = self.numbering
        first, last = self.said.activity
        period = {
            key: f"{day}T00:00:00Z" for key, day in (("startDate", first), ("endDate", last)) if day
        }
        return new.node(
            "LearningActivity",
            title=self._title(),
            awardedBy=self.awarded,
            temporal=new.node("PeriodOfTime", **period) if period else None,
            specifiedBy=new.node(
                "LearningActivitySpecification",
                title=self._title(),
                mode=self._modes(),
                volumeOfLearning=self._hours(),
                language=self._languages(),
            ),
        )

    def _hours(self) -> str:
        criteria = self.said.criteria
        return duration(Decimal(criteria.hours)) if criteria and criteria.hours else ""

    def _assessments(self) -> JsonValue:
        """Return how it was proven. Several kinds are parts of one assessment: there is one
        result.
        """
        kinds = self._codes("ext:AssessmentType")
        if len(kinds) == 1:
            return self._assessment(0, kinds[0], self._result())
        parts = [
            self._assessment(index, kind, words("part-of-result"))
            for index, kind in enumerate(kinds)
        ]
        new = self.numbering
        return new.node(
            "LearningAssessment",
            title=dict(words("assessment")),
            awardedBy=self.awarded,
            grade=new.note(self._result()),
            idVerification=self._supervision(),
            additionalNote=self._supervision_note(),
            specifiedBy=new.node(
                "LearningAssessmentSpecification",
                title=dict(words("assessment")),
                gradingScheme=self._grading(),
            ),
            hasPart=many(parts),
        )

    def _assessment(self, index: int, kind: Coded, grade: Words) -> JsonObject:
        new = self.numbering
        label = self.translations.label("ext:AssessmentType", kind)
        whole = len(self._codes("ext:AssessmentType")) == 1
        return new.node(
            "LearningAssessment",
            title=dict(label),
            awardedBy=self.awarded,
            grade=new.note(grade),
            idVerification=self._supervision(),
            additionalNote=self._supervision_note() if whole else None,
            specifiedBy=new.node(
                "LearningAssessmentSpecification",
                title=dict(label),
                description=dict(self.translations.assessment(index)),
                dcType=self._concept("ext:AssessmentType", kind),
                gradingScheme=self._grading() if whole else None,
            ),
        )

    def _result(self) -> Words:
        """Return the grade; a credential without one says that its holder passed."""
        return self.translations.of(self.said.grade) or words("passed")

    def _supervision(self) -> JsonObject | None:
        kind = "ext:Supervision"
        return next((self._concept(kind, one) for one in self._codes(kind) if one.official), None)

    def _supervision_note(self) -> JsonObject | None:
        """Return supervision in words: the official codes don't tell online from on site."""
        kind = "ext:Supervision"
        for one in self._codes(kind):
            if one.code != "none":
                return self.numbering.note(self.translations.label(kind, one))
        return None

    def _grading(self) -> JsonObject | None:
        scheme, passing = self.translations.grading()
        if not scheme:
            return None
        return self.numbering.node("GradingScheme", title=dict(scheme), description=dict(passing))

    def _qualification(self) -> JsonObject:
        """Return what the holder achieved, as it is described for everybody."""
        new, said, translations = self.numbering, self.said, self.translations
        levels = [self._concept("ext:EQF", one) for one in self._codes("ext:EQF")]
        return new.node(
            "Qualification",
            title=self._title(),
            description=dict(translations.description()),
            dcType=self._opportunity(),
            homepage=new.page(said.course),
            learningOutcome=many(self._outcomes()),
            learningOutcomeSummary=self._summary(),
            creditPoint=self._credits(),
            volumeOfLearning=self._hours(),
            eqfLevel=levels[0] if levels else None,
            educationLevel=many(
                self._concept("ext:QF-EHEA", one) for one in self._codes("ext:QF-EHEA")
            ),
            mode=self._modes(),
            language=self._languages(),
            thematicArea=many(
                self._concept("ext:ISCED-F", one) for one in self._codes("ext:ISCED-F")
            ),
            accreditation=many(self._accreditations()),
            entryRequirement=new.note(translations.prerequisites()),
            additionalNote=many(self._notes()),
            **self._stackability(),
        )

    def _summary(self) -> JsonObject | None:
        """Return the whole narrative, where it couldn't be taken apart."""
        said = self.said
        if said.criteria is not None:
            return None
        return self.numbering.note(self.translations.of(said.narrative))

    def _credits(self) -> JsonObject | None:
        if not self.said.credits:
            return None
        ects = VOCABULARIES["credit-system"].terms["ects"]
        framework = concept(str(ects.uri), ects.labels)
        return self.numbering.node("CreditPoint", framework=framework, point=self.said.credits)

    def _opportunity(self) -> JsonObject | None:
        if self.course is None or not self.translations.unchanged:
            return None
        term = VOCABULARIES["learning-opportunity-type"].terms[self.course.type]
        return concept(str(term.uri), term.labels)

    def _outcomes(self) -> Iterator[JsonObject]:
        """Yield the outcomes, each with the skills that the catalogue gives it and that were
        signed; the other skills together.
        """
        criteria, listed = self.said.criteria, self.course.learning_outcomes if self.course else ()
        skills = {skill.uri: skill for skill in self._codes("ext:ESCOSkill")}
        left, spoken = dict(skills), self.translations.language
        for index, text in enumerate(criteria.outcomes if criteria else ()):
            today = listed[index] if index < len(listed) else None
            agreed = today is not None and str(today.text.in_language(spoken)) == text
            uris = [uri for uri in today.skills if uri in skills] if today and agreed else []
            left = {uri: skill for uri, skill in left.items() if uri not in uris}
            yield self.numbering.node(
                "LearningOutcome",
                title=dict(self.translations.of(text, today.text if today else None)),
                relatedESCOSkill=many(self._skill(skills[uri]) for uri in uris),
            )
        if left:
            yield self.numbering.node(
                "LearningOutcome",
                title=dict(words("skills")),
                relatedESCOSkill=many(self._skill(skill) for skill in left.values()),
            )

    def _skill(self, skill: Coded) -> JsonObject:
        named = self.course.skills if self.course else ()
        today = next((one.label for one in named if one.uri == skill.uri), None)
        return concept(skill.uri, self.translations.of(skill.label, today), scheme=ESCO_SKILLS)

    def _accreditations(self) -> Iterator[JsonObject]:
        for coded in self._codes("ext:QualityAssurance"):
            if coded.official and coded.note:
                yield self._accreditation(coded)

    def _accreditation(self, coded: Coded) -> JsonObject:
        """Return who assures quality. The model asks for the agent's country; where nothing says
        it, the country is the authority's code for what isn't settled.
        """
        new, today = self.numbering, self.translations.quality(coded)
        until = today.valid.valid_until if today and today.valid else None
        country = country_concept((today and today.country) or "", self.readers)
        agent = new.node(
            "Organisation",
            legalName=dict(self.translations.quality_body(coded)),
            location=new.node("Location", address=new.node("Address", countryCode=country)),
        )
        return new.node(
            "Accreditation",
            title=dict(self.translations.label("ext:QualityAssurance", coded)),
            dcType=self._concept("ext:QualityAssurance", coded),
            accreditingAgent=agent,
            identifier=self._register(today),
            landingPage=new.page(today.url or "") if today else None,
            expiryDate=f"{until}T23:59:59Z" if until else None,
        )

    def _register(self, today: QualityAssurance | None) -> JsonObject | None:
        if today is None or today.register_id is None:
            return None
        return self.numbering.node("Identifier", notation=today.register_id, schemeName="DEQAR")

    def _notes(self) -> Iterator[JsonObject | None]:
        """Yield what the model has no property for."""
        kind = "ext:QualityAssurance"
        for coded in self._codes(kind):
            if not (coded.official and coded.note):
                label = self.translations.label(kind, coded)
                body = self.translations.quality_body(coded)
                yield self.numbering.note(beside(label, body), subject=self._concept(kind, coded))
        for coded in (*self._codes("ext:EQF"), *self._codes("ext:QF-EHEA")):
            national = self.translations.national_level(coded)
            yield self.numbering.note(beside(words("national-level"), national) if national else {})
        taught = self.said.language
        if taught and not language_of_text(taught):  # a language without a code of two letters
            primary = taught.split("-", 1)[0]
            names = {reader: language_name(primary, reader) for reader in self.readers}
            yield self.numbering.note(beside(words("language"), names))
        if self.course is not None and self.translations.unchanged:
            yield from self._further(self.course)

    def _further(self, course: Course) -> Iterator[JsonObject | None]:
        new, of = self.numbering, self.translations.of
        spoken = self.translations.language
        for by in course.stackability.recognised_by if course.stackability else ():
            yield new.note(beside(words("recognised-by"), of(str(by.in_language(spoken)), by)))
        if course.further_info is not None:
            further = course.further_info
            yield new.note(of(str(further.in_language(spoken)), further))

    def _stackability(self) -> JsonObject:
        """Return what it counts towards; only where the whole description stands as it was."""
        if self.course is None or not self.translations.unchanged or not self.course.stackability:
            return {}
        wholes = [
            self.numbering.node(
                "Qualification", title=dict(title), homepage=self.numbering.page(url)
            )
            for url, title in self.pathways
        ]
        stackable = self.course.stackability.type == "stackable"
        return {"isPartialQualification": stackable, "isPartOf": many(wholes)}


def duration(hours: Decimal) -> str:
    """Return hours as an xsd:duration, whose hours and minutes are whole: 1.5 → PT1H30M."""
    minutes = round(hours * 60)
    whole, rest = divmod(minutes, 60)
    return f"PT{whole}H" if not rest else f"PT{whole}H{rest}M" if whole else f"PT{rest}M"


def beside(label: Words, text: Words) -> Words:
    """Return "label: text" in each language of the text."""
    if not text:
        return label
    return {
        language: f"{label.get(language) or label.get('en', '')}: {said}"
        for language, said in text.items()
    }


def awarding(numbering: Numbering, body: JsonObject, day: dt.datetime) -> JsonObject:
    """Return the AwardingProcess: by whom, and when."""
    return numbering.node("AwardingProcess", awardingBody=body, awardingDate=timestamp(day))
