"""A stolen key, in the browser: what the institution lists stays valid, and only that is loaded."""

import datetime as dt
from pathlib import Path

import pytest

from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.compromise import compromised_key
from mcsite.commands.keygen import make_key
from mcsite.commands.signing import signer_of
from tests.browser.conftest import Watched
from tests.browser.server import serving
from tests.project import Project

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project that issued two credentials, ten days ago."""
    project = Project(tmp_path)
    make_key(project.root, project.key, kind="ed25519", did="", now=NOW - 20 * DAY)
    project.issue("Anna Ozola", now=NOW - 10 * DAY)
    links = project.private / "links.csv"
    project.issue("Berta Kalna", privacy="sealed", links=links, now=NOW - 10 * DAY)
    return project


def steal(project: Project) -> None:
    second = project.private / "second.pem"
    make_key(project.root, second, kind="p256", did="", now=NOW - 2 * DAY)
    by = signer_of(project.catalogue, second, now=NOW - DAY)
    compromised_key(project.catalogue, "key-1", by, at=NOW - 3 * DAY, now=NOW - DAY)


def built(project: Project) -> Path:
    output = project.private / "public"
    build_site(
        BuildRequest(project=project.root, output=output, search=False, built_at=NOW, now=NOW)
    )
    return output


def links(project: Project) -> list[str]:
    """Return the paths of both pages, the sealed one's with its key."""
    sealed = (project.private / "links.csv").read_text("utf-8-sig").split(",")[-1].strip()
    path = "/" + sealed.split("/", 3)[-1]
    pages = {f"/c/{page.name}/" for page in (project.private / "public/c").iterdir()}
    (public,) = {page for page in pages if not path.startswith(page) and ".json" not in page}
    return [public, path]


def test_what_is_listed_is_valid_and_says_why(project: Project, open_page: Watched) -> None:
    steal(project)
    folder = built(project)
    with serving(folder) as address:
        for path in links(project):
            open_page.go(address + path)

            assert open_page.verdict() == "valid"
            row = open_page.page.locator('[data-check="issuer-key"]')
            assert row.get_attribute("data-reason") == "confirmed"
            assert "The key was stolen later. micro.uni.example confirms" in row.inner_text()
        assert open_page.is_clean()
    assert sum("/trust/issued/" in path for path in open_page.paths) == 2


def test_what_is_not_listed_or_cannot_be_looked_up_is_not_green(
    project: Project, open_page: Watched
) -> None:
    steal(project)
    folder = built(project)
    (part,) = folder.glob("trust/issued/*/all.json")
    text = part.read_text()
    public, _ = links(project)
    with serving(folder) as address:
        part.write_text(text.replace('"digests":["', '"digests":["A'))
        open_page.go(address + public)
        assert open_page.verdict() == "unknown-issuer"
        said = open_page.page.inner_text("#verdict")
        assert "Do not rely on this: it was signed with a stolen key" in said
        assert "micro.uni.example says that the key was stolen" in said
        part.unlink()
        open_page.go(address + public)
        assert open_page.verdict() == "issuer-unreachable"
        part.write_text(text)
        (folder / "static/verify/compromise.js").unlink()
        open_page.go(address + public)
        assert open_page.verdict() == "issuer-unreachable"


def test_where_no_key_was_stolen_nothing_more_is_loaded(
    project: Project, open_page: Watched
) -> None:
    folder = built(project)
    with serving(folder) as address:
        open_page.go(address + links(project)[0])

        assert open_page.verdict() == "valid"
        open_page.rests()
    assert not [path for path in open_page.paths if "compromise" in path or "issued" in path]
