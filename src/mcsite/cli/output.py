"""The only writer to the terminal: results to stdout, everything about the run to stderr."""

import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from mcsite.findings import Finding, Severity

_HIDDEN = ("Cc", "Cf", "Zl", "Zp")  # Unicode's categories of what acts on a line and isn't seen
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def say(text: str = "") -> None:
    """Print one line of the command's result."""
    print(text)  # noqa: T201 -- this module is where printing happens


def tell(text: str) -> None:
    """Print one line about the run, beside the result."""
    print(text, file=sys.stderr)  # noqa: T201 -- this module is where printing happens


def ask(question: str) -> str:
    """Return what the person at the terminal answers to a question beside the result."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline()


def coloured(text: str, colour: str, *, stream: TextIO | None = None) -> str:
    """Return `text` in an ANSI colour where the stream is a terminal and NO_COLOR isn't set."""
    stream = stream or sys.stdout
    if os.environ.get("NO_COLOR") or not stream.isatty():
        return text
    return f"\x1b[{colour}m{text}\x1b[0m"


def show_findings(findings: Iterable[Finding], root: Path | None) -> None:
    """Print findings with the source line, a caret and the hint, as compilers do; without the
    source where there is no root: what isn't text, or counts in rows, has no lines to show.
    """
    lines: dict[Path, list[str]] = {}
    for finding in findings:
        at, severity = finding.at, finding.severity
        shown = coloured(severity, _COLOURS[severity])
        say(f"{visible(str(at))}: {finding.code} {shown}: {visible(finding.message)}")
        path = (root or Path()) / at.path
        if path not in lines:
            lines[path] = _lines_of(path) if root is not None else []
        if at.line <= len(lines[path]):
            _show_source(lines[path][at.line - 1], at.line, at.column, finding.length)
        if finding.hint:
            say(f"hint: {visible(finding.hint)}")


def visible(text: str) -> str:
    """Return `text` with characters that would steer a terminal, or hide, written as escapes."""
    return "".join(
        char
        if unicodedata.category(char) not in _HIDDEN
        else char.encode("unicode_escape").decode()
        for char in text
    )


def counted(count: int, noun: str) -> str:
    """Return e.g. "1 page", "2 pages"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def summary_of(findings: Iterable[Finding]) -> str:
    """Return e.g. "2 errors, 1 warning", or "nothing to mend"."""
    counts = Counter(finding.severity for finding in findings)
    parts = [
        counted(count, str(severity)) for severity in Severity if (count := counts.get(severity, 0))
    ]
    return ", ".join(parts) if parts else "nothing to mend"


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _show_source(line: str, number: int, column: int, length: int) -> None:
    shown = line.replace("\t", " ")
    if len(shown) > 160:  # noqa: PLR2004 -- about two lines of a terminal
        start = max(0, column - 80)
        shown, column = shown[start : start + 160], column - start
    gutter = f"{number:>4} | "
    say(gutter + visible(shown))
    before = visible(shown[: column - 1])
    carets = visible(shown[column - 1 : column - 1 + length])
    say(" " * (len(gutter) - 2) + "| " + " " * len(before) + "^" * max(1, len(carets)))
