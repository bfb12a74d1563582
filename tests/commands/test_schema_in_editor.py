"""The schemas in a real editor's language server: it completes, explains and underlines."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcsite.commands.init import COURSE, PROVIDER, SITE, NewProject, start_project
from mcsite.commands.new import start_file
from tests.language_server import LanguageServer


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor") / "project"
    start_project(
        NewProject(
            folder=folder, name="Uni", base_url="https://a.example", languages=("lv", "en"),
            privacy="sealed",
        )
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def server(project: Path) -> Iterator[LanguageServer]:
    with LanguageServer(project) as running:
        yield running


def test_nothing_is_underlined_in_what_mcsite_writes(server: LanguageServer, project: Path) -> None:
    pathway = start_file(project, "pathway", "way")

    for file in (project / SITE, project / PROVIDER, project / COURSE, pathway):
        assert server.problems(file, file.read_text("utf-8")) == [], file


@pytest.fixture
def course(project: Path, request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A course that isn't saved yet, as init writes one."""
    text = (project / COURSE).read_text("utf-8")
    return project / f"catalogue/courses/{request.node.name}.yaml", text


def test_what_is_wrong_is_underlined_at_its_line(
    server: LanguageServer, course: tuple[Path, str]
) -> None:
    file, text = course
    text = text.replace("eqf: 5", "eqf: 9").replace("workload:", "worklaod:")

    lines = {problem.partition(":")[0] for problem in server.problems(file, text)}

    wanted = text.splitlines()
    named = {wanted[int(line) - 1].split(":")[0] for line in lines}
    assert {"level", "worklaod"} <= named


def test_fields_are_offered_with_what_they_are(
    server: LanguageServer, course: tuple[Path, str]
) -> None:
    file, text = course
    text = text.partition("\n\n# Optional")[0] + "\npre\n"
    server.problems(file, text)

    offered = server.completions(file, len(text.splitlines()), 4)

    assert "what is needed to enrol" in offered["prerequisites"]


def test_codes_are_offered_with_their_meaning(
    server: LanguageServer, course: tuple[Path, str]
) -> None:
    file, text = course
    text = re.sub(r"(?m)^participation: .*", "participation: ", text)
    server.problems(file, text)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.startswith("participation"))

    offered = server.completions(file, line, len("participation: ") + 1)

    assert offered["work-based"] == "Work-based"
    assert "blended" in offered


def test_languages_of_the_site_are_offered(
    server: LanguageServer, course: tuple[Path, str]
) -> None:
    file, text = course
    text = text + "\nprerequisites:\n  l\n"
    server.problems(file, text)

    offered = server.completions(file, len(text.splitlines()), 4)

    assert {"lv", "en"} <= offered.keys()


def test_a_field_is_explained_with_an_example(
    server: LanguageServer, course: tuple[Path, str]
) -> None:
    file, text = course
    server.problems(file, text)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.startswith("workload"))

    told = server.hover(file, line, 3)

    assert "notional workload" in told
    assert "78" in told
