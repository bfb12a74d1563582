"""Views: one kind of page each, models in, frozen values out; nothing left for a template to
decide.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from mcsite.site.context import SiteContext
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.views.browse import catalogue_view, home_view
from mcsite.site.views.course import course_view
from mcsite.site.views.gallery import example_view, gallery_view
from mcsite.site.views.head import Head
from mcsite.site.views.moved import moved_view
from mcsite.site.views.pathway import pathway_view, pathways_view
from mcsite.site.views.provider import provider_view, providers_view
from mcsite.site.views.saved import saved_view
from mcsite.site.views.texts import chooser_view, not_found_view, text_view
from mcsite.site.views.topic import topic_view, topics_view
from mcsite.site.views.verify_file import verify_file_view


class View(Protocol):
    """What every view has."""

    @property
    def head(self) -> Head:
        """The frame of the page."""


VIEWS: Mapping[PageKind, Callable[[SiteContext, PageSpec], View]] = {
    PageKind.CHOOSER: chooser_view,
    PageKind.HOME: home_view,
    PageKind.CATALOGUE: catalogue_view,
    PageKind.COURSE: course_view,
    PageKind.PROVIDERS: providers_view,
    PageKind.PROVIDER: provider_view,
    PageKind.PATHWAYS: pathways_view,
    PageKind.PATHWAY: pathway_view,
    PageKind.TOPICS: topics_view,
    PageKind.TOPIC: topic_view,
    PageKind.SAVED: saved_view,
    PageKind.VERIFY_FILE: verify_file_view,
    PageKind.TEXT: text_view,
    PageKind.MOVED: moved_view,
    PageKind.NOT_FOUND: not_found_view,
    PageKind.GALLERY: gallery_view,
    PageKind.EXAMPLE: example_view,
}
