"""Keys over the years: which signed what, how one retires, and what happens when one is stolen."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from mcsite.cli import main
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.compromise import Compromise, compromised_key
from mcsite.commands.keygen import make_key
from mcsite.commands.keys import KeyState, key_reports, retire_key
from mcsite.commands.signing import signer_of
from mcsite.commands.status import StatusRequest, change_status, refresh
from mcsite.commands.verify import verify_all
from mcsite.credentials.jcs import canonical
from mcsite.credentials.strict_json import parse_object
from mcsite.errors import ContentError, McsiteError, UsageError
from mcsite.store.audit import credential_findings
from mcsite.store.key_files import read_private_key
from tests.project import BASE, DID, NOW, Project

DAY = dt.timedelta(days=1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).with_key()


def second_key(project: Project, *, days: int = 0, name: str = "second.pem") -> Path:
    """Make another key, which signs from `days` after NOW."""
    path = project.private / name
    make_key(project.root, path, kind="p256", did="", now=NOW + days * DAY)
    return path


def change(project: Project, credential: str, action: str, key: Path, *, days: int = 0) -> None:
    request = StatusRequest(
        project=project.root, credential=credential, action=action, reason="Pārbaude",
        key_file=key, now=NOW + days * DAY,
    )  # fmt: skip
    change_status(request, project.catalogue)


def stolen(project: Project, key: str, successor: Path, *, days: int = 0) -> Compromise:
    now = NOW + days * DAY
    by = signer_of(project.catalogue, successor, now=now)
    return compromised_key(project.catalogue, key, by, at=now, now=now)


def retired(project: Project, key: str, *, days: int = 0) -> None:
    at = NOW + days * DAY
    retire_key(project.catalogue, key, at=at, now=at)


def faults(project: Project, *, days: int = 0) -> list[str]:
    return [str(found) for found in credential_findings(project.catalogue, now=NOW + days * DAY)]


def verdicts(
    project: Project, *sources: str, offline: Path | None = None, days: int = 0
) -> list[str]:
    names = list(sources) or [str(project.root / "credentials/batch.jsonl")]
    answers = verify_all(names, offline=offline or project.root, now=NOW + days * DAY)
    return [answer.verification.verdict.value for answer in answers]


def reasons(project: Project, *sources: str, days: int = 0) -> set[str]:
    """Return what the checks of the issuer's key said."""
    names = list(sources) or [str(project.root / "credentials/batch.jsonl")]
    answers = verify_all(names, offline=project.root, now=NOW + days * DAY)
    return {answer.verification.checks[2].reason for answer in answers}


def refusal(
    project: Project, act: Callable[..., object], *arguments: Any, **named: int
) -> McsiteError:
    """Return how `act` is refused; nothing may have changed on disk."""
    before = project.snapshot()
    with pytest.raises(McsiteError) as caught:
        act(project, *arguments, **named)
    assert project.snapshot() == before
    return caught.value


def test_each_key_is_listed_with_what_it_signed(project: Project) -> None:
    project.issue("Anna A", "Berta B")
    project.issue_sealed("Cilda C")
    second = second_key(project, days=1)
    project.issue("Dace D", key_file=second, now=NOW + 2 * DAY)

    first, later = key_reports(project.catalogue, now=NOW + 3 * DAY)

    assert (first.id, first.algorithm, first.state) == (
        f"{DID}#key-1", "Ed25519", KeyState.CURRENT,
    )  # fmt: skip
    assert (later.id, later.algorithm, later.state) == (f"{DID}#key-2", "P-256", KeyState.CURRENT)
    assert (first.signed.credentials, first.signed.lists) == (3, 2)
    assert (first.signed.first, first.signed.last) == (NOW, NOW)
    assert (later.signed.credentials, later.signed.lists) == (1, 0)
    assert (later.signed.first, later.signed.last) == (NOW + 2 * DAY, NOW + 2 * DAY)
    states = [report.state for report in key_reports(project.catalogue, now=NOW)]
    assert states == [KeyState.CURRENT, KeyState.NOT_YET]


