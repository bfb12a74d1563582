"""Columns, codes and markup: every field has its column, and what people write is understood."""

import time
from collections.abc import Iterator

import pytest

from mcsite.content.markdown import render_markdown
from mcsite.content.shapes import Kind, Shape
from mcsite.imports.codes import code_of, country_of, language_of, pieces_of
from mcsite.imports.columns import COLUMNS, COURSE
from mcsite.imports.grid import letters
from mcsite.imports.markup import linked_data_of, markdown_of

IN_THE_LINE = ("learning_outcomes", "skills")  # at the end of an outcome


def ways(shape: Shape, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, inner in shape.fields.items():
        way = (*above, name)
        yield from ways(inner, way) if inner.kind is Kind.PART else [way]


def test_every_field_of_a_course_has_a_column() -> None:
    columns = [column.way for column in COLUMNS.values()]

    assert sorted(columns) == sorted(way for way in ways(COURSE) if way != IN_THE_LINE)


def test_columns_are_called_as_spreadsheets_do() -> None:
    assert [letters(number) for number in (1, 26, 27, 52, 53, 702, 703)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("vocabulary", "written", "code"),
    [
        ("assessment-type", "written-examination", "written-examination"),
        ("assessment-type", "Written  Examination", "written-examination"),
        ("assessment-type", "Rakstisks eksāmens", "written-examination"),
        ("eqf", "http://data.europa.eu/snb/eqf/6", "6"),
        ("qf-ehea", "urn:epass:concept:qf-ehea:first-cycle", "first-cycle"),
        ("eqf", "EKI 3. līmenis", "3"),
        ("isced-f", "612", "0612"),
        ("isced-f", "11", ""),
        ("assessment-type", "something", ""),
    ],
)  # fmt: skip
def test_a_code_is_known_by_all_its_names(vocabulary: str, written: str, code: str) -> None:
    assert code_of(vocabulary, written) == code


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("lv", "lv"), ("pt-PT", "pt-PT"), ("Latvian", "lv"), ("latviešu", "lv"),
        ("http://publications.europa.eu/resource/authority/language/LAV", "lv"), ("LAV", "lv"),
        ("Klingonese", ""),
    ],
)  # fmt: skip
def test_a_language_is_known_by_tag_name_and_address(written: str, tag: str) -> None:
    assert language_of(written, ("lv",)) == tag


def test_a_country_is_known_by_its_address() -> None:
    assert country_of("http://publications.europa.eu/resource/authority/country/EST") == "EE"
    assert country_of("http://publications.europa.eu/resource/authority/country/XXX") == ""


@pytest.mark.parametrize(
    ("vocabulary", "text", "pieces"),
    [
        ("participation", "online onsite", ["online", "onsite"]),
        ("participation", "Online, Blended", ["online", "blended"]),
        ("supervision", "Supervised on site, identity verified", ["onsite-with-identity"]),
        ("participation", "at the moon", ["at the moon"]),
        ("participation", "online moon", ["online", "moon"]),
        ("", "one two;three", ["one", "two", "three"]),
        ("language", "English; latviešu", ["en", "lv"]),
    ],
)
def test_the_codes_of_a_cell_are_told_apart(vocabulary: str, text: str, pieces: list[str]) -> None:
    assert list(pieces_of(vocabulary, text, ("lv",))) == pieces


@pytest.mark.parametrize(
    "markdown",
    [
        "Text of a line",
        "One.\n\nTwo **bold**, *light* and `code`.",
        "# Top\n\ntext\n\n## Below\n\n1. one\n1. two\n\n- a\n- b",
        "[a link](https://x.example/)",
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |",
    ],
)
def test_html_becomes_the_markdown_that_it_came_of(markdown: str) -> None:
    assert markdown_of(render_markdown(markdown)) == markdown


def test_what_acts_in_html_is_left_behind() -> None:
    html = '<p>a<script>alert(1)</script><a href="javascript:x">b</a><img src=x onerror=y>c</p>'

    assert markdown_of(html) == "abc"
    assert markdown_of("1 < 2 and x > y") == "1 < 2 and x > y"


@pytest.mark.parametrize("piece", ["<p ", '<a b="', "<!--", "<!", "</", "<?", "<"])
def test_what_never_closes_is_read_once(piece: str) -> None:
    """The library's reader begins anew at each of them: minutes for a page of a megabyte."""
    started = time.process_time()

    shown = markdown_of(("<p>a</p>" + piece * 80_000)[:79_990])
    found = linked_data_of(piece * 200_000)

    assert time.process_time() - started < 2
    assert shown.startswith("a")
    assert found == ("", "")


def test_what_is_no_html_stays_as_it_is() -> None:
    assert markdown_of("<p>a<![x]>") == "<p>a<![x]>"
    assert markdown_of("<p>a <!-- <b>not</b> --> <i>b</i> < c</p>") == "a *b* < c"


def test_linked_data_are_those_of_the_page_alone() -> None:
    linked = '<script type="application/ld+json">%s</script>'
    page = f"""<html xml:lang="lv"><!-- {linked % "[1]"} --><SCRIPT>"<!--"</SCRIPT>
        <script id=a type='application/ld+json'>["<!-- <p>"]</script>{linked % " "}
        <script type="application/ld+json-x">[3]</script><script type="application/ld+json">[4]"""

    text, language = linked_data_of(page)

    assert (text.split(), language) == (['[["<!--', '<p>"]]'], "lv")


def test_linked_data_of_a_page_keep_their_places() -> None:
    page = (
        '<html lang="lv">\n<script type="application/ld+json">{"a": 1}</script> <b>\n\n'
        '  <script type="application/ld+json">[2]</script><script>no()</script>'
    )

    text, language = linked_data_of(page)

    assert language == "lv"
    assert text.split() == ['[{"a":', "1}", ",[2]]"]
    for found in ('{"a": 1}', "[2]"):
        line = page[: page.index(found)].count("\n")
        assert text.split("\n")[line].index(found) == page.split("\n")[line].index(found)
