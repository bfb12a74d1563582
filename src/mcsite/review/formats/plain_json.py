"""Findings as one JSON array."""

import json
from collections.abc import Sequence

from mcsite.findings import Finding


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings, each with its place, code, severity, message and hint."""
    return json.dumps(
        [
            {
                "path": str(finding.at.path),
                "line": finding.at.line,
                "column": finding.at.column,
                "code": finding.code,
                "severity": finding.severity.value,
                "message": finding.message,
                "hint": finding.hint,
            }
            for finding in findings
        ],
        ensure_ascii=False,
        indent=2,
    )
