"""What every view may look at: catalogue, plan, addresses, and the reader's language."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Self

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course, Withdrawal
from mcsite.site.gallery import Component
from mcsite.site.localise import Localiser, alphabetical, translations_for
from mcsite.site.plan import Plan, offered
from mcsite.site.relations import Relations, relations_of
from mcsite.site.theme import Theme
from mcsite.site.tracing import Ask, Trace, TracedMapping, TracedSequence
from mcsite.site.urls import Urls
from mcsite.store.history import Dates

_OF_CATALOGUE = ("providers", "courses", "pathways", "skills", "occupations")
_PAGES = ("pages",)
ALL, PROVIDERS = "all", "providers"  # lists of courses beside those of topics
TODAY, COMMIT, CLOSED = ("today",), ("commit",), ("closed",)
BELOW = "below"  # asks for the files of a folder


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """One build of one site. What it is made of comes from the edge.

    Views ask for `today` and `commit`, so that it is noted which pages depend on them.
    """

    catalogue: Catalogue
    plan: Plan
    urls: Urls
    theme: Theme
    day: dt.date  # of the build
    revision: str = ""  # the commit's id, "" outside Git
    images: bool = True  # whether pictures of shared pages are drawn in this build
    dates: Mapping[str, Dates] = field(default_factory=dict)  # of courses, where Git knows them
    gallery: Mapping[str, Component] = field(default_factory=dict)  # where there is to be one
    trace: Trace = field(default_factory=Trace)
    localisers: dict[str, Localiser] = field(default_factory=dict)
    lists: dict[Ask, Sequence[Course]] = field(default_factory=dict)  # in a language's order
    ranks: dict[str, Mapping[str, int]] = field(default_factory=dict)  # of courses, by title
    untraced: Self | None = None  # what this one is the traced form of

    def traced(self) -> "SiteContext":
        """Return the same context, which notes what is asked of it: of everything that can change
        between two builds of one environment (see site.inputs).
        """
        trace = Trace()
        content = self.collections()

        def of(*name: str) -> Any:
            return TracedMapping(name, content[name], trace)

        catalogue = {name: of(name) for name in _OF_CATALOGUE}
        topics = {kind: of("topics", kind) for kind in self.plan.topics}
        return replace(
            self,
            catalogue=replace(self.catalogue, **catalogue),
            plan=Plan(TracedSequence(_PAGES, self.plan.pages, trace), topics),
            dates=of("dates"),
            trace=trace,
            lists={},
            untraced=self,
        )

    def collections(self) -> dict[Ask, Any]:
        """Return what a traced context notes asks of, by name, but what `listed` gives."""
        found: dict[Ask, Any] = {(name,): getattr(self.catalogue, name) for name in _OF_CATALOGUE}
        found[_PAGES] = self.plan.pages
        found["dates",] = self.dates
        for kind, topics in self.plan.topics.items():
            found["topics", kind] = topics
        for one in fields(Relations):
            found["relations", one.name] = getattr(self.relations, one.name)
        return found

    def localiser(self, language: str) -> Localiser:
        """Return the words, dates and numbers of a language."""
        if language not in self.localisers:
            self.localisers[language] = Localiser(language, translations_for(self.theme, language))
        return self.localisers[language]

    @cached_property
    def relations(self) -> Relations:
        """How the courses are related."""
        if self.untraced is None:
            return relations_of(self.catalogue)
        found = self.untraced.relations
        return Relations(
            **{
                one.name: TracedMapping(
                    ("relations", one.name), getattr(found, one.name), self.trace
                )
                for one in fields(Relations)
            }
        )

    def courses_by_title(self, language: str) -> Sequence[Course]:
        """Return the courses that are offered, in the order of a language's alphabet."""
        return self.listed((ALL, language))

    def courses_of(self, language: str, kind: str, key: str) -> Sequence[Course]:
        """Return those of a topic, or where `kind` is PROVIDERS of a provider, in that order."""
        return self.listed((kind, key, language))

    def listed(self, name: Ask) -> Sequence[Course]:
        """Return a list of courses by its name, which ends with the language."""
        if name not in self.lists:
            self.lists[name] = self._listed(name)
        return self.lists[name]

    def _listed(self, name: Ask) -> Sequence[Course]:
        if self.untraced is not None:
            return TracedSequence(("listed", *name), self.untraced.listed(name), self.trace)
        kind, language = name[0], name[-1]
        courses: Iterable[Course]
        if kind == ALL:
            courses = offered(self.catalogue)
        elif kind == PROVIDERS:
            courses = self.relations.of_provider.get(name[1], ())
        else:
            ids = self.plan.topics.get(kind, {}).get(name[1], ())
            courses = map(self.catalogue.courses.__getitem__, ids)
        ranks = self._ranks(language)
        return sorted(courses, key=lambda course: ranks[course.id])

    def _ranks(self, language: str) -> Mapping[str, int]:
        """Return which place each course has among all, in the order of a language's alphabet."""
        if language not in self.ranks:
            in_order = sorted(
                self.catalogue.courses.values(),
                key=lambda course: alphabetical(course.title.in_language(language).text),
            )
            self.ranks[language] = {course.id: rank for rank, course in enumerate(in_order)}
        return self.ranks[language]

    def depends_on(self, *names: str) -> None:
        """Note that files are read from the project: those at or below `names`."""
        for name in names:
            self.trace.note((BELOW, name))

    @property
    def today(self) -> dt.date:
        """The day of the build."""
        self.trace.note(TODAY)
        return self.day

    @property
    def closed(self) -> bool:
        """Tell whether the catalogue is closed: whoever asks is made again on one day alone."""
        sunset = self.catalogue.site.sunset
        if sunset is None:
            return False
        self.trace.note(CLOSED)
        return sunset.since <= self.day

    def withdrawal_of(self, course: Course) -> Withdrawal | None:
        """Return since when a course isn't offered: its own withdrawal, or the catalogue's end."""
        sunset = self.catalogue.site.sunset
        if course.withdrawn is None and sunset is not None and self.closed:
            return Withdrawal.model_construct(since=sunset.since, reason=None)
        return course.withdrawn

    @property
    def commit(self) -> str:
        """The commit that the site is built from."""
        self.trace.note(COMMIT)
        return self.revision

    @property
    def social_images(self) -> bool:
        """Tell whether shared pages have pictures."""
        theme = self.catalogue.site.theme
        return self.images and (theme is None or theme.social_images)

    @property
    def languages(self) -> tuple[str, ...]:
        """Interface languages, the default first."""
        return self.catalogue.site.languages
