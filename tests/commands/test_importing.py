"""mcsite import: all or nothing, never over a file unasked, and what it says of each course."""
# ruff: noqa: E501 -- a case stands in a line

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mcsite.cli import main
from mcsite.commands.import_plan import State
from mcsite.errors import MachineError, UsageError
from tests.importing import HEADER, ROW, Source, table

SEVERAL = ",".join(HEADER) + "\n" + "".join(
    ",".join([f"Kurss {number}", *ROW[1:]]) + "\n" for number in range(1, 6)
)  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


def files(source: Source) -> list[str]:
    return sorted(path.name for path in (source.project.root / "catalogue").rglob("*"))


def run(source: Source, *arguments: str) -> int:
    return main(["import", *arguments, "--project", str(source.project.root)])


def test_the_command_tells_what_became_of_each_course(
    source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(source.file("k.csv", SEVERAL))

    assert run(source, path, "--dry-run") == 0
    assert run(source, path) == 0
    assert run(source, path) == 0

    told = capsys.readouterr()
    names = [f"catalogue/courses/kurss-{number}.yaml" for number in range(1, 6)]
    assert told.out.splitlines() == [
        f"{state:<8} {name}" for state in ("new", "new", "same") for name in names
    ]
    assert told.err.splitlines() == [
        "5 courses: 5 new, 0 changed, 0 same", "nothing was written: this was a dry run",
        "5 courses: 5 new, 0 changed, 0 same", "Next: mcsite check, and look at git diff",
        "5 courses: 0 new, 0 changed, 5 same",
    ]  # fmt: skip


def test_a_dry_run_writes_nothing(source: Source) -> None:
    before = source.project.snapshot()

    report = source.imported(SEVERAL, dry_run=True)

    assert source.project.snapshot() == before
    assert (report.count(State.NEW), report.written) == (5, False)


def test_one_bad_row_keeps_all_from_being_written(
    source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    before = source.project.snapshot()
    path = source.file("k.csv", SEVERAL.replace("Kurss 5,uni", "Kurss 5,cita"))

    assert run(source, str(path)) == 1

    assert source.project.snapshot() == before
    told = capsys.readouterr()
    assert told.out == (
        f"{path}:6:2: MC537 error: cell B6: 'cita' isn't a provider of the catalogue\n"
        "hint: one of: uni; mcsite new provider cita adds it; a name of it may stand as its "
        "alternative_name\n"
    )
    assert told.err == "mcsite: nothing was imported\n"


def test_a_provider_whose_id_the_name_would_give_is_there_already(
    source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    path = source.file("k.csv", SEVERAL.replace("Kurss 5,uni", "Kurss 5,Uni!"))

    assert run(source, str(path)) == 1

    assert (
        "hint: did you mean 'uni'? give it this name as its alternative_name; "
        "mcsite new provider ID adds another\n"
    ) in capsys.readouterr().out


def test_a_file_that_says_otherwise_is_only_changed_when_asked(source: Source) -> None:
    source.imported(table())
    old = source.text("biskopiba")
    source.project.write("catalogue/courses/biskopiba.yaml", f"# Annas\n{old}version: '2'\n")

    assert source.refusal(table(ects="5")) == [
        (
            "k.csv:2:1: MC535 error: row 2: catalogue/courses/biskopiba.yaml is there, and says "
            "otherwise: workload\nhint: --update changes these fields and leaves the others"
        )
    ]
    report = source.imported(table(ects="5"), update=True)

    assert [(one.state, one.fields) for one in report.courses] == [(State.CHANGED, ("workload",))]
    assert source.text("biskopiba") == f"# Annas\n{old}version: '2'\n".replace("ects: 3", "ects: 5")


def test_a_table_of_a_few_columns_changes_those_and_asks_for_no_others(source: Source) -> None:
    report = source.imported("id,ects,hours\ndata,2,50\n", update=True)

    assert [(one.state, one.fields) for one in report.courses] == [(State.CHANGED, ("workload",))]
    course = source.project.catalogue.courses["data"]
    assert course.workload.model_dump() == {"ects": 2, "hours": 50}
    assert course.title.by_language["en"] == "Data stewardship"


def test_a_file_that_can_t_be_read_is_never_changed(source: Source) -> None:
    source.project.write("catalogue/courses/biskopiba.yaml", "title: [\n")

    assert source.refusal(table(), update=True) == [
        (
            "k.csv:2:1: MC535 error: catalogue/courses/biskopiba.yaml can't be read: not YAML: "
            "did not find expected node content\nhint: mend it first"
        )
    ]


def test_a_fault_that_the_file_has_of_its_own_is_told_as_that(source: Source) -> None:
    source.project.write("catalogue/courses/biskopiba.yaml", "supervision: nobody\n")

    told = source.refusal(table(), update=True)

    assert told[0].startswith(
        "k.csv:2:1: MC535 error: row 2: catalogue/courses/biskopiba.yaml has a fault of its own: "
        "supervision 'nobody' isn't a code of supervision"
    )


def test_drafts_say_what_they_owe_and_check_asks_for_it(
    source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    path = source.file("k.csv", "title,provider,ects\nBites,uni,3\n")

    assert run(source, str(path)) == 1
    assert run(source, str(path), "--drafts") == 0
    assert (
        "new      catalogue/courses/bites.yaml; lacks learning_outcomes, level, assessment, "
        "participation, quality_assurance\n" in capsys.readouterr().out
    )
    assert source.text("bites").splitlines()[2:5] == [
        "# learning_outcomes:   required: the learning outcomes", "workload:", "  ects: 3",
    ]  # fmt: skip
    assert main(["check", "--project", str(source.project.root)]) == 1
    filled = source.file("k2.csv", table(title="Bites"))
    assert run(source, str(filled), "--update") == 0
    assert "#" not in source.text("bites")
    assert main(["check", "--project", str(source.project.root)]) == 0


def test_defaults_fill_what_the_file_doesn_t_say(source: Source) -> None:
    source.imported(
        table(title="A", ects="", hours="10").replace(",hours", ",hours"),
        defaults={"ects": "2", "hours": "99", "language": "lv", "grading_scheme": "Ieskaite"},
    )

    text = source.text("a")
    assert "workload:\n  ects: 2\n  hours: 10\n" in text
    assert "grading:\n  scheme: Ieskaite\n" in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"defaults": {"assesment": "quiz"}}, "--default: 'assesment' isn't a column here: did you mean 'assessment'"),
        ({"defaults": {"supervision": "nobody"}}, "--default: supervision 'nobody' isn't a code of supervision"),
        ({"renamed": {"nosaukums": "title"}}, "--map: there is no column 'nosaukums'"),
        ({"ignored": frozenset({"cena"})}, "--ignore: there is no column 'cena'"),
        ({"language": "de"}, "the site has no language 'de'"),
    ],
)  # fmt: skip
def test_a_misspelt_option_is_a_misuse(source: Source, options: dict[str, Any], told: str) -> None:
    before = source.project.snapshot()

    with pytest.raises(UsageError) as caught:
        source.imported(table(), **options)

    assert str(caught.value) == told
    assert {k: v for k, v in source.project.snapshot().items() if "k.csv" not in k} == before


