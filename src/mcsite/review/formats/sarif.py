"""Findings as SARIF 2.1.0, which code scanners and editors read."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from mcsite.codes import CODES
from mcsite.findings import Finding, Severity
from mcsite.review.formats.fingerprints import fingerprints_of

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_ROOT = "%SRCROOT%"  # what paths are relative to: the repository
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: Sequence[Finding]) -> str:
    """Return one run with its rules and results."""
    used = sorted({finding.code for finding in findings})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].meaning},
            "fullDescription": {"text": f"{CODES[code].meaning} {CODES[code].why}"},
            "help": {"text": CODES[code].remedy},
        }
        for code in used
    ]
    driver = {"name": "mcsite", "rules": rules}
    fingerprints = fingerprints_of(findings)
    results = [
        _result(finding, used.index(finding.code), fingerprint)
        for finding, fingerprint in zip(findings, fingerprints, strict=True)
    ]
    columns = "unicodeCodePoints"
    runs = [{"tool": {"driver": driver}, "columnKind": columns, "results": results}]
    report = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _result(finding: Finding, rule: int, fingerprint: str) -> dict[str, object]:
    region = {
        "startLine": finding.at.line,
        "startColumn": finding.at.column,
        "endColumn": finding.at.column + finding.length,
    }
    text = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(str(finding.at.path)), "uriBaseId": _ROOT},
                    "region": region,
                }
            }
        ],
        "partialFingerprints": {"mcsite/v1": fingerprint},
    }
