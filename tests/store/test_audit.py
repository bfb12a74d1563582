"""What is wrong with issued credentials on disk, where no other test has it."""

import os
import signal
from pathlib import Path

import pytest

from mcsite.commands.status import StatusRequest, change_status
from mcsite.errors import MachineError
from mcsite.store import audit
from mcsite.store.audit import Audit, credential_findings
from mcsite.store.whole_proofs import WholeProofs
from tests.project import BASE, DID, NOW, SITE, Project

BATCH = "credentials/batch.jsonl"
ONE_ADDRESS = "base_url in site.yaml is part of every credential: it can't change"


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


def test_a_merge_conflict_keeps_the_lines_of_both_sides(project: Project) -> None:
    project.issue("Inga", "Ilze", batch="more")
    batch, more = (project.root / f"credentials/{name}.jsonl" for name in ("batch", "more"))
    one, other = more.read_text("utf-8").splitlines()
    project.write(
        BATCH,
        f"{batch.read_text('utf-8')}<<<<<<< HEAD\n{one}\n=======\n{other}\n>>>>>>> branch\n",
    )
    more.unlink()

    findings = list(credential_findings(project.catalogue, now=NOW))

    assert [f"{f.at.line} {f.code} {f.message}" for f in findings] == [
        f"{line} MC111 a merge conflict was left here" for line in (2, 4, 6)
    ]
    assert all("keep the lines of both sides" in f.hint for f in findings)


def test_a_conflict_in_a_file_of_one_credential_is_restored(project: Project) -> None:
    (project.root / BATCH).unlink()
    project.write("credentials/one.json", '{\n<<<<<<< HEAD\n"id": 1\n=======\n')

    (finding,) = credential_findings(project.catalogue, now=NOW)

    assert (finding.code, finding.at.line) == ("MC111", 2)
    assert "restore" in finding.hint


def test_a_conflict_in_the_status_log_keeps_both_sides(project: Project) -> None:
    log = "<<<<<<< HEAD\n- {id: A}\n=======\n- {id: B}\n>>>>>>> branch\n"
    project.write("credentials/status.yaml", log)

    found = next(f for f in credential_findings(project.catalogue, now=NOW) if f.code == "MC111")

    assert str(found.at) == "credentials/status.yaml:1:1"
    assert "keep the lines of both sides" in found.hint


def test_a_site_that_moves_leaves_its_credentials_behind(project: Project) -> None:
    project.write("catalogue/site.yaml", SITE.replace(BASE, "https://other.example"))

    assert f"{BATCH}:1 MC506 error: the id isn't an address of https://other.example" in found(
        project
    )


def test_what_follows_from_the_move_alone_is_told_as_that(project: Project) -> None:
    (made,) = project.issue("Berta").issued
    request = StatusRequest(
        project=project.root, credential=made.id, action="suspend", reason="A test",
        key_file=project.key, now=NOW,
    )  # fmt: skip
    change_status(request, project.catalogue)
    other = "https://other.example"
    project.write("catalogue/site.yaml", SITE.replace(BASE, other))

    findings = list(credential_findings(project.catalogue, now=NOW))

    assert [(str(f.at), f.code, f.message) for f in findings] == [
        (f"{BATCH}:1:1", "MC506", f"the id isn't an address of {other}"),
        (f"{BATCH}:2:1", "MC506", f"the id isn't an address of {other}"),
        ("credentials/status/1.json:1:1", "MC511", f"the list is one of {BASE}"),
        ("credentials/status/2.json:1:1", "MC511", f"the list is one of {BASE}"),
    ]
    assert {f.hint for f in findings} == {ONE_ADDRESS}
    for path in (project.root / "credentials/status").iterdir():
        path.unlink()
    assert {f.hint for f in credential_findings(project.catalogue, now=NOW)} == {ONE_ADDRESS}


def test_an_event_of_a_credential_that_is_gone_is_a_warning(project: Project) -> None:
    project.write(
        "credentials/status.yaml",
        "- {id: AAAAAAAAAAAAAAAAAAAAAA, action: revoke, list: 1, index: 5, "
        "at: 2026-11-20T10:00:00Z, reason: A test, "
        f"key: '{DID}#key-1'}}\n",
    )

    said = "MC513 warning: the credential AAAAAAAAAAAAAAAAAAAAAA isn't in credentials/"
    assert any(said in one for one in found(project)), found(project)


@pytest.fixture
def large(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project with several chunks of credentials, each worth a process."""
    monkeypatch.setattr(audit, "_CHUNK", 4096)
    monkeypatch.setattr(audit, "_WORTH_A_PROCESS", 1)
    project.issue(*(f"Anna {number}" for number in range(20)), batch="more")
    return project


def test_several_processes_find_what_one_does(large: Project) -> None:
    lines = (large.root / "credentials/more.jsonl").read_text("utf-8").splitlines()
    lines[3] = lines[3].replace("Anna", "Inga", 1)
    lines[15] = "{"
    large.write("credentials/more.jsonl", "\n".join([*lines, lines[5]]) + "\n")
    (large.root / "credentials/out.jsonl").symlink_to("/etc/hostname")
    (large.root / "catalogue/courses/data.yaml").unlink()

    found = []
    for jobs in (1, 3):
        whole = WholeProofs()
        findings = credential_findings(large.catalogue, now=NOW, whole=whole, jobs=jobs)
        found.append(([str(one) for one in findings], whole.verified, whole.good))

    assert found[0] == found[1]
    told, verified, _ = found[0]
    assert [text.split()[1] for text in told] == ["MC503", "MC501", "MC110", "MC310", "MC505"]
    assert told[3].startswith("credentials/batch.jsonl:1:1: MC310 warning: 21 credentials")
    assert verified == 20


def test_a_process_that_was_ended_is_no_check(
    large: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()

    def end(*_: object) -> None:
        assert os.getpid() != parent
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(Audit, "fault_of", end)

    with pytest.raises(MachineError, match="ended from outside"):
        list(credential_findings(large.catalogue, now=NOW, jobs=2))