def test_what_a_key_signed_outlives_its_retirement(project: Project) -> None:
    project.issue("Anna A")
    second = second_key(project)
    retired(project, "key-1", days=1)

    assert [report.state for report in key_reports(project.catalogue, now=NOW + 2 * DAY)] == [
        KeyState.RETIRED, KeyState.CURRENT,
    ]  # fmt: skip
    assert verdicts(project, days=2) == ["valid"]
    assert faults(project, days=2) == []
    with pytest.raises(UsageError, match="isn't in use today"):
        project.issue("Berta B", now=NOW + 2 * DAY)
    refresh(project.root, project.catalogue, second, now=NOW + 2 * DAY)
    assert verdicts(project, days=29) == ["valid"]


def test_a_mark_is_one_line_and_all_else_stays(project: Project) -> None:
    second_key(project)
    path = project.root / "credentials/issuers.yaml"
    path.write_text(path.read_text().replace("- id: key-2", "- id: key-2  # Ilze's") + "\n# end")
    before = path.read_text().splitlines()

    retired(project, f"{DID}#key-2", days=1)

    after = path.read_text().splitlines()
    assert [line for line in after if line in before] == before
    assert [line for line in after if line not in before] == [
        "      valid_until: 2026-11-24T12:00:00Z"
    ]


def test_ends_that_make_no_sense_are_refused(project: Project) -> None:
    project.issue("Anna A")
    second = second_key(project)

    assert str(refusal(project, retired, "key-1", days=-1)) == (
        "the key key-1 signed last on 2026-11-23T12:00:00Z"
    )
    assert str(refusal(project, retired, "key-2", days=-1)) == (
        "the key key-2 is in use since 2026-11-23T12:00:00Z"
    )
    assert str(refusal(project, retired, "key-3")) == (
        "there is no key key-3 in credentials/issuers.yaml"
    )
    assert str(refusal(project, stolen, "key-2", second)) == (f"another key of {DID} has to sign")
    retired(project, "key-2")
    assert str(refusal(project, retired, "key-2")) == "the key key-2 is retired already"


def test_a_key_of_two_issuers_has_to_be_named_whole(project: Project) -> None:
    make_key(project.root, project.private / "b.pem", kind="p256", did=f"{DID}:b", now=NOW)

    error = refusal(project, retired, "key-1")
    assert (str(error), error.hint) == (
        "2 issuers have a key key-1", f"name it whole: {DID}#key-1",
    )  # fmt: skip
    assert str(refusal(project, stolen, f"{DID}#key-1", project.private / "b.pem")) == (
        f"another key of {DID} has to sign"
    )
    retired(project, f"{DID}:b#key-1")


def test_a_layout_without_room_for_a_line_is_left_alone(project: Project) -> None:
    path = project.root / "credentials/issuers.yaml"
    (key,) = project.catalogue.issuers[0].keys
    project.write(
        "credentials/issuers.yaml",
        f"- did: {DID}\n  name: A\n  keys:\n"
        f"    - {{id: key-1, public_key: {key.public_key}, valid_from: 2025-01-01T00:00:00Z}}\n",
    )
    before = path.read_text()

    error = refusal(project, retired, "key-1")

    assert error.hint == "write this line into its entry: valid_until: 2026-11-23T12:00:00Z"
    assert path.read_text() == before


