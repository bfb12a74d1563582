"""The style sheet: its colours keep their contrast, its sizes are the reader's, it stays light."""

import gzip
import re
from pathlib import Path

import pytest

from mcsite.site.assets import stylesheet
from mcsite.site.plan import PageKind
from tests.rendering import ROOT, renderer, specs

FOLDER = ROOT / "theme/static/css"
SHEETS = sorted(FOLDER.rglob("*.css"))
TONES = ("ok", "warn", "bad", "unknown", "info")


def tokens(dark: bool) -> dict[str, str]:  # noqa: FBT001 -- read at two places, below
    """Return the colours of one scheme."""
    light, rest = (FOLDER / "tokens.css").read_text("utf-8").split("@media screen", 1)
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light))
    found["accent"] = "#0b57a4"
    if dark:
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", rest.split("@media print")[0]))
        found["accent"] = "#8ec1ff"
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(dark: bool) -> None:  # noqa: FBT001 -- a scheme of two
    colour = tokens(dark)

    for text in ("text", "muted", "accent", "visited"):
        assert contrast(colour[text], colour["bg"]) >= 7
        assert contrast(colour[text], colour["surface"]) >= 6.5
    for tone in TONES:
        assert contrast(colour[tone], colour[f"{tone}-bg"]) >= 6.75
    assert contrast(colour["on-accent"], colour["accent"]) >= 7
    assert contrast(colour["text"], colour["mark-bg"]) >= 7


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_controls_and_focus_stand_out(dark: bool) -> None:  # noqa: FBT001 -- a scheme of two
    colour = tokens(dark)

    assert contrast(colour["line"], colour["bg"]) >= 3
    assert contrast(colour["line"], colour["surface"]) >= 3
    assert contrast(colour["focus"], colour["bg"]) >= 7


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sizes_follow_the_readers_own(path: Path) -> None:
    assert re.findall(r"font-size: [\d.]+(?:px|pt)", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_rule_stands_in_a_layer(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    depth, outside = 0, ""
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        outside += character if depth == 0 and character != "}" else ""

    assert set(re.sub(r"\s+", " ", outside).strip().split("@layer")) <= {
        "", " tokens ", " base ", " components ", " print ",
        " tokens", " base", " components", " print",
    }  # fmt: skip
    assert depth == 0


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_directions_are_logical(path: Path) -> None:
    sides = "(?:left|right|top|bottom)"
    physical = rf"(?:margin|padding|border)-{sides}\b|(?<![-\w]){sides}:"

    assert re.findall(physical, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_only_known_custom_properties_are_used(path: Path) -> None:
    everything = "".join(sheet.read_text("utf-8") for sheet in SHEETS)
    known = set(re.findall(r"(--[a-z0-9-]+):", everything)) | {"--accent-own", "--font-own"}

    assert set(re.findall(r"var\((--[a-z0-9-]+)\)", path.read_text("utf-8"))) <= known


def test_a_course_page_and_its_style_are_light() -> None:
    style = len(gzip.compress(stylesheet(renderer().context)))
    pages = [len(gzip.compress(renderer().page(spec))) for spec in specs(PageKind.COURSE)]

    assert max(pages) + style <= 20_000
