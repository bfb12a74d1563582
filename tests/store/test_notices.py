"""Notices in status.yaml: found where nobody believes them, signed anew wherever they stand."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mcsite.commands.keygen import make_key
from mcsite.commands.status import StatusRequest, change_status, refresh
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import parse_object
from mcsite.errors import UsageError
from mcsite.store.audit import credential_findings
from mcsite.store.notices import with_notices
from mcsite.store.status_log import StatusEvent, entry_text, parse_status_log
from tests.project import DID, NOW, Project

LOG = "credentials/status.yaml"
ISSUERS = "credentials/issuers.yaml"
ID = "1" * 22
STOLEN = "\n      compromised: 2026-11-24T12:00:00Z"
ENDED = "\n      valid_until: 2026-11-20T12:00:00Z"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One credential that was revoked with key-1, and key-2 to sign with."""
    made = Project(tmp_path).with_key()
    (issued,) = made.issue("Anna Ozola").issued
    request = StatusRequest(
        project=made.root, credential=issued.id, action="revoke", reason="Tā nav viņa",
        key_file=made.key, now=NOW,
    )  # fmt: skip
    change_status(request, made.catalogue)
    make_key(made.root, made.private / "second.pem", kind="p256", did="", now=NOW)
    return made


def edit(project: Project, path: str, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, (project.root / path).read_text("utf-8"), count=1)
    assert count == 1
    project.write(path, text)


def told(project: Project) -> list[tuple[str, str, str]]:
    found = credential_findings(project.catalogue, now=NOW)
    return [
        (str(one.at), one.message.partition(" believed: ")[2], one.hint)
        for one in found
        if one.code == "MC519"
    ]


def test_a_notice_that_counts_is_no_finding(project: Project) -> None:
    assert list(credential_findings(project.catalogue, now=NOW)) == []


@pytest.mark.parametrize(
    ("path", "pattern", "new", "said", "hint"),
    [
        (ISSUERS, "id: key-1", rf"\g<0>{STOLEN}", f"the key {DID}#key-1 was stolen", "mcsite ref"),
        (ISSUERS, "id: key-1", rf"\g<0>{ENDED}", f"the key {DID}#key-1 wasn't in use when it sign",
         "mcsite refresh"),
        (LOG, r'#key-1","proofP', '#key-7","proofP', f"the key {DID}#key-7 isn't in issuers.yaml",
         "restore"),
        (LOG, '"reason":"T', r"\g<0>ur", "its proof doesn't hold", "restore"),
        (LOG, "notice: '{", r"\g<0>{", "it isn't JSON that mcsite reads", "restore"),
        (LOG, '"proof":', '"proofs":', "its proof doesn't hold", "restore"),
    ],
    ids=["stolen", "ended", "unknown", "altered", "broken", "unsigned"],
)  # fmt: skip
def test_a_notice_that_nobody_believes_is_reported(
    project: Project, path: str, pattern: str, new: str, said: str, hint: str
) -> None:
    edit(project, path, pattern, new)

    ((at, message, advice),) = told(project)

    assert (at, message[: len(said)]) == (f"{LOG}:4:3", said)
    assert hint in advice


@pytest.mark.parametrize("mark", [STOLEN, ENDED])
def test_refreshing_signs_anew_what_a_key_signed_that_ended(project: Project, mark: str) -> None:
    edit(project, ISSUERS, "id: key-1", rf"\g<0>{mark}")
    before = notice(project)

    files = refresh(project.root, project.catalogue, project.private / "second.pem", now=NOW)

    assert project.root / LOG in files
    assert told(project) == []
    after = notice(project)
    assert {**after, "proof": {}} == {**before, "proof": {}}
    assert after["proof"] != before["proof"]