def test_after_a_theft_what_was_issued_counts_and_what_the_thief_made_does_not(
    project: Project,
) -> None:
    project.issue("Anna A", "Berta B")
    (sealed,) = project.issue_sealed("Cilda C").issued
    thief = Project(project.private / "thief")
    (thief.root / "credentials").mkdir()
    issuers = (project.root / "credentials/issuers.yaml").read_bytes()
    (thief.root / "credentials/issuers.yaml").write_bytes(issuers)
    thief.key = project.key
    thief.random = lambda length: b"\7" * length
    thief.issue("Zane Z", batch="forged")
    forged = str(thief.root / "credentials/forged.jsonl")
    assert verdicts(project, forged) == ["valid"]
    second = second_key(project, days=1)

    made = stolen(project, "key-1", second, days=2)

    assert made.key == f"{DID}#key-1"
    assert made.batches == Counter({"batch.jsonl": 3})
    assert verdicts(project, days=3) == ["valid", "valid", "no-key"]
    assert verdicts(project, sealed.link, days=3) == ["valid"]
    assert reasons(project, sealed.link, days=3) == {"confirmed"}
    assert verdicts(project, forged, days=3) == ["unknown-issuer"]
    assert faults(project, days=3) == []
    assert key_reports(project.catalogue, now=NOW)[0].state is KeyState.COMPROMISED


def test_status_lists_and_notices_of_a_stolen_key_are_signed_anew(project: Project) -> None:
    one, two = project.issue("Anna A", "Berta B").issued
    change(project, one.id, "revoke", project.key)
    second = second_key(project, days=1)
    log = (project.root / "credentials/status.yaml").read_text()

    stolen(project, "key-1", second, days=2)

    assert verdicts(project, days=3) == ["revoked", "valid"]
    text = (project.root / "credentials/status.yaml").read_text()
    assert len(text.splitlines()) == len(log.splitlines())
    assert text.count("key-2") == 1  # the notice's proof; that key-1 recorded it stays
    change(project, two.id, "suspend", second, days=3)
    assert verdicts(project, days=3) == ["revoked", "suspended"]
    batch = str(project.root / "credentials/batch.jsonl")
    (first, _) = verify_all([batch], offline=project.root, now=NOW + 3 * DAY)
    assert first.verification.notice is not None
    assert first.verification.notice["reason"] == "Pārbaude"


