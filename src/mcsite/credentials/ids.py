"""Ids of credentials: 128 random bits, as 22 characters of base58 (docs/decisions/0001)."""

import re

from mcsite.credentials import base58

ID_LENGTH = 22
ID_BYTES = 16
ID_PATTERN = re.compile(rf"[{base58.ALPHABET}]{{{ID_LENGTH}}}")


def new_credential_id(random_bytes: bytes) -> str:
    """Return the id made of 16 random bytes."""
    if len(random_bytes) != ID_BYTES:
        raise ValueError("an id is made of 16 random bytes")
    return base58.encode(random_bytes.lstrip(b"\0")).rjust(ID_LENGTH, "1")


def credential_url(base_url: str, credential_id: str) -> str:
    """Return the address of a credential's page, which is also the document's `id`."""
    return f"{base_url}/c/{credential_id}/"


def id_in_url(url: str) -> str | None:
    """Return the id at the end of a credential's address (with or without a fragment), if any."""
    path = url.split("#", 1)[0].split("?", 1)[0].rstrip("/")
    found = path.rsplit("/", 1)[-1]
    return found if ID_PATTERN.fullmatch(found) and f"/c/{found}" in path else None
