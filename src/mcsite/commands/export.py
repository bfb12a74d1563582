"""mcsite export: an issued credential in another format, after it was verified."""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

import segno

from mcsite.commands.project import catalogue_of
from mcsite.commands.project_source import ProjectSource
from mcsite.commands.status import find_credential
from mcsite.credentials.ids import credential_url, id_in_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import Verification, needs, verify
from mcsite.errors import ContentError, UsageError
from mcsite.exports.elm.edc import Picture, european_credential
from mcsite.store.atomic import refuse_inside
from mcsite.store.batches import StoredCredential
from mcsite.store.evidence import gather

FORMATS = ("edc",)
MAX_PICTURE = 4_000_000  # bytes
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """Which credential to export. `credential` is its id or its address."""

    project: Path
    credential: str
    key_link: str = ""  # the link of a sealed one
    picture: Path | None = None  # shown as the credential's page
    output: Path | None = None
    now: dt.datetime


def export_edc(request: ExportRequest) -> JsonObject:
    """Return the European Digital Credential of an issued one, not sealed yet, in the form that
    the EDC Issuer takes.
    """
    catalogue = catalogue_of(request.project, today=request.now.date())
    stored = find_credential(request.project, request.credential)
    if stored.sealed and request.output is not None:
        refuse_inside(request.output, request.project, "what was sealed")
    key = _key(stored, request.key_link)
    wanted = needs(stored.text, key)
    if wanted is None:
        raise ContentError(f"the credential {stored.id} can't be opened with that link")
    source = ProjectSource(catalogue)
    found = verify(stored.text, gather(wanted, lambda _: source), request.now, key=key)
    document = _good(found, stored.id)
    url = credential_url(catalogue.site.base_url, stored.id)
    picture = _qr_code(url) if request.picture is None else _picture(request.picture)
    return european_credential(document, catalogue, picture)


def _key(stored: StoredCredential, link: str) -> bytes | None:
    if not stored.sealed:
        return None
    if not link:
        raise UsageError(
            f"the credential {stored.id} is sealed",
            hint="give the link that its holder has: --key-link LINK, or --key-link - to read it "
            "from standard input",
        )
    key = key_of_link(link.partition("#")[2])
    if id_in_url(link) != stored.id or key is None:
        raise UsageError(f"the link isn't that of the credential {stored.id}")
    return key


def _good(found: Verification, identifier: str) -> JsonObject:
    """Return the document of a credential that can be vouched for anew."""
    if found.verdict is not Verdict.VALID or found.document is None:
        raise ContentError(
            f"the credential {identifier} isn't exported: its verdict is {found.verdict}",
            hint="run mcsite refresh: a status list has run out, or isn't there"
            if found.verdict is Verdict.VALID_STATUS_UNKNOWN
            else "mcsite verify shows which check says so",
        )
    return found.document


def _picture(path: Path) -> Picture:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PICTURE + 1)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature) and len(data) <= MAX_PICTURE:
            return Picture(data, kind)
    raise UsageError(f"{path} isn't a PNG or JPEG picture of at most {MAX_PICTURE} bytes")


def _qr_code(url: str) -> Picture:
    """Return a QR code of the credential's page, which opens without the key of a sealed one."""
    drawn = io.BytesIO()
    segno.make(url, micro=False).save(drawn, kind="png", scale=12, border=4)
    return Picture(drawn.getvalue(), "PNG")
