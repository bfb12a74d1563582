"""A course leading to a micro-credential: Annex I of Council Recommendation 2022/C 243/02, and
more.
"""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from mcsite.content import field_schemas
from mcsite.content.fields import (
    AssetPath,
    Between,
    Code,
    Country,
    Currency,
    Day,
    EscoOccupation,
    EscoSkill,
    Id,
    LanguageTag,
    Like,
    OneOrMany,
    Url,
    Whole,
    Word,
    Words,
    fault,
    written,
)
from mcsite.content.models.base import SCALARS, ContentModel, scalar_as

Participation = Annotated[str, Code("participation")]
Many = OneOrMany()


class Skill(ContentModel):
    """A skill of ESCO: its URI and what to call it."""

    uri: EscoSkill = Field(description="ESCO URI of the skill")
    label: Words = Field(description="what to call it")


class Occupation(ContentModel):
    """An occupation of ESCO: its URI and what to call it."""

    uri: EscoOccupation = Field(description="ESCO URI of the occupation")
    label: Words = Field(description="what to call it")


class LearningOutcome(ContentModel):
    """What a learner will know, understand and be able to do (Annex I, mandatory)."""

    short_form: ClassVar = field_schemas.TEXT
    text: Words = Field(description="what the learner can do afterwards, verb first")
    skills: Annotated[tuple[EscoSkill, ...], Many] = Field((), description="ESCO skill URIs")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, SCALARS) or (
            isinstance(value, dict) and not value.keys() & {"text", "skills"}
        ):
            return {"text": value}
        return value


class Workload(ContentModel):
    """Notional workload in ECTS credits, hours, or both (Annex I, mandatory)."""

    example: ClassVar = "{ects: 3, hours: 75}"
    model_config = ConfigDict(json_schema_extra={"minProperties": 1})
    ects: Annotated[Decimal, Between("0.1", "60")] | None = Field(None, description="ECTS credits")
    hours: Annotated[Decimal, Between("0.5", "2000")] | None = Field(
        None, description="hours of work in all"
    )

    @model_validator(mode="after")
    def _is_stated(self) -> Self:
        if self.ects is None and self.hours is None:
            raise fault("MC220", "workload has neither ects nor hours",
                        "Annex I asks for the notional workload; give ects where you can, e.g. "
                        "workload: {ects: 3}")  # fmt: skip
        return self


class Level(ContentModel):
    """Level of the learning (Annex I): EQF 1-8, cycle of the QF-EHEA, national level as text."""

    example: ClassVar = "{eqf: 5}"
    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["eqf"]}, {"required": ["qf_ehea"]}]}
    )
    eqf: Whole | None = Field(None, ge=1, le=8, description="EQF level, 1 to 8")
    qf_ehea: Annotated[str, Code("qf-ehea")] | None = Field(
        None, description="cycle of the QF-EHEA"
    )
    nqf: Words | None = Field(None, description="level in the national framework, in words")
    nqf_code: Annotated[str, Code("nqf")] | None = Field(
        None, description="the same as a code, e.g. lqf-6: Europass asks for it beside eqf"
    )

    @model_validator(mode="after")
    def _is_stated(self) -> Self:
        if self.eqf is None and self.qf_ehea is None:
            raise fault(
                "MC221",
                "level has neither eqf nor qf_ehea",
                "write e.g. level: {eqf: 6}, or level: none and a level_reason",
            )
        return self


class Assessment(ContentModel):
    """How learning is assessed (Annex I, mandatory)."""

    short_form: ClassVar = Code("assessment-type").schema()
    type: Annotated[str, Code("assessment-type")] = Field(description="kind of assessment")
    description: Words | None = Field(None, description="how it is done")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("type", value)


class Period(ContentModel):
    """From one day to another, both included; open on a side where a date is absent."""

    valid_from: Day | None = Field(None, alias="from", description="first day")
    valid_until: Day | None = Field(None, alias="until", description="last day")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise fault("MC222", "ends before it begins", at=("until",))
        return self


class QualityAssurance(ContentModel):
    """What assures quality (Annex I, mandatory): the kind, and by whom."""

    example: ClassVar = "{type: internal}"
    type: Annotated[str, Code("accreditation-type")] = Field(
        description="kind of quality assurance"
    )
    body: Words | None = Field(None, description="who assures it")
    country: Country | None = Field(
        None, description="country of that body (ISO 3166-1): European credentials ask for it"
    )
    url: Url | None = Field(None, description="where that can be read")
    register_id: Word | None = Field(None, alias="register", description="DEQAR identifier")
    valid: Period | None = Field(None, description="since when and until when")


class Grading(ContentModel):
    """The scale of grades, and what passes."""

    example: ClassVar = "{scheme: Ten-point scale, pass: 4 points}"
    scheme: Words = Field(description="the scale")
    passing: Words | None = Field(None, alias="pass", description="what passes")


class Stackability(ContentModel):
    """Whether the micro-credential counts towards more (Annex I, optional)."""

    short_form: ClassVar = {"type": "string", "enum": ["standalone", "stackable"]}
    type: Literal["standalone", "stackable"] = Field(
        "stackable", description="standalone or stackable"
    )
    into: Annotated[tuple[Id, ...], Many] = Field((), description="ids of pathways or courses")
    recognised_by: Annotated[tuple[Words, ...], Many] = Field((), description="who recognises it")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, SCALARS):
            return {"type": _stackability(value)}
        if isinstance(value, dict):
            return {**value, "type": _stackability(value.get("type", "stackable"))}
        return value


