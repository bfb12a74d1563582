"""check --policy: each rule on a Git repository that the test makes, and what keeps to them."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.commands.check import check_project
from mcsite.commands.compromise import compromised_key
from mcsite.commands.erase import erase_credentials
from mcsite.commands.keygen import make_key
from mcsite.commands.keys import retire_key
from mcsite.commands.policy import check_policy
from mcsite.commands.signing import signer_of
from mcsite.commands.status import StatusRequest, change_status, refresh
from mcsite.errors import UsageError
from tests.project import COURSE, DID, NOW, Project
from tests.repository import Repository

DAY = dt.timedelta(days=1)
BATCH = "credentials/batch.jsonl"
LOG = "credentials/status.yaml"
ISSUERS = "credentials/issuers.yaml"
KEY = f"{DID}#key-1"


class Proposal(Project):
    """A project of four credentials in Git, and a branch on which somebody proposes a change."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.with_key()
        self.ids = [made.id for made in self.issue("Anna A", "Berta B", "Cilda C", "Dace D").issued]
        self.change(self.ids[3], "suspend")
        self.git = Repository(self.root, {})
        self.git.git("branch", "base")

    def change(
        self, credential: str, action: str, *, days: int = 0, key: Path | None = None
    ) -> None:
        """Change the status of a credential."""
        request = StatusRequest(
            project=self.root, credential=credential, action=action, reason="Pārbaude",
            key_file=key or self.key, now=NOW + days * DAY,
        )  # fmt: skip
        change_status(request, self.catalogue)

    def propose(self) -> None:
        """Commit the change."""
        self.git.commit("2026-01-02")

    def lines(self) -> list[bytes]:
        """Return the lines of the batch."""
        return (self.root / BATCH).read_bytes().splitlines(keepends=True)

    def rewrite(self, lines: list[bytes]) -> None:
        """Write the batch."""
        (self.root / BATCH).write_bytes(b"".join(lines))

    def replace(self, path: str, pattern: str, new: str) -> None:
        """Change a text in a file, which has to have it."""
        text, count = re.subn(pattern, new, (self.root / path).read_text("utf-8"), count=1)
        assert count == 1
        self.write(path, text)

    def second_key(self, *, days: int = 0) -> Path:
        """Make another key."""
        path = self.private / "second.pem"
        make_key(self.root, path, kind="ed25519", did="", now=NOW + days * DAY)
        return path

    def found(self, base: str = "base") -> list[str]:
        """Return place, code and message of what the policy finds, in the commits and beside."""
        return [
            f"{one.at}: {one.code} {one.message}" for one in check_policy(self.root, base).findings
        ]


@pytest.fixture
def proposal(tmp_path: Path) -> Proposal:
    return Proposal(tmp_path)


def test_nothing_is_found_where_nothing_changed(proposal: Proposal) -> None:
    report = check_policy(proposal.root, "base")

    assert (report.findings, report.is_head) == ((), True)


def test_a_day_of_issuing_withdrawing_and_reinstating_keeps_to_the_policy(
    proposal: Proposal,
) -> None:
    proposal.issue("Elza E", "Fricis F")
    proposal.issue_sealed("Grieta G")
    proposal.issue("Haralds H", batch="other")
    proposal.change(proposal.ids[0], "revoke", days=1)
    proposal.change(proposal.ids[3], "reinstate", days=1)
    refresh(proposal.root, proposal.catalogue, proposal.key, now=NOW + 2 * DAY)
    proposal.write("catalogue/courses/new.yaml", COURSE)

    assert proposal.found() == []
    proposal.propose()
    assert proposal.found() == []


def test_an_issued_line_is_not_altered(proposal: Proposal) -> None:
    lines = proposal.lines()
    lines[1] = lines[1].replace(b"Berta", b"Petra")
    proposal.rewrite(lines)

    assert proposal.found() == [
        f"{BATCH}:2:1: MC701 the issued credential {proposal.ids[1]} was altered"
    ]


