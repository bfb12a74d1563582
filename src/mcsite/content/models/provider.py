"""A provider: the body that awards micro-credentials."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from mcsite.content.fields import (
    Code,
    Country,
    Day,
    Email,
    Id,
    Like,
    Url,
    Word,
    Words,
    fault,
)
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Image, Many


class Identifiers(ContentModel):
    """Identifiers of the body in European registers."""

    pic: Annotated[str, Like(r"[0-9]{9}", "900000101")] | None = Field(
        None, description="Participant Identification Code: nine digits"
    )
    schac: Annotated[str, Like(r"[a-z0-9-]+(\.[a-z0-9-]+)+", "university.example")] | None = Field(
        None, description="SCHAC home organisation: a domain"
    )
    erasmus: Word | None = Field(None, description="Erasmus code")
    eidas: Word | None = Field(None, description="eIDAS legal identifier")
    deqar: Annotated[str, Like(r"DEQARINST[0-9]+", "DEQARINST9901")] | None = Field(
        None, description="DEQAR institution"
    )


class Accreditation(ContentModel):
    """Who accredited the body, for what, and for how long."""

    by: Words = Field(description="the agency or ministry")
    type: Annotated[str, Code("accreditation-type")] = Field(description="kind of accreditation")
    url: Url | None = Field(None, description="entry in the register")
    valid_from: Day | None = Field(None, description="first day")
    valid_until: Day | None = Field(None, description="last day")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise fault("MC222", "ends before it begins", at=("valid_until",))
        return self


class Contact(ContentModel):
    """How to reach the body about its courses."""

    email: Email | None = Field(None, description="e-mail address")
    phone: Word | None = Field(None, description="telephone, with country code")
    address: Words | None = Field(None, description="postal address")
    url: Url | None = Field(None, description="contact page")


class Provider(ContentModel):
    """An awarding body. `id` is the file's name."""

    id: Id = Field(description="the file's name; not written in the file")
    legal_name: Words = Field(description="legal name")
    alternative_name: Words | None = Field(None, description="short or other name")
    country: Country = Field(description="ISO 3166-1 alpha-2: the country of the issuer (Annex I)")
    region: Words | None = Field(None, description="region of the issuer")
    homepage: Url | None = Field(None, description="web site")
    description: Words | None = Field(None, description="who it is (Markdown)")
    logo: Image | None = Field(None, description="logo")
    identifiers: Identifiers | None = Field(None, description="identifiers in registers")
    accreditations: Annotated[tuple[Accreditation, ...], Many] = Field(
        (), description="who accredited it"
    )
    contact: Contact | None = Field(None, description="how to reach it")
    aliases: Annotated[tuple[Id, ...], Many] = Field(
        (), description="earlier ids: their addresses lead here"
    )
