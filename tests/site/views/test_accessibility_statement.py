"""The accessibility statement quotes the audit's results, and only of the theme that it is of."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from mcsite.content.text import Text
from mcsite.site.render import Renderer
from mcsite.site.theme import Theme
from tests.rendering import ROOT, context_of, parsed, sample, specs, words

RESULTS = json.loads((ROOT / "theme/accessibility.json").read_bytes())
PATH = "en/accessibility/"


def test_the_statement_says_what_was_found_and_when() -> None:
    context = replace(context_of(sample()), theme=Theme((ROOT / "theme",)))
    (spec,) = [spec for spec in specs() if spec.path == PATH]
    html = parsed(Renderer(context).page(spec))
    day = dt.date.fromisoformat(RESULTS["day"])
    text = words(html).partition("How this was tested")[2][:600]

    assert f"On {day.day} {day:%B %Y} axe-core {RESULTS['axe']} looked at" in text
    assert f"Faults found: {RESULTS['found']}." in text
    assert RESULTS["browser"] in text
    rows = [[cell.text for cell in row] for row in html.xpath("//tbody/tr")]
    assert rows == [
        [name, *(str(RESULTS["scores"][kind][category]) for category in RESULTS["scores"][kind])]
        for kind, name in zip(
            ("home", "catalogue", "course", "credential"),
            ("Home", "Courses", "Course", "Credential"),
            strict=True,
        )
    ]


def test_the_committed_audit_found_nothing() -> None:
    assert RESULTS["found"] == 0
    assert all(
        score == 100
        for kind, scores in RESULTS["scores"].items()
        for category, score in scores.items()
        if (kind, category) != ("credential", "seo")  # credentials are kept out of search engines
    )


def test_of_another_theme_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    context = replace(context_of(sample()), theme=Theme((ROOT / "theme", tmp_path)))
    (spec,) = [spec for spec in specs() if spec.path == PATH]

    assert "axe-core" not in words(parsed(Renderer(context).page(spec)))


def test_the_institution_adds_what_it_knows() -> None:
    notice = Text({"en": "Videos have **no** captions yet."}, "lv")
    site = sample().site.model_copy(update={"accessibility_notice": notice})
    context = context_of(replace(sample(), site=site))
    (spec,) = [spec for spec in specs() if spec.path == PATH]

    assert "Videos have no captions yet." in words(parsed(Renderer(context).page(spec)))
