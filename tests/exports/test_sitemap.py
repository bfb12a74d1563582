"""sitemap.xml and robots.txt: every page once, each with all of its languages."""

import datetime as dt
from xml.etree import ElementTree as ET

from mcsite.exports.sitemap import robots, sitemap

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
LV, EN = "https://a.example/lv/?a=1&b=<", "https://a.example/en/"
CHANGED = dt.date(2026, 2, 1)
ALTERNATES = {"lv": LV, "en": EN, "x-default": LV}


def test_pages_stand_with_their_languages() -> None:
    root = ET.fromstring(sitemap([(LV, ALTERNATES, None), (EN, ALTERNATES, CHANGED)]))  # noqa: S314 -- our own bytes
    found = {
        url.findtext("s:loc", namespaces=NAMESPACES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMESPACES)
        }
        for url in root.findall("s:url", NAMESPACES)
    }

    assert root.tag == f"{{{NAMESPACES['s']}}}urlset"
    assert found == {LV: ALTERNATES, EN: ALTERNATES}
    assert [one.text for one in root.iterfind(".//s:lastmod", NAMESPACES)] == ["2026-02-01"]
    assert {link.get("rel") for link in root.iterfind(".//x:link", NAMESPACES)} == {"alternate"}


def test_no_page_is_a_sitemap_too() -> None:
    assert list(ET.fromstring(sitemap([]))) == []  # noqa: S314 -- our own bytes


def test_robots_hides_nothing_by_naming_it() -> None:
    assert robots("https://a.example/sitemap.xml").decode() == (
        "User-agent: *\nAllow: /\n\nSitemap: https://a.example/sitemap.xml\n"
    )
