"""An archive's pages, a closed catalogue's banner, and old addresses, as readers meet them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mcsite.commands.archive import ArchiveRequest, archive_site
from tests.browser.conftest import watch
from tests.browser.server import serving
from tests.project import COURSE, NOW, SITE, Project
from tests.theme.test_accessibility import looked_at

CLOSED = """\
status_list_days: 3660
sunset:
  since: 2026-11-23
  notice: {lv: Universitāte pievienojas citai., en: The university joins another one.}
  successor: https://micro.other.example/
"""
PATHWAY = "title: Ceļš\noutcome: {qualification: Grāds}\nsteps: [stewardship]\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in an archive of a closed catalogue, in which a course was renamed."""
    project = Project(tmp_path_factory.mktemp("leaving")).with_key()
    project.write("catalogue/site.yaml", f"{SITE}status_list_days: 3660\n")
    project.issue("Anna Ozola")
    (project.root / "catalogue/courses/data.yaml").unlink()
    project.write("catalogue/courses/stewardship.yaml", f"{COURSE}aliases: [data]\n")
    project.write("catalogue/site.yaml", SITE + CLOSED)
    project.write("catalogue/pathways/way.yaml", PATHWAY)
    target = project.private / "archive"
    asked = ArchiveRequest(project=project.root, target=target, jobs=1, built_at=NOW, now=NOW)
    archive_site(asked, project.catalogue)
    return target / "site"


def credential(site: Path) -> str:
    (page,) = (site / "c").glob("*/index.html")
    return f"/c/{page.parent.name}/"


def test_an_archive_at_another_host_s_name_leads_to_the_issuer_s(
    browser: Browser, site: Path
) -> None:
    with serving(site) as address:
        watched = watch(browser.new_context(locale="en-GB").new_page())
        port = address.rpartition(":")[2]
        watched.go(f"http://archive.localhost:{port}{credential(site)}")

        assert watched.verdict() == "issuer-unreachable"
        assert "micro.uni.example" in watched.page.locator("#verdict").inner_text()
        watched.rests()
        assert watched.hosts == {"archive.localhost"}
        watched.page.context.close()


def test_on_the_own_machine_an_archive_s_page_checks_and_the_banner_speaks_the_reader_s_language(
    browser: Browser, site: Path
) -> None:
    with serving(site) as address:
        watched = watch(browser.new_context(locale="en-GB").new_page())
        watched.go(f"{address}{credential(site)}")

        assert watched.verdict() == "valid"
        banner = watched.page.locator(".sunset")
        assert "This catalogue was closed on" in banner.inner_text()
        assert "The university joins another one." in banner.inner_text()
        watched.page.locator("#interface-languages a[hreflang=lv]").click()
        banner.filter(has_text="Šis katalogs ir slēgts").wait_for()
        assert "Universitāte pievienojas citai." in banner.inner_text()
        assert watched.is_clean()
        watched.page.context.close()


def test_an_old_address_leads_on_without_javascript(browser: Browser, site: Path) -> None:
    with serving(site) as address:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}/en/courses/data/")
        page.wait_for_url(f"{address}/en/courses/stewardship/")

        assert page.locator("h1").inner_text() == "Data stewardship"
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_banner_is_accessible_and_fits_a_phone(
    browser: Browser, site: Path, scheme: str
) -> None:
    with serving(site) as address:
        for path in ("/en/courses/stewardship/", credential(site), "/lv/courses/"):
            assert looked_at(browser, address + path, scheme, 320) == ([], 0), path


def test_what_a_reader_kept_under_an_old_id_is_the_course_of_today(
    browser: Browser, site: Path
) -> None:
    with serving(site) as address:
        page = browser.new_context(locale="en-GB").new_page()
        page.goto(f"{address}/en/saved/?courses=data")
        page.wait_for_selector("#saved li")
        assert "Data stewardship" in page.inner_text("#saved")

        page.evaluate("localStorage.setItem('held-courses', 'data')")
        page.goto(f"{address}/en/pathways/way/")
        page.wait_for_selector("[data-course=stewardship].is-held")
        page.context.close()
