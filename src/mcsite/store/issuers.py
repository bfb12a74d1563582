"""Issuers of a project as the credential core knows them: DID documents and key records."""

from collections.abc import Iterable

from mcsite.content.models.site import Issuer
from mcsite.credentials.cryptosuites import PublicKey
from mcsite.credentials.did import KeyRecord, did_document
from mcsite.credentials.json_types import JsonObject


def key_records(issuer: Issuer) -> list[KeyRecord]:
    """Return the issuer's keys, with their windows."""
    return [
        KeyRecord(
            id=f"{issuer.did}#{key.id}",
            multibase=key.public_key,
            valid_from=key.valid_from,
            valid_until=key.valid_until,
            revoked=key.compromised,
        )
        for key in issuer.keys
    ]


def document_of(issuer: Issuer) -> JsonObject:
    """Return the issuer's DID document."""
    return did_document(issuer.did, key_records(issuer))


def documents_of(issuers: Iterable[Issuer]) -> dict[str, JsonObject]:
    """Return the DID documents of all issuers, by DID."""
    return {issuer.did: document_of(issuer) for issuer in issuers}


def find_key(issuers: Iterable[Issuer], key: PublicKey) -> tuple[Issuer, KeyRecord] | None:
    """Return the issuer that lists `key`, and the record of it."""
    for issuer in issuers:
        for record in key_records(issuer):
            if record.multibase == key.multibase:
                return issuer, record
    return None
