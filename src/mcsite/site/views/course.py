"""The page of a course: every element of Annex I, in one fixed order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypedDict

from mcsite.content.models.course import Course
from mcsite.content.text import Localised
from mcsite.exports.schema_org import course_json_ld
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.plan import PageSpec
from mcsite.site.views.course_answers import (
    for_you_of,
    level_note,
    pace_of,
    workload_of,
    worth_of,
)
from mcsite.site.views.course_parts import (
    Sample,
    assessment_of,
    colophon_of,
    contact_of,
    funding_of,
    leads_to,
    provider_facts_of,
    sample_of,
    stackable_words,
)
from mcsite.site.views.facts import (
    Fact,
    Named,
    capital,
    chosen,
    duration_words,
    fact,
    form_words,
    language_words,
    level_words,
    plain,
    price_words,
    start_words,
    term,
)
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.results import Result, result_of
from mcsite.site.views.runs import Apply, Run, calls_of, runs_of
from mcsite.site.views.skills import SkillTag, tags_of


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that the reader should not miss; `tone` is "info" or "warn"."""

    title: str
    lines: tuple[Localised, ...]
    tone: str
    before_link: str = ""
    link: Named | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A learning outcome, and the skills that it shows, in words."""

    text: Localised
    skills: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """What pages/course.html shows, in its order."""

    head: Head
    id: str
    saved: str
    title: Localised
    provider: Named
    place: str
    summary: Localised | None
    notices: tuple[Notice, ...]
    facts: tuple[Fact, ...]
    calls: tuple[Apply, ...]
    offered: bool
    contents: tuple[Link, ...]
    outcomes: tuple[Outcome, ...]
    skills: tuple[SkillTag, ...]
    occupations: tuple[SkillTag, ...]
    for_you: tuple[Fact, ...]
    description: Localised | None
    image: Link | None
    pace: tuple[Fact, ...]
    as_of: str
    assessment: tuple[Fact, ...]
    worth: tuple[Fact, ...]
    sample: Sample
    stackable: str
    into: tuple[Named, ...]
    recognised_by: tuple[Localised, ...]
    runs: tuple[Run, ...]
    funding: tuple[Fact, ...]
    contact: tuple[Fact, ...]
    provider_facts: tuple[Fact, ...]
    further_info: Localised | None
    fields: tuple[Link, ...]
    similar: tuple[Result, ...]
    colophon: tuple[Fact, ...]


def course_view(context: SiteContext, spec: PageSpec) -> CourseView:
    """Return the view of the course that `spec` names."""
    course = context.catalogue.courses[spec.key]
    language, localiser = spec.language, context.localiser(spec.language)
    similar = context.relations.similar.get(course.id, ())
    return CourseView(
        head=_head(context, spec, course),
        id=course.id,
        saved=context.urls.href(urls.saved(language)),
        title=course.title.in_language(language),
        provider=_provider(context, course, language),
        place=_place(context, course, localiser),
        summary=chosen(course.summary, language),
        notices=tuple(_notices(context, course, localiser)),
        facts=_facts(context, course, localiser),
        calls=calls_of(context, course, localiser),
        offered=_is_offered(context, course),
        contents=_contents(course, localiser, similar=bool(similar)),
        outcomes=_outcomes(context, course, localiser),
        skills=tags_of(context, course.skills, language),
        occupations=tags_of(context, course.occupations, language),
        for_you=for_you_of(course, localiser),
        description=chosen(course.description, language),
        image=_image(context, course, language),
        pace=pace_of(context, course, localiser),
        as_of=localiser.gettext("As of %(day)s.") % {"day": localiser.date(context.today)},
        assessment=assessment_of(course, localiser),
        worth=worth_of(course, localiser),
        sample=sample_of(context, course, localiser),
        **_stacking(context, course, localiser),
        runs=runs_of(context, course, localiser),
        funding=funding_of(course, localiser),
        contact=contact_of(context, course, localiser),
        provider_facts=provider_facts_of(context, course, localiser),
        further_info=chosen(course.further_info, language),
        fields=_fields(context, course, language),
        similar=tuple(result_of(context, other, language) for other in similar),
        colophon=colophon_of(context, course, localiser),
    )


def _head(context: SiteContext, spec: PageSpec, course: Course) -> Head:
    say, href = context.localiser(spec.language).gettext, context.urls.href
    title = str(course.title.in_language(spec.language))
    about = course.summary or course.title
    known = course.model_copy(update={"offerings": ()}) if context.closed else course
    return head_for(
        context,
        spec,
        About(
            title=title,
            kind="course",
            description=str(about.in_language(spec.language)),
            crumbs=(
                Link(href(urls.home(spec.language)), say("Home")),
                Link(href(urls.courses(spec.language)), say("Courses")),
            ),
            modules=("catalogue/course.js",),
            json_ld=course_json_ld(known, context.catalogue, context.urls.base_url, spec.language),
        ),
    )


def _provider(context: SiteContext, course: Course, language: str) -> Named:
    provider = context.catalogue.providers[course.provider]
    href = context.urls.href(urls.provider(language, provider.id))
    return Named(href, provider.legal_name.in_language(language))


def _is_offered(context: SiteContext, course: Course) -> bool:
    withdrawal = context.withdrawal_of(course)
    return withdrawal is None or withdrawal.since > context.today


class _Stacking(TypedDict):
    """What the micro-credential counts towards: a part of CourseView."""

    stackable: str
    into: tuple[Named, ...]
    recognised_by: tuple[Localised, ...]


def _stacking(context: SiteContext, course: Course, localiser: Localiser) -> _Stacking:
    stated, language = course.stackability, localiser.language
    into = leads_to(context, course, language)
    return {
        "stackable": stackable_words(course, localiser, leads_further=bool(into)),
        "into": into,
        "recognised_by": tuple(
            text.in_language(language) for text in (stated.recognised_by if stated else ())
        ),
    }


def _place(context: SiteContext, course: Course, localiser: Localiser) -> str:
    provider = context.catalogue.providers[course.provider]
    country = localiser.country(provider.country)
    region = chosen(provider.region, localiser.language)
    return f"{region}, {country}" if region else country


def _notices(context: SiteContext, course: Course, localiser: Localiser) -> Iterator[Notice]:
    say, language = localiser.gettext, localiser.language
    successor = _successor(context, course, language)
    withdrawal = context.withdrawal_of(course)
    if withdrawal is not None:
        since = {"day": localiser.date(withdrawal.since)}
        remain = plain(say("Credentials that were already issued remain valid."), localiser)
        reason = chosen(withdrawal.reason, language)
        lines = (reason, remain) if reason else (remain,)
        past = withdrawal.since <= context.today
        title = say("No longer offered since %(day)s") if past else say("Ends on %(day)s")
        title %= since
        yield Notice(title, lines, "warn", say("It was replaced by:"), successor)
    elif successor is not None:
        yield Notice("", (), "info", say("It was replaced by:"), successor)
    written = _written_in(course, language)
    if written:
        said = say("This course is described only in %(language)s.")
        names = localiser.listed([localiser.language_name(tag) for tag in written])
        yield Notice(said % {"language": names}, (), "info")


def _successor(context: SiteContext, course: Course, language: str) -> Named | None:
    """Return the course that replaces this one."""
    other = context.relations.replaced_by.get(course.id)
    if other is None:
        return None
    title = context.catalogue.courses[other].title.in_language(language)
    return Named(context.urls.href(urls.course(language, other)), title)


def _written_in(course: Course, language: str) -> tuple[str, ...]:
    """Return the languages of title or description; none where both have the reader's."""
    texts = (course.title, course.description)
    return next((tuple(text.by_language) for text in texts if text and not text.has(language)), ())


