"""No page of the site is of a kind that nobody looks at."""

from pathlib import Path

import pytest

from tests.browser.kinds import kind_of, kinds_of_site, one_of_each
from tests.browser.sites import built_sample
from tests.theme.test_accessibility import PATHS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return kinds_of_site(built_sample(tmp_path_factory, search=False))


def test_axe_looks_at_every_kind_of_page(built: set[str]) -> None:
    looked_at = {kind_of(path.partition("?")[0].partition("#")[0]) for path in PATHS}

    assert built - looked_at == set()


@pytest.mark.parametrize("language", ["en", "lv"])
def test_keyboard_and_adaptation_are_tried_on_every_kind_of_page(
    built: set[str], language: str
) -> None:
    assert built - set(one_of_each(language)) == set()


def test_a_kind_is_read_from_the_address(tmp_path: Path) -> None:
    for path in ("index.html", "404.html", "en/index.html", "en/novel/index.html",
                 "lv/skills/1/index.html", "c/9/index.html"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    assert kinds_of_site(tmp_path) == {
        "chooser", "not-found", "home", "novel", "skills/*", "c/*"
    }  # fmt: skip
