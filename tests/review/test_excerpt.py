"""The source line of a finding: a line of the project's own file, or nothing."""

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from mcsite.findings import Finding, Position, Severity
from mcsite.review import excerpt
from mcsite.review.excerpt import Sources

PATH = PurePosixPath("catalogue/courses/data.yaml")


def finding(path: PurePosixPath = PATH) -> Finding:
    return Finding(at=Position(path), code="MC110", severity=Severity.ERROR, message="wrong")


def out_of_the_project(file: Path) -> None:
    secret = file.parents[3] / "secret.txt"
    secret.write_text("secret\n")
    file.symlink_to(secret)


def within_the_project(file: Path) -> None:
    (file.parents[2] / ".git").mkdir()
    (file.parents[2] / ".git" / "config").write_text("secret\n")
    file.symlink_to("../../.git/config")


def folder_out_of_the_project(file: Path) -> None:
    file.parent.rmdir()
    other = file.parents[3] / "other"
    other.mkdir()
    (other / file.name).write_text("secret\n")
    file.parent.symlink_to(other)


def pipe(file: Path) -> None:
    os.mkfifo(file)


def folder(file: Path) -> None:
    file.mkdir()


def too_much(file: Path) -> None:
    file.write_text("secret\n" * 1000)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(excerpt, "_LARGEST", 1000)
    found = tmp_path / "project" / PATH
    found.parent.mkdir(parents=True)
    return found


@pytest.mark.parametrize(
    "make",
    [out_of_the_project, within_the_project, folder_out_of_the_project, pipe, folder, too_much],
)
def test_what_must_not_be_read_is_not_shown(file: Path, make: Callable[[Path], None]) -> None:
    make(file)

    assert Sources(file.parents[2]).excerpt(finding()) == ""


def test_each_file_is_read_once_and_shows_its_own_line(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("title: A\n")
    file.with_name("other.yaml").write_text("title: B\n")
    sources = Sources(file.parents[2])

    assert sources.excerpt(finding()).startswith("   1 | title: A\n")
    monkeypatch.setattr("mcsite.content.files.read_file", None)
    assert sources.excerpt(finding()).startswith("   1 | title: A\n")
    monkeypatch.undo()
    assert sources.excerpt(finding(PATH.with_name("other.yaml"))).startswith("   1 | title: B\n")
