"""Topics: subjects, levels, skills, occupations and languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcsite.content.catalogue import LabourMarketRow
from mcsite.content.models.course import Course
from mcsite.content.text import Localised
from mcsite.content.vocabulary import VOCABULARIES, eqf_in_words
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser, alphabetical
from mcsite.site.plan import PageSpec, uri_of
from mcsite.site.views.facts import capital
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.indexes import (
    Counted,
    Group,
    TopicsView,
    counted,
    field_groups,
    in_order,
    index_of,
    pathway_links,
    topic_names,
)
from mcsite.site.views.results import Result, pages_beside, results_of
from mcsite.site.views.skills import SkillTag, most_common


def topics_view(context: SiteContext, spec: PageSpec) -> TopicsView:
    """Return the index of one kind of topic."""
    language, localiser = spec.language, context.localiser(spec.language)
    heading = topic_names(localiser)[spec.key]
    if spec.key == "fields":
        return index_of(context, spec, heading, "", field_groups(context, language))
    entries = [
        counted(
            context, language, urls.topic(language, spec.key, key),
            topic_name(context, spec.key, key, language), len(ids),
        )
        for key, ids in context.plan.topics[spec.key].items()
    ]  # fmt: skip
    ordered = tuple(entries) if spec.key == "levels" else in_order(entries)
    return index_of(context, spec, heading, "", [Group("", "", ordered)])


def topic_name(context: SiteContext, kind: str, key: str, language: str) -> Localised:
    """Return what a topic is called."""
    if kind == "fields":
        return Localised(VOCABULARIES["isced-f"].terms[key].label(language), language)
    if kind == "levels":
        return Localised(VOCABULARIES["eqf"].terms[key].label(language), language)
    if kind == "languages":
        name = context.localiser(language).language_name(key)
        return Localised(capital(name), language)
    named = context.catalogue.skills if kind == "skills" else context.catalogue.occupations
    text = named[uri_of(kind, key)].in_language(language)
    return Localised(capital(text.text), text.language)


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of labour-market figures in words; `share` is its vacancies in per cent of the most."""

    region: str
    period: str
    vacancies: str
    share: int
    trend: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """What pages/topic.html shows."""

    head: Head
    over: str
    heading: Localised
    lead: str
    uri: str
    pathways: tuple[Counted, ...]  # that lead to an occupation
    skills: tuple[SkillTag, ...]  # that the courses for an occupation teach
    occupations: tuple[SkillTag, ...]  # in which a skill is used
    courses: str  # the heading of the courses
    count: str  # of them, "" where the heading tells it
    results: tuple[Result, ...]
    pages: tuple[Link, ...]
    figures: tuple[Figure, ...]
    source: str  # of all the figures; "" where they have several, each its own


def topic_view(context: SiteContext, spec: PageSpec) -> TopicView:
    """Return the page of one topic, with its courses."""
    kind, _, key = spec.key.partition("/")
    language, localiser = spec.language, context.localiser(spec.language)
    name = topic_name(context, kind, key, language)
    lead = eqf_in_words(int(key), language) if kind == "levels" else ""
    uri = uri_of(kind, key) if kind in ("skills", "occupations") else ""
    courses = context.courses_of(language, kind, key)
    first = spec.number == 1  # the others have courses alone
    count = localiser.ngettext("%(num)d course", "%(num)d courses", len(courses))
    count %= {"num": len(courses)}
    heading = _courses_heading(localiser, kind)
    rows = context.relations.demand.get(uri, ()) if first else ()
    return TopicView(
        head=_head(context, spec, str(name), lead or str(name)),
        over=_over(localiser, kind),
        heading=name,
        lead=lead,
        uri=uri,
        pathways=(
            pathway_links(context, language, context.relations.leading.get(uri, ()))
            if first
            else ()
        ),
        skills=_beside(context, courses, kind, language) if first and kind == "occupations" else (),
        occupations=_beside(context, courses, kind, language) if first and kind == "skills" else (),
        courses=heading or count,
        count=count if heading else "",
        results=results_of(context, spec, courses),
        pages=pages_beside(context, spec, urls.topic(language, kind, key), len(courses)),
        figures=_figures(rows, localiser),
        source=rows[0].source if len({row.source for row in rows}) == 1 else "",
    )


def _head(context: SiteContext, spec: PageSpec, title: str, description: str) -> Head:
    kind, _, _ = spec.key.partition("/")
    localiser, href = context.localiser(spec.language), context.urls.href
    crumbs = (
        Link(href(urls.home(spec.language)), localiser.gettext("Home")),
        Link(href(urls.topics(spec.language, kind)), topic_names(localiser)[kind]),
    )
    about = About(title=title, kind="topic", description=description, crumbs=crumbs)
    return head_for(context, spec, about)


def _beside(
    context: SiteContext, courses: Sequence[Course], kind: str, language: str
) -> tuple[SkillTag, ...]:
    """Return the skills beside an occupation, or the occupations beside a skill."""
    other = "skills" if kind == "occupations" else "occupations"
    return most_common(context, courses, other, language)


def _courses_heading(localiser: Localiser, kind: str) -> str:
    """Return what the courses are, where a number alone doesn't tell."""
    say = localiser.gettext
    return {
        "skills": say("Courses that teach this skill"),
        "occupations": say("Courses for this occupation"),
    }.get(kind, "")


def _over(localiser: Localiser, kind: str) -> str:
    """Return what kind of topic it is, as a line above the heading."""
    say = localiser.gettext
    return {
        "fields": say("Subject"),
        "levels": say("Level"),
        "skills": say("Skill"),
        "occupations": say("Occupation"),
        "languages": say("Language of instruction"),
    }[kind]


def _figures(rows: Sequence[LabourMarketRow], localiser: Localiser) -> tuple[Figure, ...]:
    """Return rows by region, in each the newest period first."""
    say = localiser.gettext
    trends = {"rising": say("rising"), "stable": say("stable"), "falling": say("falling")}
    most = max((row.vacancies for row in rows), default=0) or 1
    newest = sorted(rows, key=lambda row: row.period, reverse=True)
    return tuple(
        Figure(
            region=localiser.country(row.region),
            period=row.period,
            vacancies=localiser.number(row.vacancies),
            share=round(100 * row.vacancies / most),
            trend=trends[row.trend],
            source=row.source,
        )
        for row in sorted(newest, key=lambda row: alphabetical(localiser.country(row.region)))
    )
