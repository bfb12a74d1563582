"""The source line of a finding with a caret below it, as compilers show it."""

import unicodedata
from pathlib import Path

from mcsite.findings import Finding

_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # what acts on a line and isn't seen, or is no character
_WIDTH = 160  # characters of a line that are shown: about two lines of a terminal


def visible(text: str) -> str:
    """Return `text` with characters that would steer a terminal, or hide, written as escapes."""
    return "".join(
        char
        if unicodedata.category(char) not in _HIDDEN
        else char.encode("unicode_escape").decode()
        for char in text
    )


class Sources:
    """The lines of files below a folder, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[Path, list[str]] = {}

    def excerpt(self, finding: Finding) -> str:
        """Return the line that a finding speaks of and its caret, "" where there is none."""
        path = self._root / finding.at.path
        if path not in self._lines:
            self._lines[path] = _lines_of(path)
        lines, number = self._lines[path], finding.at.line
        if number > len(lines):
            return ""
        return _underlined(lines[number - 1], number, finding.at.column, finding.length)


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _underlined(line: str, number: int, column: int, length: int) -> str:
    shown = line.replace("\t", " ")
    if len(shown) > _WIDTH:
        start = max(0, column - _WIDTH // 2)
        shown, column = shown[start : start + _WIDTH], column - start
    gutter = f"{number:>4} | "
    before = visible(shown[: column - 1])
    carets = visible(shown[column - 1 : column - 1 + length])
    below = " " * (len(gutter) - 2) + "| " + " " * len(before) + "^" * max(1, len(carets))
    return f"{gutter}{visible(shown)}\n{below}"
