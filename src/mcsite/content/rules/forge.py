"""The repository that pages link to is one whose addresses are known."""

from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.forge import FORGES
from mcsite.content.rules.places import Places
from mcsite.findings import Finding, Severity


def forge_is_known(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC311: pages can link to their files."""
    repository = catalogue.site.repository
    if repository is not None and repository.kind is None:
        yield places.finding(
            "site", ("repository",), "MC311", "no forge is known by that host's name",
            severity=Severity.NOTE,
            hint=f"say which it is, so that pages link to their files: repository: "
            f"{{url: …, forge: {FORGES[1]}}}; known are {', '.join(FORGES)}",
        )  # fmt: skip
