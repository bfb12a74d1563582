"""Files changed together: every one or none, wherever the process is killed."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mcsite.errors import MachineError
from mcsite.store.changes import UNFINISHED, change_together, changing, finish, is_unfinished

# Kills itself without warning at the n-th rename, removal or file that is opened for writing.
KILLED = """
import os, signal, sys
from pathlib import Path
from mcsite.store.changes import change_together, changing
left = int(sys.argv[2])
def hook(event, args):
    global left
    written = event == "open" and args[1] == "wb"
    if written or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir"):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
project = Path(sys.argv[1])
folder = project / "credentials"
with changing(project):
    sys.addaudithook(hook)
    new = {folder / "a.jsonl": b"new a", folder / "status/1.json": b"new 1"}
    change_together(project, {**new, folder / "gone.jsonl": None})
"""
BEFORE = {"a.jsonl": b"old a", "gone.jsonl": b"old gone"}
AFTER = {"a.jsonl": b"new a", "status/1.json": b"new 1"}


def content(project: Path) -> dict[str, bytes]:
    folder = project / "credentials"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def enter(project: Path) -> None:
    with changing(project):
        pass


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "credentials").mkdir()
    for name, data in BEFORE.items():
        (tmp_path / "credentials" / name).write_bytes(data)
    return tmp_path


def test_files_are_replaced_and_removed_and_nothing_stays_beside_them(project: Path) -> None:
    folder = project / "credentials"
    with changing(project):
        change_together(
            project,
            {
                folder / "a.jsonl": b"new a",
                folder / "status/1.json": b"new 1",
                folder / "gone.jsonl": None,
            },
        )

    assert content(project) == AFTER
    assert sorted(path.name for path in folder.iterdir()) == ["a.jsonl", "status"]
    assert (folder / "a.jsonl").stat().st_mode & 0o777 == 0o644


def test_wherever_it_is_killed_everything_has_changed_or_nothing(project: Path) -> None:
    seen = set()
    for point in range(40):
        for name in content(project):
            (project / "credentials" / name).unlink()
        for name, data in BEFORE.items():
            (project / "credentials" / name).write_bytes(data)
        done = subprocess.run([sys.executable, "-c", KILLED, str(project), str(point)], check=False)
        decided = is_unfinished(project)
        if decided:
            with pytest.raises(MachineError, match="that was interrupted is finished now"):
                enter(project)
        with changing(project):
            found = content(project)
        assert found in (BEFORE, AFTER)
        seen.add((found == AFTER, decided))
        if done.returncode == 0:
            break
        assert done.returncode == -9
    else:
        pytest.fail("it was killed every time")

    assert seen == {(False, False), (True, True), (True, False)}


def test_a_full_disk_leaves_everything_as_it_was(project: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from mcsite.store.changes import change_together\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "folder = Path(sys.argv[1]) / 'credentials'\n"
        "files = {folder / 'a.jsonl': b'', folder / 'b.jsonl': bytes(9999)}\n"
        "change_together(folder.parent, files)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(project)], capture_output=True, text=True, check=False
    )

    assert done.stderr.rstrip().endswith(
        f"MachineError: {project}/credentials could not be changed: File too large"
    )
    assert content(project) == BEFORE


@pytest.mark.parametrize("name", ["../build.py", "status/../../build.py"])
def test_nothing_outside_the_credentials_is_touched_whatever_a_left_over_says(
    project: Path, name: str
) -> None:
    with pytest.raises(MachineError, match="isn't in"):
        change_together(project, {project / "credentials" / name: b""})

    planted = project / "credentials" / UNFINISHED
    planted.mkdir()
    (planted / "0").write_bytes(b"planted")
    (planted / "names.json").write_text(json.dumps([["0", name]]))
    with pytest.raises(MachineError):
        finish(project)
    assert not (project / "build.py").exists()


@pytest.mark.parametrize("names", ["{", "7", '[["../../key.pem", "a.jsonl"]]', "[[1]]"])
def test_a_left_over_that_makes_no_sense_is_reported(project: Path, names: str) -> None:
    planted = project / "credentials" / UNFINISHED
    planted.mkdir()
    (planted / "names.json").write_text(names)

    with pytest.raises(MachineError) as caught, changing(project):
        pytest.fail("went on")

    assert caught.value.hint == "restore credentials/ from Git, and delete that folder"
    assert content(project).items() >= BEFORE.items()


def test_a_second_writer_is_kept_out_while_files_change(project: Path) -> None:
    with changing(project):
        handle = os.open(project / "credentials", os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