def test_an_issued_line_is_not_removed(proposal: Proposal) -> None:
    lines = proposal.lines()
    proposal.rewrite(lines[:1] + lines[2:])

    assert proposal.found() == [
        f"{BATCH}:1:1: MC702 the issued credential {proposal.ids[1]} was removed"
    ]


def test_a_batch_is_not_removed(proposal: Proposal) -> None:
    (proposal.root / BATCH).unlink()
    proposal.propose()
    one, two, three, _ = proposal.ids

    assert proposal.found() == [
        f"{BATCH}:1:1: MC702 the issued credentials {one}, {two}, {three} and 1 more were removed"
    ]


def test_an_issued_line_stays_in_its_batch(proposal: Proposal) -> None:
    lines = proposal.lines()
    proposal.rewrite(lines[:3])
    (proposal.root / "credentials/other.jsonl").write_bytes(lines[3])

    assert proposal.found() == [
        (
            f"{BATCH}:3:1: MC702 the issued credential {proposal.ids[3]} was moved to "
            "credentials/other.jsonl"
        )
    ]


def test_an_erased_line_may_go(proposal: Proposal) -> None:
    erase_credentials(proposal.root, proposal.ids[1:3], now=NOW + DAY)

    assert proposal.found() == []


def test_issued_lines_keep_their_order(proposal: Proposal) -> None:
    one, two, three, four = proposal.lines()
    proposal.rewrite([four, one, two, three])

    assert proposal.found() == [f"{BATCH}:1:1: MC703 1 issued line of this batch changed places"]


def test_lines_of_a_merged_branch_may_stand_between(proposal: Proposal) -> None:
    before = proposal.lines()
    proposal.issue("Elza E")
    proposal.rewrite([*before[:2], proposal.lines()[4], *before[2:]])

    assert proposal.found() == []


def test_a_batch_without_a_last_line_end_may_grow(proposal: Proposal) -> None:
    proposal.rewrite([*proposal.lines()[:3], proposal.lines()[3].rstrip(b"\n")])
    proposal.propose()
    proposal.issue("Elza E")

    assert proposal.found("HEAD") == []


def test_line_ends_of_another_system_change_nothing(proposal: Proposal) -> None:
    proposal.rewrite([line.replace(b"\n", b"\r\n") for line in proposal.lines()])

    assert proposal.found() == []


def test_a_key_and_what_it_signs_come_in_separate_merges(proposal: Proposal) -> None:
    key = proposal.second_key()
    proposal.propose()
    assert proposal.found() == []
    proposal.git.git("branch", "merged")

    proposal.issue("Elza E", "Fricis F", key_file=key, batch="other")
    proposal.change(proposal.ids[0], "revoke", days=1, key=key)
    proposal.propose()

    who = f"{DID}#key-2, which wasn't in issuers.yaml before"
    assert proposal.found() == [
        f"credentials/other.jsonl:1:1: MC704 2 signatures of {who}",
        f"credentials/status/1.json:1:1: MC704 a signature of {who}",
        f"credentials/status/2.json:1:1: MC704 a signature of {who}",
        f"{LOG}:5:3: MC704 a signature of {who}",
    ]
    assert proposal.found("merged") == []


@pytest.mark.parametrize("name", [".jsonl", ".hidden.jsonl", "one.json"])
def test_a_batch_is_looked_at_whatever_its_name(proposal: Proposal, name: str) -> None:
    key = proposal.second_key()
    proposal.issue("Elza E", key_file=key, batch="other")
    (proposal.root / "credentials/other.jsonl").rename(proposal.root / "credentials" / name)

    (found,) = proposal.found()
    assert found.startswith(f"credentials/{name}:1:1: MC704")


def test_a_retired_key_does_not_sign_by_having_its_time_changed(proposal: Proposal) -> None:
    retire_key(proposal.catalogue, "key-1", at=NOW + DAY, now=NOW + DAY)
    proposal.propose()
    proposal.git.git("branch", "retired")
    proposal.replace(ISSUERS, r"\n +valid_until: .*", "")
    proposal.issue("Elza E", now=NOW + 2 * DAY)

    assert proposal.found("retired") == [
        (
            f"{BATCH}:5:1: MC704 a signature of {KEY}, which by issuers.yaml as it was didn't sign "
            "on 2026-11-25"
        ),
        f"{ISSUERS}:7:11: MC710 the key key-1 was retired, and signs again, or longer",
    ]


