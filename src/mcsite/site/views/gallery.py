"""The gallery: a list of the theme's components, and a page for each of their states.

Each state has a page of its own, since many have ids, headings and roles that a page has once.
It is for makers of themes, and in English.
"""

from dataclasses import dataclass

from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.gallery import Component, Example
from mcsite.site.plan import PageSpec
from mcsite.site.views.head import About, Head, Link, head_for

_TITLE = "Components"


@dataclass(frozen=True, slots=True)
class Entry:
    """A component in the list, with links to its states."""

    component: Component
    states: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryView:
    """What pages/gallery.html shows."""

    head: Head
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleView:
    """What pages/example.html shows."""

    head: Head
    component: Component
    example: Example
    gallery: str


def gallery_view(context: SiteContext, spec: PageSpec) -> GalleryView:
    """Return the list."""
    href = context.urls.href
    return GalleryView(
        head=head_for(context, spec, About(title=_TITLE, kind="text", description=_TITLE)),
        heading=_TITLE,
        entries=tuple(
            Entry(
                component,
                tuple(
                    Link(href(urls.example(name, number)), example.name)
                    for number, example in enumerate(component.examples, 1)
                ),
            )
            for name, component in context.gallery.items()
        ),
    )


def example_view(context: SiteContext, spec: PageSpec) -> ExampleView:
    """Return the page of one state."""
    component = context.gallery[spec.key]
    example = component.examples[spec.number - 1]
    heading = f"{component.name}: {example.name}"
    return ExampleView(
        head=head_for(context, spec, About(title=heading, kind="text", description=heading)),
        component=component,
        example=example,
        gallery=context.urls.href(urls.GALLERY),
    )
