"""Starting a repository: it builds as it is, and what was there stays."""

import contextlib
import datetime as dt
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mcsite.cli import COMMANDS, main
from mcsite.commands import init
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.country import guessed_country
from mcsite.commands.init import COURSE, PROVIDER, SITE, NewProject, start_project
from mcsite.commands.keygen import make_key
from mcsite.credentials.did import did_web_for
from mcsite.errors import MachineError, UsageError
from mcsite.store.atomic import write_in_project

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def wanted(folder: Path, **changes: object) -> NewProject:
    base = NewProject(
        folder=folder, name="Uni", base_url="https://a.example", languages=("en",),
        privacy="sealed",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type] # names are checked by replace


@pytest.mark.parametrize("name", ["Uni", 'Uni "A" {x}: #1', "{{ 7*7 }}", "Ūķis\\n", "yes", "1.10"])
def test_a_new_repository_passes_the_strictest_check(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "new"
    start_project(wanted(folder, name=name))

    assert main(["check", "--project", str(folder), "--strict"]) == 0


def test_a_new_repository_builds(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    start_project(wanted(folder, languages=("lv", "en"), name="Uni <b>"))
    request = BuildRequest(
        project=folder, output=folder / "public", search=False, built_at=NOW, now=NOW
    )

    assert build_site(request).pages > 30
    page = (folder / "public/lv/index.html").read_text("utf-8")
    assert "Uni &lt;b&gt;" in page
    assert "Uni <b>" not in page


def test_git_ignores_the_site_and_what_is_secret(tmp_path: Path) -> None:
    start_project(wanted(tmp_path))

    lines = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert {"public/", "*.pem", "*-links.csv", "links.csv", "learners*.csv"} <= set(lines)
    assert "*.jsonl merge=union" in (tmp_path / ".gitattributes").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"base_url": "a.example"}, "base_url 'a.example' can't be the address of a site"),
        ({"base_url": "https://a/?q"}, "base_url 'https://a/?q' can't be the address of a site"),
        ({"name": "a\x01"}, "the text holds the escape of U+0001, which isn't text"),
        ({"languages": ("xx", "en")}, "languages[1] 'xx' isn't a language tag"),
        ({"name": " "}, "title is empty"),
        ({"country": "LATVIA"}, "country 'LATVIA' isn't a country code"),
    ],
)  # fmt: skip
def test_what_could_not_be_built_isn_t_begun(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError) as refused:
        start_project(wanted(tmp_path / "new", **change))

    assert str(refused.value) == message
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("https://schüle.example/kurse", "https://xn--schle-mva.example/kurse"),
        ("https://Straße.example:8443/", "https://xn--strae-oqa.example:8443"),
        ("https://a.example/studiju-ķēde", "https://a.example/studiju-%C4%B7%C4%93de"),
    ],
)
def test_an_address_with_other_letters_is_offered_as_servers_know_it(
    tmp_path: Path, address: str, same: str
) -> None:
    with pytest.raises(UsageError, match="has letters that an issuer's DID can't have") as refused:
        start_project(wanted(tmp_path / "new", base_url=address))

    assert refused.value.hint == f"write {same}, which is the same address"
    start_project(wanted(tmp_path / "new", base_url=same))
    made = make_key(tmp_path / "new", tmp_path / "key.pem", kind="ed25519", did="", now=NOW)
    assert made.verification_method == f"{did_web_for(same)}#key-1"


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x", "utf-8")

    with pytest.raises(UsageError, match="isn't empty"):
        start_project(wanted(tmp_path))

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_repository_that_a_forge_made_keeps_its_readme(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("ours", "utf-8")

    written = start_project(wanted(tmp_path))

    assert (tmp_path / "README.md").read_text("utf-8") == "ours"
    assert tmp_path / "README.md" not in written
    assert (tmp_path / "catalogue/site.yaml").is_file()


@pytest.mark.parametrize("there", [[], ["README.md"]], ids=["new", "of a forge"])
def test_what_could_not_be_finished_leaves_nothing_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: list[str]
) -> None:
    folder = tmp_path / "of" / "ours"
    for name in there:
        folder.mkdir(parents=True)
        (folder / name).write_text("ours", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    left = iter(range(9))

    def fill(root: Path, path: Path, data: bytes) -> None:
        if next(left, None) is None:
            raise MachineError("the disk is full")
        write_in_project(root, path, data)

    with monkeypatch.context() as patched:
        patched.setattr(init, "write_in_project", fill)
        with pytest.raises(MachineError):
            start_project(wanted(folder))

    assert sorted(tmp_path.rglob("*")) == before
    start_project(wanted(folder))


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "else").mkdir()
    (tmp_path / "new" / "README.md").symlink_to(tmp_path / "else" / "file")

    written = start_project(wanted(tmp_path / "new"))

    assert tmp_path / "new/README.md" not in written
    assert list((tmp_path / "else").iterdir()) == []


@pytest.mark.parametrize(
    ("address", "languages", "country"),
    [
        ("https://micro.uni.lv", ("en",), "LV"),
        ("https://micro.uni.ac.uk/x", ("en",), "GB"),
        ("https://micro.uni.example", ("et", "en"), "EE"),
        ("https://micro.uni.org", ("pt",), "PT"),
        ("https://micro.uni.org", ("pt-BR",), "BR"),
        ("https://micro.uni.eu", ("sl",), "SI"),
        ("https://micro.uni.example", ("en",), "IE"),
    ],
)
def test_the_country_is_guessed_from_the_address_or_else_the_language(
    address: str, languages: tuple[str, ...], country: str
) -> None:
    assert guessed_country(address, languages) == country


