"""mcsite verify: a verdict for files, folders and links, without trusting any of them."""

import io
import json
from pathlib import Path

import pytest

from mcsite.cli import verify as cli
from mcsite.cli.exits import Exit
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.verify import verify_all
from mcsite.errors import UsageError
from tests.project import BASE, NOW, SITE, Project, parsed

CHECKS = [
    "format", "signature", "issuer-key", "valid-from", "valid-until", "revocation", "suspension",
    "achievement", "trust-registry",
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose lists count for long: the command reads the clock."""
    found = Project(tmp_path)
    found.write("catalogue/site.yaml", f"{SITE}status_list_days: 3660\n")
    return found.with_key()


def verdicts(*names: str | Path, offline: Path) -> list[str]:
    answers = verify_all([str(name) for name in names], offline=offline, now=NOW)
    return [answer.verification.verdict.value for answer in answers]


def built_site(project: Project) -> Path:
    output = project.private / "public"
    build_site(
        BuildRequest(project=project.root, output=output, search=False, built_at=NOW, now=NOW)
    )
    return output


def line(project: Project) -> str:
    return (project.root / "credentials/batch.jsonl").read_text().splitlines()[0]


def test_files_batches_and_folders_are_verified_against_a_project(project: Project) -> None:
    project.issue("Anna Ozola", "Jānis Bērziņš")
    single = project.private / "one.json"
    single.write_text(line(project))

    assert verdicts(single, offline=project.root) == ["valid"]
    assert verdicts(project.root / "credentials/batch.jsonl", offline=project.root) == ["valid"] * 2
    assert verdicts(project.root, offline=project.root) == ["valid"] * 2


def test_a_folder_with_the_files_of_a_site_is_enough(project: Project) -> None:
    project.issue("Anna Ozola")
    built, folder = built_site(project), project.private / "folder"
    for source, target in (
        (".well-known/did.json", "did.json"),
        ("status/1.json", "status/1.json"),
        ("status/2.json", "status/2.json"),
        ("trust/issuers.json", "trust/issuers.json"),
    ):
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        (folder / target).write_bytes((built / source).read_bytes())
    (folder / "one.json").write_text(line(project))

    assert verdicts(folder, offline=folder) == ["valid"]
    (folder / "status/2.json").unlink()
    assert verdicts(folder, offline=folder) == ["valid-status-unknown"]
    (folder / "did.json").unlink()
    assert verdicts(folder, offline=folder) == ["issuer-unreachable"]


def test_a_built_site_answers_for_its_pages_and_links(project: Project) -> None:
    (public,) = project.issue("Anna Ozola").issued
    (sealed,) = project.issue_sealed("Jānis Bērziņš").issued
    built = built_site(project)

    assert sorted(verdicts(built, offline=built)) == ["no-key", "valid"]
    assert verdicts(public.link, sealed.link, offline=built) == ["valid", "valid"]
    wrong = sealed.link.partition("#")[0] + "#k=" + "A" * 43
    assert verdicts(wrong, offline=built) == ["unreadable"]
    assert verdicts(sealed.link, offline=project.root) == ["valid"]


def test_a_changed_credential_is_tampered_whatever_was_changed(project: Project) -> None:
    project.issue("Anna Ozola")
    document = json.loads(line(project))
    path = project.private / "one.json"
    for key in ("name", "validFrom", "credentialSchema"):
        changed = json.loads(line(project))
        changed[key] = "2020-01-01T00:00:00Z"
        path.write_text(json.dumps(changed))
        assert verdicts(path, offline=project.root)[0] in ("tampered", "unreadable")
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Berta Ozola"
    path.write_text(json.dumps(document))
    assert verdicts(path, offline=project.root) == ["tampered"]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\x00", b"[]", b'{"a":1,"a":2}', b"{}" * 9])
def test_any_bytes_have_a_verdict(project: Project, data: bytes) -> None:
    path = project.private / "one.json"
    path.write_bytes(data)

    assert verdicts(path, offline=project.root) == ["unreadable"]


def test_a_page_that_shows_another_credential_is_refused_and_the_rest_is_verified(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = (made.id for made in project.issue("Anna Ozola", "Jānis Bērziņš").issued)
    built = built_site(project)
    page = built / "c" / one / "index.html"
    page.write_bytes((built / "c" / two / "index.html").read_bytes())
    links = [f"{BASE}/c/{made}/" for made in (one, two)]

    assert verdicts(*links, offline=built) == ["unreadable", "valid"]
    cli.run(parsed(cli.add_arguments, [links[0], "--offline", str(built)]))
    first, verdict, *rows = capsys.readouterr().out.splitlines()
    assert (first, verdict) == (
        links[0], "  The page shows another credential than its address names",
    )  # fmt: skip
    assert rows[0].split(maxsplit=2)[2] == "another credential than the link names"

    page.write_text("<html>", "utf-8")
    assert verdicts(*links, offline=built) == ["unreadable", "valid"]


def test_what_cannot_be_verified_is_named(project: Project, tmp_path: Path) -> None:
    for name, message in (
        (tmp_path / "no.json", f"{tmp_path}/no.json is neither a file, a folder nor a link"),
        (project.private, f"there is no credential in {project.private}"),
        ("https://x.example/", "https://x.example/ isn't the link of a credential"),
    ):
        with pytest.raises(UsageError) as caught:
            verdicts(name, offline=project.root)
        assert str(caught.value) == message
    with pytest.raises(UsageError, match="isn't a folder"):
        verdicts("x", offline=tmp_path / "no")
    for link in (f"http://x.example/c/{'2' * 22}/", "https://[x/", "https:///c/"):
        with pytest.raises(UsageError, match="isn't an https address"):
            list(verify_all([link], offline=None, now=NOW))


def test_json_is_one_object_a_line_with_nine_checks(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (made,) = project.issue("Anna Ozola").issued
    batch = project.root / "credentials/batch.jsonl"

    code = cli.run(
        parsed(cli.add_arguments, [str(batch), "--offline", str(project.root), "--json"])
    )

    (printed,) = capsys.readouterr().out.splitlines()
    found = json.loads(printed)
    assert code is Exit.FINE
    assert list(found) == ["source", "id", "verdict", "checks"]
    assert (found["source"], found["id"]) == (f"{batch}:1", f"{BASE}/c/{made.id}/")
    assert [check["check"] for check in found["checks"]] == CHECKS
    assert {tuple(check) for check in found["checks"]} == {("check", "state", "reason", "at")}


def test_standard_input_is_read(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.issue("Anna Ozola")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line(project).encode())))

    code = cli.run(parsed(cli.add_arguments, ["-", "--offline", str(project.root), "--json"]))

    assert code is Exit.FINE
    assert json.loads(capsys.readouterr().out)["source"] == "standard input"


def test_people_read_a_sentence_then_nine_rows_and_the_exit_code_says_no(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.issue("Anna Ozola")
    path = project.private / "one.json"
    path.write_text(line(project).replace("Anna", "Inna"))

    code = cli.run(parsed(cli.add_arguments, [str(path), "--offline", str(project.root)]))

    first, verdict, *rows = capsys.readouterr().out.splitlines()
    assert code is Exit.AT_FAULT
    assert first == str(path)
    assert verdict == "  Do not rely on this: it was changed after it was issued"
    assert [row.split()[1] for row in rows if row] == CHECKS
    assert "Inna" not in "".join(rows)
