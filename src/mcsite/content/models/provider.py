"""A provider: the body that awards micro-credentials."""

import datetime as dt

from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Image
from mcsite.content.text import Text


class Identifiers(ContentModel):
    """Identifiers of the body in European registers."""

    pic: str | None = None
    schac: str | None = None
    erasmus: str | None = None
    eidas: str | None = None
    deqar: str | None = None


class Accreditation(ContentModel):
    """Who accredited the body, for what, and for how long."""

    by: Text
    type: str  # code of "accreditation-type"
    url: str | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


class Contact(ContentModel):
    """How to reach the body about its courses."""

    email: str | None = None
    phone: str | None = None
    address: Text | None = None
    url: str | None = None


class Provider(ContentModel):
    """An awarding body. `id` is the file's name; `country` is ISO 3166-1 alpha-2, in capitals."""

    id: str
    legal_name: Text
    alternative_name: Text | None = None
    country: str
    region: Text | None = None
    homepage: str | None = None
    description: Text | None = None  # Markdown
    logo: Image | None = None
    identifiers: Identifiers | None = None
    accreditations: tuple[Accreditation, ...] = ()
    contact: Contact | None = None
