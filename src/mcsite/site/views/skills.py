"""Skills and occupations as links to their pages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mcsite.content.models.course import Course, Occupation, Skill
from mcsite.content.text import Localised
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import alphabetical
from mcsite.site.plan import uuid_of


@dataclass(frozen=True, slots=True)
class SkillTag:
    """A skill or occupation: its label, its page ("" where it has none), its URI."""

    label: Localised
    href: str
    uri: str


def tags_of(
    context: SiteContext, items: Iterable[Skill | Occupation], language: str
) -> tuple[SkillTag, ...]:
    """Return skills or occupations as a course names them, in its order."""
    return tuple(
        SkillTag(item.label.in_language(language), _page(context, item, language), item.uri)
        for item in items
    )


def most_common(
    context: SiteContext, courses: Iterable[Course], kind: str, language: str
) -> tuple[SkillTag, ...]:
    """Return the skills, or the occupations, of courses: first those that most of them name, then
    by the alphabet. `kind` is "skills" or "occupations".
    """
    named: dict[str, Skill | Occupation] = {}
    counts: Counter[str] = Counter()
    for course in courses:
        for item in course.skills if kind == "skills" else course.occupations:
            named.setdefault(item.uri, item)
            counts[item.uri] += 1
    tags = tags_of(context, named.values(), language)
    return tuple(sorted(tags, key=lambda tag: (-counts[tag.uri], alphabetical(tag.label.text))))


def _page(context: SiteContext, item: Skill | Occupation, language: str) -> str:
    kind = "skills" if isinstance(item, Skill) else "occupations"
    key = uuid_of(item.uri)
    known = key in context.plan.topics[kind]
    return context.urls.href(urls.topic(language, kind, key)) if known else ""
