"""Findings in the forms that other programs read."""

import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import hypothesis.strategies as st
import jsonschema
import pytest
from hypothesis import given

from mcsite.codes import CODES
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

SARIF = Path(__file__).parents[2] / (
    "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
)
# GitLab documentation, "Code Quality report format": what a report has to have
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
PLACES = st.builds(
    Position,
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0/"), min_size=1)
    .filter(lambda name: name not in (".", ".."))
    .map(PurePosixPath),
    st.integers(1, 10_000),
    st.integers(1, 1000),
)
ANY = st.lists(
    st.builds(
        Finding,
        at=PLACES,
        code=st.sampled_from(sorted(CODES)),
        severity=st.sampled_from(Severity),
        message=st.text(st.characters(blacklist_categories=["Cs"]), min_size=1),
        hint=st.text(st.characters(blacklist_categories=["Cs"])),
        length=st.integers(1, 50),
    ),
    max_size=5,
)
COMMAND = re.compile(r"::(error|warning|notice) ([^\n\r]*?)::([^\n\r]*)")


def as_the_runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """Return command, properties and message as GitHub's runner takes a line apart."""
    found = COMMAND.fullmatch(line)
    assert found is not None
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    escapes = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))

    def read(text: str, kinds: tuple[tuple[str, str], ...]) -> str:
        for escape, plain in kinds:
            text = text.replace(escape, plain)
        return text

    values = {name: read(value, escapes) for name, value in properties.items()}
    return found[1], values, read(found[3], (*escapes[:2], escapes[4]))


@given(findings=ANY)
def test_github_s_runner_reads_every_command_as_it_was_meant(findings: list[Finding]) -> None:
    lines = FORMATS["github"](findings).split("\n") if findings else []

    for line, finding in zip(lines, findings, strict=True):
        _, properties, message = as_the_runner_reads(line)
        assert properties == {
            "file": str(finding.at.path), "line": str(finding.at.line),
            "col": str(finding.at.column), "title": finding.code,
        }  # fmt: skip
        assert message.startswith(finding.message)


@given(findings=ANY)
def test_gitlab_s_report_has_the_documented_shape(findings: list[Finding]) -> None:
    report = json.loads(FORMATS["gitlab"](findings))

    jsonschema.Draft202012Validator(CODE_QUALITY).validate(report)
    assert len({entry["fingerprint"] for entry in report}) == len(findings)


@given(findings=ANY)
def test_sarif_is_valid_by_its_official_schema(findings: list[Finding]) -> None:
    schema = json.loads(SARIF.read_bytes())
    report = json.loads(FORMATS["sarif"](findings))

    jsonschema.Draft4Validator(schema).validate(report)


def test_the_official_schema_refuses_what_isn_t_sarif() -> None:
    schema = json.loads(SARIF.read_bytes())
    report = json.loads(FORMATS["sarif"](FINDINGS))
    report["runs"][0]["results"][0]["level"] = "fatal"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate(report)


def test_sarif_s_results_name_their_rules_and_are_known_again() -> None:
    (run,) = json.loads(FORMATS["sarif"](FINDINGS))["runs"]

    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    assert len({one["partialFingerprints"]["mcsite/v1"] for one in run["results"]}) == 2


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
    assert region == {"startLine": 4, "startColumn": 11, "endColumn": 12}
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
