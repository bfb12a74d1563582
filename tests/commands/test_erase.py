"""Erasing: the credential goes, its place stays taken, and nothing else changes."""

import datetime as dt
from pathlib import Path

import pytest

from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.erase import erase_credentials
from mcsite.commands.issue import FreePlaces
from mcsite.commands.status import StatusRequest, change_status, refresh
from mcsite.commands.verify import verify_all
from mcsite.errors import McsiteError, UsageError
from mcsite.store.audit import credential_findings
from mcsite.store.status_log import read_status_log
from tests.project import BASE, NOW, Project

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).with_key()


def erase(project: Project, *names: str) -> tuple[str, ...]:
    return erase_credentials(project.root, names, now=LATER).credentials


def refusal(project: Project, *names: str) -> McsiteError:
    before = project.snapshot()
    with pytest.raises(McsiteError) as caught:
        erase(project, *names)
    assert project.snapshot() == before
    return caught.value


def faults(project: Project) -> list[str]:
    return [str(finding) for finding in credential_findings(project.catalogue, now=LATER)]


def batch(project: Project) -> Path:
    return project.root / "credentials/batch.jsonl"


def test_the_line_goes_and_the_others_stay_as_they_were(project: Project) -> None:
    one, two, three = project.issue("Anna A", "Berta B", "Cilda C").issued
    lines = batch(project).read_bytes().splitlines(keepends=True)

    assert erase(project, f"{BASE}/c/{two.id}/#k=x") == (two.id,)

    assert batch(project).read_bytes() == lines[0] + lines[2]
    assert b"Berta" not in b"".join(
        path.read_bytes() for path in project.root.rglob("*") if path.is_file()
    )
    assert faults(project) == []
    (event,) = read_status_log(project.root)[0].events
    assert (event.id, event.action, event.at, event.key, event.reason) == (
        two.id, "erase", LATER, None, None,
    )  # fmt: skip
    assert erase(project, one.id, three.id) == (one.id, three.id)
    assert not batch(project).exists()
    assert faults(project) == []


def test_its_place_in_the_lists_is_never_given_again(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    (place,) = FreePlaces(project.root, project.random, "did:web:x").taken[1]

    erase(project, made.id)

    assert FreePlaces(project.root, project.random, "did:web:x").taken[1] == {place}


def test_what_was_withdrawn_stays_withdrawn(project: Project) -> None:
    one, _ = project.issue("Anna A", "Berta B").issued
    kept = project.private / "kept.json"
    kept.write_bytes(batch(project).read_bytes().splitlines()[0])
    request = StatusRequest(
        project=project.root, credential=one.id, action="revoke", reason="Pārbaude",
        key_file=project.key, now=NOW,
    )  # fmt: skip
    change_status(request, project.catalogue)

    erase(project, one.id)
    refresh(project.root, project.catalogue, project.key, now=LATER)

    assert faults(project) == []
    (answer,) = verify_all([str(kept)], offline=project.root, now=LATER)
    assert answer.verification.verdict.value == "revoked"


def test_a_copy_that_somebody_kept_verifies_as_before(project: Project) -> None:
    one, _ = project.issue("Anna A", "Berta B").issued
    kept = project.private / "kept.json"
    kept.write_bytes(batch(project).read_bytes().splitlines()[0])

    erase(project, one.id)

    (answer,) = verify_all([str(kept)], offline=project.root, now=LATER)
    assert answer.verification.verdict.value == "valid"


def test_its_page_goes_with_the_next_build(project: Project) -> None:
    one, two = project.issue("Anna A", "Berta B").issued
    output = project.private / "public"
    request = BuildRequest(
        project=project.root, output=output, search=False, built_at=LATER, now=LATER
    )
    build_site(request)
    assert (output / f"c/{one.id}.json").exists()

    erase(project, one.id)
    build_site(request)

    assert sorted(path.name for path in (output / "c").iterdir()) == [two.id, f"{two.id}.json"]


def test_sealed_credentials_are_erased_without_their_link(project: Project) -> None:
    (made,) = project.issue_sealed("Anna A").issued

    erase(project, made.id)

    assert not batch(project).exists()
    assert faults(project) == []


def test_all_are_erased_or_none(project: Project) -> None:
    (made,) = project.issue("Anna A").issued

    assert str(refusal(project, made.id, "2" * 22)) == (
        f"the credential {'2' * 22} isn't in credentials/"
    )
    assert str(refusal(project, "x")) == (
        "'x' is neither the id of a credential (22 characters) nor its link"
    )
    erase(project, made.id)
    assert str(refusal(project, made.id)) == f"the credential {made.id} was erased already"


def test_a_line_that_a_merge_brought_back_is_told_and_erased_again(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    line = batch(project).read_bytes()
    erase(project, made.id)
    batch(project).write_bytes(line)

    (fault,) = faults(project)
    assert fault == (
        f"credentials/batch.jsonl:1:1: MC516 error: the credential {made.id} was erased, and is "
        f"here\nhint: run mcsite erase {made.id}; a merge may have brought the line back"
    )
    erase(project, made.id)
    assert faults(project) == []
    assert len(read_status_log(project.root)[0].events) == 1


def test_a_credential_in_the_place_of_an_erased_one_is_reported(project: Project) -> None:
    one, two = project.issue("Anna A", "Berta B").issued
    erase(project, one.id)
    log = project.root / "credentials/status.yaml"
    (event,) = read_status_log(project.root)[0].events
    ((_, index),) = {
        (1, index)
        for index in FreePlaces(project.root, project.random, "did:web:x").taken[1]
        if index != event.index
    }
    log.write_text(log.read_text().replace(f"index: {event.index}", f"index: {index}"))

    (fault,) = faults(project)
    assert fault.startswith(
        f"credentials/batch.jsonl:1:1: MC507 error: index {index} of list 1 was that of {one.id}"
    )
    assert two.id != one.id


def test_only_erasing_needs_no_key(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    erase(project, made.id)
    log = project.root / "credentials/status.yaml"
    log.write_text(log.read_text().replace("erase,", "revoke,"))

    _, findings = read_status_log(project.root)
    assert [finding.message for finding in findings] == ["names no key that signed it"]


def test_a_credential_without_a_place_is_left_to_its_owner(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    text = batch(project).read_text()
    start = text.index('"credentialStatus":[')
    end = text.index("],", start) + 2
    batch(project).write_text(text[:start] + text[end:])

    error = refusal(project, made.id)
    assert isinstance(error, UsageError)
    assert error.hint == "delete it from credentials/batch.jsonl:1:1"
