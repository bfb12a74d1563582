"""What a change means, for a terminal."""

from mcsite.findings import Finding
from mcsite.review.diff import Difference
from mcsite.review.reports.outline import Detail, Item, faults_of, sections_of, summary_of


def as_text(difference: Difference) -> str:
    """Return the report: faults first, then section by section."""
    if not difference:
        return "Nothing has changed."
    told = faults_of(difference)
    lines = [f"{summary_of(difference)}{f' ({told})' if told else ''}"]
    for title, findings in (
        ("Errors in the files", difference.unreadable),
        ("Look at this first", difference.warnings),
    ):
        if findings:
            lines += ["", title, *(line for finding in findings for line in _finding(finding))]
    for section in sections_of(difference):
        lines += ["", section.title]
        lines += [line for item in section.items for line in _item(item)]
        lines += [f"  {section.note}"] if section.note else []
    return "\n".join(lines)


def _finding(finding: Finding) -> list[str]:
    head = f"  {finding.at}: {finding.code} {finding.severity}: {finding.message}"
    return [head, f"    hint: {finding.hint}"] if finding.hint else [head]


def _item(item: Item) -> list[str]:
    head = "  ".join(filter(None, [item.words, item.name, item.title]))
    return [f"  {head}", *(f"    {_detail(detail)}" for detail in item.details)]


def _detail(detail: Detail) -> str:
    values = " → ".join(text or "nothing" for text in detail.texts)
    said = f"{detail.words} {values}" if len(detail.texts) > 1 else detail.words
    if len(detail.texts) == 1:
        said = f"{detail.words}: {values}"
    return f"{said}; {detail.after}" if detail.after else said
