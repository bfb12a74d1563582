"""An Atom feed of the courses (RFC 4287), one a language."""

import datetime as dt
from xml.etree import ElementTree as ET

from mcsite.content.catalogue import Catalogue

ATOM = "http://www.w3.org/2005/Atom"


def feed(catalogue: Catalogue, language: str, built_at: dt.datetime, base_url: str) -> bytes:
    """Return the feed of the courses that aren't withdrawn, by id.

    `base_url` is where the site stands, which can be a preview's address; ids are those of the
    site itself, so that a reader's program knows an entry again.
    """
    ET.register_namespace("", ATOM)
    site = catalogue.site
    own = site.base_url
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "id", f"{own}/{language}/feed.xml")
    _add(root, "title", str(site.title.in_language(language)))
    _add(root, "updated", built_at.strftime("%Y-%m-%dT00:00:00Z"))
    _link(root, f"{base_url}/{language}/feed.xml", "self")
    _link(root, f"{base_url}/{language}/courses/", "alternate")
    author = ET.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", str(site.publisher.name.in_language(language)))
    for course in catalogue.courses.values():
        if course.withdrawn is not None:
            continue
        path = f"{language}/courses/{course.id}/"
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "id", f"{own}/{path}")
        _add(entry, "title", str(course.title.in_language(language)))
        _add(entry, "updated", built_at.strftime("%Y-%m-%dT00:00:00Z"))
        _link(entry, f"{base_url}/{path}", "alternate")
        if course.summary is not None:
            _add(entry, "summary", str(course.summary.in_language(language)))
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: ET.Element, href: str, rel: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href})
