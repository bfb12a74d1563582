"""A course leading to a micro-credential: Annex I of Council Recommendation 2022/C 243/02, and more."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from mcsite.content.models.base import ContentModel
from mcsite.content.text import Text


class Skill(ContentModel):
    """A skill or occupation of ESCO: its URI and what to call it."""

    uri: str
    label: Text


class LearningOutcome(ContentModel):
    """What a learner will know, understand and be able to do (Annex I, mandatory)."""

    text: Text
    skills: tuple[str, ...] = ()  # ESCO URIs


class Workload(ContentModel):
    """Notional workload in ECTS credits, hours, or both (Annex I, mandatory)."""

    ects: Decimal | None = None
    hours: Decimal | None = None


class Level(ContentModel):
    """Level of the learning (Annex I): EQF 1-8, cycle of the QF-EHEA, national level as text."""

    eqf: int | None = None
    qf_ehea: str | None = None  # code of the vocabulary "qf-ehea"
    nqf: Text | None = None


class Assessment(ContentModel):
    """How learning is assessed (Annex I, mandatory): a code of "assessment-type", and words."""

    type: str
    description: Text | None = None


class Period(ContentModel):
    """From one day to another, both included; open on a side where a date is absent."""

    valid_from: dt.date | None = None  # in YAML: from
    valid_until: dt.date | None = None  # in YAML: until


class QualityAssurance(ContentModel):
    """What assures quality (Annex I, mandatory): a code of "accreditation-type", and by whom."""

    type: str
    body: Text | None = None
    url: str | None = None
    register_id: str | None = None  # DEQAR identifier; in YAML: register
    valid: Period | None = None


class Grading(ContentModel):
    """The scale of grades, and what passes."""

    scheme: Text
    passing: Text | None = None  # in YAML: pass


class Stackability(ContentModel):
    """Whether the micro-credential counts towards more (Annex I, optional)."""

    type: Literal["standalone", "stackable"]
    into: tuple[str, ...] = ()  # ids of pathways or courses
    recognised_by: tuple[Text, ...] = ()


class Price(ContentModel):
    """What a learner pays: an amount in a currency (ISO 4217); 0 is free."""

    amount: Decimal
    currency: str = "EUR"
    note: Text | None = None


class Offering(ContentModel):
    """One run of the course. Dates are days; `seats` is a number of places."""

    start: dt.date | None = None
    end: dt.date | None = None
    apply_by: dt.date | None = None
    place: Text | None = None
    mode: str | None = None  # code of "participation"
    price: Price | None = None
    seats: int | None = None
    url: str | None = None


class Funding(ContentModel):
    """A programme that can pay for the course, and for whom."""

    programme: Text
    eligibility: Text | None = None
    url: str | None = None


class Image(ContentModel):
    """A picture under catalogue/assets/, and the words for who can't see it (empty: decoration)."""

    path: str
    alt: Text | None = None


class Withdrawal(ContentModel):
    """Since when a course is no longer offered, and why."""

    since: dt.date
    reason: Text | None = None


class Course(ContentModel):
    """A micro-credential as the catalogue describes it. `id` is the file's name."""

    id: str
    title: Text
    provider: str  # id of a provider: the awarding body
    learning_outcomes: tuple[LearningOutcome, ...]
    workload: Workload
    level: Level | None  # None only where the file says `level: none` and gives `level_reason`
    level_reason: Text | None = None
    assessment: tuple[Assessment, ...]
    participation: tuple[str, ...]  # codes of "participation"; a single code in YAML is fine
    quality_assurance: tuple[QualityAssurance, ...]
    prerequisites: Text | None = None
    supervision: str | None = None  # code of "supervision"
    grading: Grading | None = None
    stackability: Stackability | None = None
    further_info: Text | None = None  # Markdown
    type: str = "short-learning-programme"  # code of "learning-opportunity-type"
    summary: Text | None = None
    description: Text | None = None  # Markdown
    field: tuple[str, ...] = ()  # ISCED-F 2013 codes
    skills: tuple[Skill, ...] = ()
    occupations: tuple[Skill, ...] = ()
    language: tuple[str, ...] = ()  # teaching languages, BCP 47
    offerings: tuple[Offering, ...] = ()
    funding: tuple[Funding, ...] = ()
    image: Image | None = None
    badge: Image | None = None
    version: str = "1"
    replaces: tuple[str, ...] = ()  # ids of courses
    withdrawn: Withdrawal | None = None
