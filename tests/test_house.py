"""Rules about the house itself: what a newcomer may rely on when looking around."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mcsite.cli import COMMANDS
from mcsite.codes import CODES

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder, pattern in (("src", "*.py"), ("theme", "*.js"), ("theme", "*.css"))
    for path in sorted((ROOT / folder).rglob(pattern))
]


def test_there_are_sources() -> None:
    assert len(SOURCES) > 50


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mcsite", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert COMMANDS[command][1].lower() in " ".join(done.stdout.lower().split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_or_the_docs(command: str) -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]

    assert any(f"mcsite {command}" in path.read_text("utf-8") for path in documents)


@pytest.mark.parametrize("code", CODES)
def test_every_finding_code_is_documented(code: str) -> None:
    assert code in (ROOT / "docs/reference/findings.md").read_text("utf-8")


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from mcsite.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pydantic', 'jinja2', 'yaml', 'cryptography', 'babel'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def prose_of(path: Path) -> str:
    """Return a document without its fenced blocks, which show files and sessions."""
    return re.sub(r"(?ms)^```.*?^```", "", path.read_text("utf-8"))


def test_documents_link_only_to_what_exists() -> None:
    missing = [
        f"{path.relative_to(ROOT)} → {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose_of(path))
        if not (path.parent / target).exists()
    ]

    assert missing == []
