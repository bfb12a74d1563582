"""What is told to who issues, and doesn't keep them from it."""

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Issuer
from mcsite.site.trust import published_elsewhere


def unpublished(catalogue: Catalogue, issuer: Issuer) -> str:
    """Return what to say where the site doesn't publish the issuer's document; else nothing."""
    address = published_elsewhere(issuer.did, catalogue.site.base_url)
    if not address:
        return ""
    return (
        f"the site of {catalogue.site.base_url} doesn't publish the document of {issuer.did}: "
        f"while it isn't at {address}, nobody can verify these credentials"
    )
