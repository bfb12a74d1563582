"""While a command waits for another, its key may end: it never signs by what it read before."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from mcsite.commands.compromise import compromised_key
from mcsite.commands.issue import issue_credentials
from mcsite.commands.keygen import make_key
from mcsite.commands.keys import retire_key
from mcsite.commands.signing import signer_of
from mcsite.commands.status import StatusRequest, change_status, refresh, supersede
from mcsite.content.catalogue import Catalogue
from mcsite.errors import ContentError, McsiteError, UsageError
from tests.project import NOW, Project

DAY = dt.timedelta(days=1)
THEN = NOW - DAY
Command = Callable[[Project, Catalogue, str], object]


def issue(project: Project, catalogue: Catalogue, _: str) -> None:
    links = project.private / "links.csv"
    learners = project.learners("Cilda C")
    issue_credentials(project.request(learners, privacy="sealed", links=links), catalogue)


def asked(project: Project, credential: str, action: str) -> StatusRequest:
    return StatusRequest(
        project=project.root, credential=credential, action=action, reason="Pārbaude",
        key_file=project.key, now=NOW,
    )  # fmt: skip


def revoke(project: Project, catalogue: Catalogue, credential: str) -> None:
    change_status(asked(project, credential, "revoke"), catalogue)


def replace(project: Project, catalogue: Catalogue, credential: str) -> None:
    supersede(
        asked(project, credential, "supersede"), catalogue,
        learners=project.learners("Anna B"), links=None, random_bytes=project.random,
    )  # fmt: skip


def sign_lists(project: Project, catalogue: Catalogue, _: str) -> None:
    refresh(project.root, catalogue, project.key, now=NOW)


def list_stolen(project: Project, catalogue: Catalogue, _: str) -> None:
    """Say that the second key was stolen, with the signature of the first."""
    by = signer_of(catalogue, project.key, now=NOW)
    compromised_key(catalogue, "key-2", by, at=NOW, now=NOW)


COMMANDS: tuple[Command, ...] = (issue, revoke, replace, sign_lists, list_stolen)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path).with_key()
    make_key(made.root, made.private / "second.pem", kind="ed25519", did="", now=THEN)
    return made


def refusal(project: Project, command: Command, catalogue: Catalogue, name: str) -> McsiteError:
    """Return how a command is refused that read `catalogue` before; nothing may have changed."""
    before = project.snapshot().items()
    with pytest.raises(McsiteError) as caught:
        command(project, catalogue, name)
    assert before <= project.snapshot().items()
    assert [path for path in project.snapshot().items() - before if ".csv" not in path[0]] == []
    assert not (project.private / "links.csv").exists()
    return caught.value


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("end", ["stolen", "retired"])
def test_a_key_that_ended_while_a_command_waited_signs_nothing(
    project: Project, command: Command, end: str
) -> None:
    (made,) = project.issue("Anna A", now=THEN).issued
    read = project.catalogue
    if end == "stolen":
        by = signer_of(read, project.private / "second.pem", now=NOW)
        compromised_key(read, "key-1", by, at=THEN, now=NOW)
    else:
        retire_key(read, "key-1", at=THEN, now=NOW)

    error = refusal(project, command, read, made.id)

    assert isinstance(error, UsageError)
    assert str(error).endswith("#key-1 isn't in use today")


@pytest.mark.parametrize("command", COMMANDS)
def test_issuers_that_were_spoilt_meanwhile_are_told_of(project: Project, command: Command) -> None:
    (made,) = project.issue("Anna A").issued
    read = project.catalogue
    project.write("credentials/issuers.yaml", "- did: x\n")

    error = refusal(project, command, read, made.id)

    assert isinstance(error, ContentError)
    assert str(error) == "credentials/issuers.yaml has errors"
    assert error.findings


def test_a_key_that_was_stolen_meanwhile_is_not_retired(project: Project) -> None:
    read = project.catalogue
    by = signer_of(read, project.private / "second.pem", now=NOW)
    compromised_key(read, "key-1", by, at=THEN, now=NOW)

    with pytest.raises(UsageError, match="is compromised already"):
        retire_key(read, "key-1", at=NOW, now=NOW)