def test_a_guess_is_never_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", str(tmp_path / "a"), "--name", "Uni"])
    guessed = capsys.readouterr().err
    main(["init", str(tmp_path / "b"), "--name", "Uni", "--country", "MT"])

    assert guessed == (
        "The country, IE, is a guess. It stands in catalogue/providers/my-institution.yaml.\n"
    )
    assert capsys.readouterr().err == ""
    assert "country: MT " in (tmp_path / "b" / PROVIDER).read_text("utf-8")


def test_editors_find_the_schema_of_each_file(tmp_path: Path) -> None:
    start_project(wanted(tmp_path, languages=("lv", "en")))

    for path in (SITE, PROVIDER, COURSE):
        file = tmp_path / path
        first = file.read_text("utf-8").splitlines()[0]
        schema = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads(schema.read_text("utf-8"))["properties"]
    assert (tmp_path / ".vscode/settings.json").is_file()


def test_the_readme_says_what_to_type(tmp_path: Path) -> None:
    start_project(wanted(tmp_path))
    readme = (tmp_path / "README.md").read_text("utf-8")

    named = set(re.findall(r"mcsite ([a-z-]+)", readme)) & set(COMMANDS)
    assert {"new", "check", "serve", "build", "issue", "revoke", "refresh", "schema"} <= named


# the questions, on a terminal that is one


def on_a_terminal(folder: Path, answers: str) -> tuple[int, str]:
    """Run mcsite init with a terminal on both sides; return the exit code and what was seen."""
    mine, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mcsite", "init", str(folder)],
        stdin=its, stdout=its, stderr=its, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    os.close(its)
    os.write(mine, answers.encode())
    seen = b""
    with contextlib.suppress(OSError):  # EIO: the other side has gone
        while chunk := os.read(mine, 4096):
            seen += chunk
    os.close(mine)
    return process.wait(timeout=60), seen.decode().replace("\r\n", "\n")


def test_on_a_terminal_it_asks_and_takes_what_it_shows(tmp_path: Path) -> None:
    code, seen = on_a_terminal(tmp_path / "new", "Ūķu skola\nlv, en\nhttps://m.skola.lv\n\n\n")

    assert code == 0, seen
    assert "Name of the institution [My institution]: " in seen
    assert "Country of the institution [LV]: " in seen
    site = (tmp_path / "new" / SITE).read_text("utf-8")
    assert 'lv: "Ūķu skola"' in site
    assert "base_url: https://m.skola.lv\nlanguages: [lv, en]\n" in site.replace(
        "# Interface languages; the first is the language of plain texts.\n", ""
    )
    assert "privacy: sealed" in site
    assert "country: LV " in (tmp_path / "new" / PROVIDER).read_text("utf-8")
    assert main(["check", "--project", str(tmp_path / "new"), "--strict"]) == 0


def test_a_bad_answer_is_told_as_a_flag_is_and_asked_again(tmp_path: Path) -> None:
    answers = "\nxx\nen\nmy.site\nhttps://a.example\nlatvia\nlv\nsecret\npublic\n"

    code, seen = on_a_terminal(tmp_path / "new", answers)

    assert code == 0, seen
    for told in (
        "languages[1] 'xx' isn't a language tag\nhint: write BCP 47 tags",
        "base_url 'my.site' can't be the address of a site\nhint: https://",
        "country 'LATVIA' isn't a country code\nhint: two capitals",
        "'secret' is neither sealed nor public",
    ):
        assert told in seen
    assert seen.count("Languages of the site") == 2
    assert "privacy: public" in (tmp_path / "new" / SITE).read_text("utf-8")


def test_the_end_of_the_answers_ends_it_and_nothing_is_written(tmp_path: Path) -> None:
    code, seen = on_a_terminal(tmp_path / "new", "Uni\n\x04")

    assert code == 2
    assert "not every question was answered" in seen
    assert not (tmp_path / "new").exists()


def test_a_full_folder_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x", "utf-8")

    code, seen = on_a_terminal(tmp_path, "")

    assert code == 2
    assert "Name of" not in seen


def test_in_a_pipe_it_never_asks(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mcsite", "init", str(tmp_path / "new")],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "Name of" not in done.stdout + done.stderr
    assert 'title: "My institution"' in (tmp_path / "new" / SITE).read_text("utf-8")


def test_the_command_takes_a_list_of_languages_and_a_country_in_small_letters(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "new"
    arguments = ["init", str(folder), "--name", "Uni", "--languages", "lv, en", "--country", "de"]

    assert main(arguments) == 0
    assert "country: DE" in (folder / PROVIDER).read_text("utf-8")
    assert "languages: [lv, en]" in (folder / "catalogue/site.yaml").read_text("utf-8")
    assert main(arguments) == 2


def test_a_place_that_can_t_be_written_is_the_machine_s_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")

    with pytest.raises(MachineError):
        start_project(wanted(tmp_path / "file" / "new"))
