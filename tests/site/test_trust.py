"""Lists of trusted issuers: what they may hold, and what a site publishes of them."""

from pathlib import Path

import pytest

from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.check import check_project
from mcsite.commands.keygen import make_key
from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.site.trust import registry_findings, trusted_issuers
from tests.content.test_load import SITE, TODAY, write
from tests.project import BASE, DID, NOW, Project
from tests.project import SITE as PROJECT_SITE

REGISTRY = 'trust_registries: [{name: Agency, url: "https://agency.example", file: list.json}]\n'


def catalogue(tmp_path: Path, text: str) -> Catalogue:
    root = write(tmp_path, {"catalogue/site.yaml": SITE + REGISTRY, "list.json": text})
    loaded = load_catalogue(root, today=TODAY)
    assert loaded.catalogue is not None
    return loaded.catalogue


def test_a_list_is_published_beside_the_site_s_own(tmp_path: Path) -> None:
    found = catalogue(tmp_path, '{"issuers": [{"id": "did:web:uni.example"}]}')

    assert list(registry_findings(found)) == []
    registries = trusted_issuers(found)["registries"]
    assert isinstance(registries, list)
    assert registries[1:] == [
        {
            "name": {"lv": "Agency"},
            "url": "https://agency.example",
            "issuers": [{"id": "did:web:uni.example"}],
        }
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("issuers:", "not JSON that mcsite reads"),
        ('{"issuers": [], "issuers": []}', "not JSON that mcsite reads"),
        ("{}", "it has no list of issuers"),
        ('{"issuers": "did:web:uni.example"}', "it has no list of issuers"),
        ('{"issuers": [{"name": "Uni"}]}', "an issuer has no id"),
        ('{"issuers": ["did:web:uni.example"]}', "an issuer has no id"),
    ],
)
def test_a_list_that_can_t_be_used_is_told_and_not_published(
    tmp_path: Path, text: str, why: str
) -> None:
    found = catalogue(tmp_path, text)

    (finding,) = registry_findings(found)

    assert (str(finding.at.path), finding.code) == ("list.json", "MC307")
    assert finding.message.startswith(f"the list of trusted issuers can't be used: {why}")
    registries = trusted_issuers(found)["registries"]
    assert isinstance(registries, list)
    assert len(registries) == 1


def told_of_issuers(project: Project) -> list[str]:
    """Return what check and build say of issuers' documents, which is the same."""
    request = BuildRequest(
        project=project.root, output=project.private / "public", search=False, built_at=NOW, now=NOW
    )
    reports = (check_project(project.root, now=NOW), build_site(request))
    checked, built = ([f for f in report.findings if f.code == "MC518"] for report in reports)
    assert checked == built
    return [f"{found.at} {found.severity}: {found.message}" for found in checked]


def test_an_issuer_that_no_longer_is_of_this_site_is_told(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    assert told_of_issuers(project) == []

    project.write("catalogue/site.yaml", PROJECT_SITE.replace(BASE, "https://new.example"))

    (told,) = told_of_issuers(project)
    assert told == (
        "credentials/issuers.yaml:4:8 warning: the site of https://new.example doesn't publish the "
        f"document of {DID}: while it isn't at {BASE}/.well-known/did.json, nobody can verify what "
        "this issuer signs"
    )


def test_of_several_issuers_those_that_the_site_publishes_are_fine(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    for number, did in enumerate((f"{DID}:second", "did:web:other.example:a")):
        make_key(project.root, project.private / f"{number}.pem", kind="p256", did=did, now=NOW)
    issuers = project.root / "credentials/issuers.yaml"
    issuers.write_text(f"{issuers.read_text()}- did: did:key:z6Mk\n  name: Uni\n", "utf-8")

    (told,) = told_of_issuers(project)

    assert "isn't at https://other.example/a/did.json" in told
