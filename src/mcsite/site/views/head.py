"""The frame of every page: title, addresses, policy, navigation and footer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from mcsite.content.load import SITE
from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.closing import words_of_the_end
from mcsite.site.context import SiteContext
from mcsite.site.forge import edit_url
from mcsite.site.headers import csp, policy_of
from mcsite.site.localise import own_name
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.views.cards import card_of
from mcsite.site.views.facts import chosen


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where to, and its words. `current` marks the page itself."""

    href: str
    text: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    language: str
    name: str
    href: str
    url: str


@dataclass(frozen=True, slots=True)
class Footer:
    """Who runs the site, and what it is made from."""

    publisher: Localised
    publisher_url: str
    email: str
    links: tuple[Link, ...]
    built: str  # "" on most pages, which don't depend on when they were built
    commit: str
    correction: str  # where the page's file is edited; "" where nothing is


@dataclass(frozen=True, slots=True, kw_only=True)
class SunsetView:
    """What every page says where the catalogue closes: in the institution's words too, where it
    wrote some. Links lead to other sites, and are named for them.
    """

    title: str
    notice: Localised | None
    before_successor: str
    successor: Link | None
    before_archive: str
    archive: Link | None


@dataclass(frozen=True, slots=True)
class Social:
    """What is shown of a page where somebody shares a link to it (Open Graph)."""

    title: str
    locale: str
    image: str  # address, "" where there is none
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What base.html needs. `robots` is "" where search engines are welcome, `referrer` where a
    site that is gone to may know the page that one comes from.
    """

    title: str
    description: str
    kind: str
    language: str
    direction: str
    canonical: str
    alternates: tuple[Alternate, ...]
    default_url: str
    csp: str
    robots: str
    referrer: str
    base_path: str
    stylesheet: str
    icon: str
    logo: str
    modules: tuple[str, ...]
    json_ld: dict[str, Any] | None
    site_name: Localised
    home: str
    nav: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    feeds: tuple[Link, ...]
    social: Social | None
    sunset: SunsetView | None
    footer: Footer


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a view says of its page, for `head_for`."""

    title: str
    kind: str
    description: str = ""
    crumbs: Sequence[Link] = ()
    modules: Sequence[str] = ()
    json_ld: dict[str, Any] | None = field(default=None)


def head_for(context: SiteContext, spec: PageSpec, about: About) -> Head:
    """Return the frame of a planned page."""
    head = _head(context, spec.language, about, path=spec.path, robots=_robots(spec))
    correction = edit_url(context.catalogue.site.repository, _source_of(spec))
    if correction and _source_of(spec):
        head = replace(head, footer=replace(head.footer, correction=correction))
    return replace(head, social=_social(context, spec, about)) if spec.indexed else head


def _source_of(spec: PageSpec) -> str:
    """Return the file that a page's text stands in; "" where it is gathered from several."""
    if spec.kind in (PageKind.COURSE, PageKind.PROVIDER, PageKind.PATHWAY):
        return f"catalogue/{spec.kind.value}s/{spec.key}.yaml"
    return str(SITE) if spec.kind in (PageKind.HOME, PageKind.TEXT) else ""


def head_of_credential(context: SiteContext, path: str, about: About) -> Head:
    """Return the frame of a credential's page, which no search engine may list."""
    language = context.catalogue.site.default_language
    return _head(context, language, about, path=path, robots="noindex,nofollow,noarchive")


def _robots(spec: PageSpec) -> str:
    return "" if spec.indexed else "noindex"


def _head(context: SiteContext, language: str, about: About, *, path: str, robots: str) -> Head:
    site, address = context.catalogue.site, context.urls
    name = site.title.in_language(language)
    title = about.title if about.kind == "home" else f"{about.title} – {name}"
    theme_logo = site.theme.logo if site.theme else None
    stamped = path in (urls.home(language), urls.text_page(language, "about"))
    return Head(
        title=title,
        description=_description(context, language, about),
        kind=about.kind,
        language=language,
        direction=context.localiser(language).direction,
        canonical=address.absolute(path),
        alternates=_alternates(context, language, path),
        default_url=address.absolute(urls.for_other_readers(path, language, site.default_language)),
        csp=csp(policy_of(about.kind)),
        robots=robots,
        referrer="no-referrer" if about.kind in ("credential", "verify-file") else "",
        base_path=address.base_path,
        stylesheet=address.href(urls.static(stylesheet_of(about.kind))),
        icon=address.href(urls.static("icon.svg")),
        logo=address.href(urls.asset(theme_logo.path)) if theme_logo else "",
        modules=tuple(address.href(urls.static(module)) for module in about.modules),
        json_ld=about.json_ld,
        site_name=name,
        home=address.href(urls.home(language)),
        nav=_nav(context, language, path, short=about.kind == "credential"),
        crumbs=tuple(about.crumbs),
        feeds=_feeds(context, language) if about.kind in ("home", "catalogue") else (),
        social=None,
        sunset=sunset_of(context, language),
        footer=_footer(context, language, stamped=stamped),
    )