def test_notices_are_signed_anew_however_somebody_laid_them_out(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    change(project, made.id, "revoke", project.key)
    second = second_key(project, days=1)
    path = project.root / "credentials/status.yaml"
    entries = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 -- makes texts alone
    path.write_text("".join(f"- {json.dumps(entry)}\n" for entry in entries), "utf-8")

    stolen(project, "key-1", second, days=2)

    batch = str(project.root / "credentials/batch.jsonl")
    (found,) = verify_all([batch], offline=project.root, now=NOW + 3 * DAY)
    assert found.verification.notice is not None
    assert faults(project, days=3) == []


def test_a_notice_that_cannot_be_signed_anew_stops_it_all(project: Project) -> None:
    (made,) = project.issue("Anna A").issued
    change(project, made.id, "revoke", project.key)
    second = second_key(project, days=1)
    path = project.root / "credentials/status.yaml"
    (entry,) = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 -- makes texts alone
    notice = entry.pop("notice")
    lines = [f'"{name}": {json.dumps(value)}' for name, value in entry.items()]
    fields = "\n  ".join([*lines, "notice: >", f"  {notice}"])
    path.write_text(f"- {fields}\n", "utf-8")
    assert faults(project) == []

    error = refusal(project, stolen, "key-1", second, days=2)

    assert error.hint == "line 8: write the notice in quotes"


def test_a_published_site_leads_readers_to_the_list(project: Project) -> None:
    project.issue("Anna A")
    second = second_key(project, days=1)
    stolen(project, "key-1", second, days=2)
    output = project.private / "public"
    at = NOW + 3 * DAY
    build_site(BuildRequest(project=project.root, output=output, search=False, built_at=at, now=at))

    did = json.loads((output / ".well-known/did.json").read_bytes())
    (service,) = did["service"]
    key = project.catalogue.issuers[0].keys[0]
    assert service["serviceEndpoint"] == f"{BASE}/trust/issued/{key.public_key}/"
    terms = did["@context"][-1]
    assert service.keys() - {"id", "type", "serviceEndpoint"} < terms.keys()
    assert service["type"] in terms
    part = output / f"trust/issued/{key.public_key}/all.json"
    assert len(json.loads(part.read_bytes())["digests"]) == 1
    batch = str(project.root / "credentials/batch.jsonl")
    assert verdicts(project, batch, offline=output, days=3) == ["valid"]
    part.unlink()
    assert verdicts(project, batch, offline=output, days=3) == ["issuer-unreachable"]


def test_a_list_that_is_made_again_tells_what_it_adds(project: Project) -> None:
    project.issue("Anna A")
    late = project.root / "credentials/late.jsonl"
    (made,) = project.issue("Berta B", batch="late").issued
    line = late.read_bytes()
    late.unlink()
    second = second_key(project, days=1)

    assert stolen(project, "key-1", second, days=2).added is None
    late.write_bytes(line)
    assert stolen(project, "key-1", second, days=3).added == (made.id,)
    assert stolen(project, "key-1", second, days=4).added == ()

    assert verdicts(project, str(late), days=4) == ["valid"]
    assert faults(project, days=4) == []


def test_a_key_marked_by_hand_stops_the_build_until_its_list_is_made(project: Project) -> None:
    project.issue("Anna A")
    second = second_key(project, days=1)
    path = project.root / "credentials/issuers.yaml"
    path.write_text(
        path.read_text().replace(
            "    - id: key-1\n", "    - id: key-1\n      compromised: 2026-11-24T12:00:00Z\n"
        )
    )

    found = faults(project, days=2)
    assert found[0] == (
        "credentials/batch.jsonl:1:1: MC504 error: the key doesn't count (key-revoked)\n"
        "hint: if the institution did issue it: mcsite keys compromised lists what that key "
        "signed; if it didn't: delete the line"
    )
    assert [fault.splitlines()[0].split(": ")[1:] for fault in found[1:]] == [
        ["MC514 error", f"the key {DID}#key-1 was stolen"]
    ] * 2
    stolen(project, "key-1", second, days=2)
    assert faults(project, days=2) == []
    assert "2026-11-24T12:00:00Z" in path.read_text()


def test_a_line_that_is_added_with_the_stolen_key_afterwards_is_refused(project: Project) -> None:
    project.issue("Anna A")
    late = project.root / "credentials/late.jsonl"
    project.issue("Zane Z", batch="late")
    line = late.read_bytes()
    late.unlink()
    second = second_key(project, days=1)
    stolen(project, "key-1", second, days=2)

    late.write_bytes(line)

    (fault,) = faults(project, days=3)
    assert fault.startswith("credentials/late.jsonl:1:1: MC504 error: the key doesn't count")


def test_when_the_successor_is_stolen_too_the_third_key_takes_over_the_first_list(
    project: Project,
) -> None:
    project.issue("Anna A")
    second = second_key(project, days=1)
    stolen(project, "key-1", second, days=2)
    project.issue("Berta B", key_file=second, now=NOW + 3 * DAY)
    third = second_key(project, days=4, name="third.pem")
    late = project.root / "credentials/late.jsonl"

    made = stolen(project, "key-2", third, days=5)

    assert made.batches == Counter({"batch.jsonl": 1})
    assert verdicts(project, days=6) == ["valid", "valid"]
    assert faults(project, days=6) == []
    assert not late.exists()


@pytest.mark.parametrize("spoil", ["line", "digest", "part", "signer", "key"])
def test_a_list_that_somebody_changed_is_reported(project: Project, spoil: str) -> None:
    project.issue("Anna A")
    second = second_key(project, days=1)
    stolen(project, "key-1", second, days=2)
    (path,) = (project.root / "credentials/compromised").iterdir()
    document = parse_object(path.read_bytes())
    digests = document["digests"]
    assert isinstance(digests, list)
    changed = {
        "line": b"{",
        "digest": canonical({**document, "digests": [*digests, "x"]}),
        "part": path.read_bytes() * 2,
        "signer": canonical({**document, "proof": {}}),
        "key": canonical({**document, "key": f"{DID}#key-2"}),
    }
    path.write_bytes(changed[spoil])

    found = [fault for fault in faults(project, days=3) if "MC515" in fault]
    assert (
        found[0].split(": ", 2)[2].splitlines()[0]
        == {
            "line": "not JSON that mcsite reads: Expecting property name enclosed in double quotes "
            "at character 2",
            "digest": "the list isn't signed with a key that counts",
            "part": "the list isn't whole, or not for this site",
            "signer": "the list isn't signed with a key that counts",
            "key": "the list isn't about the key key-1",
        }[spoil]
    )


def test_nothing_is_listed_from_credentials_that_have_errors(project: Project) -> None:
    project.issue("Anna A")
    path = project.root / "credentials/batch.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Anna", b"Anne"))
    second = second_key(project, days=1)

    error = refusal(project, stolen, "key-1", second, days=2)

    assert isinstance(error, ContentError)
    assert str(error) == "credentials/ has errors; nothing was signed"


