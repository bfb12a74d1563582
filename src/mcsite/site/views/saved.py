"""The page of saved courses: a frame that the browser fills from what it keeps."""

from dataclasses import dataclass

from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.plan import PageSpec
from mcsite.site.views.head import About, Head, Link, head_for


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """What pages/saved.html shows."""

    head: Head
    heading: str
    strings: str


def saved_view(context: SiteContext, spec: PageSpec) -> SavedView:
    """Return the page of saved courses."""
    language, href = spec.language, context.urls.href
    say = context.localiser(language).gettext
    heading = say("Saved courses")
    crumbs = (
        Link(href(urls.home(language)), say("Home")),
        Link(href(urls.courses(language)), say("Courses")),
    )
    about = About(
        title=heading,
        kind="text",
        description=heading,
        crumbs=crumbs,
        modules=("catalogue/saved.js",),
    )
    return SavedView(
        head=head_for(context, spec, about),
        heading=heading,
        strings=href(urls.static(f"i18n/saved.{language}.json")),
    )
