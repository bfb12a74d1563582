"""Pathways: steps in order, and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway, Step
from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.plan import PageSpec, uuid_of
from mcsite.site.views.facts import (
    Fact,
    Named,
    capital,
    chosen,
    fact,
    short_level_words,
    workload_words,
)
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.indexes import (
    Group,
    TopicsView,
    index_of,
    pathway_links,
)


@dataclass(frozen=True, slots=True)
class StepCourse:
    """A course of a step, with what compares it."""

    href: str
    title: Localised
    provider: Localised
    words: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step in words: "all", "any 2 of 4", "optional"."""

    title: Localised | None
    rule: str
    courses: tuple[StepCourse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayView:
    """What pages/pathway.html shows."""

    head: Head
    title: Localised
    provider: Named | None
    summary: Localised | None
    description: Localised | None
    facts: tuple[Fact, ...]
    steps: tuple[StepView, ...]


def pathways_view(context: SiteContext, spec: PageSpec) -> TopicsView:
    """Return the index of pathways."""
    say = context.localiser(spec.language).gettext
    lead = say("Micro-credentials that together lead somewhere.")
    group = Group("", "", pathway_links(context, spec.language))
    return index_of(context, spec, say("Pathways"), lead, [group])


def pathway_view(context: SiteContext, spec: PageSpec) -> PathwayView:
    """Return the page of a pathway: its steps, in order, and what they add up to."""
    pathway = context.catalogue.pathways[spec.key]
    language, localiser = spec.language, context.localiser(spec.language)
    return PathwayView(
        head=_head(context, spec, pathway),
        title=pathway.title.in_language(language),
        provider=_provider(context, pathway, language),
        summary=chosen(pathway.summary, language),
        description=chosen(pathway.description, language),
        facts=_facts(context, pathway, localiser),
        steps=tuple(_step(context, step, localiser) for step in pathway.steps),
    )


def _head(context: SiteContext, spec: PageSpec, pathway: Pathway) -> Head:
    language, href = spec.language, context.urls.href
    say = context.localiser(language).gettext
    about = About(
        title=str(pathway.title.in_language(language)),
        kind="pathway",
        description=str((pathway.summary or pathway.title).in_language(language)),
        crumbs=(
            Link(href(urls.home(language)), say("Home")),
            Link(href(urls.pathways(language)), say("Pathways")),
        ),
    )
    return head_for(context, spec, about)


def _provider(context: SiteContext, pathway: Pathway, language: str) -> Named | None:
    if pathway.provider is None:
        return None
    name = context.catalogue.providers[pathway.provider].legal_name.in_language(language)
    return Named(context.urls.href(urls.provider(language, pathway.provider)), name)


def _facts(context: SiteContext, pathway: Pathway, localiser: Localiser) -> tuple[Fact, ...]:
    say, language = localiser.gettext, localiser.language
    outcome = pathway.outcome
    facts = [fact(localiser, say("Credits in all"), _credits(context, pathway, localiser))]
    if outcome.qualification:
        leads = chosen(outcome.qualification, language)
        facts.insert(0, fact(localiser, say("Leads to"), leads))
    occupation = context.catalogue.occupations.get(outcome.occupation or "")
    if occupation is not None and outcome.occupation is not None:
        key = uuid_of(outcome.occupation)
        known = key in context.plan.topics["occupations"]
        page = context.urls.href(urls.topic(language, "occupations", key)) if known else ""
        name = occupation.in_language(language)
        named = Localised(capital(name.text), name.language)
        facts.append(fact(localiser, say("Occupation"), named, href=page))
    if outcome.description:
        gives = chosen(outcome.description, language)
        facts.append(fact(localiser, say("What the whole gives"), gives))
    return tuple(facts)


def _credits(context: SiteContext, pathway: Pathway, localiser: Localiser) -> str:
    least, most = credits_of(context, pathway.steps)
    if least == most:
        return f"{localiser.number(least)} ECTS"
    return f"{localiser.number(least)}–{localiser.number(most)} ECTS"


def credits_of(context: SiteContext, steps: Iterable[Step]) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most ECTS credits that steps add up to."""
    least = most = Decimal(0)
    for step in steps:
        ects = sorted(
            context.catalogue.courses[course].workload.ects or Decimal(0) for course in step.courses
        )
        number = step.any_of or len(ects)
        fewest = max(sum(ects[:number], Decimal(0)), step.minimum_ects or Decimal(0))
        least += Decimal(0) if step.optional else fewest
        most += sum(ects[-number:], Decimal(0))
    return least, max(least, most)


def _step(context: SiteContext, step: Step, localiser: Localiser) -> StepView:
    language = localiser.language
    courses = [context.catalogue.courses[course] for course in step.courses]
    return StepView(
        title=chosen(step.title, language),
        rule=_rule(step, localiser),
        courses=tuple(
            StepCourse(
                context.urls.href(urls.course(language, course.id)),
                course.title.in_language(language),
                context.catalogue.providers[course.provider].legal_name.in_language(language),
                _measures(course, localiser),
            )
            for course in courses
        ),
    )


def _rule(step: Step, localiser: Localiser) -> str:
    """Return how much of a step has to be taken, in words."""
    say, number = localiser.gettext, len(step.courses)
    if step.any_of is not None and step.any_of < number:
        rule = say("Any %(some)d of %(all)d") % {"some": step.any_of, "all": number}
    else:
        rule = say("Required") if number == 1 else say("All of these")
    if step.optional:
        rule = say("Optional") if number == 1 else f"{say('Optional')}: {rule.lower()}"
    if step.minimum_ects is not None:
        least = {"credits": localiser.number(step.minimum_ects)}
        rule += ", " + say("at least %(credits)s ECTS") % least
    return rule


def _measures(course: Course, localiser: Localiser) -> str:
    level = short_level_words(course.level, localiser)
    return f"{level} · {workload_words(course.workload, localiser)}"
