"""The columns of a table of courses: a flat name for each field of a course file.

A text in another language than the first stands in a column of its own, `title:lv`. What a course
has several of (outcomes, assessments, offerings …) stands a line each in the cell; columns of the
same things go together line by line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mcsite.content.models.course import Course
from mcsite.content.shapes import Kind, Shape, shape_of

COURSE = shape_of(Course)
_EQF = "eqf"  # a number in the model, and a vocabulary whose labels people write


@dataclass(frozen=True, slots=True)
class Column:
    """A column, the way to its field, and an example of what stands in it."""

    name: str
    way: tuple[str, ...]
    example: str

    @property
    def shape(self) -> Shape:
        """What the field holds."""
        return COURSE.at(*self.way)

    @property
    def group(self) -> Shape:
        """What the field at the top of the file holds, of which this may be a part."""
        return COURSE.fields[self.way[0]]

    @property
    def in_lines(self) -> bool:
        """Tell whether a cell holds a line for each of several things."""
        return self.group.many and self.group.kind is Kind.PART

    @property
    def vocabulary(self) -> str:
        """The vocabulary whose codes stand here; "language" for languages."""
        if self.way == ("language",):
            return "language"
        return _EQF if self.way[-1] == _EQF else self.shape.vocabulary

    @property
    def required(self) -> bool:
        """Tell whether Annex I asks for it: of a part, for its main fields."""
        asked = self.way[0] in COURSE.required
        return asked and (
            len(self.way) == 1 or self.way[-1] in (*self.group.required, "ects", _EQF)
        )


_TABLE: tuple[tuple[str, str, str], ...] = (
    ("title", "", "Data stewardship"),
    ("provider", "", "my-institution"),
    ("learning_outcomes", "learning_outcomes.text",
     "Write a data management plan\nDescribe a data set with metadata"),
    ("ects", "workload.ects", "3"),
    ("hours", "workload.hours", "78"),
    ("eqf", "level.eqf", "6"),
    ("qf_ehea", "level.qf_ehea", "first-cycle"),
    ("nqf", "level.nqf", ""),
    ("nqf_code", "level.nqf_code", "lqf-6"),
    ("level_reason", "", ""),
    ("assessment", "assessment.type", "project-work\nquiz"),
    ("assessment_description", "assessment.description", "A plan for a data set of your own"),
    ("participation", "", "online"),
    ("quality_assurance", "quality_assurance.type", "internal"),
    ("quality_assurance_body", "quality_assurance.body", "Study Quality Council"),
    ("quality_assurance_country", "quality_assurance.country", ""),
    ("quality_assurance_url", "quality_assurance.url", ""),
    ("quality_assurance_register", "quality_assurance.register", ""),
    ("quality_assurance_from", "quality_assurance.valid.from", ""),
    ("quality_assurance_until", "quality_assurance.valid.until", ""),
    ("prerequisites", "", "None"),
    ("supervision", "", "online-with-identity"),
    ("grading_scheme", "grading.scheme", "Pass / fail"),
    ("grading_pass", "grading.pass", ""),
    ("stackability", "stackability.type", "standalone"),
    ("stackable_into", "stackability.into", ""),
    ("recognised_by", "stackability.recognised_by", ""),
    ("further_info", "", ""),
    ("type", "", "short-learning-programme"),
    ("summary", "", "Plan, describe and keep data so that others can use them."),
    ("description", "", "You work with a data set of **your own**, week by week."),
    ("field", "", "0612"),
    ("skills", "skills.uri", ""),
    ("skill_labels", "skills.label", ""),
    ("occupations", "occupations.uri", ""),
    ("occupation_labels", "occupations.label", ""),
    ("language", "", "en"),
    ("offering_start", "offerings.start", "2027-02-01"),
    ("offering_end", "offerings.end", "2027-03-28"),
    ("offering_apply_by", "offerings.apply_by", "2027-01-25"),
    ("offering_place", "offerings.place", ""),
    ("offering_mode", "offerings.mode", ""),
    ("offering_price", "offerings.price.amount", "0"),
    ("offering_currency", "offerings.price.currency", "EUR"),
    ("offering_price_note", "offerings.price.note", ""),
    ("offering_seats", "offerings.seats", "24"),
    ("offering_url", "offerings.url", "https://www.example.org/apply"),
    ("alliances", "", ""),
    ("funding_programme", "funding.programme", ""),
    ("funding_eligibility", "funding.eligibility", ""),
    ("funding_url", "funding.url", ""),
    ("image", "image.path", ""),
    ("image_alt", "image.alt", ""),
    ("badge", "badge.path", ""),
    ("badge_alt", "badge.alt", ""),
    ("version", "", "1"),
    ("replaces", "", ""),
    ("aliases", "", ""),
    ("withdrawn", "withdrawn.since", ""),
    ("withdrawn_reason", "withdrawn.reason", ""),
)  # fmt: skip
ID = "id"
EXAMPLE = "example"  # the id of the row that a template shows; it isn't imported
COLUMNS: Mapping[str, Column] = MappingProxyType(
    {name: Column(name, tuple((way or name).split(".")), text) for name, way, text in _TABLE}
)
