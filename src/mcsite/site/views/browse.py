"""Home and the catalogue: where a search begins."""

from dataclasses import dataclass

from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.plan import PageSpec, offered
from mcsite.site.views.facts import chosen, plain
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.indexes import (
    Counted,
    broad_fields,
    pathway_links,
    provider_links,
    topic_names,
)
from mcsite.site.views.results import Result, pages_beside, result_of, results_of

CATALOGUE_MODULES = ("catalogue/page.js",)


# The Recommendation's European Legislation Identifier: stable, and in every EU language.
DEFINITION = "https://data.europa.eu/eli/C/2022/243/2"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """What pages/home.html shows."""

    head: Head
    title: Localised
    description: Localised | None
    publisher: Localised
    courses: str
    browse_all: str
    verify: str
    about: str
    definition: str
    fields: tuple[Counted, ...]
    providers: tuple[Counted, ...]
    pathways: tuple[Counted, ...]
    featured: tuple[Result, ...]


def home_view(context: SiteContext, spec: PageSpec) -> HomeView:
    """Return the home page: one job, to start a search."""
    language, localiser = spec.language, context.localiser(spec.language)
    site, href = context.catalogue.site, context.urls.href
    count = len(offered(context.catalogue))
    all_of_them = localiser.ngettext(
        "Browse the one course", "Browse all %(num)d courses", count
    )  # fmt: skip
    description = chosen(site.description, language)
    about = About(
        title=str(site.title.in_language(language)),
        kind="home",
        description=str(description or ""),
    )
    return HomeView(
        head=head_for(context, spec, about),
        title=plain(localiser.gettext("Find a micro-credential"), localiser),
        description=description,
        publisher=site.publisher.name.in_language(language),
        courses=href(urls.courses(language)),
        browse_all=all_of_them % {"num": count},
        verify=href(urls.verify(language)),
        about=href(urls.text_page(language, "about")),
        definition=DEFINITION,
        fields=broad_fields(context, language),
        providers=provider_links(context, language),
        pathways=pathway_links(context, language),
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
    languages: str


def catalogue_view(context: SiteContext, spec: PageSpec) -> CatalogueView:
    """Return one page of the list of all courses."""
    language, localiser = spec.language, context.localiser(spec.language)
    say, href = localiser.gettext, context.urls.href
    courses = context.courses_by_title(language)
    heading = localiser.ngettext("%(num)d course found", "%(num)d courses found", len(courses))
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
        results=results_of(context, spec, courses),
        pages=pages_beside(context, spec, urls.courses(language), len(courses)),
        topics=tuple(
            Link(href(urls.topics(language, kind)), names[kind])
            for kind, keys in context.plan.topics.items()
            if keys
        ),
        action=href(urls.courses(language)),
        facets=href(urls.facets(language)),
        strings=href(urls.static(f"i18n/catalogue.{language}.json")),
        languages=" ".join(context.languages),
    )
