"""What a closed catalogue says and gives away: that it is closed, and nothing that is offered."""

from dataclasses import replace

from mcsite.content.catalogue import Catalogue
from mcsite.site.context import SiteContext


def words_of_the_end(context: SiteContext, language: str) -> str:
    """Return what is said of the catalogue's end, before it and after; "" where none is known."""
    sunset, localiser = context.catalogue.site.sunset, context.localiser(language)
    if sunset is None:
        return ""
    say = localiser.gettext
    past = say("This catalogue was closed on %(day)s")
    words = past if context.closed else say("This catalogue closes on %(day)s")
    return words % {"day": localiser.date(sunset.since)}


def as_offered(context: SiteContext) -> Catalogue:
    """Return the catalogue as others should take it over: once it is closed, no course is offered,
    and whoever harvests it finds that out.
    """
    catalogue = context.catalogue
    if not context.closed:
        return catalogue
    courses = {
        name: course.model_copy(update={"withdrawn": context.withdrawal_of(course)})
        for name, course in catalogue.courses.items()
    }
    return replace(catalogue, courses=courses)
