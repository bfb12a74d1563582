"""Lists of trusted issuers: what they may hold, and what a site publishes of them."""

from pathlib import Path

import pytest

from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.site.trust import registry_findings, trusted_issuers
from tests.content.test_load import SITE, TODAY, write

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
