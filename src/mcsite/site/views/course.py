"""The page of a course: every element of Annex I, in one fixed order."""

from dataclasses import dataclass

from mcsite.content.models.course import Course, Funding, Offering, QualityAssurance
from mcsite.content.text import Localised, Text
from mcsite.content.vocabulary import VOCABULARIES, broad_field, eqf_in_words
from mcsite.exports.schema_org import course_json_ld
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.plan import PageSpec, uuid_of
from mcsite.site.views.head import About, Head, Link, head_for
from mcsite.site.views.results import (
    Fact,
    form_words,
    language_words,
    level_words,
    price_words,
    start_words,
    workload_words,
)


@dataclass(frozen=True, slots=True)
class SkillTag:
    """A skill or occupation: its label, its page, its URI."""

    label: Localised
    href: str
    uri: str


@dataclass(frozen=True, slots=True)
class Run:
    """One offering in words."""

    dates: str
    facts: tuple[Fact, ...]
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Assurance:
    """Quality assurance in words."""

    kind: str
    body: Localised | None
    url: str
    facts: tuple[Fact, ...]
    expired: bool


@dataclass(frozen=True, slots=True)
class Funder:
    """A way to pay for the course."""

    programme: Localised
    eligibility: Localised | None
    url: str


@dataclass(frozen=True, slots=True)
class Method:
    """A kind of assessment, with words."""

    kind: str
    description: Localised | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """What pages/course.html shows."""

    head: Head
    id: str
    title: Localised
    provider: Link
    summary: Localised | None
    untranslated: str
    withdrawn: str
    withdrawn_reason: Localised | None
    facts: tuple[Fact, ...]
    level_in_words: str
    level_reason: Localised | None
    apply: Run | None
    outcomes: tuple[Localised, ...]
    skills: tuple[SkillTag, ...]
    occupations: tuple[SkillTag, ...]
    description: Localised | None
    image: Link | None
    assessment: tuple[Method, ...]
    supervision: str
    grading: tuple[Fact, ...]
    prerequisites: Localised | None
    stackable: str
    into: tuple[Link, ...]
    recognised_by: tuple[Localised, ...]
    runs: tuple[Run, ...]
    quality: tuple[Assurance, ...]
    funding: tuple[Funder, ...]
    further_info: Localised | None
    fields: tuple[Link, ...]
    sample_outcomes: tuple[Localised, ...]
    version: str
    replaces: tuple[Link, ...]
    source: str
    achievement: str


def course_view(context: SiteContext, spec: PageSpec) -> CourseView:
    """Return the view of the course that `spec` names."""
    course = context.catalogue.courses[spec.key]
    language, localiser = spec.language, context.localiser(spec.language)
    href = context.urls.href
    title = course.title.in_language(language)
    provider = context.catalogue.providers[course.provider]
    provider_name = str(provider.legal_name.in_language(language))
    runs = tuple(_run(run, localiser) for run in course.offerings)
    return CourseView(
        head=_head(context, spec, course),
        id=course.id,
        title=title,
        provider=Link(href(urls.provider(language, provider.id)), provider_name),
        summary=_in(course.summary, language),
        untranslated=_untranslated(course, language, localiser),
        withdrawn=localiser.date(course.withdrawn.since) if course.withdrawn else "",
        withdrawn_reason=_in(course.withdrawn.reason if course.withdrawn else None, language),
        facts=_facts(context, course, localiser),
        level_in_words=_eqf(course, language),
        level_reason=_in(course.level_reason, language),
        apply=next((run for run in runs if run.url), None),
        outcomes=tuple(outcome.text.in_language(language) for outcome in course.learning_outcomes),
        skills=_tags(context, course, language, "skills"),
        occupations=_tags(context, course, language, "occupations"),
        description=_in(course.description, language),
        image=_image(context, course, language),
        assessment=tuple(
            Method(_term("assessment-type", item.type, language), _in(item.description, language))
            for item in course.assessment
        ),
        supervision=_supervision(course, localiser),
        grading=_grading(course, localiser),
        prerequisites=_in(course.prerequisites, language),
        stackable=_stackable(course, localiser),
        into=_into(context, course, language),
        recognised_by=tuple(
            text.in_language(language)
            for text in (course.stackability.recognised_by if course.stackability else ())
        ),
        runs=runs,
        quality=tuple(_assurance(context, item, localiser) for item in course.quality_assurance),
        funding=tuple(_funder(item, language) for item in course.funding),
        further_info=_in(course.further_info, language),
        fields=_fields(context, course, language),
        sample_outcomes=tuple(
            outcome.text.in_language(language) for outcome in course.learning_outcomes[:3]
        ),
        version=course.version,
        replaces=tuple(
            Link(
                href(urls.course(language, old)),
                str(context.catalogue.courses[old].title.in_language(language)),
            )
            for old in course.replaces
        ),
        source=_source(context, course),
        achievement=href(urls.achievement(course.id)),
    )


