"""Findings as workflow commands, which GitHub Actions shows beside the lines."""

from collections.abc import Sequence

from mcsite.findings import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(findings: Sequence[Finding]) -> str:
    """Return one workflow command a finding."""
    return "\n".join(
        f"::{_LEVELS[finding.severity]} file={_property(str(finding.at.path))},"
        f"line={finding.at.line},col={finding.at.column},title={finding.code}::"
        f"{_data(finding.message + (f' — {finding.hint}' if finding.hint else ''))}"
        for finding in findings
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
