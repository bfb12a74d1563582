"""An Atom feed of the courses (RFC 4287), one a language."""

import datetime as dt
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Site
from mcsite.store.history import Dates

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 200  # readers keep what they have seen


def feed(
    catalogue: Catalogue,
    language: str,
    today: dt.date,
    base_url: str,
    dates: Mapping[str, Dates],
    *,
    closed: str = "",
) -> bytes:
    """Return the feed of the courses that aren't withdrawn, those that changed last first.

    `base_url` is where the site stands, which can be a preview's address; ids are those of the
    site itself, so that a reader's program knows an entry again. Courses without `dates` are as
    new as the day of the build. `closed` are the words for the catalogue's end, once it has come.
    """
    ET.register_namespace("", ATOM)
    site = catalogue.site
    own, day = site.base_url, dt.datetime.combine(today, dt.time(), dt.UTC)
    unknown = Dates(day, day)
    offered = [course for course in catalogue.courses.values() if course.withdrawn is None]
    offered.sort(key=lambda course: dates.get(course.id, unknown).changed, reverse=True)
    newest = max((dates.get(course.id, unknown).changed for course in offered), default=day)
    root = _without_entries(site, language, base_url, newest)
    for course in offered[:ENTRIES]:
        path = f"{language}/courses/{course.id}/"
        title = str(course.title.in_language(language))
        known = dates.get(course.id, unknown)
        entry = _add_entry(root, f"{own}/{path}", f"{base_url}/{path}", title, known)
        if course.summary is not None:
            _add(entry, "summary", str(course.summary.in_language(language)))
    if closed and site.sunset is not None:
        since = dt.datetime.combine(site.sunset.since, dt.time(), dt.UTC)
        identifier, page = f"{own}/{language}/#closed", f"{base_url}/{language}/"
        _add_entry(root, identifier, page, closed, Dates(since, since))
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _without_entries(site: Site, language: str, base_url: str, newest: dt.datetime) -> ET.Element:
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "id", f"{site.base_url}/{language}/feed.xml")
    _add(root, "title", str(site.title.in_language(language)))
    _add(root, "updated", _moment(newest))
    _link(root, f"{base_url}/{language}/feed.xml", "self")
    _link(root, f"{base_url}/{language}/courses/", "alternate")
    author = ET.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", str(site.publisher.name.in_language(language)))
    return root


def _add_entry(
    root: ET.Element, identifier: str, page: str, title: str, dates: Dates
) -> ET.Element:
    entry = ET.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "id", identifier)
    _add(entry, "title", title)
    _add(entry, "published", _moment(dates.created))
    _add(entry, "updated", _moment(dates.changed))
    _link(entry, page, "alternate")
    return entry


def _moment(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: ET.Element, href: str, rel: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href})
