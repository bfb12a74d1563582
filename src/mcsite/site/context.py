"""What every view may look at: catalogue, plan, addresses, and the reader's language."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from mcsite.content.catalogue import Catalogue
from mcsite.site.localise import Localiser, translations_for
from mcsite.site.plan import Plan
from mcsite.site.theme import Theme
from mcsite.site.urls import Urls


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """One build of one site. `built_at` comes from the edge; `commit` is "" outside Git."""

    catalogue: Catalogue
    plan: Plan
    urls: Urls
    theme: Theme
    built_at: dt.datetime
    commit: str = ""
    localisers: dict[str, Localiser] = field(default_factory=dict)

    def localiser(self, language: str) -> Localiser:
        """Return the words, dates and numbers of a language."""
        if language not in self.localisers:
            self.localisers[language] = Localiser(language, translations_for(self.theme, language))
        return self.localisers[language]

    @cached_property
    def today(self) -> dt.date:
        """The day of the build."""
        return self.built_at.date()

    @property
    def languages(self) -> tuple[str, ...]:
        """Interface languages, the default first."""
        return self.catalogue.site.languages
