"""Links between the sample's pages, as rendered: each leads to a page, a place on it, or a file."""

from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html

from mcsite.site import urls
from mcsite.site.files import GROUPS
from tests.rendering import parsed, renderer, sample, specs

# made from credentials, and by Pagefind, where a whole site is built
_FROM_ELSEWHERE = ("c/", "pagefind/")


@cache
def pages() -> dict[str, lxml.html.HtmlElement]:
    return {spec.path: parsed(renderer().page(spec)) for spec in specs()}


@cache
def files() -> frozenset[str]:
    made = {name for group in GROUPS.values() for name, _ in group(renderer().context)}
    languages = (None, *sample().site.languages[1:])
    records = (urls.achievement(course, tag) for course in sample().courses for tag in languages)
    images = (urls.social_image(path) for path in pages())
    return frozenset({*made, *records, *images, urls.MANIFEST})


def links_of(path: str) -> set[str]:
    """Return where the links of a page lead: what its `href` and `src` say, made whole."""
    base = renderer().context.urls.absolute(path)
    found = pages()[path].xpath("//@href | //@src")
    return {urljoin(base, str(link)) for link in found}


def is_dead(link: str) -> bool:
    base = renderer().context.urls.absolute("")
    if not link.startswith(base):
        return False
    parts = urlsplit(link.removeprefix(base))
    target = unquote(parts.path)
    if target in pages():
        anchor = unquote(parts.fragment)
        known = pages()[target].xpath("//@id")
        return bool(anchor) and not anchor.startswith("!") and anchor not in known
    return target not in files() and not target.startswith(_FROM_ELSEWHERE)


def test_no_link_of_a_rendered_page_leads_nowhere() -> None:
    dead = {(path, link) for path in pages() for link in links_of(path) if is_dead(link)}

    assert sorted(dead) == []


def test_there_are_links_to_follow() -> None:
    followed = {link for path in pages() for link in links_of(path)}

    assert len(followed) > len(pages())
    assert is_dead(renderer().context.urls.absolute("lv/courses/gone/"))
    assert is_dead(renderer().context.urls.absolute("lv/#gone"))
