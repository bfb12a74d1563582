"""An Atom feed of the courses (RFC 4287), one a language."""

import datetime as dt
from xml.etree import ElementTree as ET

from mcsite.content.catalogue import Catalogue

ATOM = "http://www.w3.org/2005/Atom"


def feed(catalogue: Catalogue, language: str, built_at: dt.datetime) -> bytes:
    """Return the feed of the courses that aren't withdrawn, by title."""
    ET.register_namespace("", ATOM)
    base, site = catalogue.site.base_url, catalogue.site
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "id", f"{base}/{language}/feed.xml")
    _add(root, "title", str(site.title.in_language(language)))
    _add(root, "updated", built_at.strftime("%Y-%m-%dT00:00:00Z"))
    _link(root, f"{base}/{language}/feed.xml", "self")
    _link(root, f"{base}/{language}/courses/", "alternate")
    author = ET.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", str(site.publisher.name.in_language(language)))
    for course in catalogue.courses.values():
        if course.withdrawn is not None:
            continue
        url = f"{base}/{language}/courses/{course.id}/"
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "id", url)
        _add(entry, "title", str(course.title.in_language(language)))
        _add(entry, "updated", built_at.strftime("%Y-%m-%dT00:00:00Z"))
        _link(entry, url, "alternate")
        if course.summary is not None:
            _add(entry, "summary", str(course.summary.in_language(language)))
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: ET.Element, href: str, rel: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href})
