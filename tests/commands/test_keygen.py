"""mcsite keygen: the private half to its owner alone, the public half beside what was there."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mcsite.commands import keygen
from mcsite.commands.keygen import make_key
from mcsite.credentials.cryptosuites import public_key_of
from mcsite.errors import MachineError, UsageError
from mcsite.store.atomic import write_in_project
from mcsite.store.key_files import read_private_key
from tests.project import BASE, DID, NOW, SITE, Project


@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_a_key_is_private_and_its_public_half_is_listed(tmp_path: Path, kind: str) -> None:
    project = Project(tmp_path)

    made = make_key(project.root, project.key, kind=kind, did="", now=NOW)

    assert made.verification_method == f"{DID}#key-1"
    assert stat.S_IMODE(project.key.stat().st_mode) == 0o600
    (issuer,) = project.catalogue.issuers
    assert (issuer.did, str(issuer.name.in_language("lv"))) == (DID, "Parauga universitāte")
    public = public_key_of(read_private_key(project.key))
    assert issuer.keys[0].public_key == public.multibase
    assert issuer.keys[0].valid_from == NOW


def test_comments_fields_and_other_issuers_stay_where_they_are(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    path = project.root / "credentials/issuers.yaml"
    text = path.read_text().replace("  name:", "  # kept by Ilze\n  name:")
    path.write_text(
        text + f"  providers:\n    - uni\n- did: {DID}:b\n  name: B\n  keys: # none left\n"
        + text.split("  keys:\n")[1].replace("key-1", "only")
    )  # fmt: skip
    before = path.read_text().splitlines()

    make_key(project.root, project.private / "2.pem", kind="ed25519", did="", now=NOW)
    after = path.read_text().splitlines()

    assert [line for line in after if line in before] == before
    assert [[key.id for key in issuer.keys] for issuer in project.catalogue.issuers] == [
        ["key-1", "key-2"], ["only"],
    ]  # fmt: skip
    assert project.catalogue.issuers[0].providers == ("uni",)


def refusal(project: Project, out: Path, did: str = "") -> str:
    before = project.snapshot()
    with pytest.raises(UsageError) as caught:
        make_key(project.root, out, kind="ed25519", did=did, now=NOW)
    assert project.snapshot() == before
    return str(caught.value)


def test_a_private_key_is_refused_in_the_repository_and_over_another(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()

    assert refusal(project, project.root / "key.pem") == (
        f"a private key is never written inside the repository ({project.root})"
    )
    assert refusal(project, project.key) == f"{project.key} exists, and a key is never overwritten"
    assert refusal(project, project.private / "k", "did:x\n- y") == (
        "'did:x\\n- y' isn't the DID of an issuer"
    )


def test_a_file_that_is_there_can_be_listed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.key.write_text("of another run", "utf-8")

    with pytest.raises(UsageError) as refused:
        make_key(project.root, project.key, kind="ed25519", did="", now=NOW)

    assert f"mcsite keygen --existing {project.key}" in refused.value.hint
    assert project.key.read_text("utf-8") == "of another run"


@pytest.mark.parametrize("listed", [False, True])
def test_a_key_that_could_not_be_listed_isn_t_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, listed: bool
) -> None:
    project = Project(tmp_path)

    def fail(root: Path, path: Path, data: bytes) -> None:
        if listed:
            write_in_project(root, path, data)
        raise MachineError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(keygen, "write_in_project", fail)
        with pytest.raises(MachineError):
            make_key(project.root, project.key, kind="ed25519", did="", now=NOW)

    assert project.key.exists() is listed
    if not listed:
        make_key(project.root, project.key, kind="ed25519", did="", now=NOW)
    (issuer,) = project.catalogue.issuers
    public = public_key_of(read_private_key(project.key))
    assert [key.public_key for key in issuer.keys] == [public.multibase]


def test_an_address_of_which_no_did_can_be_made_is_told_as_that(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("catalogue/site.yaml", SITE.replace(BASE, f"{BASE}/~anna"))

    assert refusal(project, project.key) == (
        f"the issuer's DID can't be made of the site's address, {BASE}/~anna"
    )


def test_a_file_laid_out_otherwise_is_left_alone(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    (issuer,) = project.catalogue.issuers
    key = issuer.keys[0]
    project.write(
        "credentials/issuers.yaml",
        f"- {{did: {DID}, name: N, keys: [{{id: key-1, public_key: {key.public_key}, "
        "valid_from: 2025-01-01T00:00:00Z}]}\n",
    )

    assert refusal(project, project.private / "2.pem") == (
        f"the entry of {DID} in credentials/issuers.yaml wasn't found"
    )


def test_files_that_are_no_key_are_named(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(b"no key")
    with pytest.raises(UsageError, match=r"key\.pem isn't a private key that can be read"):
        read_private_key(path)

    other = ec.generate_private_key(ec.SECP384R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(UsageError) as caught:
        read_private_key(path)
    assert str(caught.value) == f"{path} is neither an Ed25519 nor a P-256 key"
