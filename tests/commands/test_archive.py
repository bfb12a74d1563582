"""mcsite archive: a dated copy that verifies without its site, its network and its time."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.commands.archive import ArchiveReport, ArchiveRequest, archive_site
from mcsite.commands.status import StatusRequest, change_status
from mcsite.commands.verify import Verifier, offline_source, verify_all
from mcsite.errors import UsageError
from mcsite.store.batches import StoredCredential, read_batches
from tests.project import NOW, SITE, Project

YEARS = timedelta(days=3650)
FOLDER = "micro.uni.example-2026-11-23"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path).with_key()
    found.issue("Anna Ozola", "Jānis Bērziņš")
    return found


def archived(project: Project, name: str = "archive.zip", **changes: object) -> Path:
    target = project.private / name
    archive(project, target, **changes)
    return target


def archive(project: Project, target: Path, **changes: object) -> ArchiveReport:
    base = ArchiveRequest(project=project.root, target=target, jobs=1, built_at=NOW, now=NOW)
    asked = replace(base, **changes)  # type: ignore[arg-type] # names are checked by replace
    return archive_site(asked, project.catalogue)


def unpacked(archive: Path) -> Path:
    target = archive.parent / "unpacked"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(target)
    return target / FOLDER


def lines(project: Project) -> list[StoredCredential]:
    return [one for one in read_batches(project.root) if isinstance(one, StoredCredential)]


def revoke(project: Project, credential: str) -> None:
    asked = StatusRequest(
        project=project.root, credential=credential, action="revoke", reason="Kļūda",
        key_file=project.key, now=NOW,
    )  # fmt: skip
    change_status(asked, project.catalogue)


@pytest.mark.parametrize("form", ["zip", "folder", "unpacked"])
def test_years_later_a_credential_is_genuine_as_of_the_archive_s_day(
    project: Project, form: str
) -> None:
    first, second = lines(project)
    revoke(project, second.id)
    source = archived(project, "archive.zip" if form != "folder" else "archive")
    if form == "unpacked":
        source = unpacked(source)
    one = project.private / "one.json"
    one.write_bytes(first.text)
    other = project.private / "other.json"
    other.write_bytes(second.text)

    answers = list(verify_all([str(one), str(other)], offline=source, now=NOW + YEARS))

    found = [answer.verification.verdict.value for answer in answers]
    assert found == ["valid-offline", "revoked"]
    status = [one.at.date() for one in answers[0].verification.checks if one.check == "revocation"]
    assert status == [date(2026, 11, 23)]


def test_a_link_is_looked_up_in_the_archive_sealed_ones_too(project: Project) -> None:
    links = project.private / "links.csv"
    project.issue("Ieva Kalniņa", privacy="sealed", links=links, batch="sealed")
    link = next(part for part in links.read_text("utf-8").split(",") if "#k=" in part).strip()
    source = archived(project)

    for name in (source, unpacked(source)):
        verifier = Verifier(now=NOW, offline=offline_source(name, now=NOW), folder=name)
        (answer,) = verifier.answers([link])
        assert answer.verification.verdict.value == "valid-offline"
        with pytest.raises(UsageError, match="has no page for the credential"):
            list(verifier.answers([f"https://micro.uni.example/c/{'A' * 22}/"]))


def test_all_of_an_archive_is_verified_by_its_folder(project: Project) -> None:
    folder = archived(project, "archive")

    found = [
        a.verification.verdict.value for a in verify_all([str(folder)], offline=folder, now=NOW)
    ]

    assert found == ["valid-offline"] * 2


def test_the_same_site_without_being_an_archive_is_too_old(project: Project) -> None:
    folder = archived(project, "archive")
    one = project.private / "one.json"
    one.write_bytes(lines(project)[0].text)

    (answer,) = verify_all([str(one)], offline=folder / "site", now=NOW + YEARS)

    assert answer.verification.verdict.value == "valid-status-unknown"


def test_a_credential_that_was_changed_is_no_better_in_an_archive(project: Project) -> None:
    one = project.private / "one.json"
    one.write_bytes(lines(project)[0].text.replace(b"Anna", b"Inga"))

    (answer,) = verify_all([str(one)], offline=archived(project), now=NOW)

    assert answer.verification.verdict.value == "tampered"


def test_the_program_says_the_day_and_uses_no_network(project: Project) -> None:
    source = archived(project)
    one = project.private / "one.json"
    one.write_bytes(lines(project)[0].text)
    command = [sys.executable, "-m", "mcsite", "verify", str(one), "--offline", str(source)]
    alone = shutil.which("unshare")
    assert alone, "needs unshare, of util-linux"
    cut_off = [alone, "--user", "--map-root-user", "--net"]

    done = subprocess.run([*cut_off, *command], capture_output=True, text=True, check=False)

    assert done.returncode == 1  # not valid today: nobody can know that here
    assert "Genuine as of 2026-11-23, by an archive" in done.stdout
    assert done.stderr == ""


def test_every_file_is_in_the_list_of_sums(project: Project) -> None:
    root = unpacked(archived(project))

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    listed = {line[66:] for line in (root / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS"}


def test_it_tells_what_it_is_and_holds_every_key(project: Project) -> None:
    root = unpacked(archived(project))

    about = json.loads((root / "archive.json").read_bytes())
    assert about["site"] == "https://micro.uni.example"
    assert about["day"] == "2026-11-23"
    assert about["status_lists"] == {
        f"https://micro.uni.example/status/{number}.json": "2026-11-23T12:00:00Z"
        for number in (1, 2)
    }
    (document,) = json.loads((root / "keys.json").read_bytes())
    assert document == json.loads((root / "site/.well-known/did.json").read_bytes())
    readme = (root / "README.txt").read_text("utf-8")
    assert f"--offline {FOLDER}.zip" in readme
    assert "{" not in readme
    assert not [path for path in root.rglob("*") if "mcsite-cache" in path.name]


def test_the_same_project_gives_the_same_bytes(project: Project) -> None:
    one = archived(project, "one.zip")
    other = archived(project, "other.zip", jobs=2)

    assert one.read_bytes() == other.read_bytes()


def test_with_the_key_the_lists_speak_for_the_day_of_the_archive(project: Project) -> None:
    later = NOW + timedelta(days=200)

    old = archive(project, project.private / "old.zip", now=later, built_at=later)
    new = archive(project, project.private / "new.zip", now=later, built_at=later, key=project.key)

    assert old.lists == (NOW.date(),)
    assert [one.code for one in old.findings if one.code == "MC512"]
    assert (new.lists, new.signed) == ((later.date(),), True)
    assert not [one.code for one in new.findings if one.code == "MC512"]


def test_nothing_is_overwritten_and_nothing_is_left_of_a_failure(project: Project) -> None:
    target = archived(project)
    with pytest.raises(UsageError, match="never overwritten"):
        archive(project, target)

    project.write("catalogue/site.yaml", SITE.replace("title", "titel"))
    broken = project.private / "broken.zip"
    assert main(["archive", str(broken), "--project", str(project.root)]) == 1
    assert not broken.exists()
    assert not [path for path in project.private.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("content", [b"not a zip", None])
def test_another_file_is_no_archive(project: Project, content: bytes | None) -> None:
    path = project.private / "other.zip"
    if content is None:
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("site/index.html", "x")
    else:
        path.write_bytes(content)

    with pytest.raises(UsageError, match=r"isn't (a folder|an archive)"):
        offline_source(path, now=NOW)


def test_a_zip_that_grows_is_read_no_further_than_it_may(project: Project) -> None:
    path = project.private / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/archive.json", "{}")
        packed.writestr("a/site/status/1.json", b'{"a": "' + b" " * 200_000_000)
    one = project.private / "one.json"
    one.write_bytes(lines(project)[0].text)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29));"
        "from mcsite.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "verify", str(one), "--offline", str(path)]

    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)

    assert done.returncode == 1, done.stderr
    assert "Could not confirm the issuer" in done.stdout
