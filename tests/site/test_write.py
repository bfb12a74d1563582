"""Writing a site: whole or not at all, in a folder that is mcsite's, by one build at a time."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from mcsite.errors import MachineError, UsageError
from mcsite.site.output import staged
from mcsite.site.write import Staging

PROGRAM = """\
import os, signal, sys
from pathlib import Path
from mcsite.site.output import staged
with staged(Path(sys.argv[1]), Path(sys.argv[2])) as staging:
    staging.write("index.html", b"new")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "catalogue").mkdir(parents=True)
    return folder


def write_site(output: Path, root: Path, files: dict[str, bytes]) -> None:
    with staged(output, root) as staging:
        for name, data in files.items():
            staging.write(name, data)


def left_beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path.name.startswith("."))


def test_a_new_site_replaces_all_of_the_old_one(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {"index.html": b"1", "lv/a/index.html": b"2"})
    write_site(output, root, {"index.html": b"3"})

    found = sorted(str(p.relative_to(output)) for p in output.rglob("*") if p.is_file())
    assert found == ["index.html", "manifest.json"]
    assert left_beside(output) == []


def test_an_error_while_writing_leaves_the_old_site(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {"index.html": b"old"})

    with pytest.raises(MachineError):
        write_site(output, root, {"index.html": b"new", "../x": b""})

    assert (output / "index.html").read_bytes() == b"old"
    assert left_beside(output) == []


def test_a_build_that_is_killed_leaves_the_old_site_and_stops_no_later_one(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {"index.html": b"old"})

    done = subprocess.run([sys.executable, "-c", PROGRAM, str(output), str(root)], check=False)

    assert done.returncode == -signal.SIGKILL
    assert (output / "index.html").read_bytes() == b"old"
    assert left_beside(output) == [".site.mcsite-lock", ".site.mcsite-new"]
    write_site(output, root, {"index.html": b"newer"})
    assert (output / "index.html").read_bytes() == b"newer"
    assert left_beside(output) == []


def test_a_stop_between_two_renames_is_mended_by_the_next_build(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {"index.html": b"old"})
    output.rename(tmp_path / ".site.mcsite-old")

    with pytest.raises(MachineError):
        write_site(output, root, {"../x": b""})

    assert (output / "index.html").read_bytes() == b"old"
    assert left_beside(output) == []


def test_an_old_site_that_was_replaced_is_cleared_away(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {"index.html": b"1"})
    write_site(tmp_path / ".site.mcsite-old", root, {"index.html": b"0"})

    write_site(output, root, {"index.html": b"2"})

    assert (output / "index.html").read_bytes() == b"2"
    assert left_beside(output) == []


def test_an_old_site_of_any_size_is_cleared_within_little_memory(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {f"c/{number:05}/index.html": b"" for number in range(5000)})

    tracemalloc.start()
    try:
        write_site(output, root, {"index.html": b"1"})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert left_beside(output) == []
    assert peak < 400_000


def test_clearing_follows_no_link(tmp_path: Path) -> None:
    root, output, other = project(tmp_path), tmp_path / "site", tmp_path / "other"
    other.mkdir()
    (other / "file").write_text("")
    write_site(output, root, {"a/1": b"", "b/2": b"", "c/3": b""})
    for name in ("d", "b/link"):
        (output / name).symlink_to(other)
    write_site(output, root, {"index.html": b"1"})
    assert left_beside(output) == []

    (tmp_path / ".site.mcsite-new").symlink_to(other)
    with pytest.raises(OSError, match="File exists"):
        write_site(output, root, {"index.html": b"2"})

    assert [path.name for path in other.iterdir()] == ["file"]


def test_what_can_t_be_cleared_is_cleared_by_the_next_build(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {"a/1": b"", "b/2": b"", "b/3": b"", "c/4": b""})
    unlink = os.unlink

    def refusing(path: str, **options: Any) -> None:
        if str(path).endswith("b/2"):
            raise PermissionError
        unlink(path, **options)

    with patch.object(os, "unlink", refusing):
        write_site(output, root, {"index.html": b"1"})
    left = tmp_path / ".site.mcsite-new"
    assert [path.relative_to(left).as_posix() for path in left.rglob("*")] == ["b", "b/2"]

    write_site(output, root, {"index.html": b"2"})
    assert left_beside(output) == []


