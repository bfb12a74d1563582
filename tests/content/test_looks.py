"""What a site says of its looks: contrast of the accent colour, files of the font."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mcsite.content.rules.looks import _lightened as lightened
from mcsite.content.rules.looks import _linear as linear
from mcsite.content.rules.looks import contrast
from tests.content.test_load import SITE, load


def codes(root: Path, theme: str) -> list[str]:
    found = load(root, {"catalogue/site.yaml": f"{SITE}theme: {theme}\n"}).findings
    return [f"{f.at.line}:{f.at.column} {f.code}" for f in found if f.code.startswith("MC63")]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0b57a4", "#ffffff", 7.2)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(linear(one), linear(other)) == pytest.approx(ratio, abs=0.02)


@pytest.mark.parametrize("accent", ["#0b57a4", "#000000", "#b00020", "#00ff00", "#7a3e9d"])
def test_the_dark_scheme_s_accent_is_the_one_that_browsers_mix(
    browser: Browser, accent: str
) -> None:
    page = browser.new_page()
    mixed = page.evaluate(
        """(accent) => {
          const area = document.createElement("canvas").getContext("2d");
          document.body.style.color = `color-mix(in oklab, ${accent} 45%, #ffffff)`;
          area.fillStyle = getComputedStyle(document.body).color;
          area.fillRect(0, 0, 1, 1);
          return [...area.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }""",
        accent,
    )
    page.close()
    shown = linear("#" + "".join(f"{value:02x}" for value in mixed))
    assert lightened(linear(accent)) == pytest.approx(shown, abs=0.01)


@pytest.mark.parametrize(
    ("accent", "expected"),
    [
        ("#0b57a4", []),
        ("#ffcc00", ["5:17 MC630"]),  # on white
        ("#000000", ["5:17 MC630"]),  # on black, where it is made lighter
    ],
)
def test_an_accent_that_can_t_be_read_is_told(
    tmp_path: Path, accent: str, expected: list[str]
) -> None:
    assert codes(tmp_path, f'{{accent: "{accent}"}}') == expected


def test_the_files_of_a_font_are_there_and_are_fonts(tmp_path: Path) -> None:
    (tmp_path / "catalogue/assets/fonts").mkdir(parents=True)
    (tmp_path / "catalogue/assets/fonts/a.woff2").write_bytes(b"wOF2")
    font = "{font: {family: Own Sans, files: [fonts/a.woff2, fonts/b.woff2, fonts/a.ttf]}}"

    assert codes(tmp_path, font) == ["5:57 MC631", "5:72 MC632"]


def test_a_font_says_which_of_its_files_is_italic(tmp_path: Path) -> None:
    (tmp_path / "catalogue/assets").mkdir(parents=True)
    (tmp_path / "catalogue/assets/a.woff2").write_bytes(b"wOF2")
    theme = "theme: {font: {family: A, files: {path: a.woff2, style: italic}}}\n"
    site = load(tmp_path, {"catalogue/site.yaml": f"{SITE}{theme}"}).catalogue

    assert site is not None
    assert site.site.theme is not None
    assert site.site.theme.font is not None
    assert site.site.theme.font.files[0].style == "italic"


@pytest.mark.parametrize(
    "font",
    [
        "{family: 'a\"; } * {'}",
        "{family: Own, files: [{path: a.woff2, weight: heavy}]}",
        "{family: Own, files: [{path: a.woff2, style: slanted}]}",
    ],
)
def test_what_isn_t_a_name_or_a_weight_is_refused(tmp_path: Path, font: str) -> None:
    (found,) = codes(tmp_path, f"{{font: {font}}}")
    assert found.endswith("MC633")
