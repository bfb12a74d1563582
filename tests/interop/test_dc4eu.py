"""Open Badges micro-credentials of others, of the Dutch national profile: read, and told apart into
what could be checked and what couldn't.
"""

import json
from pathlib import Path

import pytest

from mcsite.cli import verify as cli
from mcsite.cli.exits import Exit
from mcsite.commands.verify import Verifier
from mcsite.credentials.verdict import Check, State
from tests.institution import NOW
from tests.project import parsed
from tests.reference import reference

PROFILE = (
    "https://raw.githubusercontent.com/educredentials/obv3-examples/refs/heads/main/contexts/"
    "educredential.json"
)
NAMES = [
    "mbob_eo_eov_microcredential_full", "mbob_ht_pf_microcredential_full",
    "mbob_zw_ssb_microcredential_full", "mbob_zw_td_microcredential_full",
    "theed_microcredential_embedded_ho", "theed_microcredential_full_ho",
    "theed_microcredential_full_mbo", "theed_microcredential_minimal_ho",
    "uvh_at_microcredential_full_1", "uvh_at_microcredential_full_2",
    "uvh_fvhz_microcredential_full",
]  # fmt: skip


def test_all_of_them_are_looked_at() -> None:
    folder = reference("real/dc4eu")

    assert sorted(path.stem for path in folder.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_they_are_never_valid_and_the_reason_is_a_context_that_is_not_known(name: str) -> None:
    path = reference(f"real/dc4eu/{name}.json")

    (answer,) = Verifier(now=NOW).answers([str(path)])

    found = answer.verification
    assert found.verdict == "unreadable"
    assert found.document is None
    assert [check.state for check in found.checks] == [State.FAILED] + [State.UNKNOWN] * 8
    assert found.checks[0].reason == "unknown-context"
    assert found.checks[0].check is Check.FORMAT


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_is_told_what_could_not_be_checked(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = reference(f"real/dc4eu/{name}.json")
    document = json.loads(path.read_text("utf-8"))

    assert cli.run(parsed(cli.add_arguments, [str(path)])) is Exit.AT_FAULT

    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "  Not a credential that can be read"
    after = lines[lines.index("  It says of itself, and nothing of this was checked:") + 1 :]
    told = dict(line.strip().split(": ", 1) for line in after if line)
    title = " ".join(document["credentialSubject"]["achievement"]["name"].split())
    assert told["title"] == title
    assert told["issuer"] == f"{document['issuer']['name']} ({document['issuer']['id']})"
    assert told["signed with"] == "nothing: anybody can have written it"
    assert told["contexts not known here"] == PROFILE
    assert told["withdrawn by"] == "no list: it can't be"
    assert "microcredential" in told["schemas not checked"]


def test_without_its_own_context_its_terms_mean_nothing(tmp_path: Path) -> None:
    """The shorter way out, dropping what isn't known, would read another document."""
    document = json.loads(reference(f"real/dc4eu/{NAMES[5]}.json").read_text("utf-8"))
    document["@context"].remove(PROFILE)
    path = tmp_path / "one.json"
    path.write_text(json.dumps(document), "utf-8")

    (answer,) = Verifier(now=NOW).answers([str(path)])

    assert answer.verification.verdict == "unreadable"
    assert answer.verification.checks[0].reason == "unmapped-term"


def test_the_bare_profile_of_open_badges_is_read_and_found_unsigned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(reference(f"real/dc4eu/{NAMES[5]}.json").read_text("utf-8"))
    document["@context"].remove(PROFILE)
    achievement = document["credentialSubject"]["achievement"]
    achievement["type"] = ["Achievement"]
    for own in (
        "participationType",
        "assessmentType",
        "identityChecked",
        "supervisionType",
        "ECTS",
    ):
        achievement.pop(own)
    document["credentialSchema"] = []
    path = tmp_path / "one.json"
    path.write_text(json.dumps(document), "utf-8")

    (answer,) = Verifier(now=NOW).answers([str(path)])

    assert answer.verification.checks[0].state is State.PASSED
    assert answer.verification.checks[1].reason == "no-proof"
    assert answer.verification.verdict == "tampered"
    cli.run(parsed(cli.add_arguments, [str(path)]))
    assert "  Do not rely on this: nobody signed it" in capsys.readouterr().out.splitlines()
