"""Findings as a GitLab Code Quality report (a subset of Code Climate's format)."""

import json
from collections.abc import Sequence

from mcsite.findings import Finding, Severity
from mcsite.review.formats.fingerprints import fingerprints_of

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(findings: Sequence[Finding]) -> str:
    """Return the report: one array, an object a finding."""
    entries = [
        {
            "description": finding.message,
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _LEVELS[finding.severity],
            "location": {"path": str(finding.at.path), "lines": {"begin": finding.at.line}},
        }
        for finding, fingerprint in zip(findings, fingerprints_of(findings), strict=True)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)
