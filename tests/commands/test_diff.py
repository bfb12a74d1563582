"""mcsite diff: what a change means, told from a Git repository that the test makes."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from mcsite.cli import main
from mcsite.commands.diff import DiffRequest, difference
from mcsite.commands.erase import erase_credentials
from mcsite.errors import UsageError
from mcsite.review.diff import Difference
from mcsite.review.reports import REPORTS
from tests.commands.test_policy import DAY, Proposal
from tests.project import BASE, COURSE, DID, NOW, PROVIDER

DATA = "catalogue/courses/data.yaml"
PATHWAY = """\
title: Datu analītiķis
outcome: {qualification: Datu analītiķis}
steps: [data]
"""


@pytest.fixture
def proposal(tmp_path: Path) -> Proposal:
    return Proposal(tmp_path)


def changed(proposal: Proposal, base: str = "base", **more: Any) -> Difference:
    return difference(DiffRequest(project=proposal.root, base=base, today=NOW.date(), **more))


def told(proposal: Proposal, base: str = "base", form: str = "text", **more: Any) -> str:
    return REPORTS[form](changed(proposal, base, **more))


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_is_told_of_no_change(proposal: Proposal, form: str) -> None:
    assert told(proposal, form=form).endswith("Nothing has changed.")
    assert told(proposal, head="base", form=form).endswith("Nothing has changed.")


def test_another_layout_is_no_change_of_a_course(proposal: Proposal) -> None:
    proposal.replace(DATA, r"participation: online", "participation: [online]")
    proposal.replace(DATA, r"title: .*", "title:\n  en: Data stewardship\n  lv: Datu pārvaldība")

    assert told(proposal) == "Nothing has changed."


def test_a_change_is_told_field_by_field_with_what_was_issued(proposal: Proposal) -> None:
    proposal.replace(DATA, "ects: 1.5", "ects: 5")
    proposal.replace(DATA, "Datu pārvaldība", "Datu kārtība")
    proposal.replace(DATA, r"\[Apraksta datus, ", "[Plāno datus, Apraksta datus, ")
    proposal.replace(DATA, 'version: "1"', 'version: "2"')

    assert (
        told(proposal)
        == """\
1 course changed

Courses
  changed  data  Datu kārtība
    title (lv) Datu pārvaldība → Datu kārtība
    learning outcome 1 added: Plāno datus
    ECTS 1.5 → 5; 4 credentials were issued under 1.5
    version 1 → 2
    title wasn't translated anew into en
    4 credentials issued before, under version 1"""
    )


def test_courses_come_and_go(proposal: Proposal) -> None:
    for name in ("one", "two"):
        proposal.write(f"catalogue/courses/{name}.yaml", COURSE)
    proposal.propose()
    (proposal.root / "catalogue/courses/one.yaml").unlink()
    proposal.write("catalogue/courses/three.yaml", COURSE.replace("Datu pārvaldība", "Trešais"))
    proposal.replace("catalogue/courses/two.yaml", "summary: Dati", "withdrawn: 2026-11-01")

    assert (
        told(proposal, "HEAD")
        == """\
1 course added, 1 removed, 1 withdrawn

Courses
  removed  one  Datu pārvaldība
  added  three  Trešais
  withdrawn  two  Datu pārvaldība
    summary removed: Dati
    not offered from: 2026-11-01"""
    )


def rename(proposal: Proposal, path: str, new: str) -> None:
    """Call a file otherwise, with its id as an alias."""
    file = proposal.root / path
    text = f"{file.read_text('utf-8')}\naliases: [{file.stem}]\n"
    file.unlink()
    proposal.write(str(Path(path).with_stem(new)), text)


def test_a_course_that_is_called_otherwise_is_compared_with_what_it_was(proposal: Proposal) -> None:
    rename(proposal, DATA, "care")
    proposal.replace("catalogue/courses/care.yaml", "ects: 1.5", "ects: 5")
    proposal.replace("catalogue/courses/care.yaml", 'version: "1"', 'version: "2"')
    rename(proposal, "catalogue/providers/uni.yaml", "university")

    assert (
        told(proposal)
        == """\
