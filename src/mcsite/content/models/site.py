"""The site as a whole: catalogue/site.yaml, and the issuers of credentials/issuers.yaml."""

import re
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from mcsite.content import field_schemas
from mcsite.content.addresses import in_ascii, split_url
from mcsite.content.field_schemas import like
from mcsite.content.fields import (
    AssetPath,
    Email,
    Flag,
    Id,
    LanguageTag,
    Moment,
    ProjectPath,
    Url,
    Whole,
    Word,
    Words,
    fault,
    written,
)
from mcsite.content.models.base import ContentModel, scalar_as
from mcsite.content.models.course import Image, Many
from mcsite.content.models.forge import SourceRepository
from mcsite.content.models.sunset import Sunset

_COLOUR = r"#[0-9a-fA-F]{6}"
_LICENCE = r"[A-Za-z0-9][A-Za-z0-9.+-]*"
_DID = r"did:(web|key):[A-Za-z0-9._:%-]+"
_KEY = r"z[1-9A-HJ-NP-Za-km-z]{40,80}"
_FAMILY = r"[\w][\w -]*"
_WEIGHT = r"[1-9]\d{0,2}( [1-9]\d{0,2})?"
_HTTPS = r'https://[!"$->A-~]+|http://(localhost|127\.0\.0\.1)[!"$->A-~]*'


def _base_url(text: str) -> str:
    parts = split_url(text)
    if parts is None or parts.query or parts.fragment or "//" in parts.path or ".." in parts.path:
        raise _not_an_address(text)
    local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise _not_an_address(text)
    if not text.isascii():  # the issuer's DID is made of it, and has no other letters
        raise fault("MC217", f"{text!r} has letters that an issuer's DID can't have",
                    f"write {in_ascii(parts).rstrip('/')}, which is the same address")  # fmt: skip
    return text.rstrip("/")


def _not_an_address(text: str) -> PydanticCustomError:
    return fault("MC217", f"{text!r} can't be the address of a site",
                 "https://, a host, and where needed a path")  # fmt: skip


def _colour(text: str) -> str:
    if not re.fullmatch(_COLOUR, text):
        raise fault("MC218", f"{text!r} isn't a colour", "six hexadecimal digits, e.g. '#0b57a4'")
    return text


def _license(text: str) -> str:
    if not re.fullmatch(_LICENCE, text):
        raise fault("MC229", f"{text!r} isn't the identifier of a licence",
                    "as SPDX writes it, e.g. CC-BY-4.0 or CC0-1.0; or proprietary")  # fmt: skip
    return text


def _did(text: str) -> str:
    if not re.fullmatch(_DID, text):
        raise fault("MC219", f"{text!r} isn't a DID", "did:web:… of the site, or did:key:…")
    return text


def _public_key(text: str) -> str:
    if not re.fullmatch(_KEY, text):
        raise fault(
            "MC227", f"{text!r} isn't a public key", "mcsite keygen writes it: z6Mk… or zDn…"
        )
    return text


def _privacy(value: object) -> str:
    text = written(value, "sealed or public")
    if text not in ("sealed", "public"):
        raise fault("MC210", f"{text!r} is neither sealed nor public")
    return text


Did = Annotated[Word, AfterValidator(_did), like(_DID)]


class TrustRegistry(ContentModel):
    """A list of issuers that the institution relies on, kept as a JSON file in the project."""

    name: Words = Field(description="what the list is called")
    file: ProjectPath = Field(description="file in the project: a copy of the published list")
    url: Url | None = Field(None, description="where the list is published")


def _family(text: str) -> str:
    if not re.fullmatch(_FAMILY, text):
        raise fault("MC633", f"{text!r} can't be the name of a font",
                    "letters, digits, spaces and hyphens")  # fmt: skip
    return text


def _weight(text: str) -> str:
    if not re.fullmatch(_WEIGHT, text):
        raise fault("MC633", f"{text!r} isn't the weight of a font",
                    "400, or the range of a variable font: 100 900")  # fmt: skip
    return text


def _style(value: object) -> str:
    text = written(value, "normal or italic")
    if text not in ("normal", "italic"):
        raise fault("MC633", f"{text!r} is neither normal nor italic")
    return text


class FontFile(ContentModel):
    """A file of a font, and which of its faces it has."""

    short_form: ClassVar = field_schemas.ASSET
    path: AssetPath = Field(description="file below catalogue/assets/, in the format WOFF2")
    weight: Annotated[Word, AfterValidator(_weight)] = Field(
        "400", description="weight of its letters, or the range of a variable font"
    )
    style: Annotated[Literal["normal", "italic"], BeforeValidator(_style)] = Field(
        "normal", description="upright, or italic"
    )

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("path", value)