def test_another_key_is_not_slipped_into_an_entry(proposal: Proposal) -> None:
    proposal.second_key()
    text = (proposal.root / ISSUERS).read_text("utf-8")
    other = re.findall(r"public_key: (\S+)", text)[1]
    proposal.write(ISSUERS, text[: text.index("    - id: key-2")])
    proposal.replace(ISSUERS, r"public_key: \S+", f"public_key: {other}")

    assert proposal.found() == [f"{ISSUERS}:7:11: MC710 the key key-1 has another public key"]


def test_a_key_is_not_removed(proposal: Proposal) -> None:
    proposal.second_key()
    proposal.propose()
    text = (proposal.root / ISSUERS).read_text("utf-8")
    proposal.write(ISSUERS, text[: text.index("    - id: key-2")])

    assert proposal.found("HEAD") == [f"{ISSUERS}:1:1: MC710 the key {DID}#key-2 was removed"]


def test_a_stolen_key_stays_stolen(proposal: Proposal) -> None:
    proposal.replace(ISSUERS, r"( +)(valid_from: .*)", r"\1\2\n\1compromised: 2026-11-01T00:00:00Z")
    proposal.propose()
    proposal.replace(ISSUERS, r"\n +compromised: .*", "")
    proposal.issue("Elza E")

    assert proposal.found("HEAD") == [
        f"{BATCH}:5:1: MC704 a signature of {KEY}, which was marked as stolen before",
        f"{ISSUERS}:7:11: MC710 the key key-1 was marked as stolen, and isn't any more, or later",
    ]


def marked_as_stolen(proposal: Proposal, successor: Path) -> None:
    by = signer_of(proposal.catalogue, successor, now=NOW + DAY)
    compromised_key(proposal.catalogue, "key-1", by, at=NOW + DAY, now=NOW + DAY)


def test_after_a_theft_a_key_that_was_listed_before_signs_notices_anew(proposal: Proposal) -> None:
    second = proposal.second_key()
    proposal.propose()

    marked_as_stolen(proposal, second)

    assert proposal.found("HEAD") == []


def test_a_key_that_was_not_listed_before_signs_no_notice_anew(proposal: Proposal) -> None:
    marked_as_stolen(proposal, proposal.second_key())

    said = f"MC704 a signature of {DID}#key-2, which wasn't in issuers.yaml before"
    assert f"{LOG}:4:3: {said}" in proposal.found()


def test_a_notice_that_loses_its_proof_or_says_something_else_is_changed(
    proposal: Proposal,
) -> None:
    said = [f"{LOG}:4:3: MC705 the entry suspend of {proposal.ids[3]} was changed"]
    text = (proposal.root / LOG).read_text("utf-8")
    for pattern, new in (('"proof":', '"was":'), ('"reason":"P', '"reason":"V')):
        proposal.replace(LOG, pattern, new)
        assert proposal.found() == said
        proposal.write(LOG, text)


def test_a_status_entry_is_not_removed(proposal: Proposal) -> None:
    proposal.change(proposal.ids[0], "revoke", days=1)
    proposal.propose()
    lines = (proposal.root / LOG).read_text("utf-8").splitlines(keepends=True)
    proposal.write(LOG, "".join(lines[:-1]))

    assert proposal.found("HEAD") == [
        f"{LOG}:1:1: MC705 the entry revoke of {proposal.ids[0]} was removed"
    ]


def test_a_status_entry_is_not_changed(proposal: Proposal) -> None:
    proposal.replace(LOG, 'reason: "Pārbaude"', 'reason: "Cits"')

    assert proposal.found() == [
        f"{LOG}:4:3: MC705 the entry suspend of {proposal.ids[3]} was changed"
    ]


