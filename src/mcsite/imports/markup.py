"""The HTML of descriptions on the web, as Markdown; and the linked data that pages carry."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from mcsite.content.fields import MAX_TEXT

_MARKUP = re.compile(
    r"</?(p|br|div|span|ul|ol|li|strong|b|em|i|a|code|h[1-6]|table)\b[^<>]*>", re.IGNORECASE
)
_NO_TAG = re.compile(r"<(?![^<>]*>)")
_NEXT = re.compile(r"<!--|<script\b([^<>]*)>", re.IGNORECASE)
_COMMENT_END = re.compile("-->")
_SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html\b[^<>]*?\blang\s*=\s*["']?([A-Za-z0-9-]+)""", re.IGNORECASE)
_LINKED = re.compile(r"""\btype\s*=\s*["']?application/ld\+json(?![^\s"'])""", re.IGNORECASE)
_LONGEST = 4 * MAX_TEXT
_APART = frozenset({"p", "div", "ul", "ol", "table", "section", "article", "blockquote"})
_MARKS = {"code": "`", "strong": "**", "b": "**", "em": "*", "i": "*"}
_LISTS = {"ul": "-", "ol": "1."}
_LINKS = ("https:", "http:", "mailto:")
_TABLES = frozenset({"tr", "td", "th"})
_UNSEEN = frozenset({"script", "style", "template"})
_HEADINGS = {f"h{level}": f"{'#' * level} " for level in range(1, 7)}


def markdown_of(text: str) -> str:
    """Return a text with HTML in it as Markdown; one without, or too long for a file, as it is."""
    if len(text) > _LONGEST or not _MARKUP.search(text):
        return text
    reader = _Text()
    try:
        reader.feed(_NO_TAG.sub("&lt;", _without_comments(text)))
        reader.close()
    except AssertionError:  # what the library says of <![
        return text
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.parts).split("\n")]
    levels = [len(found[0]) for line in lines if (found := re.match("#+(?= )", line))]
    higher = re.compile(f"^#{{{min(levels, default=1) - 1}}}(?=#)")
    raised = "\n".join(higher.sub("", line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", raised).strip()


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


class _Text(HTMLParser):
    """Collects the text of HTML, with the marks of Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []
        self.lists: list[str] = []
        self.cells = 0  # of the row of a table
        self.headed = False
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag means."""
        self.unseen += tag in _UNSEEN
        if tag in _LISTS:
            self.lists.append(_LISTS[tag])
        if tag == "table":
            self.headed = False
        if tag in _APART:
            self.parts.append("\n\n")
        elif tag in _HEADINGS:
            self.parts.append(f"\n\n{_HEADINGS[tag]}")
        elif tag == "li":
            self.parts.append(f"\n{self.lists[-1] if self.lists else '-'} ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _TABLES:
            self._begin_in_table(tag)
        else:
            self._begin_in_line(tag, dict(attrs).get("href") or "")

    def _begin_in_line(self, tag: str, address: str) -> None:
        if tag == "a":
            self.links.append(address if address.startswith(_LINKS) else "")
            self.parts.append("[" if self.links[-1] else "")
        else:
            self.parts.append(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """End what a tag means."""
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        if tag in _LISTS and self.lists:
            self.lists.pop()
        if tag in _APART or tag in _HEADINGS:
            self.parts.append("\n\n")
        elif tag in _TABLES:
            self._end_in_table(tag)
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.parts.append(f"]({address})" if address else "")
        else:
            self.parts.append(_MARKS.get(tag, ""))

    def _begin_in_table(self, tag: str) -> None:
        self.cells = self.cells + 1 if tag != "tr" else 0
        self.parts.append("\n|" if tag == "tr" else " ")

    def _end_in_table(self, tag: str) -> None:
        """End a cell or a row; the first row of a table is its header."""
        if tag != "tr":
            self.parts.append(" |")
        elif not self.headed:
            self.headed = True
            self.parts.append("\n|" + " --- |" * self.cells)

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if not self.unseen:
            self.parts.append(data.replace("\n", " "))


def linked_data_of(page: str) -> tuple[str, str]:
    """Return a page's linked data as one JSON list, each where it stands, and the page's language.

    All else is left out, lines are kept. "" where the page has none.
    """
    parts: list[str] = []
    last = 0
    for start, end in _scripts(page):
        parts.append(f"{_blank(page[last:start])[:-1]}{',' if parts else '['}{page[start:end]}")
        last = end
    language = _LANGUAGE.search(page)
    return ("".join([*parts, "]"]) if parts else ""), language[1] if language else ""


def _scripts(page: str) -> Iterator[tuple[int, int]]:
    """Yield where the linked data of a page begin and end, in one pass: pages can be any text."""
    at = 0
    while found := _NEXT.search(page, at):
        at = found.end()
        end = (_COMMENT_END if found[1] is None else _SCRIPT_END).search(page, at)
        if end is None:
            return
        if _LINKED.search(found[1] or "") and page[at : end.start()].strip():
            yield at, end.start()
        at = end.start()


def _blank(text: str) -> str:
    """Return as many lines, and as many columns in the last."""
    return "\n" * text.count("\n") + " " * len(text.rpartition("\n")[2])
