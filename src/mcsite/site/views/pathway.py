"""Pathways: steps in order, a drawing of them, and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway, Step
from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.pathway_credits import choice_of, choices_of, left_of, total_left
from mcsite.site.pathway_graph import CourseNode, Drawing, StepNode, drawing_of
from mcsite.site.plan import PageSpec, uuid_of
from mcsite.site.views.facts import (
    Fact,
    Named,
    capital,
    chosen,
    fact,
    short_level_words,
    span_words,
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
    """A course of a step, with what compares it; `ects` is for the page's module."""

    id: str
    aliases: str  # earlier ids, which credentials may name
    ects: str
    href: str
    title: Localised
    provider: Localised
    words: str
    short: str
    note: str  # words of a tag, as "No longer offered"; or ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step in words: "all", "any 2 of 4", "optional"; and in numbers, for the page's module."""

    title: Localised | None
    rule: str
    credits: str
    number: int
    minimum: str
    optional: bool
    courses: tuple[StepCourse, ...]


@dataclass(frozen=True, slots=True)
class Have:
    """Where verify/pathway-page.js finds words, and what it recognises a course's credential by:
    the address of the folder of courses, and who signs for this site. `host` is where the site is
    published.
    """

    strings: str
    folder: str
    issuers: str
    host: str


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
    drawing: Drawing
    have: Have


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
    steps = tuple(_step(context, step, localiser) for step in pathway.steps)
    facts = _facts(context, pathway, localiser)
    return PathwayView(
        head=_head(context, spec, pathway),
        title=pathway.title.in_language(language),
        provider=_provider(context, pathway, language),
        summary=chosen(pathway.summary, language),
        description=chosen(pathway.description, language),
        facts=facts,
        steps=steps,
        drawing=_drawing(context, pathway, steps, localiser),
        have=_have(context, language),
    )


def _have(context: SiteContext, language: str) -> Have:
    """Credentials name courses by the published site's addresses, wherever this build stands."""
    site = context.catalogue.site
    return Have(
        strings=context.urls.href(urls.static(f"i18n/pathway.{language}.json")),
        folder=f"{site.base_url}/{urls.courses(site.default_language)}",
        issuers=" ".join(issuer.did for issuer in context.catalogue.issuers),
        host=site.base_url.split("/")[2],
    )


def _drawing(
    context: SiteContext, pathway: Pathway, steps: Iterable[StepView], localiser: Localiser
) -> Drawing:
    """Return the drawing. It ends with what the pathway leads to: an occupation, a qualification,
    or the whole of its credits.
    """
    say, language = localiser.gettext, localiser.language
    outcome = pathway.outcome
    occupation = context.catalogue.occupations.get(outcome.occupation or "")
    leads = occupation.in_language(language).text if occupation else ""
    leads = leads or str(chosen(outcome.qualification, language) or "")
    nodes = [
        StepNode(
            heading=f"{number}. {step.title or step.rule}",
            rule=step.rule if step.title else "",
            credits=step.credits if len(step.courses) > 1 else "",
            courses=tuple(
                CourseNode(course.id, str(course.title), course.short) for course in step.courses
            ),
            optional=step.optional,
        )
        for number, step in enumerate(steps, 1)
    ]
    total = span_words(total_left(choices_of(pathway, context.catalogue)), localiser)
    goal = StepNode(capital(leads) or say("Credits in all"), "", total, ())
    return drawing_of(nodes, goal, mirrored=localiser.direction == "rtl")


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
        modules=("verify/pathway-page.js",),
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
    total = total_left(choices_of(pathway, context.catalogue))
    facts = [fact(localiser, say("Credits in all"), span_words(total, localiser))]
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


def _step(context: SiteContext, step: Step, localiser: Localiser) -> StepView:
    language = localiser.language
    courses = [context.catalogue.courses[course] for course in step.courses]
    choice = choice_of(step, context.catalogue)
    return StepView(
        title=chosen(step.title, language),
        rule=_rule(step, localiser),
        credits=span_words(left_of(replace(choice, optional=False)), localiser),
        number=choice.number,
        minimum=str(choice.minimum),
        optional=step.optional,
        courses=tuple(
            StepCourse(
                course.id,
                " ".join(course.aliases),
                str(course.workload.ects or 0),
                context.urls.href(urls.course(language, course.id)),
                course.title.in_language(language),
                context.catalogue.providers[course.provider].legal_name.in_language(language),
                _measures(course, localiser),
                _credits(course, localiser),
                localiser.gettext("No longer offered") if context.withdrawal_of(course) else "",
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


def _credits(course: Course, localiser: Localiser) -> str:
    """Return what a course brings in credits, else how long it takes."""
    ects = course.workload.ects
    return (
        workload_words(course.workload, localiser)
        if ects is None
        else (f"{localiser.number(ects)} ECTS")
    )
