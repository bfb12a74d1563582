"""Markdown from strangers becomes HTML that can't do harm."""

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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("![x](a.png)", "pictures"),
        ("<b>x</b>", "HTML"),
        ("[x](javascript:alert(1))", "link"),
    ],
)
def test_what_isn_t_shown_is_reported(text: str, words: str) -> None:
    assert any(words in message for message in faults_of(text))


@pytest.mark.parametrize(
    "text", ["plain", "a < b", "<https://a.example>", "[x](mailto:a@b.example)", "5 <6"]
)
def test_what_is_shown_isn_t_reported(text: str) -> None:
    assert list(faults_of(text)) == []
