"""The gallery: every state of every component on a page of its own, where one is asked for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mcsite.commands.build import BuildRequest, build_site
from mcsite.site.gallery import components_of
from mcsite.site.theme import theme_of
from tests.browser.server import serving
from tests.browser.sites import NOW
from tests.project import Project
from tests.rendering import ROOT
from tests.theme.test_accessibility import looked_at

PAGES = [
    f"gallery/{name}/{number}/"
    for name, component in components_of(theme_of(ROOT)).items()
    for number in range(1, len(component.examples) + 1)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("gallery") / "site"
    request = BuildRequest(
        project=ROOT, output=output, search=False, images=False, gallery=True, built_at=NOW, now=NOW
    )
    build_site(request)
    return output


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


def test_every_component_and_state_has_its_place(folder: Path) -> None:
    page = (folder / "gallery/index.html").read_text("utf-8")
    found = sorted(
        path.parent.relative_to(folder).as_posix() + "/"
        for path in (folder / "gallery").rglob("*/*/index.html")
    )

    assert found == sorted(PAGES)
    assert len(PAGES) > 25
    for path in PAGES:
        assert f'href="/{path}"' in page


def test_search_engines_are_kept_out(folder: Path) -> None:
    assert "gallery" not in (folder / "sitemap.xml").read_text("utf-8")
    for path in ["gallery/", *PAGES]:
        assert '<meta name="robots" content="noindex' in (folder / path / "index.html").read_text()


@pytest.mark.parametrize("path", ["gallery/", *PAGES])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: str, path: str
) -> None:
    found, wider = looked_at(browser, f"{site}/{path}", "dark", 320)

    assert found == []
    assert wider <= 0


def test_the_next_build_without_it_takes_it_away(tmp_path: Path) -> None:
    request = BuildRequest(
        project=Project(tmp_path / "project").root, output=tmp_path / "site", search=False,
        images=False, gallery=True, built_at=NOW, now=NOW,
    )  # fmt: skip
    build_site(request)
    assert (tmp_path / "site/gallery/index.html").is_file()

    build_site(replace(request, gallery=False))

    assert not (tmp_path / "site/gallery").exists()
