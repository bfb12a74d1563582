"""Status notices: when and why a credential was withdrawn, signed (docs/decisions/0006)."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from mcsite.credentials.cryptosuites import Signer
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import KeyOf, secure_jcs, timestamp, verify_proofs


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


def notice_holds(notice: JsonObject, credential: str, issuer: str, key_of: KeyOf) -> bool:
    """Tell whether `notice` is about `credential` and signed by one of the issuer's keys."""
    if notice.get("type") != "StatusNotice" or notice.get("id") != credential:
        return False
    result = verify_proofs(notice, key_of)
    return result.holds and all(method.startswith(issuer + "#") for method in result.methods)
