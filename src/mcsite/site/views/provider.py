"""Providers: who awards, who accredited them, and how they sign."""

import datetime as dt
from dataclasses import dataclass

from mcsite.content.models.provider import Accreditation, Provider
from mcsite.content.text import Localised
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.credentials.did import did_web_parts
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.plan import PageSpec, offered
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.indexes import (
    TopicsView,
    index_of,
    provider_links,
)
from mcsite.site.views.results import Fact, Result, result_of


@dataclass(frozen=True, slots=True)
class KeyWindow:
    """A signing key of an issuer, in words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Accredited:
    """An accreditation in words."""

    by: Localised
    kind: str
    url: str
    dates: str
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderView:
    """What pages/provider.html shows."""

    head: Head
    name: Localised
    other_name: Localised | None
    logo: str
    description: Localised | None
    facts: tuple[Fact, ...]
    homepage: str
    domain: str
    accreditations: tuple[Accredited, ...]
    signed_by: str
    keys: tuple[KeyWindow, ...]
    results: tuple[Result, ...]
    email: str
    phone: str
    address: Localised | None


def providers_view(context: SiteContext, spec: PageSpec) -> TopicsView:
    """Return the index of providers."""
    say = context.localiser(spec.language).gettext
    lead = say("The institutions that award these micro-credentials.")
    return index_of(context, spec, say("Providers"), lead, provider_links(context, spec.language))


def provider_view(context: SiteContext, spec: PageSpec) -> ProviderView:
    """Return the page of a provider: where an employer lands who asks whether it is real."""
    provider = context.catalogue.providers[spec.key]
    language, localiser = spec.language, context.localiser(spec.language)
    name = provider.legal_name.in_language(language)
    description = provider.description.in_language(language) if provider.description else None
    href = context.urls.href
    issuer = next(
        (i for i in context.catalogue.issuers if not i.providers or provider.id in i.providers),
        None,
    )
    parts = did_web_parts(issuer.did) if issuer else None
    contact = provider.contact
    return ProviderView(
        head=head_for(
            context,
            spec,
            About(
                title=str(name),
                kind="provider",
                description=str(description or name),
                crumbs=(
                    Link(href(urls.home(language)), localiser.gettext("Home")),
                    Link(href(urls.providers(language)), localiser.gettext("Providers")),
                ),
            ),
        ),
        name=name,
        other_name=(
            provider.alternative_name.in_language(language) if provider.alternative_name else None
        ),
        logo=href(urls.asset(provider.logo.path)) if provider.logo else "",
        description=description,
        facts=_provider_facts(provider, localiser),
        homepage=provider.homepage or "",
        domain=provider.homepage.split("/")[2] if provider.homepage else "",
        accreditations=tuple(
            _accredited(entry, localiser, context.today) for entry in provider.accreditations
        ),
        signed_by=parts[0] if parts else (issuer.did if issuer else ""),
        keys=tuple(
            KeyWindow(
                key.id,
                _window(key.valid_from, key.valid_until, localiser),
            )
            for key in (issuer.keys if issuer else ())
        ),
        results=tuple(
            result_of(context, course, language)
            for course in offered(context.catalogue)
            if course.provider == provider.id
        ),
        email=(contact.email or "") if contact else "",
        phone=(contact.phone or "") if contact else "",
        address=contact.address.in_language(language) if contact and contact.address else None,
    )


def _window(start: dt.datetime, end: dt.datetime | None, localiser: Localiser) -> str:
    say = localiser.gettext
    since = localiser.date(start.date())
    if end is None:
        return say("in use since %(day)s") % {"day": since}
    return say("retired: %(start)s – %(end)s") % {"start": since, "end": localiser.date(end.date())}


def _provider_facts(provider: Provider, localiser: Localiser) -> tuple[Fact, ...]:
    say = localiser.gettext
    facts = [Fact(say("Country"), localiser.country(provider.country))]
    if provider.region:
        facts.append(Fact(say("Region"), str(provider.region.in_language(localiser.language))))
    identifiers = provider.identifiers
    for label, value in (
        ("PIC", identifiers and identifiers.pic),
        ("SCHAC", identifiers and identifiers.schac),
        (say("Erasmus code"), identifiers and identifiers.erasmus),
        (say("Legal identifier (eIDAS)"), identifiers and identifiers.eidas),
        ("DEQAR", identifiers and identifiers.deqar),
    ):
        if value:
            facts.append(Fact(label, value))
    return tuple(facts)


def _accredited(entry: Accreditation, localiser: Localiser, today: dt.date) -> Accredited:
    days = [localiser.date(day) if day else "…" for day in (entry.valid_from, entry.valid_until)]
    return Accredited(
        by=entry.by.in_language(localiser.language),
        kind=VOCABULARIES["accreditation-type"].terms[entry.type].label(localiser.language),
        url=entry.url or "",
        dates=" – ".join(days) if entry.valid_from or entry.valid_until else "",
        expired=entry.valid_until is not None and entry.valid_until < today,
    )
