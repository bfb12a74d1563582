"""What of a page is indexed: a small page without all that Pagefind would pass over.

A course's page is three quarters navigation, attributes and sections that aren't indexed. Reading
those is most of Pagefind's work, and where only they have changed, the index is the same.
"""

import re
from collections.abc import Iterator

_OURS = "data-pagefind"
_IGNORED = f"{_OURS}-ignore"
_NAME = re.compile(r"<([a-z][a-z0-9-]*)[^<>]*>")
_META = re.compile(rf"<meta\b[^<>]*\s{_OURS}[^<>]*>")
_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL
)  # neither words nor tags
_ATTRIBUTES = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
_INLINE = r"(?:a|abbr|b|cite|code|em|i|kbd|q|small|span|strong|time)"
_WITHIN_A_LINE = re.compile(rf"</?{_INLINE}(?:\s{_ATTRIBUTES})?>")
_WITH_ID = re.compile(rf"<([a-z][a-z0-9-]*)\s(?:[^<>]*\s)?id\s*={_ATTRIBUTES}>")
_WITH_ATTRIBUTES = re.compile(rf"<(?!img\b)([a-z][a-z0-9-]*)\s{_ATTRIBUTES}>")
_OF_OURS = re.compile(rf"(<[a-z][^<>]*\b{_OURS}[^<>]*>)")
_INLINE_OF_OURS = re.compile(rf"<{_INLINE}\s[^<>]*\b{_OURS}")
_EMPTY = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


def indexed_text(page: str) -> str:
    """Return a page that has the same words, weights and data for Pagefind, and no ids.

    Tags are looked for in small letters. A page that is made in another way than ours, as a theme
    can, is returned whole.
    """
    page = _UNSEEN.sub("", page)
    at = page.find(f"{_OURS}-body")
    start = page.rfind("<", 0, at)
    end = _end_of(page, start) if at >= 0 and start >= 0 else -1
    metas = "".join(_META.findall(page[: max(start, 0)]))
    if end < 0 or page.count(_OURS, 0, start) != metas.count(_OURS) or _OURS in page[end:]:
        return page
    body = "".join(_words(page[start:end]))
    found = page.count(_OURS, start, end) - page.count(_IGNORED, start, end)
    if body.count(_OURS) != found:
        return page  # some data stood where no words are taken
    return f"<html><head>{metas}</head><body>{body}</body></html>"


def _words(body: str) -> Iterator[str]:
    """Yield an element without what is ignored in it, and with no more tags than matter."""
    whole = _INLINE_OF_OURS.search(body) is not None  # the ends of those can't be told
    at = 0
    while (found := body.find(_IGNORED, at)) >= 0:
        start = body.rfind("<", at, found)
        tag = _NAME.match(body, max(start, 0))
        if start < 0 or tag is None or tag.end() < found:
            break
        end = tag.end() if tag[1] in _EMPTY else _end_of(body, start)
        if end < 0:
            break
        yield _plain(body[at:start], whole=whole)
        at = end
    yield _plain(body[at:], whole=whole)


def _plain(markup: str, *, whole: bool) -> str:
    """Return markup with its own tags of a page's data, and others without attributes."""
    if _OURS not in markup:
        return _bare(markup, whole=whole)
    parts = _OF_OURS.split(markup)
    return "".join(
        part if number % 2 else _bare(part, whole=whole) for number, part in enumerate(parts)
    )


def _bare(markup: str, *, whole: bool) -> str:
    """Return markup without attributes and, unless `whole`, without tags within a line."""
    markup = _WITH_ID.sub(r" <\1>", markup)  # Pagefind divides words there
    if not whole:
        markup = _WITHIN_A_LINE.sub("", markup)
    return _WITH_ATTRIBUTES.sub(r"<\1>", markup)


def _end_of(page: str, start: int) -> int:
    """Return where the element that begins at `start` ends, -1 where that can't be told."""
    name = _NAME.match(page, start)
    depth = 0
    if name is not None:
        for tag in re.compile(rf"<(/?){name[1]}(?=[\s>])[^<>]*>").finditer(page, start):
            depth += -1 if tag[1] else 1
            if depth == 0:
                return tag.end()
    return -1