def _stackability(value: Any) -> str:
    text = written(value, "standalone or stackable")
    if text not in ("standalone", "stackable"):
        raise fault("MC210", f"{text!r} is neither standalone nor stackable")
    return text


class Price(ContentModel):
    """What a learner pays: an amount in a currency; 0 is free."""

    short_form: ClassVar = {"type": "number", "minimum": 0}
    amount: Annotated[Decimal, Between("0", "100000")] = Field(description="0 where it is free")
    currency: Currency = Field("EUR", description="ISO 4217")
    note: Words | None = Field(None, description="for whom, what is included")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("amount", value)


class Offering(ContentModel):
    """One run of the course."""

    start: Day | None = Field(None, description="first day")
    end: Day | None = Field(None, description="last day")
    apply_by: Day | None = Field(None, description="last day to apply")
    place: Words | None = Field(None, description="where")
    mode: Participation | None = Field(None, description="where it differs from the course")
    price: Price | None = Field(None, description="what a learner pays")
    seats: Whole | None = Field(None, ge=1, le=100_000, description="number of places")
    url: Url | None = Field(None, description="where to apply")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise fault("MC222", "ends before it begins", at=("end",))
        return self


class Funding(ContentModel):
    """A programme that can pay for the course, and for whom."""

    programme: Words = Field(description="name of the programme")
    eligibility: Words | None = Field(None, description="who can get it")
    url: Url | None = Field(None, description="where to read more")


class Image(ContentModel):
    """A picture under catalogue/assets/, and the words for who can't see it."""

    short_form: ClassVar = field_schemas.ASSET
    path: AssetPath = Field(description="file below catalogue/assets/")
    alt: Words | None = Field(None, description="what it shows; absent for decoration")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("path", value)


class Withdrawal(ContentModel):
    """Since when a course is no longer offered, and why."""

    short_form: ClassVar = field_schemas.DAY
    since: Day = Field(description="first day on which it isn't offered")
    reason: Words | None = Field(None, description="why it is no longer offered")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("since", value)


def _level(value: Any) -> Any:
    return None if value == "none" else value


def _or_none(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"const": "none"})


class Course(ContentModel):
    """A micro-credential as the catalogue describes it. `id` is the file's name."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"level": {"const": "none"}}, "required": ["level"]},
            "then": {"required": ["level_reason"]},
        }
    )
    id: Id = Field(description="the file's name; not written in the file")
    title: Words = Field(description="title of the micro-credential")
    provider: Id = Field(description="id of the provider: the awarding body")
    learning_outcomes: Annotated[tuple[LearningOutcome, ...], Many] = Field(
        min_length=1, description="what the learner can do afterwards"
    )
    workload: Workload = Field(description="notional workload: ects, hours, or both")
    level: Annotated[Level | None, BeforeValidator(_level)] = Field(
        description="EQF level or QF-EHEA cycle; none, with a level_reason, where it has none",
        json_schema_extra=_or_none,
    )
    level_reason: Words | None = Field(None, description="why there is no level")
    assessment: Annotated[tuple[Assessment, ...], Many] = Field(
        min_length=1, description="how learning is assessed"
    )
    participation: Annotated[tuple[Participation, ...], Many] = Field(
        min_length=1, description="form of participation"
    )
    quality_assurance: Annotated[tuple[QualityAssurance, ...], Many] = Field(
        min_length=1, description="what assures quality"
    )
    prerequisites: Words | None = Field(None, description="what is needed to enrol")
    supervision: Annotated[str, Code("supervision")] | None = Field(
        None, description="supervision and identity check during assessment"
    )
    grading: Grading | None = Field(None, description="the scale of grades")
    stackability: Stackability | None = Field(None, description="what it counts towards")
    further_info: Words | None = Field(None, description="further information (Markdown)")
    type: Annotated[str, Code("learning-opportunity-type")] = Field(
        "short-learning-programme", description="kind of learning opportunity"
    )
    summary: Words | None = Field(None, description="one sentence, for lists and search")
    description: Words | None = Field(None, description="what it is about (Markdown)")
    field: Annotated[tuple[Annotated[str, Code("isced-f")], ...], Many] = Field(
        (), description="ISCED-F 2013 codes"
    )
    skills: Annotated[tuple[Skill, ...], Many] = Field((), description="ESCO skills")
    occupations: Annotated[tuple[Occupation, ...], Many] = Field((), description="ESCO occupations")
    language: Annotated[tuple[LanguageTag, ...], Many] = Field(
        (), description="languages of instruction (BCP 47)"
    )
    offerings: Annotated[tuple[Offering, ...], Many] = Field((), description="runs of the course")
    alliances: Annotated[
        tuple[Annotated[str, Like(r"[a-z0-9]+(-[a-z0-9]+)*", "euroteq")], ...], Many
    ] = Field((), description="alliances in which it is exchanged, as eduXchange names them")
    funding: Annotated[tuple[Funding, ...], Many] = Field((), description="who can pay for it")
    image: Image | None = Field(None, description="a picture")
    badge: Image | None = Field(None, description="badge art")
    version: Word = Field("1", description="version of this description")
    replaces: Annotated[tuple[Id, ...], Many] = Field((), description="ids of earlier courses")
    aliases: Annotated[tuple[Id, ...], Many] = Field(
        (), description="earlier ids: their addresses lead here"
    )
    withdrawn: Withdrawal | None = Field(None, description="since when it is no longer offered")

    @model_validator(mode="after")
    def _has_level_or_reason(self) -> Self:
        if self.level is None and self.level_reason is None:
            raise fault("MC223", "level is none, and nothing says why",
                        "add level_reason: a sentence for the reader", at=("level",))  # fmt: skip
        return self
