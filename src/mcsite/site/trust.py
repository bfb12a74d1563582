"""What a site publishes for verification: DID documents, status lists, the issuers it trusts."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from mcsite.content.catalogue import Catalogue
from mcsite.content.files import read_file
from mcsite.content.models.site import TrustRegistry
from mcsite.content.rules.assets import MAX_REGISTRY
from mcsite.content.rules.places import Places
from mcsite.content.source import SourceFault
from mcsite.credentials.did import did_web_parts, did_web_url
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.findings import Finding, Position, Severity
from mcsite.site import urls
from mcsite.store.issued_lists import published_document, published_parts
from mcsite.store.signed_lists import status_files


class _Unusable(Exception):
    """A registry's file can't be used; says why."""


def trust_files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file. The lists are those that the audit looks at."""
    own = did_path_prefix(catalogue.site.base_url)
    for issuer in catalogue.issuers:
        path = did_path(issuer.did, own)
        if path is not None:
            yield path, canonical(published_document(catalogue, issuer))
        for address, part in published_parts(catalogue, issuer):
            yield address.removeprefix(f"{catalogue.site.base_url}/"), canonical(part)
    for signed in status_files(catalogue.root):
        yield f"status/{signed.name}", signed.read_bytes()
    yield urls.TRUSTED_ISSUERS, canonical(trusted_issuers(catalogue))


def did_path_prefix(base_url: str) -> tuple[str, str]:
    """Return host and path of a site."""
    host, _, path = base_url.split("://", 1)[-1].partition("/")
    return host, path


def did_path(did: str, own: tuple[str, str]) -> str | None:
    """Return where a DID's document stands on this site, None where it stands on another."""
    parts = did_web_parts(did)
    if parts is None or parts[0] != own[0]:
        return None
    if not parts[1]:
        return ".well-known/did.json" if not own[1] else None
    if parts[1] == own[1]:
        return "did.json"
    prefix = f"{own[1]}/" if own[1] else ""
    return f"{parts[1].removeprefix(prefix)}/did.json" if parts[1].startswith(prefix) else None


def published_elsewhere(did: str, base_url: str) -> str:
    """Return the address at which somebody else has to publish an issuer's document; empty where
    the site does, or where nobody has to.
    """
    here = did_web_parts(did) is None or did_path(did, did_path_prefix(base_url)) is not None
    return "" if here else did_web_url(did)


def issuer_findings(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """Yield the issuers whose documents this site doesn't publish."""
    base_url = catalogue.site.base_url
    for number, issuer in enumerate(catalogue.issuers):
        address = published_elsewhere(issuer.did, base_url)
        if address:
            yield places.finding(
                "issuers", (number, "did"), "MC518",
                f"the site of {base_url} doesn't publish the document of {issuer.did}: while it "
                f"isn't at {address}, nobody can verify what this issuer signs",
                severity=Severity.WARNING,
                hint="fine where you publish it there yourself; else put base_url in site.yaml "
                "back, or make a key for this address: mcsite keygen",
            )  # fmt: skip


def trusted_issuers(catalogue: Catalogue) -> JsonObject:
    """Return /trust/issuers.json: the site's own issuers, then the lists that it relies on.

    A list with a finding is left out.
    """
    site = catalogue.site
    registries: list[JsonObject] = [
        {
            "name": dict(site.title.by_language),
            "url": site.base_url,
            "issuers": [
                {"id": issuer.did, "name": dict(issuer.name.by_language)}
                for issuer in catalogue.issuers
            ],
        }
    ]
    for registry in site.trust_registries:
        try:
            issuers = _listed(catalogue, registry)
        except (_Unusable, SourceFault):
            continue
        entry: JsonObject = {"name": dict(registry.name.by_language), "issuers": issuers}
        if registry.url is not None:
            entry["url"] = registry.url
        registries.append(entry)
    return {"languages": list(site.languages), "registries": registries}


def registry_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what is wrong within the lists of issuers that site.yaml names; that they are there,
    content.rules.assets looks at.
    """
    for registry in catalogue.site.trust_registries:
        try:
            _listed(catalogue, registry)
        except SourceFault:
            continue
        except _Unusable as fault:
            yield Finding(
                at=Position(PurePosixPath(registry.file)),
                code="MC307",
                severity=Severity.ERROR,
                message=f"the list of trusted issuers can't be used: {fault}",
                hint='it looks like {"issuers": [{"id": "did:web:university.example"}]}',
            )


def _listed(catalogue: Catalogue, registry: TrustRegistry) -> list[JsonObject]:
    """Return the issuers of a registry's file."""
    data = read_file(catalogue.root, PurePosixPath(registry.file), max_bytes=MAX_REGISTRY)
    try:
        issuers = parse_object(data).get("issuers")
    except JsonFault as fault:
        raise _Unusable(f"not JSON that mcsite reads: {fault}") from fault
    if not isinstance(issuers, list):
        raise _Unusable("it has no list of issuers")
    found = [one for one in issuers if isinstance(one, dict) and isinstance(one.get("id"), str)]
    if len(found) < len(issuers):
        raise _Unusable("an issuer has no id")
    return found
