"""Findings as a GitLab Code Quality report (a subset of Code Climate's format)."""

import hashlib
import json
from collections.abc import Sequence

from mcsite.findings import Finding, Severity

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(findings: Sequence[Finding]) -> str:
    """Return the report; fingerprints stay the same while a finding does."""
    return json.dumps(
        [
            {
                "description": finding.message,
                "check_name": finding.code,
                "fingerprint": _fingerprint(finding),
                "severity": _LEVELS[finding.severity],
                "location": {"path": str(finding.at.path), "lines": {"begin": finding.at.line}},
            }
            for finding in findings
        ],
        ensure_ascii=False,
        indent=2,
    )


def _fingerprint(finding: Finding) -> str:
    text = f"{finding.at.path}\0{finding.code}\0{finding.message}\0{finding.at.line}"
    return hashlib.sha256(text.encode()).hexdigest()
