"""Templates: everything is escaped, nothing is undefined, text is never a template."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound, UndefinedError
from markupsafe import Markup

from mcsite.content.text import Localised
from mcsite.errors import ContentError
from mcsite.site.environment import environment_for, json_data, markdown_filter
from mcsite.site.localise import Localiser, translations_for
from mcsite.site.plan import PageKind
from mcsite.site.render import Renderer
from mcsite.site.theme import Theme, packaged_theme
from tests.rendering import context_of, renderer, sample, specs

HOSTILE = "</script><!--<script>&\u2028\u2029{{ 7 * 7 }}"


def environment(own: Path, templates: dict[str, str], language: str = "lv") -> Environment:
    for name, text in templates.items():
        path = own / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    theme = Theme((packaged_theme(), own))
    return environment_for(theme, Localiser(language, translations_for(theme, language)))


def rendered(own: Path, text: str, **values: object) -> str:
    return environment(own, {"x.html": text}).get_template("x.html").render(values)


def test_text_is_escaped_and_never_a_template(tmp_path: Path) -> None:
    found = rendered(tmp_path, '<p title="{{ x }}">{{ x }}</p>', x='"<b>{{ 7 * 7 }}{% x %}')

    assert (
        found == '<p title="&#34;&lt;b&gt;{{ 7 * 7 }}{% x %}">&#34;&lt;b&gt;{{ 7 * 7 }}{% x %}</p>'
    )


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Localised("a & b", "en"), "a &amp; b"),
        (Localised("plain", "en"), "plain"),
        (Markup("<b>"), "<b>"),
        (Decimal("1.50"), "1.50"),
        (["<"], "[&#39;&lt;&#39;]"),
        (None, "None"),
    ],
)
def test_whatever_is_printed_is_escaped_unless_it_is_markup(
    tmp_path: Path, value: object, printed: str
) -> None:
    assert rendered(tmp_path, "{{ x }}|{{ x }}", x=value) == f"{printed}|{printed}"


def test_a_part_of_a_template_can_say_that_nothing_is_to_be_escaped(tmp_path: Path) -> None:
    text = "{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}"

    assert rendered(tmp_path, text, x="<b>") == "<b>&lt;b&gt;"


def test_text_in_a_translated_sentence_is_escaped(tmp_path: Path) -> None:
    assert rendered(tmp_path, '{{ _("By %(who)s", who=x) }}', x="<b>").endswith("&lt;b&gt;")


@pytest.mark.parametrize(
    "text", ["{{ missing }}", "{{ x.missing }}", "{% if missing %}{% endif %}"]
)
def test_what_isn_t_there_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, text, x={})


@pytest.mark.parametrize("value", [{"name": HOSTILE}, json.dumps({"name": HOSTILE}).encode()])
def test_data_for_scripts_can_t_end_their_element_and_stays_the_same(value: object) -> None:
    found = str(json_data(value))

    assert not [char for char in "<>&\u2028\u2029" if char in found]
    assert json.loads(found) == {"name": HOSTILE}


def test_markdown_is_cleaned_and_begins_at_its_level() -> None:
    found = str(markdown_filter("# A\n\n<script>1</script> *b* [c](javascript:x)", 4))

    assert "<h4" in found
    assert "<em>b</em>" in found
    assert "<script" not in found
    assert "href" not in found


def test_dates_and_numbers_are_written_as_the_language_does(tmp_path: Path) -> None:
    values = {"day": dt.date(2027, 1, 2), "number": Decimal("1.5")}

    assert rendered(tmp_path, "{{ day | iso }} {{ number | number }}", **values) == "2027-01-02 1,5"
    assert rendered(tmp_path, "{{ day | long_date }}", **values) == "2027. gada 2. janvāris"


def test_a_site_s_template_wins_and_the_packaged_one_can_be_reached(tmp_path: Path) -> None:
    found = environment(tmp_path, {"pages/home.html": "mine"})

    assert found.get_template("pages/home.html").render() == "mine"
    packaged = Path(str(found.get_template("default/pages/home.html").filename))
    assert packaged == packaged_theme() / "templates/pages/home.html"


@pytest.mark.parametrize("name", ["../verdicts.json", "pages/../../verdicts.json", "default/../x"])
def test_templates_come_from_the_template_folders_alone(tmp_path: Path, name: str) -> None:
    with pytest.raises(TemplateNotFound):
        environment(tmp_path, {"x.html": ""}).get_template(name)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\n{% if %}", 2), ("a\nb\n{{ view.missing }}", 3), ("{{ 1 | nothing }}", 1)],
)
def test_a_broken_template_names_its_place(tmp_path: Path, text: str, line: int) -> None:
    environment(tmp_path, {"pages/home.html": text})
    context = context_of(sample())
    object.__setattr__(context, "theme", Theme((packaged_theme(), tmp_path)))
    spec = specs(PageKind.HOME)[0]

    with pytest.raises(ContentError) as told:
        Renderer(context).page(spec)

    assert str(told.value).startswith(f"{tmp_path}/templates/pages/home.html:{line}: ")


def test_a_page_is_the_same_bytes_each_time() -> None:
    spec = specs(PageKind.COURSE)[0]

    assert renderer().page(spec) == Renderer(context_of(sample())).page(spec)


def test_a_template_is_compiled_once_for_all_languages_and_says_each_ones_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/numbers.html").write_text("{{ 1234.5|number }} {{ _('Courses') }}")
    theme = Theme((packaged_theme(), tmp_path))
    environments = [
        environment_for(theme, Localiser(tag, translations_for(theme, tag))) for tag in ("lv", "en")
    ]

    templates = [one.get_template("numbers.html") for one in environments]

    assert [one.render() for one in templates] == ["1\xa0234,5 Kursi", "1,234.5 Courses"]
    first, second = (one.root_render_func.__code__ for one in templates)
    assert first is second


def test_a_template_that_was_changed_is_compiled_again(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    theme = Theme((packaged_theme(), tmp_path))
    said = []
    for text in ("before", "after"):
        (tmp_path / "templates/own.html").write_text(text)
        environment = environment_for(theme, Localiser("en", translations_for(theme, "en")))
        said.append(environment.get_template("own.html").render())

    assert said == ["before", "after"]
