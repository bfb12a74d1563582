"""Markdown from content files, as HTML that can't do harm (docs/explanation/security of content).

Raw HTML is off in the parser, and what comes out is cleaned once more by nh3.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import markdown
import nh3
from markdown.core import Markdown
from markdown.extensions import Extension

MAX_OUTPUT = 200_000
_TAGS = {
    "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a", "br", "hr",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_HEADING = re.compile(r"(</?)h([1-6])")


class _NoHtml(Extension):
    """Takes the handling of raw HTML out of the parser: it stays text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- the library's name
        """Deregister what reads HTML, and pictures, which stand in fields of their own."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("image_link")
        md.inlinePatterns.deregister("image_reference")
        md.inlinePatterns.deregister("short_image_ref")


@lru_cache(maxsize=4096)
def render_markdown(text: str, top: int = 3) -> str:
    """Return `text` as safe HTML. Its highest headings stand at level `top`, and none is skipped,
    whatever levels the writer chose.
    """
    raw = markdown.markdown(text, extensions=["tables", "def_list", "sane_lists", _NoHtml()])
    if len(raw) > MAX_OUTPUT:
        raw = markdown.markdown(text, extensions=["sane_lists", _NoHtml()])[:MAX_OUTPUT]
    used = sorted({found[2] for found in _HEADING.finditer(raw)})
    levels = {level: min(6, top + number) for number, level in enumerate(used)}
    lowered = _HEADING.sub(lambda found: f"{found[1]}h{levels[found[2]]}", raw)
    return nh3.clean(
        lowered,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )


_WARNED = (
    (re.compile(r"!\[[^\]]*\]\("), "pictures aren't shown in Markdown; use the field image"),
    (re.compile(r"<[a-zA-Z!/][^>\n]{0,200}>"), "HTML isn't read; it is shown as text"),
    (
        re.compile(r"\]\(\s*<?\s*(?!https?:|mailto:|#|/)[a-zA-Z][a-zA-Z0-9+.-]*:", re.IGNORECASE),
        "a link of another kind than https: or mailto: is left out",
    ),
)
_AUTOLINK = re.compile(r"<(https?://|mailto:)?[^<> ]+[@.][^<> ]+>")


def faults_of(text: str) -> Iterator[str]:
    """Tell what in `text` a page won't show."""
    without = _AUTOLINK.sub("", text)
    for pattern, message in _WARNED:
        if pattern.search(without):
            yield message
