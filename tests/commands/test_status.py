"""Withdrawing, suspending, replacing: recorded once, in the lists at once, and never lost."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mcsite.commands.build import BuildReport, BuildRequest, build_site
from mcsite.commands.init import GIT_ATTRIBUTES
from mcsite.commands.issue import issue_credentials
from mcsite.commands.keygen import make_key
from mcsite.commands.status import StatusRequest, change_status, refresh, supersede
from mcsite.commands.verify import verify_all
from mcsite.credentials.status_list import StatusList
from mcsite.errors import ContentError, MachineError, McsiteError, UsageError
from mcsite.store.audit import credential_findings
from mcsite.store.changes import is_unfinished
from mcsite.store.status_log import read_status_log
from tests.project import BASE, COURSE, DID, NOW, SITE, Project, Randomness

ROOT = Path(__file__).parent.parent.parent
FORGETFUL = (
    "MC511 error: the list doesn't say what status.yaml says\nhint: restore the lines of "
    "status.yaml from Git: the list has withdrawn more than they name"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).with_key()


def change(
    project: Project, credential: str, action: str, *, minutes: float = 0, **more: object
) -> None:
    """Change the status of a credential, `minutes` after NOW."""
    values: dict[str, object] = {"reason": "Pārbaude", "key_file": project.key} | more
    request = StatusRequest(
        project=project.root, credential=credential, action=action,
        now=NOW + dt.timedelta(minutes=minutes), **values,  # type: ignore[arg-type] # names are checked when called
    )  # fmt: skip
    change_status(request, project.catalogue)


def refusal(project: Project, credential: str, action: str, **more: Any) -> McsiteError:
    """Return how a change is refused; nothing may have changed on disk."""
    before = project.snapshot()
    with pytest.raises(McsiteError) as caught:
        change(project, credential, action, **more)
    assert project.snapshot() == before
    return caught.value


def faults(project: Project, *, days: int = 0) -> list[str]:
    now = NOW + dt.timedelta(days=days)
    return [str(finding) for finding in credential_findings(project.catalogue, now=now)]


def bits(project: Project, number: int) -> frozenset[int]:
    document = json.loads((project.root / f"credentials/status/{number}.json").read_bytes())
    return StatusList.decode(document["credentialSubject"]["encodedList"]).indexes()


def verdicts(project: Project, *, minutes: int = 60) -> list[str]:
    batch = str(project.root / "credentials" / "batch.jsonl")
    answers = verify_all([batch], offline=project.root, now=NOW + dt.timedelta(minutes=minutes))
    return [answer.verification.verdict.value for answer in answers]


def test_a_revoked_credential_is_revoked_and_others_are_not(project: Project) -> None:
    first, _ = project.issue("Anna Ozola", "Jānis Bērziņš").issued

    change(project, first.id, "revoke")

    assert verdicts(project) == ["revoked", "valid"]
    assert (len(bits(project, 1)), len(bits(project, 2))) == (1, 0)
    assert faults(project) == []


def test_a_suspension_ends_when_the_credential_is_reinstated(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued

    change(project, f"{BASE}/c/{made.id}/", "suspend")
    assert verdicts(project) == ["suspended"]
    change(project, f"{BASE}/c/{made.id}/#k=x", "reinstate", minutes=1)

    assert verdicts(project) == ["valid"]
    assert len(bits(project, 2)) == 0
    assert faults(project) == []


@pytest.mark.parametrize("seconds", [0, 0.9, -60])
def test_the_later_of_two_changes_counts_in_one_second_and_when_a_clock_was_set_back(
    project: Project, seconds: float
) -> None:
    (made,) = project.issue("Anna Ozola").issued
    change(project, made.id, "suspend")

    change(project, made.id, "reinstate", minutes=seconds / 60)
    assert verdicts(project) == ["valid"]
    change(project, made.id, "suspend", minutes=seconds / 60)
    assert verdicts(project) == ["suspended"]

    assert faults(project) == []


def test_what_makes_no_sense_is_refused(project: Project) -> None:
    one, two, three = (made.id for made in project.issue("Anna A", "Berta B", "Cilda C").issued)
    change(project, one, "revoke")
    change(project, two, "suspend")

    for action in ("revoke", "suspend", "reinstate"):
        assert str(refusal(project, one, action)) == (
            f"the credential {one} is revoked already, which is final"
        )
    assert str(refusal(project, two, "suspend")) == f"the credential {two} is suspended already"
    assert str(refusal(project, three, "reinstate")) == f"the credential {three} isn't suspended"
    assert str(refusal(project, three, "revoke", reason="  ")) == "a reason is missing"
    assert str(refusal(project, "x", "revoke")) == (
        "'x' is neither the id of a credential (22 characters) nor its link"
    )
    unknown = "2" * 22
    assert str(refusal(project, unknown, "revoke")) == (
        f"there is no credential {unknown} in {project.root}/credentials"
    )


def test_a_reason_arrives_as_it_was_written(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    reason = "It's \"so\": #1 {x} 'y'\\n"

    change(project, made.id, "revoke", reason=reason)

    log, findings = read_status_log(project.root)
    assert findings == []
    notice = log.notice_of(made.id)
    assert notice is not None
    assert notice["reason"] == reason


def test_a_reason_in_decomposed_letters_is_signed_as_it_is_read(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued

    change(project, made.id, "revoke", reason="Pa\N{COMBINING MACRON}rbaude")

    batch = str(project.root / "credentials" / "batch.jsonl")
    (answer,) = verify_all([batch], offline=project.root, now=NOW)
    assert answer.verification.notice is not None
    assert answer.verification.notice["reason"] == "P\N{LATIN SMALL LETTER A WITH MACRON}rbaude"


def test_sealed_credentials_are_withdrawn_without_being_read(project: Project) -> None:
    (made,) = project.issue_sealed("Anna Ozola").issued

    change(project, made.id, "revoke")

    assert list(bits(project, 1)) == [read_status_log(project.root)[0].events[0].index]
    linked = verify_all([made.link], offline=project.root, now=NOW)
    assert [answer.verification.verdict.value for answer in linked] == ["revoked"]


def test_a_replacement_is_issued_and_the_old_one_leads_to_it(project: Project) -> None:
    (old,) = project.issue("Anna Ozola").issued
    request = StatusRequest(
        project=project.root, credential=old.id, action="supersede", reason="Uzvārds",
        key_file=project.key, now=NOW,
    )  # fmt: skip
    two = project.learners("Anna Ozola", "Jānis Bērziņš")
    before = project.snapshot()
    with pytest.raises(UsageError, match="a credential is replaced by one"):
        supersede(request, project.catalogue, learners=two, links=None, random_bytes=project.random)
    assert project.snapshot() == before

    one = project.learners("Anna Ozola-Liepa")
    report = supersede(
        request, project.catalogue, learners=one, links=None, random_bytes=project.random
    )

    assert verdicts(project) == ["revoked", "valid"]
    notice = read_status_log(project.root)[0].notice_of(old.id)
    assert notice is not None
    assert notice["supersededBy"] == f"{BASE}/c/{report.issued[0].id}/"
    assert faults(project) == []


def test_what_a_renamed_course_issued_is_replaced_by_one_of_its_new_name(project: Project) -> None:
    public, sealed = project.issue("Anna A").issued[0], project.issue_sealed("Berta B").issued[0]
    (project.root / "catalogue/courses/data.yaml").unlink()
    project.write("catalogue/courses/stewardship.yaml", COURSE + "aliases: [data]\n")

    for number, old in enumerate((public.link, sealed.link)):
        request = StatusRequest(
            project=project.root, credential=old, action="supersede", reason="Uzvārds",
            key_file=project.key, now=NOW,
        )  # fmt: skip
        report = supersede(
            request, project.catalogue, learners=project.learners("Cilda C"),
            links=project.private / f"{number}.csv", random_bytes=project.random,
        )  # fmt: skip
        assert verdicts_of_links(project, [old, report.issued[0].link]) == ["revoked", "valid"]

    last = (project.root / "credentials/batch.jsonl").read_text("utf-8").splitlines()[2]
    assert "/courses/stewardship/" in json.loads(last)["credentialSubject"]["achievement"]["id"]
    assert faults(project) == []


def test_lists_run_out_with_a_warning_and_are_refreshed(project: Project) -> None:
    project.issue("Anna Ozola")
    assert [fault.split(": ", 2)[1] for fault in faults(project, days=25)] == ["MC512 warning"] * 2

    refresh(project.root, project.catalogue, project.key, now=NOW + dt.timedelta(days=25))

    assert faults(project, days=25) == []


def test_a_missing_list_is_reported_and_made_anew(project: Project) -> None:
    project.issue("Anna Ozola")
    (project.root / "credentials/status/2.json").unlink()
    (fault,) = faults(project)
    assert fault == (
        f"credentials/batch.jsonl:1:1: MC511 error: the status list {BASE}/status/2.json isn't in "
        "credentials/status/\nhint: run mcsite refresh --key KEYFILE"
    )

    refresh(project.root, project.catalogue, project.key, now=NOW)

    assert faults(project) == []


def test_a_revocation_that_was_deleted_from_the_log_is_never_lost(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    change(project, made.id, "revoke")
    (project.root / "credentials/status.yaml").write_text("[]\n")

    assert faults(project) == [f"credentials/status/1.json:1:1: {FORGETFUL}"]
    with pytest.raises(ContentError) as caught:
        refresh(project.root, project.catalogue, project.key, now=NOW)
    assert str(caught.value) == "status.yaml doesn't name 1 revocation that 1.json has"
    assert len(bits(project, 1)) == 1


def test_a_suspension_that_was_deleted_from_the_log_is_never_lost(project: Project) -> None:
    one, two, three = (made.id for made in project.issue("Anna A", "Berta B", "Cilda C").issued)
    change(project, one, "suspend")
    log = (project.root / "credentials/status.yaml").read_bytes()
    change(project, two, "suspend")
    change(project, three, "suspend")
    (project.root / "credentials/status.yaml").write_bytes(log)

    assert faults(project) == [f"credentials/status/2.json:1:1: {FORGETFUL}"]
    for attempt in (
        lambda: refresh(project.root, project.catalogue, project.key, now=NOW),
        lambda: change(project, one, "reinstate", minutes=1),
    ):
        with pytest.raises(ContentError) as caught:
            attempt()
        assert str(caught.value) == "status.yaml doesn't name 2 suspensions that 2.json has"
    assert verdicts(project) == ["suspended"] * 3


def test_a_suspension_that_another_branch_ended_is_no_lost_one(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    change(project, made.id, "suspend")
    path = project.root / "credentials/status/2.json"
    before = path.read_bytes()
    change(project, made.id, "reinstate", minutes=1)
    path.write_bytes(before)

    assert [fault.rsplit("hint: ", 1)[1] for fault in faults(project)] == ["run mcsite refresh"]
    refresh(project.root, project.catalogue, project.key, now=NOW)

    assert verdicts(project) == ["valid"]


def test_a_log_at_fault_is_the_one_thing_to_mend(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    change(project, made.id, "revoke")
    path = project.root / "credentials/status.yaml"
    path.write_text(path.read_text().replace("action: revoke", "action: revok"))

    (fault,) = faults(project)

    assert "status.yaml" in fault
    assert "MC510" in fault


def test_a_list_that_somebody_changed_is_reported(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    old = (project.root / "credentials/status/1.json").read_text()
    change(project, made.id, "revoke")
    document = json.loads((project.root / "credentials/status/1.json").read_text())
    document["credentialSubject"]["encodedList"] = json.loads(old)["credentialSubject"][
        "encodedList"
    ]
    project.write("credentials/status/1.json", json.dumps(document))

    (fault,) = faults(project)
    assert fault == (
        "credentials/status/1.json:1:1: MC511 error: the list isn't signed by an issuer of this "
        "site for this place\nhint: run mcsite refresh --key KEYFILE"
    )


def test_an_event_that_names_the_place_of_another_is_reported(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    change(project, made.id, "suspend")
    change(project, made.id, "reinstate", minutes=1)
    path = project.root / "credentials/status.yaml"
    index = read_status_log(project.root)[0].events[0].index
    path.write_text(path.read_text().replace(f"index: {index}", "index: 7"))

    assert faults(project)[0] == (
        f"credentials/status.yaml:1:1: MC510 error: index 7 of list 1 isn't that of {made.id}\n"
        "hint: correct list and index: they stand in the credential's credentialStatus"
    )


def test_the_order_of_entries_decides_nothing(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    change(project, made.id, "suspend")
    change(project, made.id, "reinstate", minutes=1)
    path = project.root / "credentials/status.yaml"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:-2], lines[-1], lines[-2]]))

    assert read_status_log(project.root)[0].state_of(made.id) == ""
    assert faults(project) == []


def test_a_spoilt_log_is_never_added_to(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    project.write("credentials/status.yaml", "- id: x\n")

    error = refusal(project, made.id, "revoke")

    assert isinstance(error, ContentError)
    assert str(error) == "credentials/status.yaml has errors"


def test_nothing_is_signed_while_the_site_has_another_address_than_its_credentials(
    project: Project,
) -> None:
    one, two = (made.id for made in project.issue("Anna A", "Berta B").issued)
    change(project, two, "suspend")
    project.write("catalogue/site.yaml", SITE.replace(BASE, "https://other.example"))
    learners, catalogue = project.learners("Anna"), project.catalogue
    replacing = StatusRequest(
        project=project.root, credential=one, action="supersede", reason="x",
        key_file=project.key, now=NOW,
    )  # fmt: skip
    before = project.snapshot()

    for attempt in (
        lambda: refresh(project.root, catalogue, project.key, now=NOW),
        lambda: issue_credentials(project.request(learners), catalogue),
        lambda: issue_credentials(project.request(learners, dry_run=True), catalogue),
        lambda: change(project, one, "revoke"),
        lambda: change(project, one, "suspend"),
        lambda: change(project, two, "reinstate", minutes=1),
        lambda: supersede(
            replacing, catalogue, learners=learners, links=None, random_bytes=project.random
        ),
    ):
        with pytest.raises(ContentError) as caught:
            attempt()
        assert str(caught.value) == (
            f"credentials were issued for {BASE}, and base_url in site.yaml is "
            "https://other.example"
        )
    assert project.snapshot() == before


def test_lists_alone_that_are_of_another_address_are_signed_anew(project: Project) -> None:
    project.issue("Anna Ozola")
    for number in (1, 2):
        path = project.root / f"credentials/status/{number}.json"
        path.write_text(path.read_text().replace(BASE, "https://other.example"))
    assert {fault.rsplit("hint: ", 1)[1] for fault in faults(project)} == {
        "run mcsite refresh --key KEYFILE"
    }

    refresh(project.root, project.catalogue, project.key, now=NOW)

    assert faults(project) == []


def test_another_issuer_cannot_sign_for_a_list(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    second = project.private / "second.pem"
    make_key(project.root, second, kind="ed25519", did=f"{DID}:second", now=NOW)

    assert str(refusal(project, made.id, "revoke", key_file=second)) == (
        f"the status of {made.id} is kept by {DID}"
    )


def test_a_crash_between_log_and_lists_is_told_and_mended(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    lists = {n: (project.root / f"credentials/status/{n}.json").read_bytes() for n in (1, 2)}
    change(project, made.id, "revoke")
    (project.root / "credentials/status/1.json").write_bytes(lists[1])

    (fault,) = faults(project)
    assert fault == (
        "credentials/status/1.json:1:1: MC511 error: the list doesn't say what status.yaml says\n"
        "hint: run mcsite refresh"
    )
    refresh(project.root, project.catalogue, project.key, now=NOW)
    assert faults(project) == []
    assert verdicts(project) == ["revoked"]


def test_a_credential_in_a_later_list_is_withdrawn_there(project: Project) -> None:
    made = project.issue("Anna A", "Berta B", "Cilda C", list_capacity=1).issued

    change(project, made[2].id, "revoke")

    assert [len(bits(project, number)) for number in range(1, 7)] == [0, 0, 0, 0, 1, 0]
    assert verdicts(project) == ["valid", "valid", "revoked"]
    assert faults(project) == []


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_a_reason_may_hold_what_yaml_takes_for_the_end_of_a_line(
    project: Project, end: str
) -> None:
    (made,) = project.issue("Anna Ozola").issued
    change(project, made.id, "revoke", reason=f"a{end}b")

    (event,) = read_status_log(project.root)[0].events
    assert event.reason is not None
    assert str(event.reason.in_language("lv")) == f"a{end}b"
    assert len((project.root / "credentials/status.yaml").read_bytes().split(b"\n")) == 5


KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from mcsite.commands.project import catalogue_of
from mcsite.commands.status import StatusRequest, supersede
from tests.project import NOW, Randomness
root, key, learners, links, old, left = sys.argv[1:]
left = int(left)
def hook(event, args):
    global left
    changes = event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir")
    if changes or (event == "open" and args[1] == "wb"):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
request = StatusRequest(project=Path(root), credential=old, action="supersede", reason="Uzvards",
                        key_file=Path(key), now=NOW)
catalogue = catalogue_of(Path(root), today=NOW.date())
sys.addaudithook(hook)
supersede(request, catalogue, learners=Path(learners), links=Path(links),
          random_bytes=Randomness())
"""


