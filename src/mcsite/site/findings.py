"""What is wrong with a site beyond its content files: with pictures, links, and who is trusted."""

from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.rules.places import Places
from mcsite.findings import Finding
from mcsite.site.links import link_findings
from mcsite.site.pictures import picture_findings
from mcsite.site.trust import issuer_findings, registry_findings


def site_findings(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """Yield what is wrong with files that a site takes over as they are, with links on it, and with
    issuers' documents.
    """
    yield from picture_findings(catalogue.root)
    yield from link_findings(catalogue, places)
    yield from registry_findings(catalogue)
    yield from issuer_findings(catalogue, places)