def _in(text: Text | None, language: str) -> Localised | None:
    return text.in_language(language) if text is not None else None


def _term(vocabulary: str, code: str, language: str) -> str:
    return VOCABULARIES[vocabulary].terms[code].label(language)


def _head(context: SiteContext, spec: PageSpec, course: Course) -> Head:
    say, href = context.localiser(spec.language).gettext, context.urls.href
    title = str(course.title.in_language(spec.language))
    about = course.summary or course.title
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
            json_ld=course_json_ld(course, context.catalogue, context.urls.base_url, spec.language),
        ),
    )


def _untranslated(course: Course, language: str, localiser: Localiser) -> str:
    """Say that the course is described in another language, where it is."""
    title = course.title.in_language(language)
    text = course.description.in_language(language) if course.description else title
    found = next((part.language for part in (title, text) if part.language != language), "")
    if not found:
        return ""
    said = localiser.gettext("This course is described only in %(language)s.")
    return said % {"language": localiser.language_name(found)}


def _facts(context: SiteContext, course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    say, language = localiser.gettext, localiser.language
    assessment = [_term("assessment-type", item.type, language) for item in course.assessment]
    quality = [
        _term("accreditation-type", item.type, language) for item in course.quality_assurance
    ]
    prerequisites = _in(course.prerequisites, language)
    return (
        Fact(say("Credential awarded"), say("Micro-credential")),
        Fact(say("Level"), level_words(course.level, localiser)),
        Fact(say("Workload"), workload_words(course.workload, localiser)),
        Fact(say("Form of participation"), form_words(course, localiser)),
        Fact(say("Language of instruction"), language_words(course, localiser)),
        Fact(say("Next start"), start_words(context, course, localiser)),
        Fact(say("Price"), price_words(context, course, localiser)),
        Fact(
            say("Entry requirements"), str(prerequisites) if prerequisites else say("None stated")
        ),
        Fact(say("Assessment"), localiser.listed(assessment)),
        Fact(say("Quality assurance"), localiser.listed(quality)),
        Fact(say("Country of the issuer"), _country(context, course, localiser)),
    )


def _country(context: SiteContext, course: Course, localiser: Localiser) -> str:
    provider = context.catalogue.providers[course.provider]
    country = localiser.country(provider.country)
    region = _in(provider.region, localiser.language)
    return f"{country}, {region}" if region else country


def _eqf(course: Course, language: str) -> str:
    if course.level is None or course.level.eqf is None:
        return ""
    return eqf_in_words(course.level.eqf, language)


def _tags(context: SiteContext, course: Course, language: str, kind: str) -> tuple[SkillTag, ...]:
    return tuple(
        SkillTag(
            item.label.in_language(language),
            context.urls.href(urls.topic(language, kind, uuid_of(item.uri)))
            if course.withdrawn is None
            else "",
            item.uri,
        )
        for item in getattr(course, kind)
    )


def _image(context: SiteContext, course: Course, language: str) -> Link | None:
    if course.image is None:
        return None
    alt = _in(course.image.alt, language)
    return Link(context.urls.href(urls.asset(course.image.path)), str(alt) if alt else "")


def _supervision(course: Course, localiser: Localiser) -> str:
    if course.supervision is None:
        return localiser.gettext("Not stated")
    return _term("supervision", course.supervision, localiser.language)


def _grading(course: Course, localiser: Localiser) -> tuple[Fact, ...]:
    if course.grading is None:
        return ()
    say, language = localiser.gettext, localiser.language
    facts = [Fact(say("Grading scale"), str(course.grading.scheme.in_language(language)))]
    if course.grading.passing is not None:
        facts.append(Fact(say("To pass"), str(course.grading.passing.in_language(language))))
    return tuple(facts)


def _stackable(course: Course, localiser: Localiser) -> str:
    say = localiser.gettext
    if course.stackability is None:
        return say("Not stated")
    if course.stackability.type == "standalone":
        return say("It stands alone: it is not part of a larger credential.")
    return say("It can count towards a larger credential.")


def _into(context: SiteContext, course: Course, language: str) -> tuple[Link, ...]:
    catalogue, href = context.catalogue, context.urls.href
    found = []
    for target in course.stackability.into if course.stackability else ():
        if target in catalogue.pathways:
            title = str(catalogue.pathways[target].title.in_language(language))
            found.append(Link(href(urls.pathway(language, target)), title))
        else:
            title = str(catalogue.courses[target].title.in_language(language))
            found.append(Link(href(urls.course(language, target)), title))
    return tuple(found)


def _run(run: Offering, localiser: Localiser) -> Run:
    say, language = localiser.gettext, localiser.language
    start = localiser.date(run.start) if run.start else say("Date not stated")
    dates = f"{start} – {localiser.date(run.end)}" if run.end else start
    facts = []
    if run.apply_by:
        facts.append(Fact(say("Apply by"), localiser.date(run.apply_by)))
    if run.place:
        facts.append(Fact(say("Place"), str(run.place.in_language(language))))
    if run.mode:
        facts.append(Fact(say("Form"), _term("participation", run.mode, language)))
    if run.price:
        free = run.price.amount == 0
        price = say("Free") if free else localiser.money(run.price.amount, run.price.currency)
        note = f" — {run.price.note.in_language(language)}" if run.price.note else ""
        facts.append(Fact(say("Price"), price + note))
    if run.seats:
        facts.append(Fact(say("Places"), localiser.number(run.seats)))
    url = run.url or ""
    return Run(dates, tuple(facts), url, url.split("/")[2] if url else "")


def _assurance(context: SiteContext, item: QualityAssurance, localiser: Localiser) -> Assurance:
    say, language = localiser.gettext, localiser.language
    facts = []
    if item.register_id:
        facts.append(Fact(say("DEQAR register"), item.register_id))
    if item.valid and item.valid.valid_from:
        facts.append(Fact(say("Since"), localiser.date(item.valid.valid_from)))
    until = item.valid.valid_until if item.valid else None
    if until:
        facts.append(Fact(say("Until"), localiser.date(until)))
    return Assurance(
        kind=_term("accreditation-type", item.type, language),
        body=_in(item.body, language),
        url=item.url or "",
        facts=tuple(facts),
        expired=until is not None and until < context.today,
    )


def _funder(item: Funding, language: str) -> Funder:
    programme = item.programme.in_language(language)
    return Funder(programme, _in(item.eligibility, language), item.url or "")


def _fields(context: SiteContext, course: Course, language: str) -> tuple[Link, ...]:
    codes = sorted({broad_field(code) for code in course.field} | set(course.field))
    if course.withdrawn is not None:
        return ()
    return tuple(
        Link(
            context.urls.href(urls.topic(language, "fields", code)),
            _term("isced-f", code, language),
        )
        for code in codes
    )


def _source(context: SiteContext, course: Course) -> str:
    repository = context.catalogue.site.repository
    return f"{repository}/blob/main/catalogue/courses/{course.id}.yaml" if repository else ""
