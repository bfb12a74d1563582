"""Links with counts, and the index pages made of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.plan import PageSpec, offered
from mcsite.site.views.head import About, Head, Link, head_for, spec_kind


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with how many courses stand behind it."""

    href: str
    text: Localised
    count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView:
    """What pages/topics.html shows: topics of one kind, or providers, or pathways."""

    head: Head
    heading: str
    lead: str
    entries: tuple[Counted, ...]


def counted(context: SiteContext, language: str, path: str, text: Localised, count: int) -> Counted:
    """Return a link to `path` with the number of courses behind it."""
    localiser = context.localiser(language)
    words = localiser.ngettext("%(num)d course", "%(num)d courses", count) % {"num": count}
    return Counted(context.urls.href(path), text, count, words)


def provider_links(context: SiteContext, language: str) -> tuple[Counted, ...]:
    """Return the providers, each with how many courses it offers."""
    counts = dict.fromkeys(context.catalogue.providers, 0)
    for course in offered(context.catalogue):
        counts[course.provider] += 1
    return tuple(
        counted(
            context, language, urls.provider(language, key),
            context.catalogue.providers[key].legal_name.in_language(language), count,
        )
        for key, count in counts.items()
    )  # fmt: skip


def topic_names(localiser: Localiser) -> dict[str, str]:
    """Return what the kinds of topics are called."""
    say = localiser.gettext
    return {
        "fields": say("Subjects"),
        "levels": say("Levels"),
        "skills": say("Skills"),
        "occupations": say("Occupations"),
        "languages": say("Languages of instruction"),
    }


def index_of(
    context: SiteContext, spec: PageSpec, heading: str, lead: str, entries: Iterable[Counted]
) -> TopicsView:
    """Return an index page of `entries`."""
    home = Link(
        context.urls.href(urls.home(spec.language)),
        context.localiser(spec.language).gettext("Home"),
    )
    about = About(
        title=heading, kind=spec_kind(spec.kind), description=lead or heading, crumbs=(home,)
    )
    return TopicsView(
        head=head_for(context, spec, about), heading=heading, lead=lead, entries=tuple(entries)
    )
