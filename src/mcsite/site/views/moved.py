"""The page at an earlier address of a course, provider or pathway: it leads to today's."""

from dataclasses import dataclass, replace

from mcsite.content.models.provider import Provider
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.plan import PageSpec
from mcsite.site.views.facts import Named
from mcsite.site.views.head import About, Head, head_for, spec_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView:
    """What pages/moved.html shows. `id` is today's, for the modules that keep ids."""

    head: Head
    heading: str
    id: str
    target: Named


def moved_view(context: SiteContext, spec: PageSpec) -> MovedView:
    """Return the page of an alias. Browsers go on by themselves; whoever doesn't has a link."""
    kind, _, key = spec.key.partition("/")
    thing = context.catalogue.things(kind)[key]
    name = thing.legal_name if isinstance(thing, Provider) else thing.title
    title = name.in_language(spec.language)
    path = urls.thing(spec.language, kind, key)
    head = head_for(context, spec, About(title=str(title), kind=spec_kind(spec.kind)))
    return MovedView(
        head=replace(head, canonical=context.urls.absolute(path)),
        heading=context.localiser(spec.language).gettext("This page has moved"),
        id=key,
        target=Named(context.urls.href(path), title),
    )
