"""What a change means, as the comment of a pull request (GitHub Flavored Markdown).

Texts of the content come from whoever proposed the change. They stand in code spans, in which
nothing is a link, a mention, a command of the forge or HTML.
"""

import re
from collections.abc import Sequence

from mcsite.findings import Finding, Severity
from mcsite.review.diff import Difference
from mcsite.review.reports.outline import (
    Detail,
    Item,
    faults_of,
    one_line,
    sections_of,
    summary_of,
)
from mcsite.review.words import counted

MARK = "<!-- mcsite diff -->"  # by which a workflow finds its comment again
LIMIT = 65_000  # bytes; GitHub takes 65,536 characters
_DETAILS = 40  # of one item
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&$])")
_ACTING = re.compile(r"@|\\#(?=[0-9])|:(?=//)|www(?=\.)", re.IGNORECASE)  # for the forge
_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}


def as_markdown(difference: Difference) -> str:
    """Return the comment: a line that sums up, what to look at first, then the sections."""
    head = [MARK, "### What this change means", ""]
    if not difference:
        return "\n".join([*head, "Nothing has changed."])
    told = faults_of(difference)
    sentence = summary_of(difference)
    head.append(f"**{escaped(sentence[0].upper() + sentence[1:])}.**")
    if told:
        head.append(f"**{escaped(told)}** to look at first.")
    blocks = _blocks(difference)
    return "\n".join([*head, *_fitting(blocks, LIMIT - len("\n".join(head).encode()))])


def _blocks(difference: Difference) -> list[tuple[str, list[str], str]]:
    """Return the title of each section, its items, and what stands below them."""
    faults = [
        ("Errors in the files", list(map(_finding, difference.unreadable)), ""),
        ("Look at this first", list(map(_finding, difference.warnings)), ""),
    ]
    sections = [
        (section.title, list(map(_item, section.items)), section.note)
        for section in sections_of(difference)
    ]
    return [block for block in faults if block[1]] + sections


def _fitting(blocks: Sequence[tuple[str, list[str], str]], room: int) -> list[str]:
    """Return the lines of as many items as there is room for; the others are counted."""
    lines = []
    frames = [_size(_frame(*block)) for block in blocks]
    room -= sum(frames)
    for title, items, note in blocks:
        shown = []
        for item in items:
            if _size(item) > room:
                break
            room -= _size(item)
            shown.append(item)
        left = len(items) - len(shown)
        more = [f"- … and {counted(left, 'more', 'more')}"] if left else []
        lines += ["", f"#### {title}", "", *shown, *more, *(["", escaped(note)] if note else [])]
    return lines


def _frame(title: str, items: list[str], note: str) -> str:
    return f"\n#### {title}\n\n- … and {len(items):,} more\n\n{escaped(note)}\n"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass")) + 1  # names of files may have them


def _finding(finding: Finding) -> str:
    place = code(f"{finding.at.path}:{finding.at.line}")
    hint = f" — {escaped(finding.hint)}" if finding.hint else ""
    return (
        f"- **{_WORDS[finding.severity]}** {finding.code} at {place}: "
        f"{escaped(one_line(finding.message, 500))}{hint}"
    )


def _item(item: Item) -> str:
    name = code(item.title or item.name) if item.title or item.name else ""
    linked = f"[{name}]({_address(item.page)})" if item.page and name else name
    beside = f"({code(item.name)})" if item.title and item.name else ""
    head = " ".join(filter(None, [f"- {escaped(item.words)}", linked, beside]))
    details = [f"  - {_detail(detail)}" for detail in item.details[:_DETAILS]]
    left = len(item.details) - len(details)
    details += [f"  - … and {left:,} more"] if left else []
    return "\n".join([head, *details])


def _detail(detail: Detail) -> str:
    values = " → ".join(code(text) if text else "nothing" for text in detail.texts)
    said = " ".join(filter(None, [escaped(detail.words), values]))
    return f"{said}; {escaped(detail.after)}" if detail.after else said


def escaped(text: str) -> str:
    """Return words of ours, in which something of the content may stand, as plain text."""
    flat = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _ACTING.sub(lambda found: f"{found[0]}<!-- -->", flat)


def code(text: str) -> str:
    """Return a text of the content as a code span (CommonMark 0.31, section 6.1)."""
    flat = " ".join(text.split())
    fence = "`" * (max(map(len, re.findall("`+", flat)), default=0) + 1)
    space = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{space}{flat}{space}{fence}"


def _address(page: str) -> str:
    """Return an address as it can stand in a link: nothing in it ends the link."""
    return re.sub(r"[\s<>()\\]", lambda found: f"%{ord(found.group()):02X}", page)