def _social(context: SiteContext, spec: PageSpec, about: About) -> Social:
    """Return what is shown of a page: its own picture, or else the site's."""
    home = PageSpec(kind=PageKind.HOME, language=spec.language, path=urls.home(spec.language))
    locale = str(context.localiser(spec.language).locale)
    for page in (spec, home):
        card = card_of(context, page)
        if card is not None:
            image = context.urls.absolute(urls.social_image(page.path))
            alt = " · ".join(filter(None, (card.above, card.title, card.facts)))
            return Social(about.title, locale, image, alt)
    return Social(about.title, locale, "", "")


def _description(context: SiteContext, language: str, about: About) -> str:
    """Return the page's own description, else the site's, on one line."""
    site = context.catalogue.site
    text = about.description or str((site.description or site.title).in_language(language))
    return " ".join(text.split())[:300]


def _alternates(context: SiteContext, language: str, path: str) -> tuple[Alternate, ...]:
    if path == urls.CHOOSER:
        path = urls.home(language)
    if not path.startswith(f"{language}/"):
        return ()
    found = []
    for other in context.languages:
        there = urls.in_language(path, language, other)
        href, url = context.urls.href(there), context.urls.absolute(there)
        found.append(Alternate(other, own_name(other), href, url))
    return tuple(found)


def _feeds(context: SiteContext, language: str) -> tuple[Link, ...]:
    say = context.localiser(language).gettext
    return (Link(context.urls.href(urls.feed(language)), say("New and changed courses")),)


def _nav(context: SiteContext, language: str, path: str, *, short: bool) -> tuple[Link, ...]:
    """Return the ways through the site; a credential's page leaves the room to its verdict."""
    say = context.localiser(language).gettext
    entries = [(urls.courses(language), say("Courses"))]
    if not short:
        if context.catalogue.pathways:
            entries.append((urls.pathways(language), say("Pathways")))
        entries.append((urls.providers(language), say("Providers")))
    entries.append((urls.verify(language), say("Check a credential")))
    return tuple(
        Link(context.urls.href(target), text, path.startswith(target)) for target, text in entries
    )


def sunset_of(context: SiteContext, language: str) -> SunsetView | None:
    """Return what is said of the catalogue's end; None where none is known."""
    sunset, localiser = context.catalogue.site.sunset, context.localiser(language)
    if sunset is None:
        return None
    say = localiser.gettext
    return SunsetView(
        title=words_of_the_end(context, language),
        notice=chosen(sunset.notice, language),
        before_successor=say("It was replaced by:"),
        successor=_elsewhere(sunset.successor),
        before_archive=say("Archived copy"),
        archive=_elsewhere(sunset.archive),
    )


def _elsewhere(url: str | None) -> Link | None:
    """Return a link to another site, named for it."""
    return Link(url, urlsplit(url).hostname or url) if url else None


def _footer(context: SiteContext, language: str, *, stamped: bool) -> Footer:
    site, localiser = context.catalogue.site, context.localiser(language)
    say, href = localiser.gettext, context.urls.href
    links = (
        Link(href(urls.text_page(language, "about")), say("About")),
        Link(href(urls.text_page(language, "privacy")), say("Privacy")),
        Link(href(urls.text_page(language, "accessibility")), say("Accessibility")),
        Link(href(urls.CATALOGUE_CSV), say("Catalogue data (CSV)")),
        Link(href(urls.CATALOGUE_JSON), say("Catalogue data (JSON)")),
    )
    return Footer(
        publisher=site.publisher.name.in_language(language),
        publisher_url=site.publisher.url or "",
        email=site.publisher.email or "",
        links=links,
        built=say("Built on %(day)s") % {"day": localiser.date(context.today)} if stamped else "",
        commit=context.commit[:10] if stamped else "",
        correction="",
    )


def stylesheet_of(kind: str) -> str:
    """Return the style sheet of a kind of page; a credential's has a smaller one."""
    return "css/credential.css" if kind == "credential" else "css/site.css"


def spec_kind(kind: PageKind) -> str:
    """Return the `data-kind` of a kind of page."""
    return {
        PageKind.CHOOSER: "home",
        PageKind.PROVIDERS: "topic",
        PageKind.PATHWAYS: "pathway",
        PageKind.TOPICS: "topic",
        PageKind.MOVED: "text",
        PageKind.NOT_FOUND: "text",
    }.get(kind, kind.value)
