"""Home and the catalogue: where a search begins."""

from dataclasses import dataclass

from mcsite.content.text import Localised
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.plan import PER_PAGE, PageSpec, offered
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.indexes import (
    Counted,
    counted,
    provider_links,
    topic_names,
)
from mcsite.site.views.results import Result, result_of

CATALOGUE_MODULES = ("catalogue/page.js",)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """What pages/home.html shows."""

    head: Head
    title: Localised
    description: Localised | None
    publisher: Localised
    search: str
    count: int
    courses: str
    verify: str
    fields: tuple[Counted, ...]
    providers: tuple[Counted, ...]
    featured: tuple[Result, ...]


def home_view(context: SiteContext, spec: PageSpec) -> HomeView:
    """Return the home page: one job, to start a search."""
    language, site, localiser = (
        spec.language,
        context.catalogue.site,
        context.localiser(spec.language),
    )
    href = context.urls.href
    fields = [
        counted(
            context, language, urls.topic(language, "fields", code),
            Localised(VOCABULARIES["isced-f"].terms[code].label(language), language), len(ids),
        )
        for code, ids in context.plan.topics["fields"].items()
        if len(code) == 2  # noqa: PLR2004 -- broad fields have two digits
    ]  # fmt: skip
    description = site.description.in_language(language) if site.description else None
    return HomeView(
        head=head_for(
            context,
            spec,
            About(
                title=str(site.title.in_language(language)),
                kind="home",
                description=str(description or ""),
            ),
        ),
        title=Localised(localiser.gettext("Find a micro-credential"), language),
        description=description,
        publisher=site.publisher.name.in_language(language),
        search=href(urls.courses(language)),
        count=len(offered(context.catalogue)),
        courses=href(urls.courses(language)),
        verify=href(urls.verify(language)),
        fields=tuple(fields),
        providers=provider_links(context, language),
        featured=tuple(
            result_of(context, context.catalogue.courses[key], language) for key in site.featured
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueView:
    """What pages/catalogue.html shows; the list works without JavaScript."""

    head: Head
    heading: str
    results: tuple[Result, ...]
    pages: tuple[Link, ...]
    topics: tuple[Link, ...]
    action: str
    facets: str
    strings: str


def catalogue_view(context: SiteContext, spec: PageSpec) -> CatalogueView:
    """Return one page of the list of all courses."""
    language, localiser = spec.language, context.localiser(spec.language)
    say, href = localiser.gettext, context.urls.href
    courses = sorted(
        offered(context.catalogue),
        key=lambda course: str(course.title.in_language(language)).casefold(),
    )
    heading = localiser.ngettext("%(num)d course found", "%(num)d courses found", len(courses))
    first = (spec.number - 1) * PER_PAGE
    numbers = range(1, (len(courses) + PER_PAGE - 1) // PER_PAGE + 1)
    names = topic_names(localiser)
    return CatalogueView(
        head=head_for(
            context,
            spec,
            About(
                title=say("Courses"),
                kind="catalogue",
                description=say("All micro-credentials, with filters for subject, level and more."),
                crumbs=(Link(href(urls.home(language)), say("Home")),),
                modules=CATALOGUE_MODULES,
            ),
        ),
        heading=heading % {"num": len(courses)},
        results=tuple(
            result_of(context, course, language) for course in courses[first : first + PER_PAGE]
        ),
        pages=tuple(
            Link(href(urls.courses(language, number)), str(number), number == spec.number)
            for number in numbers
        ),
        topics=tuple(
            Link(href(urls.topics(language, kind)), names[kind])
            for kind, keys in context.plan.topics.items()
            if keys
        ),
        action=href(urls.courses(language)),
        facets=href(urls.facets(language)),
        strings=href(urls.static(f"i18n/catalogue.{language}.json")),
    )