def test_entries_of_two_branches_may_stand_in_any_order(proposal: Proposal) -> None:
    proposal.change(proposal.ids[0], "revoke", days=1)
    *head, one, two = (proposal.root / LOG).read_text("utf-8").splitlines(keepends=True)
    proposal.write(LOG, "".join([*head, two, one]))

    assert proposal.found() == []


def test_a_status_entry_says_why(proposal: Proposal) -> None:
    proposal.change(proposal.ids[0], "revoke", days=1)
    text = (proposal.root / LOG).read_text("utf-8")
    before, dash, entry = text.rpartition("- {")
    proposal.write(LOG, before + dash + entry.replace('reason: "Pārbaude", ', ""))

    assert proposal.found() == [
        f"{LOG}:5:3: MC706 the entry revoke of {proposal.ids[0]} has no reason"
    ]


def test_a_list_keeps_what_was_withdrawn(proposal: Proposal) -> None:
    old = (proposal.root / "credentials/status/1.json").read_bytes()
    proposal.change(proposal.ids[0], "revoke", days=1)
    proposal.propose()
    (proposal.root / "credentials/status/1.json").write_bytes(old)

    assert proposal.found("HEAD") == [
        "credentials/status/1.json:1:1: MC707 the list forgets that 1 credential is withdrawn"
    ]


def test_a_list_keeps_what_is_suspended(proposal: Proposal) -> None:
    (proposal.root / "credentials/status/2.json").unlink()

    assert proposal.found() == [
        (
            "credentials/status/2.json:1:1: MC707 the list isn't there, or can't be read: it said "
            "that 1 credential is suspended"
        )
    ]


@pytest.mark.parametrize(
    ("pattern", "new", "place", "said"),
    [
        ("Apraksta datus", "Raksta datus", "4:20", "learning outcomes"),
        ("ects: 1.5", "ects: 3", "5:11", "workload"),
        ("eqf: 6", "eqf: 7", "6:8", "level"),
        ("project-work", "quiz", "7:13", "assessment"),
    ],
)
def test_what_was_issued_under_a_version_keeps_its_meaning(
    proposal: Proposal, pattern: str, new: str, place: str, said: str
) -> None:
    course = "catalogue/courses/data.yaml"
    proposal.replace(course, pattern, new)

    assert proposal.found() == [
        f"{course}:{place}: MC708 {said} changed; 4 credentials were issued under version 1"
    ]
    proposal.replace(course, 'version: "1"', 'version: "2"')
    assert proposal.found() == []


def test_a_version_that_was_issued_under_is_not_taken_again(proposal: Proposal) -> None:
    course = "catalogue/courses/data.yaml"
    proposal.replace(course, 'version: "1"', 'version: "2"')
    proposal.propose()
    proposal.replace(course, 'version: "2"', 'version: "1"')
    proposal.replace(course, "ects: 1.5", "ects: 3")

    (found,) = proposal.found("HEAD")
    assert "MC708 workload changed; 4 credentials were issued under version 1" in found


def test_a_new_name_is_no_new_version(proposal: Proposal) -> None:
    old, new = (proposal.root / f"catalogue/courses/{name}.yaml" for name in ("data", "care"))
    new.write_text(f"{old.read_text('utf-8')}\naliases: [data]\n", "utf-8")
    old.unlink()
    assert proposal.found() == []
    path = "catalogue/courses/care.yaml"
    refused = "MC708 workload changed; 4 credentials were issued under version 1"

    proposal.replace(path, "ects: 1.5", "ects: 3")
    assert [one.partition(": ")[2] for one in proposal.found()] == [refused]

    proposal.replace(path, "ects: 3", "ects: 1.5")
    proposal.propose()
    proposal.replace(path, "ects: 1.5", "ects: 3")
    assert [one.partition(": ")[2] for one in proposal.found("HEAD")] == [refused]


def test_a_course_keeps_what_another_promised_whose_place_it_takes(proposal: Proposal) -> None:
    path = "catalogue/courses/care.yaml"
    proposal.write(path, COURSE.replace("ects: 1.5", "ects: 3"))
    proposal.propose()
    (proposal.root / "catalogue/courses/data.yaml").unlink()
    proposal.write(path, f"{COURSE.replace('ects: 1.5', 'ects: 3')}\naliases: [data]\n")

    (found,) = proposal.found("HEAD")
    assert "MC708 workload changed; 4 credentials were issued under version 1" in found


