"""Reports of a difference: what a comment of a pull request may hold, and how long it is."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mcsite.findings import Finding, Position, Severity
from mcsite.review.diff import Difference, ThingChange
from mcsite.review.fields import FieldChange
from mcsite.review.reports.markdown import LIMIT, as_markdown, code, escaped
from mcsite.review.reports.outline import excerpts, faults_of, summary_of
from mcsite.review.reports.text import as_text
from mcsite.review.words import counted, listed

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "`code` ``more``",
    "`",
    "@octocat please merge #1 !2",
    "[a](https://evil.example) ![b](//evil.example/p.png)",
    "\n\n# Heading\n\n- [x] task",
    "--> <!-- a -->",
    "| a | b |\n|---|---|",
    "www.evil.example https://evil.example",
    "$x$ &lt; \\",
]


def course(name: str, title: str, *fields: FieldChange) -> ThingChange:
    return ThingChange(
        key=f"courses/{name}", change="changed", title=title, page="https://uni.example/a/",
        fields=fields,
    )  # fmt: skip


def difference(*things: ThingChange, warnings: tuple[Finding, ...] = ()) -> Difference:
    return Difference(base="b", head="", things=things, warnings=warnings)


def warning(message: str) -> Finding:
    at = Position(PurePosixPath("catalogue/courses/data.yaml"))
    return Finding(at=at, code="MC602", severity=Severity.WARNING, message=message)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_the_content_acts_in_a_comment(text: str) -> None:
    change = FieldChange(("title",), text, text[::-1], "lv")
    comment = as_markdown(difference(course("data", text, change), warnings=(warning(text),)))

    tokens = MarkdownIt("commonmark").enable("table").parse(comment)
    inline = [token for block in tokens for token in block.children or ()]

    assert [token.content for token in tokens if token.type == "html_block"] == [
        "<!-- mcsite diff -->\n"
    ]
    assert {token.content for token in inline if token.type == "html_inline"} <= {"<!-- -->"}
    assert {token.attrGet("href") for token in inline if token.type == "link_open"} == {
        "https://uni.example/a/"
    }
    assert [token for token in inline if token.type == "image"] == []
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h3", "h4", "h4"]
    words = "".join(one.content for one in inline if one.type in ("text", "html_inline"))
    assert [sign for sign in ("@octocat", "#1", "://evil", "www.evil") if sign in words] == []


@given(st.text(max_size=40))
def test_a_code_span_holds_what_it_was_given(text: str) -> None:
    flat = " ".join(text.split())
    (block,) = MarkdownIt("commonmark").parse(f"x {code(flat)} y")[1:2]
    spans = [token.content for token in block.children or () if token.type == "code_inline"]

    assert spans == ([flat.replace("\0", "\ufffd")] if flat else [])


def test_plain_words_are_not_escaped() -> None:
    assert escaped("1 course changed, 2 added; 3 credentials (sealed).") == (
        "1 course changed, 2 added; 3 credentials (sealed)."
    )


def test_a_long_comment_fits_and_counts_what_it_leaves_out() -> None:
    things = [
        course(f"c{n}", "Ā" * 80, FieldChange(("title",), "ā" * 80, "b" * 80, "lv"))
        for n in range(2000)
    ]
    comment = as_markdown(difference(*things, warnings=(warning("old"),)))

    assert len(comment.encode()) <= LIMIT
    assert len(comment.encode()) > LIMIT - 1000
    shown = comment.count("\n- changed")
    assert f"- … and {2000 - shown:,} more" in comment
    assert "MC602" in comment


def test_many_changes_of_one_thing_are_counted() -> None:
    fields = [FieldChange(("steps", n), "", "x") for n in range(50)]

    assert "  - … and 10 more" in as_markdown(difference(course("data", "Data", *fields)))


def test_faults_come_before_everything_else() -> None:
    report = as_text(difference(course("data", "Data"), warnings=(warning("old"),)))

    assert report.index("MC602") < report.index("Courses")
    assert faults_of(difference(warnings=(warning("a"), warning("b")))) == "2 warnings"


def test_plurals_and_sums() -> None:
    one, two = course("a", "A"), course("b", "B")

    assert summary_of(difference(one)) == "1 course changed"
    assert summary_of(difference(one, two)) == "2 courses changed"
    assert (counted(1, "key"), counted(1200, "key")) == ("1 key", "1,200 keys")
    assert [listed(list("abcde")[:n]) for n in (1, 2, 3, 5)] == [
        "a", "a and b", "a, b and c", "a, b, c and 2 more",
    ]  # fmt: skip


def test_of_long_texts_the_place_that_differs_is_shown() -> None:
    before, after = excerpts("a " * 100 + "old" + " b" * 100, "a " * 100 + "new" + " b" * 100)

    assert before.startswith("…")
    assert "old" in before
    assert "new" in after
    assert max(len(before), len(after)) <= 91
    assert excerpts("one\n\n two", "three") == ("one two", "three")
