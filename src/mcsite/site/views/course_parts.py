"""Parts of a course's page: assessment, the sample credential, quality, the colophon."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from mcsite.content.models.course import Course, QualityAssurance
from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.forge import history_url, issues_url
from mcsite.site.localise import Localiser
from mcsite.site.views.facts import (
    Fact,
    Named,
    chosen,
    fact,
    plain,
    short_level_words,
    term,
)

_SAMPLE_OUTCOMES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """What a credential of the course will look like (components/sample-credential.html)."""

    headline: str
    watermark: str
    name: str
    title: Localised
    measures: str
    issuer: Localised
    domain: str
    badge: str
    outcomes: tuple[Localised, ...]


def host_of(url: str) -> str:
    """Return the host of a web address, as a reader knows it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def period_words(start: dt.date | None, end: dt.date | None, localiser: Localiser) -> str:
    """Return from when to when, "since …" or "until …"; "" where neither is known."""
    say = localiser.gettext
    if start and end:
        return f"{localiser.date(start)} – {localiser.date(end)}"
    if start:
        return say("since %(day)s") % {"day": localiser.date(start)}
    return say("until %(day)s") % {"day": localiser.date(end)} if end else ""


def assessment_of(course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    """Return how learning is assessed, supervised and graded."""
    say, language = localiser.gettext, localiser.language
    facts = [
        fact(
            localiser,
            say("Assessment"),
            term("assessment-type", item.type, language),
            chosen(item.description, language),
        )
        for item in course.assessment
    ]
    supervision = course.supervision and term("supervision", course.supervision, language)
    facts.append(fact(localiser, say("Supervision and identity check"), supervision))
    grading = course.grading
    facts.append(
        fact(
            localiser, say("Grading scale"), chosen(grading.scheme, language) if grading else None
        )
    )  # fmt: skip
    if grading and grading.passing:
        facts.append(fact(localiser, say("To pass"), chosen(grading.passing, language)))
    return tuple(facts)


def sample_of(context: SiteContext, course: Course, localiser: Localiser) -> Sample:
    """Return a sample of the credential. Nothing in it is anybody's."""
    say, language = localiser.gettext, localiser.language
    measures = short_level_words(course.level, localiser)
    if course.workload.ects is not None:
        measures += f", {localiser.number(course.workload.ects)} ECTS"
    outcomes = course.learning_outcomes[:_SAMPLE_OUTCOMES]
    return Sample(
        headline=say("Sample — not a real credential"),
        watermark=say("SAMPLE — not valid"),
        name=say("Alex Sample"),
        title=course.title.in_language(language),
        measures=measures,
        issuer=context.catalogue.providers[course.provider].legal_name.in_language(language),
        domain=host_of(context.urls.base_url),
        badge=context.urls.href(urls.asset(course.badge.path)) if course.badge else "",
        outcomes=tuple(outcome.text.in_language(language) for outcome in outcomes),
    )


def stackable_words(course: Course, localiser: Localiser, *, leads_further: bool) -> str:
    """Return whether it counts towards more, in a sentence."""
    say = localiser.gettext
    if course.stackability is None and not leads_further:
        return say("Not stated")
    if course.stackability is not None and course.stackability.type == "standalone":
        return say("It stands alone: it is not part of a larger credential.")
    if leads_further:
        return say("It can count towards more:")
    return say("It can count towards a larger credential.")


def leads_to(context: SiteContext, course: Course, language: str) -> tuple[Named, ...]:
    """Return the pathways and courses that it counts towards, as either side says."""
    catalogue, href = context.catalogue, context.urls.href
    wanted = dict.fromkeys(course.stackability.into if course.stackability else ())
    for pathway in context.relations.pathways.get(course.id, ()):
        wanted.setdefault(pathway)
    found = []
    for target in wanted:
        if target in catalogue.pathways:
            title = catalogue.pathways[target].title
            found.append(Named(href(urls.pathway(language, target)), title.in_language(language)))
        else:
            title = catalogue.courses[target].title
            found.append(Named(href(urls.course(language, target)), title.in_language(language)))
    return tuple(found)


def funding_of(course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    """Return the programmes that can pay."""
    language = localiser.language
    return tuple(
        fact(
            localiser,
            localiser.gettext("Programme"),
            item.programme.in_language(language),
            chosen(item.eligibility, language),
            item.url or "",
        )
        for item in course.funding
    )


def contact_of(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    """Return how to reach the provider."""
    provider = context.catalogue.providers[course.provider]
    say, found = localiser.gettext, provider.contact
    facts = []
    if found and found.email:
        facts.append(fact(localiser, say("E-mail"), found.email, href=f"mailto:{found.email}"))
    if found and found.phone:
        number = f"tel:{found.phone.replace(' ', '')}"
        facts.append(fact(localiser, say("Telephone"), found.phone, href=number))
    if found and found.address:
        facts.append(fact(localiser, say("Address"), chosen(found.address, localiser.language)))
    url = (found.url if found else None) or provider.homepage
    if url:
        facts.append(fact(localiser, say("Web site"), host_of(url), href=url))
    return tuple(facts)


def provider_facts_of(
    context: SiteContext, course: Course, localiser: Localiser
) -> tuple[Fact, ...]:
    """Return who awards, from where, and what assures the quality."""
    provider = context.catalogue.providers[course.provider]
    say, language = localiser.gettext, localiser.language
    page = context.urls.href(urls.provider(language, provider.id))
    facts = [
        fact(localiser, say("Awarding body"), provider.legal_name.in_language(language), href=page),
        fact(localiser, say("Country"), localiser.country(provider.country),
             chosen(provider.region, language)),
    ]  # fmt: skip
    facts += [_assurance(context, item, localiser) for item in course.quality_assurance]
    said = {(item.type, item.url) for item in course.quality_assurance}
    for entry in provider.accreditations:
        if (entry.type, entry.url) in said:
            continue  # the course names the same entry of the register
        dates = period_words(entry.valid_from, entry.valid_until, localiser)
        if entry.valid_until and entry.valid_until < context.today:
            dates += f", {say('no longer valid')}"
        kind = term("accreditation-type", entry.type, language)
        facts.append(
            fact(localiser, say("Accreditation of the provider"), entry.by.in_language(language),
                 ", ".join(part for part in (kind, dates) if part), entry.url or "")
        )  # fmt: skip
    return tuple(facts)


def _assurance(context: SiteContext, item: QualityAssurance, localiser: Localiser) -> Fact:
    say, language = localiser.gettext, localiser.language
    notes = []
    body = chosen(item.body, language)
    if item.valid:
        notes.append(period_words(item.valid.valid_from, item.valid.valid_until, localiser))
        if item.valid.valid_until and item.valid.valid_until < context.today:
            notes.append(say("no longer valid"))
    if item.register_id:
        notes.append(f"DEQAR {item.register_id}")
    kind = term("accreditation-type", item.type, language)
    note = ", ".join(([kind] if body else []) + notes)
    return fact(localiser, say("Quality assurance"), body or kind, note, item.url or "")


def colophon_of(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    """Return which description this is, where it comes from, and whom to tell of a mistake."""
    site, say, language = context.catalogue.site, localiser.gettext, localiser.language
    facts = [fact(localiser, say("Version"), course.version)]
    for old in course.replaces:
        title = context.catalogue.courses[old].title.in_language(language)
        page = context.urls.href(urls.course(language, old))
        facts.append(fact(localiser, say("Replaces"), title, href=page))
    if site.repository:
        source = history_url(site.repository, f"catalogue/courses/{course.id}.yaml")
        facts.append(fact(localiser, say("Source"), say("The file and its history"), href=source))
    mistakes = f"mailto:{site.publisher.email}" if site.publisher.email else ""
    mistakes = mistakes or issues_url(site.repository)
    if mistakes:
        words = say("Tell the publisher")
        facts.append(fact(localiser, say("Found a mistake?"), words, href=mistakes))
    default = language == site.default_language
    data = context.urls.href(urls.achievement(course.id, None if default else language))
    words = say("Open Badges achievement (JSON)")
    facts.append(Fact(say("As data"), plain(words, localiser), None, data))
    return tuple(facts)
