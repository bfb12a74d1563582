"""Every link that content files hold: those of Markdown, and those of fields of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mcsite.content.catalogue import Catalogue
from mcsite.content.markdown import links_of
from mcsite.content.models.base import ContentModel
from mcsite.content.rules.places import Places
from mcsite.content.rules.quality import MARKDOWN
from mcsite.content.rules.texts import Loc, things
from mcsite.content.text import Text
from mcsite.findings import Finding, Position, Severity

URL_FIELDS = ("url", "homepage", "successor", "archive")


@dataclass(frozen=True, slots=True)
class WrittenLinks:
    """The links of one text or field: `targets` as written, in their order."""

    key: str  # of the file
    loc: Loc
    language: str  # of the text; "" for a field that isn't one
    targets: tuple[str, ...]

    def placed(self, places: Places) -> Iterator["PlacedLink"]:
        """Yield each link with its place."""
        found = places.mentions(self.key, self.loc, self.targets)
        for target, (at, length) in zip(self.targets, found, strict=True):
            yield PlacedLink(target, at, length)


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link, and where it stands."""

    target: str
    at: Position
    length: int

    def finding(self, code: str, severity: Severity, message: str, hint: str = "") -> Finding:
        """Return a finding at the link."""
        return Finding(
            at=self.at,
            code=code,
            severity=severity,
            message=message,
            hint=hint,
            length=self.length,
        )


def is_external(target: str, base_url: str) -> bool:
    """Tell whether a link leads to another site on the web."""
    return target.startswith(("http://", "https://")) and not is_below(target, base_url)


def is_below(url: str, base_url: str) -> bool:
    """Tell whether an address is one of the site at `base_url`."""
    return url == base_url or url.startswith((f"{base_url}/", f"{base_url}#", f"{base_url}?"))


def markdown_links(catalogue: Catalogue) -> Iterator[WrittenLinks]:
    """Yield the links of every text that is Markdown, a language at a time."""
    for key, thing in things(catalogue):
        for name in MARKDOWN:
            text = getattr(thing, name, None)
            if not isinstance(text, Text):
                continue
            for language, written in text.by_language.items():
                targets = links_of(written)
                if targets:
                    yield WrittenLinks(key, (name, language), language, targets)


def field_links(catalogue: Catalogue) -> Iterator[WrittenLinks]:
    """Yield the links of fields that hold a web address."""
    for key, thing in things(catalogue):
        for loc, url in _urls_of(thing):
            yield WrittenLinks(key, loc, "", (url,))
    for number, issuer in enumerate(catalogue.issuers):
        for loc, url in _urls_of(issuer, (number,)):
            yield WrittenLinks("issuers", loc, "", (url,))


def _urls_of(thing: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(thing, ContentModel):
        for name, about in type(thing).model_fields.items():
            value, here = getattr(thing, name), (*loc, about.alias or name)
            if name in URL_FIELDS and value is not None:
                yield here, value
            elif isinstance(value, ContentModel | tuple):
                yield from _urls_of(value, here)
    elif isinstance(thing, tuple):
        for index, item in enumerate(thing):
            yield from _urls_of(item, (*loc, index))
