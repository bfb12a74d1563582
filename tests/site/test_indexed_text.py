"""The small page that is indexed has for Pagefind what the whole page has."""

import gzip
import json
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from mcsite.site.indexed_text import indexed_text
from tests.rendering import renderer, specs

PAGES = [
    f"{language}/courses/{course}/"
    for language in ("lv", "en")
    for course in ("data-stewardship", "cybersecurity-basics", "heat-pump-installation")
]
HEAD = '<html lang="en"><head><meta content="x" data-pagefind-meta="id[content]"></head><body>'


def fragments(folder: Path, pages: dict[str, str]) -> dict[str, Any]:
    """Let Pagefind index pages, and return its fragments by the pages' addresses."""
    for name, text in pages.items():
        path = folder / name / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    program = str(resources.files("pagefind_bin") / "pagefind")
    index = folder / "index"
    subprocess.run([program, "--site", folder, "--output-path", index, "--silent"], check=True)
    found = [
        json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        for path in (index / "fragment").iterdir()
    ]
    return {one.pop("url"): one for one in found}


def bare(markup: str) -> str:
    return indexed_text(
        f"{HEAD}<nav id=n>Menu</nav><main data-pagefind-body>{markup}</main></body>"
    )


def test_a_course_s_page_has_the_same_words_and_data_when_it_is_made_small(tmp_path: Path) -> None:
    pages = {spec.path: renderer().page(spec).decode() for spec in specs() if spec.path in PAGES}
    small = {
        name: indexed_text(text).replace("<html>", f'<html lang="{name[:2]}">')
        for name, text in pages.items()
    }

    found, wanted = fragments(tmp_path / "small", small), fragments(tmp_path / "whole", pages)

    assert len(found) == len(PAGES)
    for one in (*found.values(), *wanted.values()):
        one["anchors"] = []  # of ids, which nobody asks for
        one["meta"] = {name: one["meta"][name] for name in ("id", "title")}  # not ignored pictures
    assert found == wanted
    assert all(len(small[name]) < len(pages[name]) / 2 for name in PAGES)


def test_what_is_ignored_or_says_nothing_is_left_out() -> None:
    assert bare(
        "<h1 data-pagefind-meta=title>T</h1><!-- <p>no</p> --><script>if (a<b) no</script>"
        "<div data-pagefind-ignore><div>no</div><span>no</span></div><br data-pagefind-ignore>"
        "<p title='a > b'>a <a href='x'>link</a> and <em>this</em><span id='x'>new word</span></p>"
    ) == (
        '<html><head><meta content="x" data-pagefind-meta="id[content]"></head><body>'
        "<main data-pagefind-body><h1 data-pagefind-meta=title>T</h1>"
        "<p>a link and this new word</p></main></body></html>"
    )


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD}<main>no body of ours</main></body>",
        f"{HEAD}<p data-pagefind-meta=year>2026</p><main data-pagefind-body>x</main></body>",
        f"{HEAD}<main data-pagefind-body>x</main><p data-pagefind-sort=year>2026</p></body>",
        f"{HEAD}<main data-pagefind-body>never closed",
        f"{HEAD}<main data-pagefind-body><p data-pagefind-ignore>never closed</main></body>",
        f"{HEAD}<p data-pagefind-body><i data-pagefind-ignore><b data-pagefind-sort=f></b></i></p>",
        f"{HEAD}<main data-pagefind-body><p>says data-pagefind-ignore</p></main></body>",
    ],
)
def test_a_page_that_is_made_in_another_way_is_indexed_whole(page: str) -> None:
    assert indexed_text(page) == page


def test_an_element_within_a_line_that_has_data_keeps_its_end() -> None:
    assert bare(
        "<p><span data-pagefind-meta=t>a<i data-pagefind-ignore>b</i>c</span></p>"
    ).endswith("<p><span data-pagefind-meta=t>ac</span></p></main></body></html>")
