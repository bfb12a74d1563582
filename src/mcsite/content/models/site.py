"""The site as a whole: catalogue/site.yaml, and the issuers of credentials/issuers.yaml."""

import datetime as dt
from typing import Literal

from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Image
from mcsite.content.text import Text


class TrustRegistry(ContentModel):
    """A list of issuers that the institution relies on, kept as a JSON file in the project."""

    name: Text
    file: str  # path in the project, a copy of the published list
    url: str | None = None  # where the list is published


class ThemeOptions(ContentModel):
    """What a site may change of the look without touching templates."""

    accent: str | None = None  # CSS hex colour
    logo: Image | None = None


class Publisher(ContentModel):
    """Who runs the site."""

    name: Text
    url: str | None = None
    email: str | None = None
    address: Text | None = None


class Site(ContentModel):
    """catalogue/site.yaml. `languages` are the interface languages; the first is the default."""

    title: Text
    base_url: str  # https, ends without a slash
    languages: tuple[str, ...]
    publisher: Publisher
    description: Text | None = None
    privacy: Literal["sealed", "public"] = "sealed"
    status_list_days: int = 30
    trust_registries: tuple[TrustRegistry, ...] = ()
    featured: tuple[str, ...] = ()  # course ids for the home page
    repository: str | None = None  # address of the Git repository, for "report a mistake"
    theme: ThemeOptions | None = None
    privacy_notice: Text | None = None  # Markdown, for /<lang>/privacy/
    about: Text | None = None  # Markdown, for /<lang>/about/

    @property
    def default_language(self) -> str:
        """The language of plain strings in content files."""
        return self.languages[0]


class IssuerKey(ContentModel):
    """A public key of an issuer and its window. `id` is the fragment in the DID document."""

    id: str
    public_key: str  # multibase, as in Multikey
    valid_from: dt.datetime
    valid_until: dt.datetime | None = None  # set when the key is retired
    compromised: dt.datetime | None = None


class Issuer(ContentModel):
    """An issuer profile of credentials/issuers.yaml."""

    did: str
    name: Text
    url: str | None = None
    providers: tuple[str, ...]  # the awarding bodies that it signs for
    keys: tuple[IssuerKey, ...] = ()
