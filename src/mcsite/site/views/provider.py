"""Providers: who awards, who accredited them, and how they sign."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mcsite.content.models.provider import Accreditation, Identifiers, Provider
from mcsite.content.models.site import Issuer, IssuerKey
from mcsite.content.text import Localised
from mcsite.credentials.did import did_web_parts
from mcsite.site import urls
from mcsite.site.context import PROVIDERS, SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.plan import PageSpec
from mcsite.site.views.course_parts import host_of, period_words
from mcsite.site.views.facts import Fact, capital, chosen, fact, term
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.indexes import (
    Counted,
    Group,
    TopicsView,
    index_of,
    pathway_links,
    provider_links,
)
from mcsite.site.views.results import Result, pages_beside, results_of


@dataclass(frozen=True, slots=True)
class Accredited:
    """An accreditation in words."""

    by: Localised
    kind: str
    url: str
    register: str
    dates: str
    expired: bool


@dataclass(frozen=True, slots=True)
class Signing:
    """Under which domain credentials are signed, and with which keys."""

    words: str
    keys: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderView:
    """What pages/provider.html shows."""

    head: Head
    name: Localised
    other_name: Localised | None
    logo: str
    description: Localised | None
    facts: tuple[Fact, ...]
    signing: tuple[Signing, ...]
    trust: str  # where the list of issuers is, as data
    accreditations: tuple[Accredited, ...]
    pathways: tuple[Counted, ...]
    count: str
    first: bool  # whether it is the first page; the others have courses alone
    results: tuple[Result, ...]
    pages: tuple[Link, ...]


def providers_view(context: SiteContext, spec: PageSpec) -> TopicsView:
    """Return the index of providers."""
    say = context.localiser(spec.language).gettext
    lead = say("The institutions that award these micro-credentials.")
    entries = tuple(_with_country(context, spec.language))
    group = Group("", "", entries)
    return index_of(context, spec, say("Providers"), lead, [group])


def _with_country(context: SiteContext, language: str) -> Iterator[Counted]:
    """Yield every provider, with its country before the number of its courses."""
    localiser = context.localiser(language)
    providers = context.catalogue.providers
    countries = {
        context.urls.href(urls.provider(language, key)): localiser.country(provider.country)
        for key, provider in providers.items()
    }
    for entry in provider_links(context, language):
        yield replace(entry, words=f"{countries[entry.href]}\u00a0· {entry.words}")


def provider_view(context: SiteContext, spec: PageSpec) -> ProviderView:
    """Return the page of a provider: where an employer lands who asks whether it is real."""
    provider = context.catalogue.providers[spec.key]
    language, localiser = spec.language, context.localiser(spec.language)
    courses = context.courses_of(language, PROVIDERS, provider.id)
    issuers = [
        i for i in context.catalogue.issuers if not i.providers or provider.id in i.providers
    ]
    count = localiser.ngettext("%(num)d course", "%(num)d courses", len(courses))
    return ProviderView(
        head=_head(context, spec, provider),
        name=provider.legal_name.in_language(language),
        other_name=chosen(provider.alternative_name, language),
        logo=context.urls.href(urls.asset(provider.logo.path)) if provider.logo else "",
        description=chosen(provider.description, language),
        facts=_facts(provider, localiser),
        signing=tuple(
            Signing(_signing(issuer, localiser), tuple(_key(key, localiser) for key in issuer.keys))
            for issuer in issuers
        ),
        trust=context.urls.href(urls.TRUSTED_ISSUERS),
        accreditations=tuple(
            _accredited(entry, localiser, context.today) for entry in provider.accreditations
        ),
        pathways=pathway_links(
            context, language, context.relations.taking_part.get(provider.id, ())
        ),
        count=count % {"num": len(courses)},
        first=spec.number == 1,
        results=results_of(context, spec, courses),
        pages=pages_beside(context, spec, urls.provider(language, provider.id), len(courses)),
    )


def _head(context: SiteContext, spec: PageSpec, provider: Provider) -> Head:
    language, href = spec.language, context.urls.href
    say = context.localiser(language).gettext
    name = str(provider.legal_name.in_language(language))
    about = About(
        title=name,
        kind="provider",
        description=str(chosen(provider.description, language) or name),
        crumbs=(
            Link(href(urls.home(language)), say("Home")),
            Link(href(urls.providers(language)), say("Providers")),
        ),
    )
    return head_for(context, spec, about)


def _facts(provider: Provider, localiser: Localiser) -> tuple[Fact, ...]:
    """Return who the body is, and how to reach it."""
    say, contact = localiser.gettext, provider.contact
    place = chosen(provider.region, localiser.language)
    facts = [fact(localiser, say("Country"), localiser.country(provider.country), place)]
    if provider.homepage:
        facts.append(
            fact(localiser, say("Web site"), host_of(provider.homepage), href=provider.homepage)
        )  # fmt: skip
    if contact and contact.email:
        mail = f"mailto:{contact.email}"
        facts.append(fact(localiser, say("E-mail"), contact.email, href=mail))
    if contact and contact.phone:
        number = f"tel:{contact.phone.replace(' ', '')}"
        facts.append(fact(localiser, say("Telephone"), contact.phone, href=number))
    if contact and contact.address:
        facts.append(fact(localiser, say("Address"), chosen(contact.address, localiser.language)))
    return (*facts, *_identifiers(provider.identifiers, localiser))


def _identifiers(found: Identifiers | None, localiser: Localiser) -> Iterator[Fact]:
    say = localiser.gettext
    if found is None:
        return
    for label, value in (
        (say("Legal identifier (eIDAS)"), found.eidas),
        ("DEQAR", found.deqar),
        (say("Erasmus code"), found.erasmus),
        ("PIC", found.pic),
        ("SCHAC", found.schac),
    ):
        if value:
            yield fact(localiser, label, value)


def _signing(issuer: Issuer, localiser: Localiser) -> str:
    """Return under which domain credentials are signed, and since when."""
    parts = did_web_parts(issuer.did)
    domain = parts[0] if parts else issuer.did
    say = localiser.gettext
    if not issuer.keys:
        return say("Signed by %(domain)s.") % {"domain": domain}
    first = min(key.valid_from for key in issuer.keys)
    words = {"domain": domain, "day": localiser.date(first.date())}
    return say("Signed by %(domain)s since %(day)s.") % words


def _key(key: IssuerKey, localiser: Localiser) -> Fact:
    say = localiser.gettext
    start = localiser.date(key.valid_from.date())
    if key.compromised is not None:
        words = say("withdrawn on %(day)s; what it signed no longer counts")
        state = words % {"day": localiser.date(key.compromised.date())}
    elif key.valid_until is not None:
        words = say("retired; it signed from %(start)s to %(end)s")
        state = words % {"start": start, "end": localiser.date(key.valid_until.date())}
    else:
        state = say("in use since %(day)s") % {"day": start}
    return fact(localiser, say("Signing key"), capital(state), key.id)


def _accredited(entry: Accreditation, localiser: Localiser, today: dt.date) -> Accredited:
    say = localiser.gettext
    return Accredited(
        by=entry.by.in_language(localiser.language),
        kind=term("accreditation-type", entry.type, localiser.language),
        url=entry.url or "",
        register=say("Entry at %(host)s") % {"host": host_of(entry.url)} if entry.url else "",
        dates=period_words(entry.valid_from, entry.valid_until, localiser),
        expired=entry.valid_until is not None and entry.valid_until < today,
    )
