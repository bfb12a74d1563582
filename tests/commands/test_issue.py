"""mcsite issue: all of a batch or nothing, and secrets outside the repository."""

import csv
import json
import resource
import stat
from pathlib import Path

import pytest

from mcsite.cli import issue as cli
from mcsite.cli.exits import Exit
from mcsite.commands.issue import issue_credentials
from mcsite.commands.keygen import make_key
from mcsite.commands.status import StatusRequest, change_status
from mcsite.credentials.evidence import Evidence, Registry
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import verify
from mcsite.errors import ContentError, MachineError, McsiteError
from mcsite.store.audit import credential_findings
from mcsite.store.issuers import documents_of
from tests.project import BASE, COURSE, DID, NOW, SITE, Project, parsed


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).with_key()


def lines(project: Project, batch: str = "batch") -> list[bytes]:
    return (project.root / f"credentials/{batch}.jsonl").read_bytes().splitlines()


def faults(project: Project) -> list[str]:
    return [str(finding) for finding in credential_findings(project.catalogue, now=NOW)]


def refusal(project: Project, **changes: object) -> McsiteError:
    """Return how issuing is refused; nothing may have changed on disk."""
    learners = project.learners("Anna Ozola")
    request, catalogue = project.request(learners, **changes), project.catalogue
    before = project.snapshot()
    with pytest.raises(McsiteError) as caught:
        issue_credentials(request, catalogue)
    assert project.snapshot() == before
    return caught.value


def test_a_batch_is_written_one_line_a_learner_and_passes_the_check(project: Project) -> None:
    report = project.issue("Anna Ozola", "Jānis Bērziņš")

    assert [made.name for made in report.issued] == ["Anna Ozola", "Jānis Bērziņš"]
    assert [path.relative_to(project.root).as_posix() for path in report.files] == [
        "credentials/batch.jsonl", "credentials/status/1.json", "credentials/status/2.json",
    ]  # fmt: skip
    assert [json.loads(line)["id"] for line in lines(project)] == [
        f"{BASE}/c/{made.id}/" for made in report.issued
    ]
    assert faults(project) == []


def test_a_batch_only_ever_grows(project: Project) -> None:
    project.issue("Anna Ozola")
    first = lines(project)
    path = project.root / "credentials/batch.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    project.issue("Jānis Bērziņš")

    assert lines(project)[:1] == first
    assert len(lines(project)) == 2
    assert faults(project) == []


