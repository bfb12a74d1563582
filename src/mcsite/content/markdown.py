"""Markdown (CommonMark 0.31 with tables) from content files, as HTML that can't do harm.

The one door to markdown-it and nh3. The parser doesn't read HTML, and what comes out is cleaned
once more (docs/decisions/0012).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

MAX_OUTPUT = 200_000
_TAGS = {
    "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a", "br", "hr",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
# without these there is neither HTML nor picture, nor a link but of the kinds that are shown
_SUSPECT = re.compile(r"<|!\[|\](\(|:)(?!\s*(https?:|mailto:))")
_LINK = re.compile(r"<|\]\(|\]:")  # without these there is no link
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
# what a page leaves out is found by a parser that reads it all
_LINTER = MarkdownIt("commonmark", {"html": True}).enable("table")
_LINTER.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 -- the library's way
_LINTER.normalizeLink = lambda url: url  # type: ignore[method-assign] # as written, to be found there


def _alternative(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _env: EnvType,
) -> str:
    return escapeHtml(tokens[index].content)


_PARSER.add_render_rule("image", _alternative)


@lru_cache(maxsize=4096)
def render_markdown(text: str, top: int = 3) -> str:
    """Return `text` as safe HTML. Its highest headings stand at level `top`, and none is skipped,
    whatever levels the writer chose. Pictures leave only their text.
    """
    tokens = _PARSER.parse(text)
    _lower_headings(tokens, top)
    raw = _PARSER.renderer.render(tokens, _PARSER.options, {})
    cleaned = nh3.clean(
        raw[:MAX_OUTPUT],
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    # a wide table scrolls by itself, which takes a place for the keyboard
    return cleaned.replace("<table>", '<table tabindex="0">')


def _lower_headings(tokens: Sequence[Token], top: int) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    used = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(6, top + used.index(token.tag))}"


def faults_of(text: str) -> Iterator[str]:
    """Tell what in `text` a page won't show, each kind once."""
    if _SUSPECT.search(text):
        yield from dict.fromkeys(_faults(_LINTER.parse(text)))


def links_of(text: str) -> tuple[str, ...]:
    """Return where the links of `text` lead, as written, in their order."""
    if not _LINK.search(text):
        return ()
    inlines = chain.from_iterable(token.children or () for token in _LINTER.parse(text))
    return tuple(str(token.attrGet("href")) for token in inlines if token.type == "link_open")


def _faults(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        match token.type:
            case "image":
                yield "pictures aren't shown in Markdown; use the field image"
            case "html_block" | "html_inline":
                yield "HTML isn't read; it is shown as text"
            case "link_open":
                scheme = _SCHEME.match(str(token.attrGet("href")))
                if scheme and scheme[1].lower() not in _SCHEMES:
                    yield "a link of another kind than https: or mailto: is left out"
            case _:
                pass
        yield from _faults(token.children or ())


def plain_text(text: str) -> str:
    """Return Markdown as plain text: a paragraph, heading or item of a list a line."""
    inlines = (token for token in _PARSER.parse(text) if token.type == "inline")
    lines = ("".join(map(_words_of, token.children or ())) for token in inlines)
    return "\n".join(line for line in lines if line.strip())


def _words_of(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content
