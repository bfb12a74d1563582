"""Writing files: the old one or the new one, never half of one, never outside the project."""

import fcntl
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mcsite.errors import MachineError, UsageError
from mcsite.store.atomic import only_writer, refuse_inside, write_atomically, write_in_project


def test_a_file_is_written_with_its_mode_and_nothing_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new" / "key.pem", b"secret", mode=0o600)

    assert (tmp_path / "new" / "key.pem").read_bytes() == b"secret"
    assert stat.S_IMODE((tmp_path / "new" / "key.pem").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["key.pem"]


def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "status.yaml"
    path.write_bytes(b"old")
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from mcsite.store.atomic import write_atomically\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "write_atomically(Path(sys.argv[1]), bytes(10000))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )

    assert done.stderr.rstrip().endswith(
        f"MachineError: {path} could not be written: File too large"
    )
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["status.yaml"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 4096


def test_a_folder_that_is_a_file_is_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "credentials").write_bytes(b"")

    with pytest.raises(MachineError) as caught:
        write_atomically(tmp_path / "credentials" / "a.jsonl", b"")

    assert str(caught.value) == (
        f"{tmp_path}/credentials/a.jsonl could not be written: File exists"
    )


def test_a_folder_that_leads_out_of_the_project_is_refused(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (project / "credentials").symlink_to(elsewhere)

    with pytest.raises(MachineError) as caught:
        write_in_project(project, project / "credentials" / "a.jsonl", b"")

    assert str(caught.value) == f"{project}/credentials leads out of the project, to {elsewhere}"
    assert list(elsewhere.iterdir()) == []


def test_a_link_is_replaced_and_what_it_leads_to_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / "status.yaml").symlink_to(tmp_path / "other")

    write_in_project(tmp_path, tmp_path / "status.yaml", b"new")

    assert (tmp_path / "other").read_bytes() == b"other"
    assert not (tmp_path / "status.yaml").is_symlink()


def test_a_second_writer_waits_and_then_gives_up_with_a_message(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(MachineError) as caught, only_writer(tmp_path, wait=0.1):
            pytest.fail("two writers at once")
    finally:
        os.close(handle)

    assert str(caught.value) == f"another mcsite is writing to {tmp_path}"
    assert caught.value.exit_code == 3
    with only_writer(tmp_path, wait=0.1):
        pass


def test_secrets_are_refused_in_the_project_and_in_the_repository_around_it(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    project = repository / "site"
    project.mkdir(parents=True)
    (repository / ".git").mkdir()
    (tmp_path / "link").symlink_to(repository)

    for path in (project / "k", repository / "k", tmp_path / "link" / "k", project / ".." / "k"):
        with pytest.raises(
            UsageError, match="a private key is never written inside the repository"
        ):
            refuse_inside(path, project, "a private key")
    refuse_inside(tmp_path / "k", project, "a private key")
