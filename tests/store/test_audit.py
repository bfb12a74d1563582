"""What is wrong with issued credentials on disk, where no other test has it."""

from pathlib import Path

import pytest

from mcsite.store.audit import credential_findings
from tests.project import BASE, DID, NOW, SITE, Project

BATCH = "credentials/batch.jsonl"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path).with_key()
    project.issue("Anna")
    return project


def found(project: Project) -> list[str]:
    return [
        f"{f.at.path}:{f.at.line} {f.code} {f.severity}: {f.message}"
        for f in credential_findings(project.catalogue, now=NOW)
    ]


def test_a_line_that_isn_t_json_is_reported(project: Project) -> None:
    batch = (project.root / BATCH).read_text("utf-8")
    project.write(BATCH, f"{batch}{{\n")

    (said,) = found(project)

    assert said.startswith(f"{BATCH}:2 MC501 error: ")


def test_a_site_that_moves_leaves_its_credentials_behind(project: Project) -> None:
    project.write("catalogue/site.yaml", SITE.replace(BASE, "https://other.example"))

    assert f"{BATCH}:1 MC506 error: the id isn't an address of https://other.example" in found(
        project
    )


def test_an_event_of_a_credential_that_is_gone_is_a_warning(project: Project) -> None:
    project.write(
        "credentials/status.yaml",
        "- {id: AAAAAAAAAAAAAAAAAAAAAA, action: revoke, list: 1, index: 5, "
        "at: 2026-11-20T10:00:00Z, reason: A test, "
        f"key: '{DID}#key-1'}}\n",
    )

    said = "MC513 warning: the credential AAAAAAAAAAAAAAAAAAAAAA isn't in credentials/"
    assert any(said in one for one in found(project)), found(project)
