"""What issuing tells on standard error, and issues all the same."""

from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.cli.exits import Exit
from mcsite.commands.issue import issue_credentials
from mcsite.commands.keygen import make_key
from mcsite.commands.status import StatusRequest, change_status, supersede
from tests.project import BASE, COURSE, DID, NOW, SITE, Project


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


def test_the_same_list_issued_twice_is_told_by_name(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("Anna A,2026-11-01", "Berta B,2026-11-01", "Cilda C,2026-11-01")
    assert told(project, capsys, *rows) == []
    project.write("catalogue/courses/other.yaml", COURSE)

    assert told(project, capsys, "Anna A,2026-11-02", "Dace D,2026-11-01") == []
    assert told(project, capsys, rows[0], more=("--batch", "second")) == []
    learners = project.learners(rows[0], header="name,issued_on")
    other = project.request(learners, course="other")
    assert issue_credentials(other, project.catalogue).cautions == ()
    said = (
        "warning: batch.jsonl has a credential for data of the same day already, for Anna A, "
        "Berta B: each gets another one"
    )
    again = (*rows[:2], "Dace D,2026-11-03")
    assert told(project, capsys, *again, more=("--dry-run",)) == [said]
    assert told(project, capsys, *again) == [said]


def test_of_many_that_get_another_one_some_are_named(project: Project) -> None:
    names = [f"Anna {letter}" for letter in "ABCDEFG"]
    project.issue(*names)

    (said,) = project.issue(*names).cautions

    some = "Anna A, Anna B, Anna C, Anna D, Anna E and 2 more"
    assert said.endswith(f" already, for {some}: each gets another one")


def test_who_gets_another_for_a_withdrawn_one_is_not_told(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    request = StatusRequest(
        project=project.root, credential=made.id, action="revoke", reason="A wrong grade",
        key_file=project.key, now=NOW,
    )  # fmt: skip
    change_status(request, project.catalogue)

    assert project.issue("Anna A").cautions == ()


def test_replacing_a_credential_is_no_repetition(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    request = StatusRequest(
        project=project.root, credential=made.id, action="supersede", reason="A wrong grade",
        key_file=project.key, now=NOW,
    )  # fmt: skip

    report = supersede(
        request, project.catalogue, learners=project.learners("Anna A"), links=None,
        random_bytes=project.random,
    )  # fmt: skip

    assert report.cautions == ()


def test_a_sealed_batch_that_is_there_is_told(project: Project) -> None:
    assert project.issue_sealed("Anna A").cautions == ()

    assert project.issue_sealed("Anna A").cautions == (
        "the batch batch.jsonl is there already: 1 credential is added to it",
    )
    assert project.issue_sealed("Anna A", "Berta B").cautions == (
        "the batch batch.jsonl is there already: 2 credentials are added to it",
    )