def test_a_list_signed_outside_a_keys_window_is_reported(project: Project) -> None:
    project.issue("Anna A")
    path = project.root / "credentials/issuers.yaml"
    path.write_text(
        path.read_text().replace(
            "    - id: key-1\n", "    - id: key-1\n      valid_until: 2026-11-20T12:00:00Z\n"
        )
    )
    second = second_key(project, days=1)

    said = f"the key {DID}#key-1 wasn't in use when it signed"
    listed = [fault for fault in faults(project) if "MC514" in fault]
    assert [fault.splitlines()[0] for fault in listed] == [
        f"credentials/status/{number}.json:1:1: MC514 error: {said}" for number in (1, 2)
    ]
    refresh(project.root, project.catalogue, second, now=NOW + 2 * DAY)
    assert [fault for fault in faults(project, days=2) if "MC514" in fault] == []


def test_a_private_key_of_the_successor_is_what_signs(project: Project) -> None:
    project.issue("Anna A")
    second = second_key(project, days=1)
    assert read_private_key(second) is not None

    stolen(project, "key-1", second, days=2)

    (path,) = (project.root / "credentials/compromised").iterdir()
    proof = parse_object(path.read_bytes())["proof"]
    assert isinstance(proof, dict)
    assert (proof["verificationMethod"], proof["cryptosuite"]) == (
        f"{DID}#key-2", "ecdsa-jcs-2019",
    )  # fmt: skip


def test_the_command_line_lists_retires_and_refuses(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.issue("Anna A")
    where = ["--project", str(project.root)]

    assert main(["keys", *where]) == 0
    shown = capsys.readouterr().out
    assert shown == (
        f"{DID}#key-1  current  Ed25519\n"
        "  in use since 2025-11-23T12:00:00Z\n"
        "  signed 1 credential, 2 status lists, from 2026-11-23T12:00:00Z to 2026-11-23T12:00:00Z\n"
    )
    assert main(["keys", "retire", "key-1", "--at", "2026-11-23T13:00:00+01:00", *where]) == 0
    capsys.readouterr()
    assert main(["keys", *where, "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    (key,) = project.catalogue.issuers[0].keys
    assert json.loads(line) == {
        "id": f"{DID}#key-1", "public_key": key.public_key, "algorithm": "Ed25519",
        "state": "retired", "credentials": 1, "status_lists": 2,
        "valid_from": "2025-11-23T12:00:00Z", "valid_until": "2026-11-23T12:00:00Z",
        "compromised": None, "first": "2026-11-23T12:00:00Z", "last": "2026-11-23T12:00:00Z",
    }  # fmt: skip
    with pytest.raises(SystemExit) as caught:
        main(["keys", "retire", "key-1", "--at", "yesterday", *where])
    assert caught.value.code == 2
    assert "'yesterday' isn't a time: 2027-01-12T09:30:00Z" in capsys.readouterr().err