1 course renamed; 1 provider renamed

Courses
  renamed  care  Datu pārvaldība
    id data → care
    ECTS 1.5 → 5; 4 credentials were issued under 1.5
    version 1 → 2
    4 credentials issued before, under version 1

Providers
  renamed  university  Parauga universitāte
    id uni → university"""
    )
    (course,) = json.loads(told(proposal, form="json"))["courses"]
    assert (course["change"], course["id"], course["earlier_id"]) == ("renamed", "care", "data")
    assert {field["field"] for field in course["fields"]} >= {"id", "aliases[1]", "workload.ects"}


def test_a_course_that_another_takes_the_place_of_is_told(proposal: Proposal) -> None:
    proposal.write("catalogue/courses/care.yaml", COURSE)
    proposal.propose()
    (proposal.root / DATA).unlink()
    proposal.write("catalogue/courses/care.yaml", f"{COURSE}\naliases: [data]\n")

    assert (
        told(proposal, "HEAD")
        == """\
1 course changed, 1 removed

Courses
  changed  care  Datu pārvaldība
    alias 1 added: data
  removed  data  Datu pārvaldība
    4 credentials issued before, under version 1
    its addresses lead to: care"""
    )


def test_a_course_that_was_issued_is_missed(proposal: Proposal) -> None:
    (proposal.root / DATA).unlink()

    report = told(proposal)

    assert "4 credentials issued before, under version 1" in report
    assert "they lead to its page, which withdrawn: would keep" in report


def test_the_other_files_of_the_catalogue_are_told(proposal: Proposal) -> None:
    proposal.replace("catalogue/site.yaml", "Sample catalogue", "Catalogue")
    proposal.write("catalogue/pathways/analyst.yaml", PATHWAY)
    proposal.replace("catalogue/providers/uni.yaml", "country: LV", "country: EE")
    proposal.write("catalogue/assets/logo.svg", "<svg/>")
    proposal.write("theme/static/css/site.css", "p {}")

    assert (
        told(proposal)
        == """\
1 provider changed; 1 pathway added; the site changed; 2 other files changed

Providers
  changed  uni  Parauga universitāte
    country LV → EE

Pathways
  added  analyst  Datu analītiķis

Site
  changed  site  Parauga katalogs
    title (en) Sample catalogue → Catalogue

Pictures and other assets
  added  catalogue/assets/logo.svg

Other files
  added  theme/static/css/site.css"""
    )


def test_credentials_statuses_and_keys_are_told(proposal: Proposal) -> None:
    key = proposal.second_key()
    proposal.propose()
    proposal.git.git("branch", "-f", "base")
    proposal.issue("Elza E", "Fricis F", key_file=key, batch="autumn")
    links = proposal.private / "links.csv"
    proposal.issue("Grieta G", privacy="sealed", links=links, batch="autumn")
    proposal.change(proposal.ids[0], "revoke", days=1)
    proposal.change(proposal.ids[3], "reinstate", days=2)
    erase_credentials(proposal.root, proposal.ids[1:2], now=NOW + DAY)

    assert (
        told(proposal)
        == f"""\
3 credentials issued, 1 erased, 1 reinstated, 1 revoked

Credentials
  1 sealed issued
    in autumn.jsonl, signed with key-1
  2 issued  data
    in autumn.jsonl, signed with key-2
  revoked  {proposal.ids[0]}
    signed with key-1
    reason: Pārbaude
  reinstated  {proposal.ids[3]}
    signed with key-1
    reason: Pārbaude
  erased  {proposal.ids[1]}
  status lists 1, 2 signed anew"""
    )


def test_what_becomes_of_keys_is_told(proposal: Proposal) -> None:
    proposal.second_key(days=1)
    proposal.replace(
        "credentials/issuers.yaml",
        r"( +)(valid_from: .*)",
        r"\1\2\n\1valid_until: 2026-11-24T00:00:00Z",
    )

    assert (
        told(proposal)
        == f"""\
