"""Chooser, text pages and 404: pages of words."""

from dataclasses import dataclass

from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import own_name
from mcsite.site.plan import PageSpec
from mcsite.site.views.head import About, Alternate, Head, Link, head_for, spec_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooserView:
    """What pages/chooser.html shows: the languages."""

    head: Head
    choices: tuple[Alternate, ...]


def chooser_view(context: SiteContext, spec: PageSpec) -> ChooserView:
    """Return the page at "/": a list of languages; a script goes on to the one chosen before."""
    site = context.catalogue.site
    title = str(site.title.in_language(spec.language))
    choices = tuple(
        Alternate(
            language,
            own_name(language),
            context.urls.href(urls.home(language)),
            context.urls.absolute(urls.home(language)),
        )
        for language in context.languages
    )
    about = About(title=title, kind="home", description=title, modules=("chooser.js",))
    return ChooserView(head=head_for(context, spec, about), choices=choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """What pages/text.html shows. `own` is the institution's Markdown, where it wrote some."""

    head: Head
    name: str
    heading: str
    own: Localised | None
    publisher: Localised
    email: str
    host: str


def text_view(context: SiteContext, spec: PageSpec) -> TextView:
    """Return about, privacy or accessibility."""
    site, localiser = context.catalogue.site, context.localiser(spec.language)
    say = localiser.gettext
    headings = {
        "about": say("About this site"),
        "privacy": say("Privacy"),
        "accessibility": say("Accessibility statement"),
    }
    own = {"about": site.about, "privacy": site.privacy_notice}.get(spec.key)
    home = Link(context.urls.href(urls.home(spec.language)), say("Home"))
    heading = headings[spec.key]
    about = About(title=heading, kind="text", description=heading, crumbs=(home,))
    return TextView(
        head=head_for(context, spec, about),
        name=spec.key,
        heading=heading,
        own=own.in_language(spec.language) if own else None,
        publisher=site.publisher.name.in_language(spec.language),
        email=site.publisher.email or "",
        host=context.urls.base_url.split("/")[2],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """What pages/not-found.html shows."""

    head: Head
    search: str
    verify: str


def not_found_view(context: SiteContext, spec: PageSpec) -> NotFoundView:
    """Return the page for addresses that lead nowhere."""
    say, href = context.localiser(spec.language).gettext, context.urls.href
    about = About(title=say("Page not found"), kind=spec_kind(spec.kind))
    return NotFoundView(
        head=head_for(context, spec, about),
        search=href(urls.courses(spec.language)),
        verify=href(urls.verify(spec.language)),
    )
