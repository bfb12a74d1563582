"""Credentials name a course by its address, which has to lead somewhere for ever."""

from pathlib import Path

import pytest

from mcsite.content.catalogue import Catalogue
from mcsite.findings import Severity
from mcsite.store.audit import credential_findings
from tests.project import COURSE, NOW, Project


def told(catalogue: Catalogue) -> list[str]:
    findings = credential_findings(catalogue, now=NOW)
    return [f"{f.at}: {f.severity} {f.message}" for f in findings if f.code == "MC310"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path).with_key()
    found.write("catalogue/courses/other.yaml", COURSE)
    return found


def test_a_course_that_was_renamed_without_an_alias_is_told_once(project: Project) -> None:
    project.issue("Anna Ozola", "Jānis Bērziņš")
    assert told(project.catalogue) == []

    (project.root / "catalogue/courses/data.yaml").rename(
        project.root / "catalogue/courses/renamed.yaml"
    )

    assert told(project.catalogue) == [
        (
            "credentials/batch.jsonl:1:1: warning 2 credentials were issued for 'data', "
            "which isn't in the catalogue"
        )
    ]


def test_with_its_alias_nothing_is_missing(project: Project) -> None:
    project.issue("Anna Ozola")
    (project.root / "catalogue/courses/data.yaml").unlink()
    project.write("catalogue/courses/renamed.yaml", f"{COURSE}aliases: [data]\n")

    assert told(project.catalogue) == []


def test_sealed_credentials_tell_nothing(project: Project) -> None:
    project.issue_sealed("Anna Ozola")
    (project.root / "catalogue/courses/data.yaml").unlink()

    assert told(project.catalogue) == []
    assert {f.severity for f in credential_findings(project.catalogue, now=NOW)} <= {
        Severity.WARNING
    }