1 key added, 1 retired

Keys
  retired  {DID}#key-1
    on 2026-11-24
  added  {DID}#key-2
    signs from 2026-11-24"""
    )


def test_what_breaks_the_policy_comes_first(proposal: Proposal) -> None:
    proposal.rewrite(proposal.lines()[1:])

    assert (
        told(proposal)
        == f"""\
nothing of the content changed (1 error)

Look at this first
  credentials/batch.jsonl:1:1: MC702 error: the issued credential {proposal.ids[0]} was removed
    hint: restore credentials/batch.jsonl from Git; mcsite erase removes one, and leaves an entry \
in status.yaml"""
    )


def test_issuing_under_an_accreditation_that_ran_out_is_a_warning(proposal: Proposal) -> None:
    agency = "accreditations: [{by: A, type: internal, valid_until: 2026-01-01}]\n"
    proposal.write("catalogue/providers/uni.yaml", PROVIDER + agency)
    proposal.propose()
    assert changed(proposal, "HEAD").warnings == ()

    proposal.issue("Elza E")

    assert [str(one.at) + " " + one.code for one in changed(proposal, "HEAD").warnings] == [
        "catalogue/providers/uni.yaml:3:55 MC602"
    ]


def test_a_file_that_cannot_be_read_is_an_error_and_the_rest_is_told(
    proposal: Proposal, capsys: pytest.CaptureFixture[str]
) -> None:
    proposal.write("catalogue/courses/new.yaml", COURSE)
    proposal.replace(DATA, r"title: .*", "title: {lv: Datu")

    done = main(["diff", "base", "--project", str(proposal.root)])

    out = capsys.readouterr().out
    assert done == 1
    assert "catalogue/courses/data.yaml:1:8: MC104 error" in out
    assert "unreadable  data" in out
    assert "added  new" in out


@pytest.mark.parametrize("form", list(REPORTS))
def test_new_lines_of_a_batch_that_cannot_be_read_are_errors(
    proposal: Proposal, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    lines = proposal.lines()
    proposal.rewrite([*lines, b'{"id": \n', b"<<<<<<< HEAD\n"])

    done = main(["diff", "base", "--project", str(proposal.root), "--format", form])

    out = capsys.readouterr().out
    assert done == 1
    assert "Nothing has changed." not in out
    assert "MC501" in out
    assert "MC111" in out
    assert [one.at.line for one in changed(proposal).unreadable] == [
        len(lines) + 1,
        len(lines) + 2,
    ]


def test_content_that_differs_never_fails(
    proposal: Proposal, capsys: pytest.CaptureFixture[str]
) -> None:
    proposal.rewrite(proposal.lines()[1:])

    assert main(["diff", "base", "--project", str(proposal.root)]) == 0
    assert "MC702" in capsys.readouterr().out


def test_two_commits_are_compared_whatever_the_working_copy_holds(proposal: Proposal) -> None:
    proposal.replace(DATA, "ects: 1.5", "ects: 5")
    proposal.issue("Elza E")
    proposal.propose()
    proposal.replace(DATA, "ects: 5", "ects: 7")

    report = told(proposal, "base", head="main")

    assert "ECTS 1.5 → 5; 4 credentials were issued under 1.5" in report
    assert "1 issued  data" in report
    assert changed(proposal, "main", head="main~1").of("courses")[0].fields[0].before == "5"


def test_since_the_merge_base_the_bases_own_changes_are_left_out(proposal: Proposal) -> None:
    proposal.git.git("checkout", "-q", "-b", "feature")
    proposal.write("catalogue/courses/new.yaml", COURSE)
    proposal.propose()
    proposal.git.git("checkout", "-q", "base")
    proposal.write("catalogue/courses/meanwhile.yaml", COURSE)
    proposal.propose()
    proposal.git.git("checkout", "-q", "feature")

    assert [one.change for one in changed(proposal).things] == ["removed", "added"]
    found = changed(proposal, since_merge_base=True).things
    assert [(one.id, one.change) for one in found] == [("new", "added")]


def test_a_project_below_the_repositorys_folder_is_compared(tmp_path: Path) -> None:
    proposal = Proposal(tmp_path)
    (proposal.root / ".git").rename(tmp_path / ".git")
    proposal.git.git("add", "-A", ".")
    proposal.git.git("-C", str(tmp_path), "commit", "-q", "-a", "-m", "below")
    proposal.replace(DATA, "ects: 1.5", "ects: 5")
    (tmp_path / "beside.txt").write_text("no part of the project")

    assert "ECTS 1.5 → 5; 4 credentials" in told(proposal, "HEAD")


def test_links_lead_to_the_preview(proposal: Proposal) -> None:
    proposal.replace(DATA, "ects: 1.5", "ects: 5")

    for site, address in (
        ("", "https://micro.uni.example"),
        ("https://preview.example/7/", "https://preview.example/7"),
    ):
        report = told(proposal, form="markdown", site_url=site)
        assert f"[`Datu pārvaldība`]({address}/lv/courses/data/) (`data`)" in report


def test_json_has_a_version_and_everything(
    proposal: Proposal, capsys: pytest.CaptureFixture[str]
) -> None:
    proposal.replace(DATA, "ects: 1.5", "ects: 5")
    proposal.issue("Elza E")
    base = proposal.git.git("rev-parse", "base").strip()

    main(["diff", "base", "--format", "json", "--project", str(proposal.root)])

    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["base"], found["head"]) == (1, base, None)
    assert [one["code"] for one in found["warnings"]] == ["MC708"]
    assert found["courses"] == [
        {
            "id": "data",
            "change": "changed",
            "title": "Datu pārvaldība",
            "page": "https://micro.uni.example/lv/courses/data/",
            "earlier_id": None,
            "successor": None,
            "fields": [{"field": "workload.ects", "language": None, "before": "1.5", "after": "5"}],
            "stale_translations": [],
            "issued_before": {
                "readable": [{"version": "1", "ects": "1.5", "count": 4}],
                "sealed": 0,
            },
        }
    ]
    assert found["issued"] == [
        {
            "batch": "credentials/batch.jsonl",
            "course": "data",
            "sealed": False,
            "key": f"{DID}#key-1",
            "count": 1,
        }
    ]


@pytest.mark.parametrize("name", ["nowhere", "--", "HEAD~99"])
def test_what_is_no_commit_is_refused(proposal: Proposal, name: str) -> None:
    with pytest.raises(UsageError, match="is no commit, branch or tag"):
        changed(proposal, name)


def test_a_folder_outside_git_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()

    with pytest.raises(UsageError, match="isn't in Git"):
        difference(DiffRequest(project=tmp_path, base="HEAD", today=NOW.date()))


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_names_that_are_no_text_are_told_all_the_same(
    proposal: Proposal, form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for folder in ("catalogue/assets", "credentials"):
        (proposal.root / folder).mkdir(exist_ok=True)
        name = os.fsencode(proposal.root / folder) + b"/\xff\n.jsonl"
        Path(os.fsdecode(name)).write_text("{}")
    document = json.loads(proposal.lines()[0])
    document["credentialSubject"]["achievement"]["id"] = f"{BASE}/courses/{'x' * 5000}/"
    proposal.write("credentials/odd.jsonl", json.dumps(document | {"id": f"{BASE}/c/{'1' * 22}/"}))

    done = main(["diff", "base", "--format", form, "--project", str(proposal.root)])

    assert done == 1  # {} is no credential
    out = capsysbinary.readouterr().out.decode()
    assert "\\udcff" in out
    assert "odd.jsonl" in out
