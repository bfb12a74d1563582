"""Pathways: steps in order, and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Step
from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.plan import PageSpec
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.indexes import (
    TopicsView,
    counted,
    index_of,
)
from mcsite.site.views.results import Fact, level_words, workload_words


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
    summary: Localised | None
    description: Localised | None
    outcome: tuple[Fact, ...]
    credits: str
    steps: tuple[StepView, ...]


def pathways_view(context: SiteContext, spec: PageSpec) -> TopicsView:
    """Return the index of pathways."""
    say = context.localiser(spec.language).gettext
    entries = [
        counted(
            context, spec.language, urls.pathway(spec.language, pathway.id),
            pathway.title.in_language(spec.language),
            len({course for step in pathway.steps for course in step.courses}),
        )
        for pathway in context.catalogue.pathways.values()
    ]  # fmt: skip
    lead = say("Micro-credentials that together lead somewhere.")
    return index_of(context, spec, say("Pathways"), lead, entries)


def pathway_view(context: SiteContext, spec: PageSpec) -> PathwayView:
    """Return the page of a pathway: its steps, in order, and what they add up to."""
    pathway = context.catalogue.pathways[spec.key]
    language, localiser = spec.language, context.localiser(spec.language)
    say, href = localiser.gettext, context.urls.href
    title = pathway.title.in_language(language)
    summary = pathway.summary.in_language(language) if pathway.summary else None
    least, most = credits_of(context, pathway.steps)
    span = (
        localiser.number(least)
        if least == most
        else f"{localiser.number(least)}–{localiser.number(most)}"
    )
    outcome = []
    if pathway.outcome.qualification:
        words = str(pathway.outcome.qualification.in_language(language))
        outcome.append(Fact(say("Leads to"), words))
    occupation = context.catalogue.occupations.get(pathway.outcome.occupation or "")
    if occupation:
        outcome.append(Fact(say("Occupation"), str(occupation.in_language(language))))
    if pathway.outcome.description:
        words = str(pathway.outcome.description.in_language(language))
        outcome.append(Fact(say("What the whole gives"), words))
    return PathwayView(
        head=head_for(
            context,
            spec,
            About(
                title=str(title),
                kind="pathway",
                description=str(summary or title),
                crumbs=(
                    Link(href(urls.home(language)), say("Home")),
                    Link(href(urls.pathways(language)), say("Pathways")),
                ),
            ),
        ),
        title=title,
        summary=summary,
        description=pathway.description.in_language(language) if pathway.description else None,
        outcome=tuple(outcome),
        credits=f"{span} ECTS",
        steps=tuple(_step(context, step, localiser) for step in pathway.steps),
    )


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
    say, language = localiser.gettext, localiser.language
    courses = [context.catalogue.courses[course] for course in step.courses]
    if step.any_of is not None and step.any_of < len(courses):
        rule = say("Any %(some)d of %(all)d") % {"some": step.any_of, "all": len(courses)}
    else:
        rule = say("Required") if len(courses) == 1 else say("All of these")
    if step.minimum_ects is not None:
        rule += ", " + say("at least %(credits)s ECTS") % {
            "credits": localiser.number(step.minimum_ects)
        }
    if step.optional:
        rule = say("Optional") if len(courses) == 1 else f"{say('Optional')}: {rule.lower()}"
    return StepView(
        title=step.title.in_language(language) if step.title else None,
        rule=rule,
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


def _measures(course: Course, localiser: Localiser) -> str:
    words = (level_words(course.level, localiser), workload_words(course.workload, localiser))
    return " · ".join(words)
