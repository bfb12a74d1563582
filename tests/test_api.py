"""docs/reference/python.md: its examples run, and say what they say that they do."""

import re
from pathlib import Path

import pytest

from mcsite import api
from mcsite.commands.project import catalogue_of
from mcsite.credentials.jcs import canonical
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.issuers import document_of
from tests.https_server import https_server
from tests.institution import LINK_KEY, NOW, Institution
from tests.project import Project

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(
    r"```python\n(.*?)```", (ROOT / "docs/reference/python.md").read_text("utf-8"), re.DOTALL
)


def sample() -> StoredCredential:
    return next(
        one for one in read_batches(ROOT) if isinstance(one, StoredCredential) and not one.sealed
    )


def test_the_examples_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    carried = sample().text.replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    Path("badge.svg").write_bytes(
        b"<svg><openbadges:credential>" + carried + b"</openbadges:credential></svg>"
    )
    Path("institution").symlink_to(ROOT)
    (issuer,) = catalogue_of(ROOT, today=NOW.date()).issuers
    Path("did.json").write_bytes(canonical(document_of(issuer)))
    names: dict[str, object] = {}

    for example in EXAMPLES:
        exec(compile(example, "python.md", "exec"), names)  # noqa: S102 -- our own document

    assert capsys.readouterr().out.splitlines() == [
        "valid 9",
        "Kiberdrošības pamati ikvienam darbiniekam",
        "issuer-unreachable",
        "valid-status-unknown",
    ]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 3


def test_what_is_public_is_documented_there_or_in_its_docstring() -> None:
    for name in api.__all__:
        assert (getattr(api, name).__doc__ or "").strip(), name


def test_the_issuers_host_is_asked_where_the_program_agrees() -> None:
    with https_server() as server:
        institution = Institution(server.base)
        data = canonical(institution.issue())
        hosts: list[str] = []

        def agree(host: str) -> bool:
            hosts.append(host)
            return True

        found = api.verify_online(data, now=NOW, agree=agree, client=server.client())

        assert found.verdict is api.Verdict.ISSUER_UNREACHABLE  # it publishes nothing yet
        assert hosts == [f"localhost:{server.port}"]
        assert server.heard[0].startswith("GET /.well-known/did.json ")
        before = len(server.heard)
        refused = api.verify_online(data, now=NOW, agree=lambda _: False, client=server.client())
        assert refused.checks[2].reason == "not-asked"
        assert len(server.heard) == before


def test_a_sealed_one_opens_with_the_key_of_its_link(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    (made,) = project.issue_sealed("Anna Ozola").issued
    text = (project.root / "credentials/batch.jsonl").read_bytes().strip()

    key = api.key_of_link(made.link.partition("#")[2])

    assert api.verify_offline(text, project.root, now=NOW, key=key).verdict == "valid"
    assert api.verify_offline(text, project.root, now=NOW).verdict == "no-key"
    assert api.verify_offline(text, project.root, now=NOW, key=LINK_KEY).verdict == "unreadable"


def test_lists_of_the_programs_own_count_instead(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    project.issue("Anna Ozola")
    text = (project.root / "credentials/batch.jsonl").read_bytes().strip()
    nobody = (api.Registry("ours", frozenset()),)

    found = api.verify_offline(text, project.root, now=NOW, trusted=nobody)

    assert found.verdict is api.Verdict.UNKNOWN_ISSUER


def test_a_folder_that_is_none_raises(tmp_path: Path) -> None:
    with pytest.raises(api.McsiteError, match="isn't a folder"):
        api.verify_offline(b"{}", tmp_path / "no", now=NOW)
