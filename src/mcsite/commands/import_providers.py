"""Which provider of the catalogue a source means: by id, by a name, or by its home page."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from mcsite.content.fields import did_you_mean
from mcsite.content.models.provider import Provider
from mcsite.content.slugs import slug_of


class Providers:
    """The catalogue's providers, by everything they may be called."""

    def __init__(self, providers: Mapping[str, Provider]) -> None:
        self.known: dict[str, str] = {}
        for key, provider in providers.items():
            for name in (provider.legal_name, provider.alternative_name):
                for text in name.by_language.values() if name is not None else ():
                    self.known.setdefault(_name(text), key)
            if provider.homepage:
                self.known.setdefault(_page(provider.homepage), key)
        self.known |= {key: key for key in providers}
        self.ids = sorted(providers)

    def find(self, clues: Iterable[str]) -> str:
        """Return the id of the provider that a source means; "" where the catalogue hasn't it."""
        for clue in clues:
            found = self.known.get(_name(clue)) or self.known.get(_page(clue))
            if found:
                return found
        return ""

    def hint(self, name: str) -> str:
        """Return what to do about a provider that isn't there."""
        slug = slug_of(name)
        if slug in self.ids:
            return (
                f"did you mean {slug!r}? give it this name as its alternative_name; "
                "mcsite new provider ID adds another"
            )
        nearest = did_you_mean(name, self.ids) if self.ids else "there is none yet"
        start = f"mcsite new provider {slug or 'ID'}"
        return f"{nearest}; {start} adds it; a name of it may stand as its alternative_name"


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()


def _page(url: str) -> str:
    """Return a home page without what differs between ways to write it; "" of what isn't one."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return f"//{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"
