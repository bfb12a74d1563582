"""docs/theming.md does what it says: its examples are put into a site, and looked for there."""

import re
from pathlib import Path

import pytest

from mcsite.commands.build import BuildRequest, build_site
from tests.project import NOW, PROVIDER, SITE, Project
from tests.rendering import ROOT

GUIDE = (ROOT / "docs/theming.md").read_text("utf-8")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'


def example(language: str, having: str) -> str:
    """Return the guide's one example of a language that has a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    (found,) = [str(block) for block in blocks if having in block]
    return found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def built(project: Project) -> Path:
    output = project.root / "public"
    build_site(
        BuildRequest(
            project=project.root, output=output, search=False, images=False, built_at=NOW, now=NOW
        )
    )
    return output


def test_colour_logo_and_font_by_configuration(project: Project) -> None:
    project.write("catalogue/site.yaml", SITE + example("yaml", "accent"))
    project.write("catalogue/assets/logos/us.svg", PICTURE)
    project.write("catalogue/assets/fonts/example-sans.woff2", "wOF2")
    site = built(project)
    style = (site / "static/css/site.css").read_text("utf-8")

    assert "--accent-own: #0b57a4;" in style
    assert '--font-own: "Example Sans";' in style
    assert 'url("../../assets/fonts/example-sans.woff2")' in style
    assert "font-weight: 100 900;" in style
    assert (site / "assets/fonts/example-sans.woff2").is_file()
    assert "/assets/logos/us.svg" in (site / "lv/index.html").read_text("utf-8")
    assert "Example Sans" not in (site / "static/css/credential.css").read_text("utf-8")


def test_a_block_of_the_frame(project: Project) -> None:
    project.write("theme/templates/base.html", example("jinja", "block head"))

    for page in ("lv/index.html", "en/courses/data/index.html", "404.html"):
        text = (built(project) / page).read_text("utf-8")
        assert '<meta name="author" content="Example University">' in text
        assert "</footer>" in text


def test_a_component(project: Project) -> None:
    project.write("theme/templates/components/tag.html", example("jinja", "macro tag"))
    entry = "{by: X, type: institutional-quality-assurance, valid_until: 2020-01-01}"
    project.write("catalogue/providers/uni.yaml", f"{PROVIDER}accreditations: [{entry}]\n")
    pages = "".join(path.read_text("utf-8") for path in built(project).rglob("*.html"))

    assert '<strong class="tag"' in pages
    assert '<span class="tag"' not in pages


def test_tokens(project: Project) -> None:
    project.write("theme/static/css/own.css", example("css", "--radius"))
    style = (built(project) / "static/css/site.css").read_text("utf-8")

    assert '--font: "Your Sans", system-ui, sans-serif;' in style
    assert style.index("--radius: 0;") > style.index("--radius: 0.375rem;")


def test_the_blocks_that_it_names_are_those_of_the_frame() -> None:
    line = next(line for line in GUIDE.splitlines() if line.startswith("Blocks of"))
    frame = (ROOT / "theme/templates/base.html").read_text("utf-8")

    assert set(re.findall(r"`(\w+)`", line)) == set(re.findall(r"{% block (\w+)", frame))