def test_a_translation_more_gives_outcomes_no_other_meaning(proposal: Proposal) -> None:
    proposal.replace(
        "catalogue/courses/data.yaml", "Apraksta datus", "{lv: Apraksta datus, en: Describe data}"
    )

    assert proposal.found() == []


def test_sealed_credentials_that_may_have_been_issued_are_a_warning(proposal: Proposal) -> None:
    proposal.write("catalogue/courses/other.yaml", COURSE)
    links = proposal.private / "links.csv"
    proposal.issue("Elza E", course="other", privacy="sealed", links=links, batch="")
    proposal.propose()
    proposal.replace("catalogue/courses/other.yaml", "ects: 1.5", "ects: 3")

    (found,) = check_policy(proposal.root, "HEAD").findings
    assert found.severity == "warning"
    assert found.message == (
        "workload changed; 1 sealed credential may have been issued under version 1"
    )


def test_an_id_is_not_given_to_something_else(proposal: Proposal) -> None:
    path = "catalogue/courses/other.yaml"
    proposal.write(path, COURSE)
    proposal.propose()
    (proposal.root / path).unlink()
    proposal.propose()
    proposal.git.git("branch", "removed")

    proposal.write(path, COURSE)
    assert proposal.found("removed") == []
    proposal.write(path, COURSE.replace("Datu pārvaldība", "Biškopība"))
    assert proposal.found("removed") == [
        f"{path}:1:8: MC709 this id was that of “Datu pārvaldība”, which was removed"
    ]


def test_nothing_in_credentials_is_a_link(proposal: Proposal) -> None:
    (proposal.root / BATCH).rename(proposal.root / "batch.jsonl")
    (proposal.root / BATCH).symlink_to("../batch.jsonl")

    assert proposal.found() == [f"{BATCH}:1:1: MC711 is a link"]


def test_what_happened_in_the_base_meanwhile_is_not_the_proposals(proposal: Proposal) -> None:
    proposal.git.git("checkout", "-q", "-b", "feature")
    proposal.git.write("courses/new.yaml", COURSE)
    proposal.propose()
    proposal.git.git("checkout", "-q", "base")
    proposal.issue("Elza E")
    proposal.propose()
    proposal.git.git("checkout", "-q", "feature")

    assert proposal.found() == []


def test_a_commit_that_takes_a_fault_back_leaves_none(proposal: Proposal) -> None:
    lines = proposal.lines()
    proposal.rewrite(lines[1:])
    proposal.propose()
    proposal.rewrite(lines)

    assert proposal.found() == []


def test_a_shallow_clone_is_refused(proposal: Proposal, tmp_path: Path) -> None:
    proposal.git.write("courses/new.yaml", COURSE)
    proposal.propose()
    proposal.git.git("clone", "-q", "--depth", "1", f"file://{proposal.root}", str(tmp_path / "ci"))

    with pytest.raises(UsageError, match="is no commit, branch or tag"):
        check_policy(tmp_path / "ci", "base")


def test_the_default_base_is_the_remotes_branch(proposal: Proposal, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    proposal.git.git("clone", "-q", str(proposal.root), str(clone))
    (clone / BATCH).unlink()

    assert [one.code for one in check_policy(clone).findings] == ["MC702"]


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif"])
def test_every_format_tells_it(
    proposal: Proposal, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    proposal.rewrite(proposal.lines()[1:])

    done = main(["check", "--project", str(proposal.root), "--policy", "base", "--format", form])

    told = capsys.readouterr()
    assert done == 1
    assert "MC702" in told.out
    assert "compared with" in told.err
    if form in ("json", "gitlab", "sarif"):
        json.loads(told.out)


def test_without_policy_check_says_nothing_of_it(proposal: Proposal) -> None:
    proposal.rewrite(proposal.lines()[1:])

    found = check_project(proposal.root, now=NOW).findings

    assert [one.code for one in found if one.code.startswith("MC7")] == []
