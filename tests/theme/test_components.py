"""Components: each has examples, and every example renders to sound markup."""

import lxml.html
import pytest

from mcsite.site.environment import environment_for
from mcsite.site.gallery import Component, Example, components_of
from tests.rendering import ROOT, renderer

FOLDER = ROOT / "theme/templates/components"
MACROS = sorted(path for path in FOLDER.glob("*.html") if "{% macro" in path.read_text("utf-8"))
COMPONENTS = components_of(renderer().context.theme)


def rendered(component: Component, example: Example) -> str:
    """Return a macro's markup."""
    context = renderer().context
    environment = environment_for(context.theme, context.localiser("en"))
    source = (
        f"{{% from '{component.template}' import {component.macro} %}}"
        f"{{{{ {component.macro}(**arguments) }}}}"
    )
    return environment.from_string(source).render(arguments=example.arguments)


ALL = [
    pytest.param(component, example, id=f"{name}: {example.name}")
    for name, component in COMPONENTS.items()
    for example in component.examples
]


def test_every_component_has_examples() -> None:
    assert {path.stem for path in MACROS} == set(COMPONENTS)


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=lambda component: component.name)
def test_a_component_documents_its_parameters(component: Component) -> None:
    text = (FOLDER / f"{component.name}.html").read_text("utf-8")

    assert text.startswith("{#- ")
    assert f"macro {component.macro}(" in text
    assert component.documentation.endswith(f"Examples: {component.name}.examples.yaml")


@pytest.mark.parametrize(("component", "example"), ALL)
def test_an_example_renders(component: Component, example: Example) -> None:
    html = rendered(component, example)
    found = lxml.html.fragment_fromstring(html, create_parent="main")

    assert "Localised(" not in html
    assert "None" not in html
    assert "*id" not in example.source
    assert found.xpath("//@style") == []


def test_markup_in_a_text_is_escaped() -> None:
    component = COMPONENTS["result"]
    html = rendered(component, component.examples[0])

    assert "Markup like &lt;b&gt; &amp; &#34;quotes&#34; stays text" in html


def test_a_text_in_another_language_carries_it() -> None:
    component = COMPONENTS["summary-list"]

    assert '<span class="summary-list__note" lang="lv">LKI 6. līmenis</span>' in rendered(
        component, component.examples[0]
    )
