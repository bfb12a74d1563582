"""New files: skeletons that pass check, never over what is there."""

import datetime as dt
from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.commands.init import KINDS, start_file
from mcsite.content.load import load_catalogue
from mcsite.errors import MachineError, UsageError
from tests.content.test_load import write

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_has_no_fault(tmp_path: Path, kind: str) -> None:
    project = write(tmp_path, {})
    path = start_file(project, kind, "second-one")

    loaded = load_catalogue(project, today=TODAY)
    assert path == project / f"catalogue/{kind}s/second-one.yaml"
    assert loaded.catalogue is not None
    things = {
        "course": loaded.catalogue.courses,
        "provider": loaded.catalogue.providers,
        "pathway": loaded.catalogue.pathways,
    }
    assert "second-one" in things[kind]
    named = [f for f in loaded.findings if f.at.path.name == path.name]
    assert {finding.code for finding in named} <= {"MC601"}  # not translated yet


def test_a_skeleton_names_a_provider_and_a_course_that_exist(tmp_path: Path) -> None:
    project = write(tmp_path, {})

    assert "provider: uni\n" in start_file(project, "course", "a").read_text("utf-8")
    (project / "catalogue/courses/a.yaml").unlink()
    assert "  - kurss\n" in start_file(project, "pathway", "b").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["../x", "A", "a_b", "a--b", "-a", "", "con", "a/b", "a\n", "x" * 65, "ā", "a.b"]
)
def test_what_can_t_be_an_id_is_refused(tmp_path: Path, name: str) -> None:
    project = write(tmp_path, {})

    with pytest.raises(UsageError, match="can't be an id"):
        start_file(project, "course", name)


def test_nothing_is_written_over_a_file(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    before = (project / "catalogue/courses/kurss.yaml").read_bytes()

    with pytest.raises(UsageError, match="exists already"):
        start_file(project, "course", "kurss")

    assert (project / "catalogue/courses/kurss.yaml").read_bytes() == before


def test_nothing_is_written_outside_of_the_project(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {})
    (tmp_path / "else").mkdir()
    (project / "catalogue/pathways").symlink_to(tmp_path / "else")

    with pytest.raises(MachineError, match="leads out of the project"):
        start_file(project, "pathway", "way")

    assert list((tmp_path / "else").iterdir()) == []


def test_the_command_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = write(tmp_path, {})

    assert main(["new", "course", "second", "--project", str(project)]) == 0
    told = capsys.readouterr().out
    assert told == f"{project}/catalogue/courses/second.yaml: fill it in, then mcsite check\n"


def test_a_folder_without_a_catalogue_is_a_misuse(tmp_path: Path) -> None:
    assert main(["new", "course", "second", "--project", str(tmp_path)]) == 2