@pytest.mark.parametrize(
    ("pattern", "new"), [('"reason":"T', r"\g<0>ur"), ('"proof":', '"proofs":')]
)
def test_what_was_altered_is_never_signed_anew(project: Project, pattern: str, new: str) -> None:
    edit(project, LOG, pattern, new)
    edit(project, ISSUERS, "id: key-1", rf"\g<0>{STOLEN}")
    before = notice(project)

    files = refresh(project.root, project.catalogue, project.private / "second.pem", now=NOW)

    assert project.root / LOG not in files
    assert notice(project) == before


def test_refreshing_leaves_notices_that_count_alone(project: Project) -> None:
    files = refresh(project.root, project.catalogue, project.private / "second.pem", now=NOW)

    assert [path.name for path in files] == ["1.json", "2.json"]


def notice(project: Project) -> JsonObject:
    (event,) = parse_status_log((project.root / LOG).read_bytes())[0].events
    return parse_object(str(event.notice).encode())


def in_double_quotes(text: str) -> str:
    """Return the text of a log as JSON, as somebody may have saved it."""
    entries = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- makes texts alone
    return "".join(f"- {json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)


def in_blocks(text: str) -> str:
    """Return the text of a log as YAML's own writer lays it out, with folded lines."""
    entries = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- makes texts alone
    return "# kept\n" + yaml.safe_dump(entries, allow_unicode=True, width=60) + "# end\n"


def with_carriage_returns(text: str) -> str:
    """Return a text with the line ends of another system, and its mark before."""
    return "\ufeff" + text.replace("\n", "\r\n")


LAYOUTS = (str, in_double_quotes, in_blocks, with_carriage_returns)
TEXTS = st.text(st.sampled_from("ā'\"\\,:#{}[]-? a\u2028\x85😀"), min_size=1).filter(str.strip)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(LAYOUTS), st.integers(0, 31))
@settings(max_examples=60, deadline=None)
def test_however_a_log_is_laid_out_what_is_chosen_is_replaced_and_all_else_stays(
    reasons: list[str], layout: Callable[[str], str], chosen: int
) -> None:
    text = layout("".join(entry(number, reason) for number, reason in enumerate(reasons)))
    before = parse_status_log(text.encode())[0].events
    assert len(before) == len(reasons)
    new: JsonObject = {"type": "StatusNotice", "reason": "it's", "proof": "z"}

    made = with_notices(text.encode(), lambda event: new if chosen >> event.index & 1 else None)

    after = parse_status_log(made)[0].events
    for number, (old, now) in enumerate(zip(before, after, strict=True)):
        if chosen >> number & 1:
            assert parse_object(str(now.notice).encode()) == new
            assert now == old.model_copy(update={"notice": now.notice})
        else:
            assert now == old
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in made.decode().splitlines() if line.startswith("#")
    ]


def entry(number: int, reason: str) -> str:
    said: JsonObject = {"type": "StatusNotice", "reason": reason}
    return entry_text(
        credential=ID, action="revoke", at="2026-11-23T12:00:00Z", place=(1, number),
        key=f"{DID}#key-1", notice=said,
    )  # fmt: skip


def test_where_nothing_is_replaced_every_byte_stays() -> None:
    data = with_carriage_returns(entry(0, "a")).encode()

    assert with_notices(data, lambda _: None) == data


def test_a_notice_in_a_block_is_refused_with_its_place() -> None:
    text = entry(0, "a") + (
        f"- id: {ID}\n  action: revoke\n  at: 2026-11-23T12:00:00Z\n  list: 1\n  index: 1\n"
        f'  key: "{DID}#key-1"\n  notice: |\n    {{"type": "StatusNotice"}}\n'
    )

    def anew(event: StatusEvent) -> JsonObject | None:
        return {"type": "StatusNotice"} if event.index == 1 else None

    with pytest.raises(UsageError) as caught:
        with_notices(text.encode(), anew)

    assert str(caught.value) == (
        f"the notice about {ID} can't be signed anew as credentials/status.yaml is laid out"
    )
    assert caught.value.hint == "line 8: write the notice in quotes"
