"""sitemap.xml with the languages of each page, and robots.txt. Neither names a credential."""

import datetime as dt
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(pages: Iterable[tuple[str, Mapping[str, str], dt.date | None]]) -> bytes:
    """Return the sitemap of `pages`: each an address, its alternates by language, and when what it
    tells was last changed, if that is known.

    "x-default" among the languages is the address for readers of any other.
    """
    ET.register_namespace("", SITEMAP)
    ET.register_namespace("xhtml", XHTML)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for url, alternates, changed in pages:
        entry = ET.SubElement(root, f"{{{SITEMAP}}}url")
        ET.SubElement(entry, f"{{{SITEMAP}}}loc").text = url
        if changed is not None:
            ET.SubElement(entry, f"{{{SITEMAP}}}lastmod").text = changed.isoformat()
        for language, href in alternates.items():
            link = {"rel": "alternate", "hreflang": language, "href": href}
            ET.SubElement(entry, f"{{{XHTML}}}link", link)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def robots(sitemap_url: str) -> bytes:
    """Return robots.txt. Credentials say themselves that they are not to be indexed."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()
