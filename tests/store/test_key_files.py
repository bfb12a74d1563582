"""Where private keys come from: files, encrypted or not, and the environment."""

import io
import sys
from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.cli.arguments import SECRET, ask_secret
from mcsite.cli.exits import Exit
from mcsite.commands.keygen import list_key, make_key
from mcsite.errors import UsageError
from mcsite.store import key_files
from mcsite.store.key_files import KeyPlace, open_key, read_private_key, write_private_key
from tests.project import DID, NOW, Project

SECRET_WORD = "sēne"  # noqa: S105 -- of a key that a test makes


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_an_encrypted_key_opens_with_its_passphrase_alone(project: Project, kind: str) -> None:
    make_key(project.root, project.key, kind=kind, did="", now=NOW, passphrase=SECRET_WORD)
    asked = []

    def ask(what: str) -> str:
        asked.append(what)
        return SECRET_WORD

    assert b"ENCRYPTED" in project.key.read_bytes()
    key = KeyPlace(str(project.key), ask)
    project.issue("Anna Ozola", key_file=key)
    assert asked == [f"the passphrase of {project.key}"]
    with pytest.raises(UsageError) as caught:
        read_private_key(project.key, ask=lambda _: "cita")
    assert str(caught.value) == (
        f"{project.key} isn't a private key that can be read: its passphrase is another"
    )
    with pytest.raises(UsageError, match=r"the passphrase of .* is needed"):
        read_private_key(project.key)


def test_a_key_in_the_environment_signs(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    private = key_files.new_private_key("ed25519")
    write_private_key(project.key, private)
    monkeypatch.setenv("ISSUER_KEY", project.key.read_text())
    project.key.unlink()
    place = KeyPlace("env:ISSUER_KEY")

    list_key(project.root, place, did="", now=NOW)
    project.issue("Anna Ozola", key_file=place)

    assert open_key(place, project.root).public == key_files.MemoryKey(private).public
    for value, said in (
        ("", "the environment has no ISSUER_KEY, or it is empty"),
        ("x", "the key in ISSUER_KEY isn't a private key that can be read"),
    ):
        monkeypatch.setenv("ISSUER_KEY", value)
        with pytest.raises(UsageError) as caught:
            open_key(place, project.root)
        assert str(caught.value).startswith(said)


@pytest.mark.parametrize("arguments", [
    "issue data --learners {learners}",
    "revoke {id} --reason x",
    "suspend {id} --reason x",
    "reinstate {id} --reason x",
    "supersede {id} --learners {learners}",
    "refresh",
    "keys compromised key-1",
    "archive {archive}",
])  # fmt: skip
@pytest.mark.parametrize("around", [False, True])
def test_no_command_signs_with_a_key_inside_the_repository(
    project: Project, capsys: pytest.CaptureFixture[str], arguments: str, *, around: bool
) -> None:
    (made,) = project.with_key().issue("Anna Ozola").issued
    folder = project.root.parent if around else project.root
    (folder / ".git").mkdir()
    key = project.key.rename(folder / "key.pem")
    values = {
        "learners": project.learners("Berta"), "id": made.id, "archive": project.private / "a.zip"
    }  # fmt: skip
    before = project.snapshot()

    done = main(
        [
            *arguments.format_map(values).split(), "--key", str(key),
            "--project", str(project.root),
        ]
    )  # fmt: skip

    assert done == Exit.MISUSED
    said = f"the private key {key} is inside the repository ({folder})"
    assert said in capsys.readouterr().err
    assert project.snapshot() == before


def test_a_key_inside_the_repository_is_not_listed(project: Project) -> None:
    key = project.root / "key.pem"
    write_private_key(key, key_files.new_private_key("ed25519"))

    with pytest.raises(UsageError, match="is inside the repository"):
        list_key(project.root, key, did="", now=NOW)
    with pytest.raises(UsageError, match=r"key\.txt isn't there"):
        open_key(project.root / "key.txt", project.root)


def test_a_key_that_is_there_is_listed_under_the_next_name(project: Project) -> None:
    project.with_key()
    other = project.private / "other.pem"
    write_private_key(other, key_files.new_private_key("p256"))

    assert list_key(project.root, other, did="", now=NOW).verification_method == f"{DID}#key-2"

    assert [key.id for key in project.catalogue.issuers[0].keys] == ["key-1", "key-2"]


def test_where_the_library_for_tokens_is_missing_its_name_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "mcsite.store.tokens", None)

    with pytest.raises(UsageError) as caught:
        open_key(KeyPlace("pkcs11:token=a;object=b?module-path=/x"), tmp_path)

    assert caught.value.hint == "pip install 'mcsite[pkcs11]'"


def test_a_passphrase_comes_from_the_environment_and_is_never_an_argument(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SECRET, "sēne")
    arguments = ["--out", str(project.key), "--encrypt", "--project", str(project.root)]

    assert main(["keygen", *arguments]) == 0

    assert "sēne" not in "".join(capsys.readouterr())
    place = KeyPlace(str(project.key), ask_secret)
    assert open_key(place, project.root).public.algorithm == "Ed25519"
    monkeypatch.delenv(SECRET)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(UsageError) as caught:
        open_key(place, project.root)
    assert caught.value.hint == f"set {SECRET}, or run this in a terminal"


def test_a_key_that_is_there_is_not_encrypted_by_listing_it(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--existing", "env:X", "--encrypt", "--project", str(project.root)]

    assert main(["keygen", *arguments]) == 2
    assert "--encrypt is for a key that is made" in capsys.readouterr().err