def _facts(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    say, language = localiser.gettext, localiser.language
    methods = [term("assessment-type", item.type, language) for item in course.assessment]
    assured = [term("accreditation-type", item.type, language) for item in course.quality_assurance]
    awarded = say("Micro-credential")
    kind = term("learning-opportunity-type", course.type, language)
    credits_, hours = workload_of(course, localiser)
    start = fact(localiser, say("Next start"), start_words(context, course, localiser))
    offered = (
        replace(start, name="next-start"),
        fact(localiser, say("Price"), price_words(context, course, localiser)),
    )
    return (
        fact(localiser, say("Credential awarded"), awarded, kind),
        fact(localiser, say("Level"), level_words(course.level, localiser),
             level_note(course, localiser)),
        fact(localiser, say("Workload"), credits_ or hours, hours if credits_ else None),
        fact(localiser, say("Duration"), duration_words(context, course, localiser)),
        fact(localiser, say("Form of participation"), form_words(course, localiser)),
        fact(localiser, say("Language of instruction"), language_words(course, localiser)),
        *(offered if context.withdrawal_of(course) is None else ()),
        fact(localiser, say("Entry requirements"), chosen(course.prerequisites, language)),
        fact(localiser, say("Assessment"), _list(methods)),
        fact(localiser, say("Quality assurance"), _list(dict.fromkeys(assured))),
    )  # fmt: skip


def _list(labels: list[str] | dict[str, None]) -> str:
    first, *rest = labels
    return ", ".join([capital(first), *(label[:1].lower() + label[1:] for label in rest)])


def _contents(course: Course, localiser: Localiser, *, similar: bool) -> tuple[Link, ...]:
    say = localiser.gettext
    sections = (
        ("outcomes", say("What you will be able to do"), True),
        ("skills", say("Skills"), bool(course.skills or course.occupations)),
        ("for-you", say("Is it for you?"), True),
        ("content", say("Content"), bool(course.description or course.image)),
        ("dates", say("How long, when and how much"), True),
        ("assessment", say("How you are assessed"), True),
        ("worth", say("What it is worth"), True),
        ("sample", say("What you get"), True),
        ("apply", say("How to apply"), True),
        ("provider", say("The provider and its quality assurance"), True),
        ("further", say("Further information"), bool(course.further_info)),
        ("similar", say("Similar courses"), similar),
        ("version", say("About this description"), True),
    )
    return tuple(Link(f"#{name}", words) for name, words, there in sections if there)


def _outcomes(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Outcome, ...]:
    named = context.catalogue.skills
    language = localiser.language
    return tuple(
        Outcome(
            outcome.text.in_language(language),
            ", ".join(str(named[uri].in_language(language)) for uri in outcome.skills),
        )
        for outcome in course.learning_outcomes
    )


def _image(context: SiteContext, course: Course, language: str) -> Link | None:
    if course.image is None:
        return None
    alt = chosen(course.image.alt, language)
    return Link(context.urls.href(urls.asset(course.image.path)), str(alt or ""))


def _fields(context: SiteContext, course: Course, language: str) -> tuple[Link, ...]:
    return tuple(
        Link(
            context.urls.href(urls.topic(language, "fields", code)),
            term("isced-f", code, language),
        )
        for code in course.field
        if code in context.plan.topics["fields"]
    )
