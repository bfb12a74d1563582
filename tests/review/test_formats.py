"""Findings in the forms that other programs read."""

import json
from dataclasses import replace
from pathlib import PurePosixPath

from mcsite.findings import Finding, Position, Severity
from mcsite.review.formats import FORMATS

FINDINGS = [
    Finding(
        at=Position(PurePosixPath("catalogue/courses/a,b.yaml"), 4, 11),
        code="MC220",
        severity=Severity.ERROR,
        message="100 % wrong:\nreally",
        hint="mend it",
    ),
    Finding(
        at=Position(PurePosixPath("catalogue/site.yaml")),
        code="MC601",
        severity=Severity.NOTE,
        message="title isn't translated",
    ),
]


def test_github_gets_one_escaped_command_a_finding() -> None:
    lines = FORMATS["github"](FINDINGS).splitlines()

    assert lines == [
        (
            "::error file=catalogue/courses/a%2Cb.yaml,line=4,col=11,title=MC220::"
            "100 %25 wrong:%0Areally — mend it"
        ),
        "::notice file=catalogue/site.yaml,line=1,col=1,title=MC601::title isn't translated",
    ]


def test_gitlab_gets_what_its_code_quality_report_asks_for() -> None:
    report = json.loads(FORMATS["gitlab"](FINDINGS))

    assert [entry["severity"] for entry in report] == ["major", "info"]
    assert {len(entry["fingerprint"]) for entry in report} == {64}
    assert report[0]["location"] == {"path": "catalogue/courses/a,b.yaml", "lines": {"begin": 4}}


def test_sarif_has_its_rules_and_places() -> None:
    (run,) = json.loads(FORMATS["sarif"](FINDINGS))["runs"]

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["MC220", "MC601"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 11}
    assert run["results"][1]["level"] == "note"


def test_json_has_everything() -> None:
    first = json.loads(FORMATS["json"](FINDINGS))[0]

    assert first == {
        "path": "catalogue/courses/a,b.yaml", "line": 4, "column": 11, "code": "MC220",
        "severity": "error", "message": "100 % wrong:\nreally", "hint": "mend it",
    }  # fmt: skip


def test_a_fingerprint_stays_when_lines_above_change_and_two_findings_have_two() -> None:
    lower = replace(FINDINGS[0], at=Position(FINDINGS[0].at.path, 40, 11))

    before, after = (json.loads(FORMATS["gitlab"](one)) for one in ([FINDINGS[0]], [lower, lower]))

    assert before[0]["fingerprint"] == after[0]["fingerprint"]
    assert after[0]["fingerprint"] != after[1]["fingerprint"]


def test_sarif_counts_characters_and_escapes_paths() -> None:
    odd = replace(FINDINGS[0], at=Position(PurePosixPath("catalogue/a b.yaml"), 1, 1))

    (run,) = json.loads(FORMATS["sarif"]([odd]))["runs"]

    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert place["artifactLocation"]["uri"] == "catalogue/a%20b.yaml"
