"""A catalogue that closes says so on every page, offers nothing, and gives nothing to harvest."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest

from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.status import StatusRequest, supersede
from mcsite.content.load import load_catalogue
from mcsite.errors import UsageError
from tests.project import COURSE, NOW, SITE, Project
from tests.rendering import words

OFFERED = (
    f"{COURSE}offerings: [{{start: 2027-03-01, price: 20, url: https://apply.uni.example/}}]\n"
)
SUNSET = """\
sunset:
  since: {since}
  notice: {{lv: Universitāte pievienojas citai., en: The university joins another one.}}
  successor: https://micro.other.example/lv/
  archive: https://www.archive.example/micro.zip
"""
PAST, FUTURE = "2026-11-23", "2026-11-25"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path).with_key()
    found.write("catalogue/courses/data.yaml", OFFERED)
    found.issue("Anna Ozola")
    found.issue_sealed("Jānis Bērziņš")
    return found


def built(project: Project, since: str, *, now: dt.datetime = NOW) -> Path:
    project.write("catalogue/site.yaml", SITE + (SUNSET.format(since=since) if since else ""))
    output = project.private / "public"
    build_site(
        BuildRequest(project=project.root, output=output, search=False, images=False,
                     jobs=1, built_at=now, now=now)
    )  # fmt: skip
    return output


def pages(public: Path) -> dict[str, lxml.html.HtmlElement]:
    return {
        path.relative_to(public).as_posix(): lxml.html.document_fromstring(path.read_bytes())
        for path in public.rglob("*.html")
    }


def test_every_page_says_it_outside_of_main(project: Project) -> None:
    found = pages(built(project, PAST))

    assert len(found) > 30
    assert sum(name.startswith("c/") for name in found) == 2
    for name, page in found.items():
        (said,) = page.xpath("//header//*[contains(@class, 'sunset')]")
        assert page.xpath("//*[@data-verdict]//*[contains(@class, 'sunset')]") == [], name
        wanted = {"en": "This catalogue was closed on 23", "lv": "Šis katalogs ir slēgts: 2026"}
        assert wanted[page.get("lang")] in words(said), name
        links = ["https://micro.other.example/lv/", "https://www.archive.example/micro.zip"]
        assert said.xpath(".//a/@href") == links, name


def test_a_credential_s_page_can_say_it_in_each_language(project: Project) -> None:
    found = pages(built(project, PAST))
    (page, *_) = (page for name, page in found.items() if name.startswith("c/"))

    (english,) = page.xpath("//*[@id='interface-languages']//a[@hreflang='en']")
    assert english.get("data-sunset").startswith("This catalogue was closed on 23")
    assert english.get("data-sunset-notice") == "The university joins another one."
    names = set(page.xpath("//*[contains(@class, 'sunset')]//@data-from"))
    assert names == {"sunset", "sunsetNotice", "sunsetSuccessor", "sunsetArchive"}


def test_before_the_day_it_is_announced_and_courses_are_offered(project: Project) -> None:
    public = built(project, FUTURE)

    course = pages(public)["en/courses/data/index.html"]
    assert "This catalogue closes on 25" in words(course.xpath("//header")[0])
    assert "No longer offered since" not in words(course)
    assert "https://apply.uni.example/" in course.xpath("//main//a/@href")
    assert "closed" not in (public / "en/feed.xml").read_text("utf-8")


def test_courses_are_not_offered_any_more(project: Project) -> None:
    found = pages(built(project, PAST))
    course = found["en/courses/data/index.html"]

    assert "No longer offered since 23" in words(course)
    assert "https://apply.uni.example/" not in course.xpath("//a/@href")
    assert "hasCourseInstance" not in course.xpath("string(//script[@type='application/ld+json'])")
    listed = found["en/courses/index.html"]
    assert "No longer offered" in words(listed)
    assert "Starts" not in words(listed.xpath("//main")[0])


def test_whoever_harvests_finds_nothing_that_is_offered(project: Project) -> None:
    assert "LearningOpportunity" in (built(project, FUTURE) / "catalogue.jsonld").read_text()
    public = built(project, PAST)

    rows = list(csv.DictReader(io.StringIO((public / "catalogue.csv").read_text("utf-8-sig"))))
    assert [row["withdrawn"] for row in rows] == [PAST]
    assert json.loads((public / "catalogue.json").read_bytes())["courses"][0]["withdrawn"] == PAST
    opportunities = (public / "catalogue.jsonld").read_text("utf-8")
    assert "LearningOpportunity" not in opportunities
    facets = json.loads((public / "en/courses/facets.json").read_bytes())
    assert facets["courses"]["start"] == [[]]
    assert "en/courses/data/" in (public / "sitemap.xml").read_text("utf-8")


def test_the_feed_s_last_word_is_that_it_is_closed(project: Project) -> None:
    public = built(project, PAST)

    entries = ET.parse(public / "en/feed.xml").getroot().findall(f"{ATOM}entry")  # noqa: S314 -- our own
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "This catalogue was closed on 23 November 2026"
    ]
    assert entries[0].findtext(f"{ATOM}updated") == f"{PAST}T00:00:00Z"


def test_pages_are_made_again_on_the_day_itself(project: Project) -> None:
    def told(now: dt.datetime) -> str:
        public = built(project, FUTURE, now=now)
        (page,) = list(public.glob("c/*/index.html"))[:1]
        return page.read_text("utf-8")

    before = told(NOW)
    assert told(NOW + dt.timedelta(days=1)) == before
    assert "Šis katalogs ir slēgts" in told(NOW + dt.timedelta(days=2))


def test_nothing_is_issued_and_mistakes_are_still_corrected(project: Project) -> None:
    project.write("catalogue/site.yaml", SITE + "sunset: 2026-11-23\n")

    with pytest.raises(UsageError, match="closed on 2026-11-23: nothing is issued any more"):
        project.issue("Ieva Kalniņa")
    line = (project.root / "credentials/batch.jsonl").read_text("utf-8").splitlines()[0]
    asked = StatusRequest(
        project=project.root, credential=json.loads(line)["id"], action="supersede",
        reason="Kļūda vārdā", key_file=project.key, now=NOW,
    )  # fmt: skip
    report = supersede(
        asked, project.catalogue, learners=project.learners("Anna Ozoliņa"), links=None,
        random_bytes=project.random,
    )  # fmt: skip
    assert len(report.issued) == 1


def test_issuing_goes_on_until_the_day(project: Project) -> None:
    project.write("catalogue/site.yaml", SITE + "sunset: 2026-11-24\n")

    assert len(project.issue("Ieva Kalniņa").issued) == 1


@pytest.mark.parametrize(("days", "codes"), [(30, ["MC312"]), (3660, [])])
def test_status_lists_have_to_last_where_nobody_signs_them_anew(
    project: Project, days: int, codes: list[str]
) -> None:
    text = f"{SITE}status_list_days: {days}\nsunset: 2026-11-23\n"
    project.write("catalogue/site.yaml", text)

    found = load_catalogue(project.root, today=NOW.date()).findings

    assert [one.code for one in found if one.code == "MC312"] == codes


def test_a_site_that_does_not_close_has_no_rules_for_it(project: Project) -> None:
    public = built(project, "")

    assert "sunset" not in (public / "static/css/credential.css").read_text("utf-8")
    assert "sunset" not in (public / "static/css/site.css").read_text("utf-8")
    assert all("sunset" not in lxml.html.tostring(p).decode() for p in pages(public).values())
