"""The Atom feed (RFC 4287): what it must hold, in each language, of courses that are offered."""

import dataclasses
from xml.etree import ElementTree as ET

import pytest

from mcsite.content.text import Text
from mcsite.exports.feed import feed
from tests.rendering import NOW, sample

ATOM = "{http://www.w3.org/2005/Atom}"
PREVIEW = "https://preview.example/micro"


def entries(language: str = "lv", **changes: object) -> list[ET.Element]:
    catalogue = dataclasses.replace(sample(), **changes)  # type: ignore[arg-type] # names are checked by replace
    return ET.fromstring(feed(catalogue, language, NOW, PREVIEW)).findall(f"{ATOM}entry")  # noqa: S314 -- our own bytes


def test_the_feed_says_what_it_is_and_where() -> None:
    root = ET.fromstring(feed(sample(), "en", NOW, PREVIEW))  # noqa: S314 -- our own bytes
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert root.findtext(f"{ATOM}id") == f"{sample().site.base_url}/en/feed.xml"
    assert root.findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert links == {
        "self": f"{PREVIEW}/en/feed.xml",
        "alternate": f"{PREVIEW}/en/courses/",
    }


@pytest.mark.parametrize("language", ["lv", "en"])
def test_each_course_that_is_offered_is_an_entry_in_the_language(language: str) -> None:
    offered = [one for one in sample().courses.values() if one.withdrawn is None]
    found = entries(language)

    assert [entry.findtext(f"{ATOM}title") for entry in found] == [
        str(one.title.in_language(language)) for one in offered
    ]
    assert all(entry.findtext(f"{ATOM}updated") for entry in found)
    assert len(offered) < len(sample().courses)


def test_a_preview_s_entries_keep_the_site_s_ids_and_lead_to_the_preview() -> None:
    entry = entries()[0]
    link = entry.find(f"{ATOM}link")

    assert str(entry.findtext(f"{ATOM}id")).startswith(f"{sample().site.base_url}/lv/courses/")
    assert link is not None
    assert str(link.get("href")).startswith(f"{PREVIEW}/lv/courses/")


def test_markup_in_a_title_is_text() -> None:
    key = "cybersecurity-basics"
    title = Text(default="lv", by_language={"lv": "</title><a>&amp; ]]>"})
    courses = {key: sample().courses[key].model_copy(update={"title": title})}

    assert entries(courses=courses)[0].findtext(f"{ATOM}title") == "</title><a>&amp; ]]>"
