"""Checking: all findings in one run, the same as a build's, for people and for programs."""

import json
import shutil
from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.check import check_project
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Severity
from tests.project import NOW, Project

ROOT = Path(__file__).parent.parent.parent
BROKEN = "title: Kurss\nprovider: univ\nworkload: {}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).with_key()


def places(project: Project, *paths: str) -> list[str]:
    report = check_project(project.root, now=NOW, paths=[Path(path) for path in paths])
    return [f"{f.at} {f.code}" for f in report.findings if f.severity is Severity.ERROR]


def test_content_and_credentials_are_reported_in_one_run(project: Project) -> None:
    project.issue("Anna Parauga")
    (batch,) = (project.root / "credentials").glob("*.jsonl")
    batch.write_text(batch.read_text("utf-8").replace("Anna", "Inga"), "utf-8")
    project.write("catalogue/courses/other.yaml", BROKEN)

    codes = {place.split()[1] for place in places(project)}

    assert {"MC220", "MC201", "MC503"} <= codes


def test_a_build_stops_at_the_same_errors(project: Project) -> None:
    project.write("catalogue/courses/other.yaml", BROKEN)
    request = BuildRequest(
        project=project.root, output=project.root / "public", search=False, built_at=NOW, now=NOW
    )

    with pytest.raises(ContentError) as stopped:
        build_site(request)

    assert [f"{f.at} {f.code}" for f in stopped.value.findings] == places(project)
    assert not (project.root / "public").exists()


@pytest.mark.parametrize("path", ["catalogue/courses/other.yaml", "catalogue/courses", "catalogue"])
def test_with_a_path_only_what_is_below_it_is_reported(project: Project, path: str) -> None:
    project.write("catalogue/courses/other.yaml", BROKEN)
    project.write("credentials/status.yaml", "- {id: x}\n")

    found = places(project, path)

    assert found
    assert all(place.startswith("catalogue/courses/other.yaml:") for place in found)


def test_a_file_without_fault_passes_though_others_do_not(project: Project) -> None:
    project.write("catalogue/courses/other.yaml", BROKEN)
    good = str(project.root / "catalogue/courses/data.yaml")

    assert main(["check", "--project", str(project.root), good]) == 0
    assert main(["check", "--project", str(project.root)]) == 1


@pytest.mark.parametrize("path", ["catalogue/courses/absent.yaml", "/etc/passwd"])
def test_a_path_that_is_not_of_the_project_is_a_misuse(project: Project, path: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_project(project.root, now=NOW, paths=[Path(path)])

    assert str(refused.value) == f"{path} isn't a file or folder of the project"


def test_warnings_stop_only_when_strict(project: Project) -> None:
    project.write("catalogue/courses/notes.txt", "x")

    assert main(["check", "--project", str(project.root)]) == 0
    assert main(["check", "--project", str(project.root), "--strict"]) == 1


def test_people_see_the_line_with_a_caret_and_a_hint(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "tests/sites/invalid/courses/workload-empty.yaml",
                project.root / "catalogue/courses/other.yaml")  # fmt: skip

    main(["check", "--project", str(project.root), "catalogue/courses/other.yaml"])

    out, err = capsys.readouterr()
    assert out.splitlines()[:4] == [
        "catalogue/courses/other.yaml:7:11: MC220 error: workload has neither ects nor hours",
        "   7 | workload: {}",
        "     |           ^",
        (
            "hint: Annex I asks for the notional workload; give ects where you can, e.g. "
            "workload: {ects: 3}"
        ),
    ]
    assert err.startswith("1 error")


def test_programs_get_json(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("catalogue/courses/other.yaml", BROKEN)

    assert main(["check", "--project", str(project.root), "--format", "json"]) == 1

    found = json.loads(capsys.readouterr().out)
    assert {"MC220", "MC201"} <= {one["code"] for one in found}


def test_completeness_is_a_table_with_the_least_complete_course_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--completeness", "--project", str(ROOT)]) == 0

    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split() == [
        "course",
        "Annex",
        "I",
        "guidance",
        "translations",
        "complete",
        "lacks",
    ]
    shares = [int(row.split(" %")[0].split()[-1]) for row in rows]
    assert shares[:-1] == sorted(shares[:-1])
    assert rows[-1].startswith("all ")


def test_programs_get_completeness_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--completeness", "--format", "json", "--project", str(ROOT)]) == 0

    found = json.loads(capsys.readouterr().out)
    course = found["courses"]["data-stewardship"]
    assert course.keys() == {"percent", "annex_i_optional", "guidance", "translations", "lacking"}
    assert found["catalogue"]["annex_i_optional"]["of"] == 5 * len(found["courses"])


def test_completeness_isn_t_a_list_of_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--completeness", "--format", "sarif", "--project", str(ROOT)]) == 2
    assert "as text or json" in capsys.readouterr().err


def test_strict_tells_warnings_as_the_errors_that_it_takes_them_for(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("catalogue/courses/readme.txt", "x")
    where = ["--project", str(project.root), "catalogue/courses"]

    assert main(["check", *where]) == 0
    assert "MC108 warning:" in capsys.readouterr().out
    assert main(["check", "--strict", *where]) == 1
    out, err = capsys.readouterr()
    assert "MC108 error:" in out
    assert "warning" not in out + err


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_forges_get_paths_from_where_their_job_runs(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    project.write("catalogue/courses/other.yaml", BROKEN)
    monkeypatch.chdir(project.root.parent)

    main(["check", "--project", project.root.name, "--format", form])

    assert f"{project.root.name}/catalogue/courses/other.yaml" in capsys.readouterr().out
