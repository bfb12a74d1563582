"""mcsite export: only what verifies is exported, sealed ones only with their holder's link."""

import argparse
import base64
import datetime as dt
import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from mcsite.cli import export as cli
from mcsite.cli.exits import Exit
from mcsite.commands.export import ExportRequest, export_edc
from mcsite.commands.status import StatusRequest, change_status
from mcsite.errors import ContentError, UsageError
from tests.project import BASE, NOW, SITE, Project, parsed

LONG = 3660  # days
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose lists count for long: the command reads the clock."""
    found = Project(tmp_path)
    found.write("catalogue/site.yaml", f"{SITE}status_list_days: {LONG}\n")
    return found.with_key()


def exported(project: Project, credential: str, **changes: Any) -> Any:
    request = ExportRequest(project=project.root, credentials=(credential,), now=NOW, **changes)
    (found,) = export_edc(request)
    if found.refusal is not None:
        raise found.refusal
    assert found.document is not None
    return found.document["credential"]


def arguments(project: Project, *words: str) -> argparse.Namespace:
    return parsed(cli.add_arguments, ["edc", *words, "--project", str(project.root)])


def test_an_id_and_an_address_name_the_same_credential(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued

    by_id = exported(project, made.id)

    assert exported(project, made.link) == by_id
    assert by_id["credentialSubject"]["fullName"] == {"lv": "Anna Ozola"}
    assert by_id["identifier"]["notation"] == f"{BASE}/c/{made.id}/"


def test_the_page_is_a_qr_code_unless_a_picture_is_given(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    own = project.private / "page.jpg"
    own.write_bytes(b"\xff\xd8\xff\xe0 picture")

    def shown(**changes: Any) -> tuple[bytes, str]:
        found = exported(project, made.id, **changes)["displayParameter"]["individualDisplay"]
        image = found[0]["displayDetail"]["image"]
        return base64.b64decode(image["content"]), image["contentType"]["id"].rsplit("/", 1)[-1]

    assert shown()[0].startswith(PNG)
    assert shown()[1] == "PNG"
    assert shown(picture=own) == (own.read_bytes(), "JPEG")
    own.write_bytes(b"<svg/>")
    with pytest.raises(UsageError, match="isn't a PNG or JPEG picture"):
        shown(picture=own)


def test_a_sealed_one_needs_its_own_link(project: Project) -> None:
    made, other = project.issue_sealed("Anna Ozola", "Jānis Bērziņš").issued

    assert exported(project, made.id, key_link=made.link)["credentialSubject"]["fullName"] == {
        "lv": "Anna Ozola"
    }
    with pytest.raises(UsageError) as caught:
        exported(project, made.id)
    assert str(caught.value) == f"the credential {made.id} is sealed"
    for link in (other.link, made.link.partition("#")[0], made.link[:-4]):
        with pytest.raises(UsageError) as caught:
            exported(project, made.id, key_link=link)
        assert str(caught.value) == f"the link isn't that of the credential {made.id}"
    wrong = f"{made.link.partition('#')[0]}#k={'A' * 43}"
    with pytest.raises(ContentError) as refused:
        exported(project, made.id, key_link=wrong)
    assert str(refused.value) == f"the credential {made.id} can't be opened with that link"


def test_what_was_sealed_is_never_written_into_the_repository(project: Project) -> None:
    (made,) = project.issue_sealed("Anna Ozola").issued

    with pytest.raises(UsageError, match="what was exported"):
        exported(project, made.id, key_link=made.link, output=project.root / "edc.json")


@pytest.mark.parametrize("action", ["revoke", "suspend"])
def test_what_was_withdrawn_is_not_exported(project: Project, action: str) -> None:
    (made,) = project.issue("Anna Ozola").issued
    request = StatusRequest(
        project=project.root,
        credential=made.id,
        action=action,
        reason="Kļūda",
        key_file=project.key,
        now=NOW,
    )
    change_status(request, project.catalogue)

    with pytest.raises(ContentError) as caught:
        exported(project, made.id)
    verdict = {"revoke": "revoked", "suspend": "suspended"}[action]
    assert str(caught.value) == f"the credential {made.id} isn't exported: its verdict is {verdict}"


def test_what_was_changed_is_not_exported(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    batch = project.root / "credentials/batch.jsonl"
    batch.write_text(batch.read_text("utf-8").replace("Anna", "Inna"), "utf-8")

    with pytest.raises(ContentError, match="its verdict is tampered"):
        exported(project, made.id)


def test_a_list_that_has_run_out_is_refreshed_first(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    later = ExportRequest(
        project=project.root, credentials=(made.id,), now=NOW + dt.timedelta(days=LONG + 1)
    )

    (found,) = export_edc(later)

    assert found.refusal is not None
    assert found.refusal.hint == "run mcsite refresh: a status list has run out, or isn't there"


def test_a_credential_that_is_not_there_is_named(project: Project) -> None:
    project.issue("Anna Ozola")

    with pytest.raises(UsageError, match=f"there is no credential {'2' * 22}"):
        exported(project, "2" * 22)


def test_the_command_prints_the_uploadable_form(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (made,) = project.issue("Anna Ozola").issued

    assert cli.run(arguments(project, made.id)) is Exit.FINE

    printed = capsys.readouterr()
    assert list(json.loads(printed.out)) == ["credential"]
    assert printed.err == ""


def test_the_command_reads_the_link_from_standard_input_and_writes_for_one_reader(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = project.issue_sealed("Anna Ozola").issued
    output = project.private / "edc.json"
    monkeypatch.setattr("sys.stdin", io.StringIO(made.link + "\n"))

    code = cli.run(arguments(project, made.id, "--key-link", "-", "--output", str(output)))

    assert code is Exit.FINE
    assert json.loads(output.read_bytes())["credential"]["credentialSubject"]["fullName"]
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert capsys.readouterr().err == (
        f"{output}: not sealed yet. Upload it to the EDC Issuer, and seal it there.\n"
    )


def test_a_batch_is_exported_whole_but_for_what_was_withdrawn(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    links, output = project.private / "links.csv", project.private / "edc"
    one, two = project.issue("Anna Ozola", "Jānis", privacy="sealed", links=links).issued
    change_status(
        StatusRequest(
            project=project.root,
            credential=two.id,
            action="revoke",
            reason="Kļūda",
            key_file=project.key,
            now=NOW,
        ),
        project.catalogue,
    )

    code = cli.run(
        arguments(project, "batch.jsonl", "--links", str(links), "--output", str(output))
    )

    assert code is Exit.AT_FAULT
    assert [path.name for path in output.iterdir()] == [f"{one.id}.json"]
    assert capsys.readouterr().err == (
        f"{output}/{one.id}.json: not sealed yet. Upload it to the EDC Issuer, and seal it there.\n"
        f"the credential {two.id} isn't exported: its verdict is revoked\n"
    )


def test_nothing_of_a_batch_is_written_while_a_link_is_missing(project: Project) -> None:
    output = project.private / "edc"
    one, _ = project.issue_sealed("Anna Ozola", "Jānis").issued
    some = project.private / "some.csv"
    some.write_text(f"name,email,link\nAnna,,{one.link}\n")

    with pytest.raises(UsageError, match="is sealed"):
        cli.run(arguments(project, "batch.jsonl", "--links", str(some), "--output", str(output)))
    assert not output.exists()


def test_several_are_named_one_by_one(project: Project) -> None:
    one, two = project.issue("Anna Ozola", "Jānis").issued
    output = project.private / "edc"

    assert cli.run(arguments(project, one.id, two.link, "--output", str(output))) is Exit.FINE

    assert sorted(path.stem for path in output.iterdir()) == sorted([one.id, two.id])
    with pytest.raises(UsageError, match="several credentials need --output DIR"):
        cli.run(arguments(project, one.id, two.id))
    with pytest.raises(UsageError, match=r"there is no batch other\.jsonl"):
        cli.run(arguments(project, "other.jsonl", "--output", str(output)))
    with pytest.raises(UsageError, match="can't be read as a file of links"):
        exported(project, one.id, links=project.private / "none.csv")
