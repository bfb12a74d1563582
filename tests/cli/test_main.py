"""The command line as a whole: errors become exit codes and messages, in one place."""

import importlib
import sys
from pathlib import Path, PurePosixPath

import pytest

from mcsite.__main__ import run
from mcsite.cli import COMMANDS, main
from mcsite.cli.exits import Exit
from mcsite.cli.output import show_findings, summary_of
from mcsite.findings import Finding, Position, Severity


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == Exit.MISUSED

    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


def test_names_keep_their_capitals_in_a_command_s_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["schema", "--help"])

    assert "\nWrite JSON Schemas for editors" in capsys.readouterr().out


def test_an_unknown_command_is_a_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["biuld"])

    assert stopped.value.code == Exit.MISUSED
    assert "invalid choice: 'biuld'" in capsys.readouterr().err


def test_an_interruption_while_a_command_is_loaded_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib, "import_module", interrupt)

    assert main(["check"]) == run() == Exit.FAILED
    assert capsys.readouterr().err == "stopped\nstopped\n"


def test_the_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == Exit.FINE

    assert capsys.readouterr().out == "mcsite 0.1.0\n"


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "diff HEAD",
        "erase 1111111111111111111111",
        "import x.csv",
        "keygen --out {key}",
        "keygen --existing {key}",
    ],
)
def test_a_folder_that_is_no_repository_is_refused_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    folder = tmp_path / "wrong"
    folder.mkdir()
    words = command.format(key=tmp_path / "key.pem").split()

    assert main([*words, "--project", str(folder)]) == Exit.MISUSED

    assert capsys.readouterr().err == (
        f"mcsite: {folder} has no folder catalogue/\n"
        "hint: run mcsite in an institution's repository, or name it with --project\n"
    )
    assert [*tmp_path.rglob("*")] == [folder]


def test_a_finding_is_shown_with_its_line_a_caret_and_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text("title: A\nworkload: {}\n", "utf-8")
    finding = Finding(
        at=Position(PurePosixPath("a.yaml"), 2, 11),
        code="MC203",
        severity=Severity.ERROR,
        message="workload has neither ects nor hours",
        hint="give ects where you can, e.g. workload: {ects: 3}",
        length=2,
    )

    show_findings([finding], tmp_path)

    assert capsys.readouterr().out == (
        "a.yaml:2:11: MC203 error: workload has neither ects nor hours\n"
        "   2 | workload: {}\n"
        "     |           ^^\n"
        "hint: give ects where you can, e.g. workload: {ects: 3}\n"
    )


def test_what_steers_a_terminal_or_hides_is_shown_as_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text("a: \x1b]0;x\x07 \u202egnp.exe\n", "utf-8")
    finding = Finding(
        at=Position(PurePosixPath("a.yaml"), 1, 11),
        code="MC203",
        severity=Severity.ERROR,
        message="\x1b[2Jwrong\nMC000",
        hint="\u202eright",
    )

    show_findings([finding], tmp_path)

    assert capsys.readouterr().out == (
        "a.yaml:1:11: MC203 error: \\x1b[2Jwrong\\nMC000\n"
        "   1 | a: \\x1b]0;x\\x07 \\u202egnp.exe\n"
        "     | " + " " * 16 + "^^^^^^\n"
        "hint: \\u202eright\n"
    )


@pytest.mark.parametrize(
    ("severities", "text"),
    [
        ([], "nothing to mend"),
        ([Severity.ERROR], "1 error"),
        ([Severity.ERROR, Severity.WARNING, Severity.ERROR], "2 errors, 1 warning"),
    ],
)
def test_a_summary_counts_in_words(severities: list[Severity], text: str) -> None:
    at = Position(PurePosixPath("x"))
    found = [Finding(at=at, code="MC101", severity=one, message="") for one in severities]

    assert summary_of(found) == text


def test_colours_stay_out_of_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert not sys.stdout.isatty()
    finding = Finding(
        at=Position(PurePosixPath("absent.yaml")),
        code="MC101",
        severity=Severity.ERROR,
        message="x",
    )

    show_findings([finding], Path("/nonexistent"))

    assert capsys.readouterr().out == "absent.yaml:1:1: MC101 error: x\n"
