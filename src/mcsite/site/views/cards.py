"""What the pictures of shared pages say: the site's, a provider's, a course's."""

from urllib.parse import urlsplit

from mcsite.content.models.course import Course
from mcsite.site.context import SiteContext
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.social_image import Card, can_draw
from mcsite.site.views.facts import form_words, short_level_words, workload_words

ACCENT = "#0b57a4"  # as theme/static/css/tokens.css has it
KINDS = frozenset({PageKind.HOME, PageKind.COURSE, PageKind.PROVIDER})


def card_of(context: SiteContext, spec: PageSpec) -> Card | None:
    """Return what the picture of a page says; None where there is none: of other kinds of pages,
    where the site wants none, and in writing that the font hasn't got.
    """
    if spec.kind not in KINDS or not context.social_images:
        return None
    return context.trace.once(("card", spec.path), lambda: _drawable(_card(context, spec)))


def _drawable(card: Card) -> Card | None:
    return card if can_draw(card) else None


def _card(context: SiteContext, spec: PageSpec) -> Card:
    catalogue, language = context.catalogue, spec.language
    site, theme = catalogue.site, catalogue.site.theme
    name = str(site.title.in_language(language))
    host = urlsplit(context.urls.base_url).netloc
    accent = theme.accent if theme and theme.accent else ACCENT
    signed = f"{name} · {host}"
    if spec.kind is PageKind.COURSE:
        course = catalogue.courses[spec.key]
        above = str(catalogue.providers[course.provider].legal_name.in_language(language))
        title = str(course.title.in_language(language))
        return Card(above, title, _facts(context, course, language), signed, accent)
    if spec.kind is PageKind.PROVIDER:
        provider = catalogue.providers[spec.key]
        country = context.localiser(language).country(provider.country)
        title = str(provider.legal_name.in_language(language))
        return Card("", title, country, signed, accent)
    publisher = str(site.publisher.name.in_language(language))
    return Card(publisher, name, "", host, accent)


def _facts(context: SiteContext, course: Course, language: str) -> str:
    localiser = context.localiser(language)
    facts = (
        short_level_words(course.level, localiser),
        workload_words(course.workload, localiser),
        form_words(course, localiser),
    )
    return " · ".join(fact for fact in facts if fact)
