"""Components: each has examples, and every example renders to sound markup."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
import yaml

from mcsite.content.text import Localised
from mcsite.site.environment import environment_for
from tests.rendering import ROOT, renderer

FOLDER = ROOT / "theme/templates/components"
MACROS = sorted(path for path in FOLDER.glob("*.html") if "{% macro" in path.read_text("utf-8"))
VIEW = SimpleNamespace(head=SimpleNamespace(language="en"))


def localised(value: Any) -> Any:
    """Return YAML's value, with {text, language} as the text that a view gives."""
    if isinstance(value, dict):
        if value.keys() == {"text", "language"}:
            return Localised(value["text"], value["language"])
        return {key: localised(item) for key, item in value.items()}
    return [localised(item) for item in value] if isinstance(value, list) else value


def examples(component: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (macro, name, arguments) of every example of a component."""
    found = yaml.safe_load(component.with_suffix(".examples.yaml").read_text("utf-8"))
    return [
        (found["macro"], example["name"], localised(example["arguments"]))
        for example in found["examples"]
    ]


def rendered(component: Path, macro: str, arguments: dict[str, Any]) -> str:
    """Return a macro's markup."""
    context = renderer().context
    environment = environment_for(context.theme, context.localiser("en"))
    source = (
        f"{{% from 'components/{component.name}' import {macro} with context %}}"
        f"{{{{ {macro}(**arguments) }}}}"
    )
    return environment.from_string(source).render(view=VIEW, arguments=arguments)


ALL = [
    pytest.param(component, macro, arguments, id=f"{component.stem}: {name}")
    for component in MACROS
    for macro, name, arguments in examples(component)
]


@pytest.mark.parametrize("component", MACROS, ids=lambda path: path.stem)
def test_a_component_documents_its_parameters(component: Path) -> None:
    text = component.read_text("utf-8")
    macro = examples(component)[0][0]

    assert text.startswith("{#- ")
    assert f"macro {macro}(" in text
    assert f"Examples: {component.stem}.examples.yaml" in text


@pytest.mark.parametrize(("component", "macro", "arguments"), ALL)
def test_an_example_renders(component: Path, macro: str, arguments: dict[str, Any]) -> None:
    html = rendered(component, macro, arguments)
    found = lxml.html.fragment_fromstring(html, create_parent="main")

    assert "Localised(" not in html
    assert "None" not in html
    assert found.xpath("//@style") == []


def test_markup_in_a_text_is_escaped() -> None:
    component = FOLDER / "result.html"
    macro, _, arguments = examples(component)[0]
    html = rendered(component, macro, arguments)

    assert "Markup like &lt;b&gt; &amp; &#34;quotes&#34; stays text" in html


def test_a_text_in_another_language_carries_it() -> None:
    component = FOLDER / "summary-list.html"
    macro, _, arguments = examples(component)[0]

    assert '<span class="summary-list__note" lang="lv">LKI 6. līmenis</span>' in rendered(
        component, macro, arguments
    )
