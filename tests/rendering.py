"""Pages of the sample institution, rendered without writing a site."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html

from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.site.context import SiteContext
from mcsite.site.plan import PageKind, PageSpec, plan_site
from mcsite.site.render import Renderer
from mcsite.site.theme import theme_of
from mcsite.site.urls import Urls

ROOT = Path(__file__).parent.parent
NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@cache
def sample() -> Catalogue:
    """Return the sample's catalogue."""
    found = load_catalogue(ROOT, today=NOW.date()).catalogue
    assert found is not None
    return found


def context_of(catalogue: Catalogue, base_url: str = "") -> SiteContext:
    """Return the context of a build of `catalogue`."""
    return SiteContext(
        catalogue=catalogue,
        plan=plan_site(catalogue),
        urls=Urls(base_url or catalogue.site.base_url),
        theme=theme_of(ROOT),
        day=NOW.date(),
        revision="0123456789abcdef",
    )


@cache
def renderer() -> Renderer:
    """Return the renderer of the sample."""
    return Renderer(context_of(sample()))


def specs(kind: PageKind | None = None) -> list[PageSpec]:
    """Return what pages the sample has."""
    pages = renderer().context.plan.pages
    return [spec for spec in pages if kind is None or spec.kind is kind]


@cache
def page(path: str) -> lxml.html.HtmlElement:
    """Return the page of the sample at `path`."""
    spec = next(spec for spec in specs() if spec.path == path)
    return parsed(renderer().page(spec))


def parsed(html: bytes) -> lxml.html.HtmlElement:
    """Return a page's <html> element."""
    return lxml.html.document_fromstring(html.decode())


def one_of_each_kind(language: str = "lv") -> Iterator[PageSpec]:
    """Yield one page of every kind."""
    seen = set()
    for spec in specs():
        if spec.kind not in seen and spec.language == language:
            seen.add(spec.kind)
            yield spec


def course_page(
    change: dict[str, object], *, key: str = "cybersecurity-basics", language: str = "en"
) -> lxml.html.HtmlElement:
    """Return a course's page after `change` of its fields."""
    courses = dict(sample().courses)
    courses[key] = courses[key].model_copy(update=change)
    rendering = Renderer(context_of(replace(sample(), courses=courses)))
    path = f"{language}/courses/{key}/"
    spec = next(spec for spec in rendering.context.plan.pages if spec.path == path)
    return parsed(rendering.page(spec))


def words(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element, on one line."""
    return " ".join(str(element.text_content()).split())
