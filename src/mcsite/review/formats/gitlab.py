"""Findings as a GitLab Code Quality report (a subset of Code Climate's format)."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from mcsite.findings import Finding, Severity

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(findings: Sequence[Finding]) -> str:
    """Return the report. A fingerprint stays the same when lines above the finding change; equal
    findings of a file are told apart by their order.
    """
    seen: Counter[str] = Counter()
    entries = []
    for finding in findings:
        what = f"{finding.at.path}\0{finding.code}\0{finding.message}"
        seen[what] += 1
        entries.append(
            {
                "description": finding.message,
                "check_name": finding.code,
                "fingerprint": hashlib.sha256(f"{what}\0{seen[what]}".encode()).hexdigest(),
                "severity": _LEVELS[finding.severity],
                "location": {"path": str(finding.at.path), "lines": {"begin": finding.at.line}},
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2)
