"""Chooser, text pages and 404: pages of words."""

from collections.abc import Iterator
from dataclasses import dataclass

from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.files import formats_of
from mcsite.site.localise import own_name
from mcsite.site.plan import PageSpec
from mcsite.site.views.audit import Audit, audit_of
from mcsite.site.views.facts import chosen
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
    address: Localised | None
    email: str
    data: tuple[Link, ...]
    audit: Audit | None


def text_view(context: SiteContext, spec: PageSpec) -> TextView:
    """Return about, privacy or accessibility."""
    site, localiser = context.catalogue.site, context.localiser(spec.language)
    say = localiser.gettext
    headings = {
        "about": say("About this site"),
        "privacy": say("Privacy"),
        "accessibility": say("Accessibility statement"),
    }
    own = {
        "about": site.about,
        "privacy": site.privacy_notice,
        "accessibility": site.accessibility_notice,
    }.get(spec.key)
    home = Link(context.urls.href(urls.home(spec.language)), say("Home"))
    heading = headings[spec.key]
    about = About(title=heading, kind="text", description=heading, crumbs=(home,))
    return TextView(
        head=head_for(context, spec, about),
        name=spec.key,
        heading=heading,
        own=chosen(own, spec.language),
        publisher=site.publisher.name.in_language(spec.language),
        address=chosen(site.publisher.address, spec.language),
        email=site.publisher.email or "",
        data=tuple(_data(context, spec.language)),
        audit=audit_of(context, say) if spec.key == "accessibility" else None,
    )


def _data(context: SiteContext, language: str) -> Iterator[Link]:
    say, href = context.localiser(language).gettext, context.urls.href
    yield Link(href(urls.CATALOGUE_CSV), say("Catalogue data (CSV)"))
    yield Link(href(urls.CATALOGUE_JSON), say("Catalogue data (JSON)"))
    for one in formats_of(context):  # names of formats are the same in every language
        if one.path not in (urls.CATALOGUE_CSV, urls.CATALOGUE_JSON) and one.file_type != "ATOM":
            yield Link(href(one.path), one.name)
    yield Link(href(urls.DCAT), "DCAT-AP 3 (JSON-LD)")
    yield Link(href(urls.feed(language)), say("New and changed courses (Atom feed)"))
    yield Link(href(urls.TRUSTED_ISSUERS), say("Issuers that this site relies on (JSON)"))
    if context.catalogue.site.repository:
        yield Link(context.catalogue.site.repository.url, say("Source of the catalogue"))


@dataclass(frozen=True, slots=True)
class NotFoundPart:
    """What is said in one language."""

    language: str
    direction: str
    heading: str
    what: str
    label: str
    credential: str
    courses: Link
    verify: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """What pages/not-found.html shows: a host has one such page for readers of all languages."""

    head: Head
    search: str
    parts: tuple[NotFoundPart, ...]


def not_found_view(context: SiteContext, spec: PageSpec) -> NotFoundView:
    """Return the page for addresses that lead nowhere."""
    about = About(
        title=context.localiser(spec.language).gettext("Page not found"), kind=spec_kind(spec.kind)
    )
    return NotFoundView(
        head=head_for(context, spec, about),
        search=context.urls.href(urls.courses(spec.language)),
        parts=tuple(_not_found_in(context, language) for language in context.languages),
    )


def _not_found_in(context: SiteContext, language: str) -> NotFoundPart:
    localiser, href = context.localiser(language), context.urls.href
    say = localiser.gettext
    return NotFoundPart(
        language=language,
        direction=localiser.direction,
        heading=say("Page not found"),
        what=say("Nothing stands at this address. It may be mistyped, or the page may be gone."),
        label=say("Title, skill or subject"),
        credential=say(
            "Looking for a credential? The address of its page ends in 22 characters; the part "
            "after the sign #, where there is one, is needed too."
        ),
        courses=Link(href(urls.courses(language)), say("All courses")),
        verify=Link(href(urls.verify(language)), say("Check a credential")),
    )
