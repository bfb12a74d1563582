"""A pathway: micro-credentials that together lead somewhere."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from mcsite.content import field_schemas
from mcsite.content.fields import Between, EscoOccupation, Flag, Id, Whole, Words
from mcsite.content.models.base import ContentModel, scalar_as
from mcsite.content.models.course import Many


class Step(ContentModel):
    """One step: its courses, of which `any_of` (how many; all where absent) have to be taken."""

    short_form: ClassVar = field_schemas.ID
    title: Words | None = Field(None, description="what the step is for")
    courses: Annotated[tuple[Id, ...], Many] = Field(min_length=1, description="ids of courses")
    any_of: Whole | None = Field(None, ge=1, le=50, description="how many of them; absent: all")
    minimum_ects: Annotated[Decimal, Between("0.1", "300")] | None = Field(
        None, description="fewest credits that the step has to bring"
    )
    optional: Flag = Field(False, description="true where the step may be left out")  # noqa: FBT003

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("courses", value)


class Outcome(ContentModel):
    """What the whole leads to: a qualification, an occupation, or both."""

    qualification: Words | None = Field(None, description="the qualification, in words")
    occupation: EscoOccupation | None = Field(None, description="ESCO URI of the occupation")
    description: Words | None = Field(None, description="what the whole gives")


class Pathway(ContentModel):
    """A stack of micro-credentials. `id` is the file's name. Credits are computed, never typed."""

    id: Id = Field(description="the file's name; not written in the file")
    title: Words = Field(description="title of the pathway")
    provider: Id | None = Field(None, description="id of the provider that offers the whole")
    summary: Words | None = Field(None, description="one sentence, for lists and search")
    description: Words | None = Field(None, description="what it is about (Markdown)")
    outcome: Outcome = Field(description="what the whole leads to")
    steps: Annotated[tuple[Step, ...], Many] = Field(min_length=1, description="steps, in order")
    aliases: Annotated[tuple[Id, ...], Many] = Field(
        (), description="earlier ids: their addresses lead here"
    )
