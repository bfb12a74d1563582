"""The HTML of descriptions on the web, as Markdown; and the linked data that pages carry."""

import re
from html.parser import HTMLParser

from mcsite.content.fields import MAX_TEXT

_MARKUP = re.compile(
    r"</?(p|br|div|span|ul|ol|li|strong|b|em|i|a|code|h[1-6]|table)\b[^>]*>", re.IGNORECASE
)
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
    reader.feed(text)
    reader.close()
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.parts).split("\n")]
    levels = [len(found[0]) for line in lines if (found := re.match("#+(?= )", line))]
    higher = re.compile(f"^#{{{min(levels, default=1) - 1}}}(?=#)")
    raised = "\n".join(higher.sub("", line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", raised).strip()


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


class _Scripts(HTMLParser):
    """Notes where the linked data of a page stand, and the language of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.reading = False
        self.found: list[tuple[str, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See whether linked data begin."""
        said = dict(attrs)
        if tag == "html":
            self.language = said.get("lang") or ""
        self.reading = tag == "script" and said.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        """Take linked data."""
        if self.reading:
            line, column = self.getpos()
            self.found.append((data, line, column))

    def handle_endtag(self, tag: str) -> None:
        """See that they end."""
        self.reading = self.reading and tag != "script"


def linked_data_of(page: str) -> tuple[str, str]:
    """Return a page's linked data as one JSON list, each where it stands, and the page's language.

    All else is left out, lines are kept. "" where the page has none.
    """
    reader = _Scripts()
    reader.feed(page)
    reader.close()
    text, last_line, last_column = "", 1, 0
    for number, (data, line, column) in enumerate(reader.found):
        text += "\n" * (line - last_line)
        room = column - (last_column if line == last_line else 0)
        text += ("," if number else "[").rjust(max(1, room)) + data
        last_line = line + data.count("\n")
        last_column = len(text) - text.rfind("\n") - 1
    return (text + "]" if text else ""), reader.language