def test_a_second_build_is_refused_while_the_first_writes(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"

    with staged(output, root) as staging:
        staging.write("index.html", b"first")
        with pytest.raises(MachineError, match="another build is writing"):
            write_site(output, root, {"index.html": b"second"})

    assert (output / "index.html").read_bytes() == b"first"


def test_a_lock_that_was_taken_away_meanwhile_is_none(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    lock = tmp_path / ".site.mcsite-lock"
    with lock.open("w") as earlier:  # opened by another build before the holder took it away
        fcntl.flock(earlier, fcntl.LOCK_EX)
        lock.unlink()
        write_site(output, root, {"index.html": b"x"})

    assert (output / "index.html").is_file()


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/etc/x", "a//b", "./a", "a/.", "a\\b", "a\x00b", "..", "a/../b"],
)
def test_no_file_is_written_outside_of_the_site(tmp_path: Path, name: str) -> None:
    staging = Staging(tmp_path / "site")

    with pytest.raises(MachineError, match="outside of the site"):
        staging.write(name, b"x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a/index.html", "manifest.json"])
def test_two_pages_never_share_a_file(tmp_path: Path, name: str) -> None:
    staging = Staging(tmp_path)
    for path in ("z.html", name, "0.html", name):
        staging.write(path, b"1")

    with pytest.raises(MachineError, match=f"two pages would be written to {name}"):
        staging.finish()


def test_the_manifest_is_of_mcsite_and_sorted(tmp_path: Path) -> None:
    root, output = project(tmp_path), tmp_path / "site"
    write_site(output, root, {"b": b"", "a/ā.svg": b"x"})
    text = (output / "manifest.json").read_text("utf-8")

    assert list(json.loads(text)["files"]) == ["a/ā.svg", "b"]
    assert json.loads(text)["generator"] == "mcsite"


@pytest.mark.parametrize("output", [".", "..", "catalogue", "catalogue/x", "theme", ".git/x"])
def test_what_the_site_is_made_from_is_never_replaced(tmp_path: Path, output: str) -> None:
    root = project(tmp_path)

    with pytest.raises(UsageError, match="holds what the site is made from"):
        write_site(root / output, root, {})


def test_a_project_inside_an_old_site_is_safe(tmp_path: Path) -> None:
    output = tmp_path / "site"
    write_site(output, project(tmp_path), {"index.html": b"x"})
    inner = project(output)

    with pytest.raises(UsageError, match="holds what the site is made from"):
        write_site(output, inner, {})

    assert inner.is_dir()


@pytest.mark.parametrize("manifest", [None, b"{}", b"[]", b"not json", b'{"generator": "other"}'])
def test_a_folder_of_somebody_else_s_is_left_alone(tmp_path: Path, manifest: bytes | None) -> None:
    root, output = project(tmp_path), tmp_path / "app"
    output.mkdir()
    (output / "main.js").write_bytes(b"x")
    if manifest is not None:
        (output / "manifest.json").write_bytes(manifest)

    with pytest.raises(UsageError, match="files that mcsite didn't make"):
        write_site(output, root, {})

    assert (output / "main.js").is_file()
    assert left_beside(output) == []


def test_an_empty_folder_is_taken_and_a_link_or_file_isn_t(tmp_path: Path) -> None:
    root = project(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "file").write_bytes(b"x")

    for name in ("link", "file"):
        with pytest.raises(UsageError, match="isn't a folder"):
            write_site(tmp_path / name, root, {})
    write_site(tmp_path / "empty", root, {"index.html": b"x"})
    assert (tmp_path / "empty/index.html").is_file()


def test_the_folders_above_the_output_are_made(tmp_path: Path) -> None:
    output = tmp_path / "a" / "b" / "site"
    write_site(output, project(tmp_path), {"index.html": b"x"})

    assert (output / "index.html").is_file()
    assert [path.name for path in output.parent.iterdir()] == ["site"]
