"""Earlier addresses lead to today's: by page, by host, and for programs."""

import json
import re
from pathlib import Path

import lxml.html
import pytest

from mcsite.cli import main
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.headers import headers_for
from mcsite.commands.verify import verify_all
from mcsite.credentials.verdict import Check
from tests.project import COURSE, NOW, PROVIDER, SITE, Project

PATHWAY = "title: Ceļš\noutcome: {qualification: Grāds}\nsteps: [stewardship]\naliases: [way]\n"


def renamed(project: Project, text: str = COURSE) -> None:
    """Give the course another id, as its people would."""
    (project.root / "catalogue/courses/data.yaml").unlink()
    project.write("catalogue/courses/stewardship.yaml", f"{text}aliases: [data, older]\n")


def built(project: Project, base_url: str = "") -> Path:
    output = project.private / "public"
    build_site(
        BuildRequest(project=project.root, output=output, base_url=base_url, search=False,
                     images=False, built_at=NOW, now=NOW)
    )  # fmt: skip
    return output


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).with_key()


def test_each_old_address_is_a_page_that_leads_on(project: Project) -> None:
    renamed(project)
    project.write("catalogue/pathways/path.yaml", PATHWAY)
    project.write("catalogue/providers/uni.yaml", f"{PROVIDER}aliases: [college]\n")
    public = built(project)

    for old, new in (
        ("en/courses/data/", "en/courses/stewardship/"),
        ("en/courses/older/", "en/courses/stewardship/"),
        ("lv/providers/college/", "lv/providers/uni/"),
        ("lv/pathways/way/", "lv/pathways/path/"),
    ):
        page = lxml.html.document_fromstring((public / old / "index.html").read_text("utf-8"))
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url=/{new}"]
        assert page.xpath("//link[@rel='canonical']/@href") == [f"https://micro.uni.example/{new}"]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert f"/{new}" in [link.get("href") for link in page.iter("a")]
        assert page.get("data-kind") == "text"
        assert (public / new / "index.html").is_file()


def test_hosts_are_told_under_the_base_path(project: Project) -> None:
    renamed(project)
    public = built(project, "https://uni.example/micro")

    lines = (public / "_redirects").read_text().splitlines()
    assert "/micro/en/courses/data/ /micro/en/courses/stewardship/ 301" in lines
    assert len(lines) == 4  # two old ids in two languages
    snippet = headers_for("nginx", project.catalogue, "https://uni.example/micro")
    moved = re.search(r"map \$uri \$mcsite_moved \{\n(.*?)\}", snippet, re.DOTALL)
    assert moved
    assert '"/micro/lv/courses/older/" "/micro/lv/courses/stewardship/";' in moved[1]
    assert "return 301 $mcsite_moved;" in snippet


def test_a_site_where_nothing_moved_says_nothing_of_it(project: Project) -> None:
    assert not (built(project) / "_redirects").exists()
    assert "mcsite_moved" not in headers_for("nginx", project.catalogue)


def test_old_addresses_are_in_no_list(project: Project) -> None:
    renamed(project)
    public = built(project)

    for name in ("sitemap.xml", "catalogue.json", "catalogue.csv", "en/courses/facets.json",
                 "en/courses/index.html", "en/feed.xml"):  # fmt: skip
        assert "/courses/data/" not in (public / name).read_text("utf-8"), name


@pytest.mark.parametrize("where", ["site", "repository"])
def test_a_credential_of_before_still_matches_the_catalogue(project: Project, where: str) -> None:
    project.issue("Anna Ozola")
    batch = project.root / "credentials/batch.jsonl"
    folder = project.root if where == "repository" else None

    def check() -> str:
        (answer,) = verify_all([str(batch)], offline=folder or built(project), now=NOW)
        (found,) = (one for one in answer.verification.checks if one.check is Check.ACHIEVEMENT)
        return f"{found.state} {found.reason}"

    assert check() == "passed as-today"
    renamed(project)
    assert check() == "passed as-today"
    changed = COURSE.replace("Dati", "Citi dati").replace('version: "1"', 'version: "2"')
    (project.root / "catalogue/courses/stewardship.yaml").write_text(
        f"{changed}aliases: [data]\n", "utf-8"
    )
    assert check() == "passed changed-since"


def test_the_achievement_of_before_says_its_own_address(project: Project) -> None:
    renamed(project)
    public = built(project)

    before = json.loads((public / "courses/data/achievement.json").read_bytes())
    today = json.loads((public / "courses/stewardship/achievement.json").read_bytes())
    assert before["id"] == "https://micro.uni.example/lv/courses/data/"
    text = json.dumps(before).replace("/courses/data/", "/courses/stewardship/")
    assert json.loads(text) == today


def test_whoever_names_an_old_id_is_told_the_new_one(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed(project)
    project.write("catalogue/site.yaml", f"{SITE}featured: [data]\n")
    assert main(["check", "--project", str(project.root)]) == 1
    assert "hint: it is called 'stewardship' now" in capsys.readouterr().out

    project.write("catalogue/site.yaml", SITE)
    issue = ["issue", "data", "--learners", str(project.learners("Anna")), "--key",
             str(project.key), "--privacy", "public", "--project", str(project.root)]  # fmt: skip
    assert main(issue) == 2
    assert "hint: it is called 'stewardship' now" in capsys.readouterr().err


def test_pathways_know_a_course_by_its_earlier_ids(project: Project) -> None:
    renamed(project)
    project.write("catalogue/pathways/path.yaml", PATHWAY)
    page = lxml.html.parse(str(built(project) / "en/pathways/path/index.html"))

    assert page.xpath("//li[@data-course='stewardship']/@data-aliases") == ["data older"]