class Font(ContentModel):
    """The site's own font. Pages of credentials, which have to be light, do without it."""

    family: Annotated[Word, AfterValidator(_family), like(_FAMILY)] = Field(
        description="the font's name"
    )
    files: Annotated[tuple[FontFile, ...], Many] = Field(
        (), description="its files; none for a font of readers' systems"
    )


class ThemeOptions(ContentModel):
    """What a site may change of the look without touching templates."""

    accent: Annotated[Word, AfterValidator(_colour), like(_COLOUR)] | None = Field(
        None, description="colour of links and buttons, in light mode"
    )
    logo: Image | None = Field(None, description="logo beside the site's name")
    font: Font | None = Field(None, description="font of all text, before the system's own")
    social_images: Flag = Field(
        True,  # noqa: FBT003
        description="whether the pages of courses and providers have pictures for who shares them",
    )


class Publisher(ContentModel):
    """Who runs the site."""

    example: ClassVar = "{name: University of Example}"
    name: Words = Field(description="name of the institution")
    url: Url | None = Field(None, description="web site")
    email: Email | None = Field(None, description="e-mail address")
    address: Words | None = Field(None, description="postal address")


class Site(ContentModel):
    """catalogue/site.yaml. `languages` are the interface languages; the first is the default."""

    title: Words = Field(description="name of the site")
    base_url: Annotated[Word, AfterValidator(_base_url), like(_HTTPS)] = Field(
        description="address of the published site; credentials carry it for ever"
    )
    languages: Annotated[tuple[LanguageTag, ...], Many] = Field(
        min_length=1, description="interface languages; the first is the default"
    )
    publisher: Publisher = Field(description="who runs the site")
    description: Words | None = Field(None, description="one or two sentences for the home page")
    privacy: Annotated[Literal["sealed", "public"], BeforeValidator(_privacy)] = Field(
        "sealed", description="how credentials are issued where nothing else is said"
    )
    status_list_days: Whole = Field(
        30, ge=1, le=3660, description="how long a signed status list counts"
    )
    trust_registries: Annotated[tuple[TrustRegistry, ...], Many] = Field(
        (), description="lists of issuers that the site relies on, beside its own"
    )
    featured: Annotated[tuple[Id, ...], Many] = Field((), description="courses for the home page")
    repository: SourceRepository | None = Field(
        None, description="the Git repository of the files: pages link to theirs"
    )
    data_license: Annotated[Word, AfterValidator(_license), like(_LICENCE)] | None = Field(
        None, description="licence of the descriptions: an identifier of SPDX, e.g. CC-BY-4.0"
    )
    theme: ThemeOptions | None = Field(None, description="options of the look")
    sunset: Sunset | None = Field(None, description="the end of the catalogue, once it is known")
    privacy_notice: Words | None = Field(None, description="Markdown for the privacy page")
    about: Words | None = Field(None, description="Markdown for the about page")
    accessibility_notice: Words | None = Field(
        None,
        description="Markdown for the accessibility statement: what isn't, and whom to ask",
    )

    @model_validator(mode="after")
    def _languages_differ(self) -> Self:
        for index, tag in enumerate(self.languages):
            if tag in self.languages[:index]:
                raise fault("MC228", f"{tag!r} stands twice", at=("languages", index))
        return self

    @property
    def default_language(self) -> str:
        """The language of plain strings in content files."""
        return self.languages[0]


class IssuerKey(ContentModel):
    """A public key of an issuer and its window."""

    id: Id = Field(description="fragment of the key in the DID document")
    public_key: Annotated[Word, AfterValidator(_public_key), like(_KEY)] = Field(
        description="Multikey: multibase, base58-btc"
    )
    valid_from: Moment = Field(description="since when it signs")
    valid_until: Moment | None = Field(None, description="when it was retired")
    compromised: Moment | None = Field(None, description="when it was known to be stolen")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_until and self.valid_until < self.valid_from:
            raise fault("MC222", "ends before it begins", at=("valid_until",))
        return self


class Issuer(ContentModel):
    """An issuer profile of credentials/issuers.yaml."""

    did: Did = Field(description="did:web of the site, or did:key")
    name: Words = Field(description="name of the issuer")
    url: Url | None = Field(
        None, description="web site; absent: this one, for a DID of the same host"
    )
    providers: Annotated[tuple[Id, ...], Many] = Field(
        (), description="awarding bodies that it signs for; absent: all"
    )
    keys: Annotated[tuple[IssuerKey, ...], Many] = Field((), description="public keys")

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        ids = [key.id for key in self.keys]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                raise fault("MC228", f"the key {name!r} stands twice", at=("keys", index, "id"))
        return self
