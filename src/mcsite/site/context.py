"""What every view may look at: catalogue, plan, addresses, and the reader's language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course
from mcsite.site.localise import Localiser, alphabetical, translations_for
from mcsite.site.plan import Plan, offered
from mcsite.site.relations import Relations, relations_of
from mcsite.site.theme import Theme
from mcsite.site.urls import Urls
from mcsite.store.history import Dates


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """One build of one site. `built_at` comes from the edge; `commit` is "" outside Git."""

    catalogue: Catalogue
    plan: Plan
    urls: Urls
    theme: Theme
    built_at: dt.datetime
    commit: str = ""
    images: bool = True  # whether pictures of shared pages are drawn in this build
    dates: Mapping[str, Dates] = field(default_factory=dict)  # of courses, where Git knows them
    localisers: dict[str, Localiser] = field(default_factory=dict)
    orders: dict[str, tuple[Course, ...]] = field(default_factory=dict)
    lists: dict[tuple[str, str], Any] = field(default_factory=dict)  # what many pages show alike

    def localiser(self, language: str) -> Localiser:
        """Return the words, dates and numbers of a language."""
        if language not in self.localisers:
            self.localisers[language] = Localiser(language, translations_for(self.theme, language))
        return self.localisers[language]

    @cached_property
    def relations(self) -> Relations:
        """How the courses are related."""
        return relations_of(self.catalogue)

    def courses_by_title(self, language: str) -> tuple[Course, ...]:
        """Return the courses that are offered, in the order of a language's alphabet."""
        if language not in self.orders:
            self.orders[language] = tuple(
                sorted(
                    offered(self.catalogue),
                    key=lambda course: alphabetical(course.title.in_language(language).text),
                )
            )
        return self.orders[language]

    @cached_property
    def today(self) -> dt.date:
        """The day of the build."""
        return self.built_at.date()

    @property
    def social_images(self) -> bool:
        """Tell whether shared pages have pictures."""
        theme = self.catalogue.site.theme
        return self.images and (theme is None or theme.social_images)

    @property
    def languages(self) -> tuple[str, ...]:
        """Interface languages, the default first."""
        return self.catalogue.site.languages
