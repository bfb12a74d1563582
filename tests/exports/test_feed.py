"""The Atom feed (RFC 4287): what it must hold, in each language, of courses that are offered."""

import dataclasses
import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from mcsite.content.text import Text
from mcsite.exports.feed import feed
from mcsite.store.history import Dates
from tests.rendering import NOW, sample

ATOM = "{http://www.w3.org/2005/Atom}"
PREVIEW = "https://preview.example/micro"


def entries(language: str = "lv", **changes: object) -> list[ET.Element]:
    catalogue = dataclasses.replace(sample(), **changes)  # type: ignore[arg-type] # names are checked by replace
    return ET.fromstring(feed(catalogue, language, NOW.date(), PREVIEW, {})).findall(f"{ATOM}entry")  # noqa: S314 -- our own bytes


def test_the_feed_says_what_it_is_and_where() -> None:
    root = ET.fromstring(feed(sample(), "en", NOW.date(), PREVIEW, {}))  # noqa: S314 -- our own bytes
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


def test_the_feed_begins_with_what_changed_last() -> None:
    def day(number: int) -> dt.datetime:
        return dt.datetime(2026, 1, number, 12, 30, tzinfo=dt.UTC)

    old, new = "cybersecurity-basics", "beekeeping"
    dates = {key: Dates(day(1), day(2)) for key in sample().courses}
    dates |= {old: Dates(day(1), day(20)), new: Dates(day(10), day(10))}

    root = ET.fromstring(feed(sample(), "en", NOW.date(), PREVIEW, dates))  # noqa: S314 -- our own bytes
    found = [
        [str(entry.findtext(f"{ATOM}{name}")) for name in ("id", "published", "updated")]
        for entry in root.findall(f"{ATOM}entry")
    ]

    assert root.findtext(f"{ATOM}updated") == "2026-01-20T12:30:00Z"
    assert found[0][0].endswith(f"/{old}/")
    assert found[0][1:] == ["2026-01-01T12:30:00Z", "2026-01-20T12:30:00Z"]
    assert found[1][0].endswith(f"/{new}/")
    assert found[1][1:] == ["2026-01-10T12:30:00Z", "2026-01-10T12:30:00Z"]
