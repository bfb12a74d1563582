"""The only writer to the terminal: results to stdout, everything about the run to stderr."""

import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from mcsite.findings import Finding, Severity
from mcsite.review.excerpt import Sources, visible

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
    sources = None if root is None else Sources(root)
    for finding in findings:
        at, severity = finding.at, finding.severity
        shown = coloured(severity, _COLOURS[severity])
        say(f"{visible(str(at))}: {finding.code} {shown}: {visible(finding.message)}")
        excerpt = sources.excerpt(finding) if sources else ""
        if excerpt:
            say(excerpt)
        if finding.hint:
            say(f"hint: {visible(finding.hint)}")


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