def test_a_p256_key_issues_too(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key("p256")
    project.issue("Anna Ozola")

    suites = [proof["cryptosuite"] for proof in json.loads(lines(project)[0])["proof"]]
    assert suites == ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"]
    assert faults(project) == []


def test_sealed_credentials_show_nothing_of_the_person_and_open_with_the_link(
    project: Project,
) -> None:
    links = project.private / "links.csv"
    project.issue("Anna Ozola", privacy="sealed", links=links)

    everything = b"".join(
        path.read_bytes() for path in (project.root / "credentials").rglob("*") if path.is_file()
    )
    assert b"Ozola" not in everything
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    with links.open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    key = key_of_link(row["link"].partition("#")[2])
    opened = verify(lines(project)[0], _evidence(project), NOW, key=key)
    assert opened.verdict is Verdict.VALID_STATUS_UNKNOWN
    assert "Ozola" in json.dumps(opened.document)
    assert verify(lines(project)[0], _evidence(project), NOW).verdict is Verdict.NO_KEY


def _evidence(project: Project) -> Evidence:
    return Evidence(
        did_documents=documents_of(project.catalogue.issuers),
        registries=(Registry("own", frozenset({DID})),),
    )


def test_a_dry_run_writes_nothing(project: Project) -> None:
    learners = project.learners("Anna Ozola")
    before = project.snapshot()

    report = issue_credentials(project.request(learners, dry_run=True), project.catalogue)

    assert [made.name for made in report.issued] == ["Anna Ozola"]
    assert project.snapshot() == before


@pytest.mark.parametrize(
    ("base_url", "did", "stated", "address"),
    [
        (BASE, "", "", f"{BASE}/"),
        ("https://forge.example/micro", "", "", "https://forge.example/micro/"),
        ("https://forge.example:8443/a/b", "", "", "https://forge.example:8443/a/b/"),
        ("https://uni.example/micro", "did:web:uni.example", "", "https://uni.example/micro/"),
        (BASE, "did:web:forge.example:faculty:law", "", "https://forge.example/faculty/law/"),
        (BASE, "did:web:uni.example", "", "https://uni.example/"),
        ("https://forge.example/micro", "", "https://uni.example/", "https://uni.example/"),
    ],
    ids=["root", "base path", "port", "DID at the root", "another", "another root", "stated"],
)
def test_a_credential_names_no_page_of_somebody_else_as_its_issuers(
    tmp_path: Path, base_url: str, did: str, stated: str, address: str
) -> None:
    project = Project(tmp_path)
    project.write("catalogue/site.yaml", SITE.replace(BASE, base_url))
    make_key(project.root, project.key, kind="ed25519", did=did, now=NOW)
    path = project.root / "credentials/issuers.yaml"
    if stated:
        path.write_text(path.read_text().replace("  keys:", f"  url: {stated}\n  keys:"))

    project.issue("Anna Ozola")

    assert json.loads(lines(project)[0])["issuer"]["url"] == address


PERSONAL = {
    "given_name": "Anna", "family_name": "Ozola", "date_of_birth": "2001-02-03",
    "student_id": "urn:schac:personalUniqueCode:int:esi:lv:1", "did": "did:key:z6MkLearner",
}  # fmt: skip


@pytest.mark.parametrize("privacy", ["public", "sealed"])
def test_what_only_sealed_credentials_have_is_left_out_of_public_ones_and_named(
    project: Project, privacy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ",".join(["name", "grade", *PERSONAL])
    row = ",".join(["Anna Ozola", "9", *PERSONAL.values()])
    learners, links = project.learners(row, "Jānis,,,,,,", header=header), project.private / "l.csv"
    arguments = [
        "data", "--learners", str(learners), "--key", str(project.key), "--privacy", privacy,
        "--links", str(links), "--project", str(project.root), "--batch", "batch",
    ]  # fmt: skip

    told = []
    for more in (["--dry-run"], []):
        assert cli.run(parsed(cli.add_arguments, [*arguments, *more])) is Exit.FINE
        told += [line for line in capsys.readouterr().err.splitlines() if "left out" in line]

    left_out = ", ".join(PERSONAL)
    said = f"warning: left out, as only sealed credentials have it: {left_out}"
    assert told == ([said, said] if privacy == "public" else [])
    subject = str(subject_of(project, links, sealed=privacy == "sealed"))
    found = [name for name, value in PERSONAL.items() if f"'{value}'" in subject]
    assert found == ([] if privacy == "public" else list(PERSONAL))


def subject_of(project: Project, links: Path, *, sealed: bool) -> object:
    """Return what the first credential says of its learner."""
    key = None
    if sealed:
        first = next(csv.DictReader(links.read_text("utf-8-sig").splitlines()))
        key = key_of_link(first["link"].partition("#")[2])
    document = verify(lines(project)[0], _evidence(project), NOW, key=key).document
    assert document is not None
    return document["credentialSubject"]


def test_one_bad_row_stops_the_batch(project: Project) -> None:
    learners = project.learners("Anna Ozola", "test", "Jānis\u202e")
    before = project.snapshot()

    with pytest.raises(ContentError) as caught:
        issue_credentials(project.request(learners), project.catalogue)

    assert str(caught.value) == f"{learners.name} can't be issued from; nothing was signed"
    assert [finding.at.line for finding in caught.value.findings] == [3, 4]
    assert project.snapshot() == before


def test_refusals_say_what_is_wrong(project: Project) -> None:
    assert str(refusal(project, course="dati")) == "there is no course 'dati' in the catalogue"
    assert str(refusal(project, batch="../x")) == "'../x' can't be the name of a batch"
    assert str(refusal(project, privacy="sealed")) == (
        "sealed credentials need --links FILE: the links hold the only keys"
    )
    inside = refusal(project, links=project.root / "links.csv")
    assert str(inside) == (
        f"the file of links is never written inside the repository ({project.root})"
    )
    there = refusal(project, links=project.key)
    assert str(there) == f"{project.key} exists; links are never overwritten"
    assert str(refusal(project, key_file=project.private / "no.pem")) == (
        f"the key file {project.private}/no.pem isn't there"
    )


def test_a_key_of_somebody_else_is_refused(project: Project, tmp_path: Path) -> None:
    other = Project(tmp_path / "other").with_key()

    error = refusal(project, key_file=other.key)

    assert str(error) == f"the public key of {other.key} isn't in credentials/issuers.yaml"
    assert error.exit_code == 2


@pytest.mark.parametrize("field", ["valid_until: 2026-01-01", "compromised: 2026-01-01"])
def test_a_key_that_is_not_in_use_is_refused(project: Project, field: str) -> None:
    path = project.root / "credentials/issuers.yaml"
    path.write_text(path.read_text() + f"      {field}T00:00:00Z\n")

    assert str(refusal(project)) == f"the key {DID}#key-1 isn't in use today"


def test_a_provider_that_the_issuer_does_not_serve_is_refused(project: Project) -> None:
    project.write("catalogue/providers/other.yaml", "legal_name: Cita\ncountry: LV\n")
    path = project.root / "credentials/issuers.yaml"
    path.write_text(path.read_text() + "  providers: [other]\n")

    assert str(refusal(project)) == f"{DID} doesn't sign for the provider uni"


def test_a_withdrawn_course_is_refused(project: Project) -> None:
    project.write("catalogue/courses/data.yaml", COURSE + "withdrawn: 2026-05-01\n")

    assert str(refusal(project)) == "the course 'data' was withdrawn on 2026-05-01"


def test_a_spoilt_batch_is_never_added_to(project: Project) -> None:
    project.issue("Anna Ozola")
    path = project.root / "credentials/batch.jsonl"
    path.write_bytes(path.read_bytes() + b"{\n")

    assert str(refusal(project)) == "credentials/ has errors; run mcsite check"


def test_nothing_is_issued_while_the_log_of_withdrawals_cannot_be_read(project: Project) -> None:
    (made,) = project.issue("Anna Ozola").issued
    request = StatusRequest(
        project=project.root, credential=made.id, action="suspend", reason="x",
        key_file=project.key, now=NOW,
    )  # fmt: skip
    change_status(request, project.catalogue)
    path = project.root / "credentials/status.yaml"
    path.write_text(f"<<<<<<< HEAD\n{path.read_text('utf-8')}=======\n>>>>>>> other\n", "utf-8")
    (project.root / "credentials/status/1.json").unlink()

    error = refusal(project)

    assert str(error) == "credentials/status.yaml has errors"
    assert isinstance(error, ContentError)
    assert error.findings


def test_where_the_batch_cannot_be_written_no_link_stays_behind(project: Project) -> None:
    project.issue("Anna Ozola")
    links = project.private / "links.csv"
    request = project.request(
        project.learners("Jānis Bērziņš"), privacy="sealed", links=links, batch="late"
    )
    catalogue, before = project.catalogue, project.snapshot()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with pytest.raises(MachineError) as caught:
            issue_credentials(request, catalogue)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert str(caught.value) == f"{project.root}/credentials could not be changed: File too large"
    assert project.snapshot() == before


def test_no_status_place_is_given_twice_even_when_randomness_repeats(project: Project) -> None:
    project.issue(*(f"Anna {chr(0x41 + n // 26)}{chr(0x61 + n % 26)}ols" for n in range(60)))

    places = {json.loads(line)["credentialStatus"][0]["id"] for line in lines(project)}
    assert len(places) == 60


def test_two_issuers_keep_lists_of_their_own(project: Project) -> None:
    project.issue("Anna Ozola")
    second = project.private / "second.pem"

    make_key(project.root, second, kind="ed25519", did=f"{DID}:second", now=NOW)
    report = project.issue("Jānis Bērziņš", key_file=second)

    assert [path.name for path in report.files] == ["batch.jsonl", "3.json", "4.json"]
    entries = [json.loads(line)["credentialStatus"][0]["id"] for line in lines(project)]
    assert "/status/1.json#" in entries[0]
    assert "/status/3.json#" in entries[1]
    assert faults(project) == []


def test_the_default_privacy_is_that_of_the_site(project: Project) -> None:
    project.write("catalogue/site.yaml", SITE + "privacy: public\n")

    assert project.issue("Anna Ozola", privacy="").privacy == "public"


def test_when_a_list_is_full_the_next_pair_is_begun(project: Project) -> None:
    first = project.issue("Anna A", "Berta B", "Cilda C", list_capacity=2)
    project.issue("Dace D", "Elza E", batch="later", list_capacity=2)

    found = [
        (entry["statusListCredential"].rsplit("/", 1)[-1], entry["statusPurpose"])
        for line in [*lines(project), *lines(project, "later")]
        for entry in json.loads(line)["credentialStatus"]
    ]
    assert [name for name, purpose in found if purpose == "revocation"] == [
        "1.json", "1.json", "3.json", "3.json", "5.json",
    ]  # fmt: skip
    assert [name for name, purpose in found if purpose == "suspension"] == [
        "2.json", "2.json", "4.json", "4.json", "6.json",
    ]  # fmt: skip
    assert {path.name for path in first.files} == {
        "batch.jsonl", "1.json", "2.json", "3.json", "4.json",
    }  # fmt: skip
    assert faults(project) == []
