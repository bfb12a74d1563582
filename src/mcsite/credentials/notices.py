"""Status notices: when and why a credential was withdrawn, signed (docs/decisions/0006)."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from mcsite.credentials.cryptosuites import Signer
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import secure_jcs, timestamp


class Status(StrEnum):
    """What a notice tells."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"


def status_notice(
    *,
    credential: str,
    status: Status,
    at: dt.datetime,
    signer: Signer,
    reason: str | Mapping[str, str] = "",
    superseded_by: str = "",
) -> JsonObject:
    """Return the signed notice about the credential of that address."""
    notice: JsonObject = {
        "type": "StatusNotice",
        "id": credential,
        "status": status.value,
        "at": timestamp(at),
    }
    if reason:
        text: JsonValue = reason if isinstance(reason, str) else dict(reason)
        notice["reason"] = text
    if superseded_by:
        notice["supersededBy"] = superseded_by
    return secure_jcs(notice, signer, at)
