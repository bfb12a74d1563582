"""The source line of a finding with a caret below it, as compilers show it."""

import importlib
import unicodedata
from pathlib import Path, PurePosixPath

from mcsite.findings import Finding

_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # what acts on a line and isn't seen, or is no character
_LARGEST = 4 * 1024 * 1024  # bytes of a file that is shown: no content file is larger
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
    """The lines of files below a folder. Those of the last one are kept: findings come by file."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last: PurePosixPath | None = None
        self._lines: list[str] = []

    def excerpt(self, finding: Finding) -> str:
        """Return the line that a finding speaks of and its caret, "" where there is none."""
        path, number = finding.at.path, finding.at.line
        if path != self._last:
            self._last, self._lines = path, _lines_of(self._root, path)
        if number > len(self._lines):
            return ""
        return _underlined(self._lines[number - 1], number, finding.at.column, finding.length)


def _lines_of(root: Path, path: PurePosixPath) -> list[str]:
    """Return the lines of a file. Reading with care takes the reader of content, which commands
    that show no finding don't load.
    """
    files = importlib.import_module("mcsite.content.files")
    data: bytes = files.read_to_show(root, path, max_bytes=_LARGEST)
    return data.decode("utf-8", errors="replace").splitlines()


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
