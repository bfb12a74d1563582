"""What issuing tells on standard error, and issues all the same."""

from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.cli.exits import Exit
from mcsite.commands.keygen import make_key
from tests.project import BASE, DID, NOW, SITE, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).with_key()


def told(
    project: Project, capsys: pytest.CaptureFixture[str], *rows: str, more: tuple[str, ...] = ()
) -> list[str]:
    """Issue, and return what was told beside the result."""
    learners = project.learners(*rows, header="name,issued_on")
    capsys.readouterr()
    done = main(
        [
            "issue", "data", "--learners", str(learners), "--key", str(project.key),
            "--project", str(project.root), "--privacy", "public", "--batch", "batch", *more,
        ]
    )  # fmt: skip
    assert done == Exit.FINE
    return capsys.readouterr().err.splitlines()


def test_whoever_issues_is_told_that_the_site_does_not_publish_the_issuer(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(project, capsys, "Anna,") == []
    (project.root / "credentials/batch.jsonl").unlink()
    for path in (project.root / "credentials/status").iterdir():
        path.unlink()
    project.write("catalogue/site.yaml", SITE.replace(BASE, "https://new.example"))
    said = (
        f"warning: the site of https://new.example doesn't publish the document of {DID}: while it "
        f"isn't at {BASE}/.well-known/did.json, nobody can verify these credentials"
    )

    assert told(project, capsys, "Anna,", more=("--dry-run",)) == [said]
    assert told(project, capsys, "Anna,") == [said]


def test_an_issuer_of_another_host_is_told_and_issues(project: Project) -> None:
    key = project.private / "other.pem"
    make_key(project.root, key, kind="ed25519", did="did:web:other.example", now=NOW)

    report = project.issue("Anna", key_file=key)

    assert len(report.issued) == len(report.cautions) == 1
    assert "did:web:other.example" in report.cautions[0]