def test_wherever_replacing_is_killed_one_credential_counts_and_never_two(
    tmp_path: Path,
) -> None:
    seen = set()
    for point in range(60):
        project = Project(tmp_path / str(point)).with_key()
        (old,) = project.issue_sealed("Anna Ozola").issued
        links = project.private / "new.csv"
        arguments = [
            project.root, project.key, project.learners("Anna Liepa"), links, old.link, point,
        ]  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", KILLED, *map(str, arguments)], cwd=ROOT, check=False
        )
        killed = done.returncode == -9
        assert killed or done.returncode == 0
        if is_unfinished(project.root):
            assert any("MC517" in fault for fault in faults(project))
            with pytest.raises(MachineError, match="interrupted is finished now"):
                refresh(project.root, project.catalogue, project.key, now=NOW)
        assert faults(project) == []
        found = verdicts_of_links(project, [old.link, *links_in(links)])
        lines = len((project.root / "credentials/batch.jsonl").read_bytes().splitlines())
        assert (found, lines) in ((["valid"], 1), (["revoked", "valid"], 2))
        seen.add(lines)
        if not killed:
            break
    else:
        pytest.fail("it was killed every time")

    assert seen == {1, 2}


def links_in(path: Path) -> list[str]:
    if not path.exists():
        return []
    return [line.rsplit(",", 1)[1] for line in path.read_text("utf-8-sig").splitlines()[1:]]


