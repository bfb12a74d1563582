"""The end of a catalogue: since when, in whose words, and where to go on."""

from typing import Any, ClassVar

from pydantic import Field, model_validator

from mcsite.content.fields import Day, Url, Words
from mcsite.content.models.base import ContentModel, scalar_as


class Sunset(ContentModel):
    """From `since` on, nothing is offered or issued; every page says so, before that day too."""

    short_form: ClassVar = {"type": "string", "format": "date"}
    since: Day = Field(description="the day on which the catalogue closes")
    notice: Words | None = Field(None, description="why, and whom to ask")
    successor: Url | None = Field(None, description="where it goes on")
    archive: Url | None = Field(None, description="where an archive of the site is kept")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("since", value)