def test_columns_can_be_mapped_and_ignored(source: Source) -> None:
    renamed = table(cena="5").replace("title", "nosaukums=x", 1)
    path = source.file("k.csv", renamed)

    assert run(source, str(path), "--map", "nosaukums=x=title", "--ignore", "cena") == 0
    assert "title: Biškopība\n" in source.text("biskopiba")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "no file is named"),
        (["--map", "title"], "--map 'title' should have a name, =, and what it stands for"),
        (["--template", "x.doc"], "x.doc is neither .csv nor .xlsx"),
        (["nowhere.csv"], "nowhere.csv can't be read: No such file or directory"),
    ],
)
def test_a_wrong_command_is_told(
    source: Source, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["k.csv"] if "--map" in arguments else []

    assert run(source, *more, *arguments) == 2
    assert capsys.readouterr().err.startswith(f"mcsite: {told}\n")


def test_a_template_is_never_written_over_a_file(source: Source) -> None:
    path = str(source.folder / "t.csv")

    assert run(source, "--template", path) == 0
    assert run(source, "--template", path) == 2


def test_two_courses_of_one_id_are_refused(source: Source) -> None:
    rows = table() + table().split("\n")[1] + "\n"

    assert source.refusal(rows) == [
        "k.csv:3:1: MC536 error: row 3: is the course 'biskopiba' again, after "
        f"{source.folder}/k.csv:2:1\nhint: give each an id of its own, in a column id".replace(
            f"{source.folder}/", ""
        )
    ]


def test_a_folder_that_leads_out_of_the_project_is_refused(source: Source) -> None:
    elsewhere = source.folder / "elsewhere"
    elsewhere.mkdir()
    folder = source.project.root / "catalogue/courses"
    (folder / "data.yaml").unlink()
    folder.rmdir()
    folder.symlink_to(elsewhere)

    with pytest.raises(MachineError, match="leads out of the project"):
        source.imported(table())

    assert list(elsewhere.iterdir()) == []


def test_a_disk_that_fills_leaves_everything_as_it_was(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, synced = source.project.snapshot(), []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(MachineError, match="No space left on device"):
        source.imported(SEVERAL)

    assert source.project.snapshot() == before
    assert not any("import" in name for name in files(source))


@pytest.mark.parametrize("moved", range(6))
def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_finishes(
    source: Source, moved: int
) -> None:
    program = (
        "import os, sys, pathlib\n"
        "from mcsite.cli import main\n"
        "replace, count = pathlib.Path.replace, [0]\n"
        "def killing(self, target):\n"
        "    count[0] += 1\n"
        f"    if count[0] > {moved}: os.kill(os.getpid(), 9)\n"
        "    return replace(self, target)\n"
        "pathlib.Path.replace = killing\n"
        "main(['import', *sys.argv[1:]])\n"
    )
    path = source.file("k.csv", SEVERAL)
    project = str(source.project.root)

    done = subprocess.run(
        [sys.executable, "-c", program, str(path), "--project", project],
        capture_output=True,
        check=False,
    )

    assert done.returncode == (-9 if moved < 5 else 0), done.stderr
    found = list((source.project.root / "catalogue/courses").glob("kurss-*.yaml"))
    assert len(found) == moved
    assert all(one.read_text("utf-8").endswith("type: internal\n") for one in found)
    report = source.run(path)
    assert (report.count(State.SAME), report.count(State.NEW)) == (moved, 5 - moved)
    assert not any(".import" in name for name in files(source)) or moved == 5