def verdicts_of_links(project: Project, links: list[str]) -> list[str]:
    """Return the verdict on each link whose credential is there."""
    found = []
    for link in links:
        try:
            answers = list(verify_all([link], offline=project.root, now=NOW))
        except UsageError:
            continue  # written before its credential was
        found += [answer.verification.verdict.value for answer in answers]
    return found


def git(project: Project, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@uni.example", "-c", "commit.gpgsign=false"]
    subprocess.run(
        ["git", "-C", str(project.root), *who, *arguments], check=True, capture_output=True
    )


def committed(project: Project, message: str) -> None:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", message)


def test_two_branches_that_both_withdraw_are_merged_and_nothing_is_lost(project: Project) -> None:
    one, two, three, four = project.issue("Anna A", "Berta B", "Cilda C", "Dace D").issued
    change(project, one.id, "revoke")
    project.write(".gitattributes", GIT_ATTRIBUTES)
    git(project, "init", "--quiet", "--initial-branch=main")
    committed(project, "issued")
    git(project, "switch", "--quiet", "--create", "other")
    change(project, two.id, "revoke", minutes=1)
    change(project, three.id, "suspend", minutes=2)
    project.issue("Elza E")
    committed(project, "on one branch")
    git(project, "switch", "--quiet", "main")
    change(project, four.id, "revoke", minutes=1)
    project.random = Randomness(1000)
    project.issue("Frida F")
    committed(project, "on the other")

    git(project, "merge", "--quiet", "--no-edit", "other")

    assert [fault.split(": ", 2)[1] for fault in faults(project)] == ["MC511 error"] * 2
    with pytest.raises(ContentError, match="nothing was written"):
        built(project)
    refresh(project.root, project.catalogue, project.key, now=NOW + dt.timedelta(minutes=3))
    assert faults(project) == []
    assert verdicts(project) == ["revoked", "revoked", "suspended", "revoked", "valid", "valid"]
    assert built(project).credentials == 6


def test_after_a_merge_no_list_forgets_what_either_branch_withdrew(project: Project) -> None:
    one, two = project.issue("Anna A", "Berta B").issued
    path = project.root / "credentials/status/1.json"
    change(project, one.id, "revoke")
    ours, log = path.read_bytes(), (project.root / "credentials/status.yaml").read_bytes()
    change(project, two.id, "revoke", minutes=1)
    path.write_bytes(ours + path.read_bytes())
    (project.root / "credentials/status.yaml").write_bytes(log)

    with pytest.raises(ContentError) as caught:
        refresh(project.root, project.catalogue, project.key, now=NOW)

    assert str(caught.value) == "status.yaml doesn't name 1 revocation that 1.json has"


def built(project: Project) -> BuildReport:
    output = project.private / "public"
    request = BuildRequest(
        project=project.root, output=output, search=False, built_at=NOW,
        now=NOW + dt.timedelta(minutes=3),
    )  # fmt: skip
    return build_site(request)
