"""Markdown from strangers becomes HTML that can't do harm."""

import time

import pytest

from mcsite.content.markdown import MAX_OUTPUT, faults_of, render_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](https://tracker.example/pixel.png)",
    "![x][1]\n\n[1]: https://tracker.example/pixel.png",
    "<iframe src=https://evil.example>",
    "<style>body{display:none}</style>",
    "<form action=https://evil.example><input>",
    "</script><script>alert(1)</script>",
    "`</script>`",
    "[x](https://a.example 'onmouseover=alert(1)')",
    '<https://a.example/"onmouseover=alert(1)>',
    "[a]: javascript:alert(1)\n\n[a]",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_or_loads(text: str) -> None:
    html = render_markdown(text).lower()

    for bad in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<style",
        "<form",
        'href="javascript',
        'href="data',
        'href="vb',
        ' onerror="',
        ' onload="',
        ' onmouseover="',
    ):
        assert bad not in html.replace("&lt;", "‹")


def test_template_syntax_is_text() -> None:
    assert "{{ 7*7 }}" in render_markdown("{{ 7*7 }}")
    assert "49" not in render_markdown("{{ 7*7 }} {% print 7*7 %}")


def test_what_is_meant_works() -> None:
    html = render_markdown(
        "# Title\n\n- *one*\n- [two](https://a.example)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )

    assert "<h3>Title</h3>" in html
    assert '<a href="https://a.example" rel="noopener">two</a>' in html
    assert "<td>1</td>" in html


def test_a_small_text_can_t_become_a_huge_page() -> None:
    text = "|" * 4000 + "\n" + "|-" * 2000 + "\n" + "|\n" * 500

    assert len(render_markdown(text)) <= MAX_OUTPUT * 1.1


SLOW = {
    "opening brackets": "[" * 20_000,
    "nested links": "[" * 5_000 + "a" + "](x)" * 3_000,
    "unclosed links": "[a](" * 5_000,
    "numbers": "1. " * 6_000,
    "definitions": "a\n: b\n" * 3_000,
    "dashes": "-\n" * 10_000,
    "quotations": "\n".join(">" * depth + " a" for depth in range(1, 190)),
    "emphasis": "*a **b " * 2_800,
    "backticks": " ".join("`" * length for length in range(1, 190)),
    "table": "|a" * 5_000 + "\n" + "|-" * 2_500 + "\n",
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_keeps_a_build_busy(name: str) -> None:
    started = time.process_time()

    render_markdown(SLOW[name])
    list(faults_of(SLOW[name]))

    assert time.process_time() - started < 2


def test_a_picture_leaves_its_words() -> None:
    assert render_markdown("![A <b> map](https://a.example/p.png)") == "<p>A &lt;b&gt; map</p>\n"


def test_headings_begin_below_those_of_the_page_and_skip_none() -> None:
    html = render_markdown("# A\n\n### B\n\n# C", top=2)

    assert html == "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("![x](a.png)", "pictures"),
        ("<b>x</b>", "HTML"),
        ("<!-- x -->", "HTML"),
        ("[x](javascript:alert(1))", "link"),
        ("[x](&#106;avascript:alert(1))", "link"),
        ("[x][1]\n\n[1]: data:text/html,x", "link"),
        ("| a |\n|---|\n| ![x](a.png) |", "pictures"),
    ],
)
def test_what_isn_t_shown_is_reported(text: str, words: str) -> None:
    assert any(words in message for message in faults_of(text))


@pytest.mark.parametrize(
    "text", ["plain", "a < b", "<https://a.example>", "[x](mailto:a@b.example)", "5 <6", "`<b>`"]
)
def test_what_is_shown_isn_t_reported(text: str) -> None:
    assert list(faults_of(text)) == []


def test_a_table_can_be_scrolled_with_the_keyboard() -> None:
    assert '<table tabindex="0">' in render_markdown("| a | b |\n|---|---|\n| 1 | 2 |")
