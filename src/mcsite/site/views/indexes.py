"""Links with counts, and the index pages made of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mcsite.content.models.pathway import Pathway
from mcsite.content.text import Localised
from mcsite.content.vocabulary import broad_field
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser, alphabetical
from mcsite.site.pathway_credits import choices_of, total_left
from mcsite.site.plan import PageSpec, offered
from mcsite.site.views.facts import plain, span_words, term
from mcsite.site.views.head import About, Head, Link, head_for, spec_kind


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with how many courses stand behind it."""

    href: str
    text: Localised
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a heading; the only group of a page has none."""

    heading: str
    href: str
    entries: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView:
    """What pages/topics.html shows: topics of one kind, or providers, or pathways."""

    head: Head
    heading: str
    lead: str
    groups: tuple[Group, ...]


def counted(context: SiteContext, language: str, path: str, text: Localised, count: int) -> Counted:
    """Return a link to `path` with a number of courses."""
    localiser = context.localiser(language)
    words = localiser.ngettext("%(num)d course", "%(num)d courses", count) % {"num": count}
    return Counted(context.urls.href(path), text, count, together(words))


def together(words: str) -> str:
    """Return words that no line ends within: a number and what it counts."""
    return words.replace(" ", "\u00a0")


def in_order(entries: Iterable[Counted]) -> tuple[Counted, ...]:
    """Return entries by the alphabet."""
    return tuple(sorted(entries, key=lambda entry: alphabetical(entry.text.text)))


def provider_links(context: SiteContext, language: str) -> tuple[Counted, ...]:
    """Return every provider, with how many courses it offers."""
    counts = dict.fromkeys(context.catalogue.providers, 0)
    for course in offered(context.catalogue):
        counts[course.provider] += 1
    return in_order(
        counted(
            context, language, urls.provider(language, key),
            context.catalogue.providers[key].legal_name.in_language(language), count,
        )
        for key, count in counts.items()
    )  # fmt: skip


def pathway_links(
    context: SiteContext, language: str, ids: Iterable[str] | None = None
) -> tuple[Counted, ...]:
    """Return pathways (all, or those of `ids`), with their credits and the number of courses."""
    known = context.catalogue.pathways
    return in_order(
        _pathway_link(context, language, pathway)
        for pathway in (known.values() if ids is None else map(known.__getitem__, ids))
    )


def _pathway_link(context: SiteContext, language: str, pathway: Pathway) -> Counted:
    path, title = urls.pathway(language, pathway.id), pathway.title.in_language(language)
    number = len({course for step in pathway.steps for course in step.courses})
    link = counted(context, language, path, title, number)
    brings = total_left(choices_of(pathway, context.catalogue))
    credits_ = together(span_words(brings, context.localiser(language)))
    return replace(link, words=f"{credits_}\u00a0· {link.words}")


def broad_fields(context: SiteContext, language: str) -> tuple[Counted, ...]:
    """Return the broad subjects, which have two digits, with how many courses each has."""
    return in_order(
        field_link(context, language, code)
        for code in context.plan.topics["fields"]
        if code == broad_field(code)
    )


def field_link(context: SiteContext, language: str, code: str) -> Counted:
    """Return the link to a subject."""
    name = plain(term("isced-f", code, language), context.localiser(language))
    count = len(context.plan.topics["fields"][code])
    return counted(context, language, urls.topic(language, "fields", code), name, count)


def field_groups(context: SiteContext, language: str) -> tuple[Group, ...]:
    """Return each broad subject with the detailed ones in it."""
    detailed: dict[str, list[Counted]] = {}
    for code in context.plan.topics["fields"]:
        below = detailed.setdefault(broad_field(code), [])
        if code != broad_field(code):
            below.append(field_link(context, language, code))
    broad = [(field_link(context, language, code), found) for code, found in detailed.items()]
    broad.sort(key=lambda pair: alphabetical(pair[0].text.text))
    return tuple(Group(link.text.text, link.href, in_order(found)) for link, found in broad)


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
    context: SiteContext, spec: PageSpec, heading: str, lead: str, groups: Iterable[Group]
) -> TopicsView:
    """Return an index page."""
    home = Link(
        context.urls.href(urls.home(spec.language)),
        context.localiser(spec.language).gettext("Home"),
    )
    about = About(
        title=heading, kind=spec_kind(spec.kind), description=lead or heading, crumbs=(home,)
    )
    found = tuple(group for group in groups if group.entries or group.heading)
    return TopicsView(head=head_for(context, spec, about), heading=heading, lead=lead, groups=found)
