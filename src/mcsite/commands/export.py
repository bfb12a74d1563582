"""mcsite export: an issued credential in another format, after it was verified."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import segno

from mcsite.commands.project import catalogue_of
from mcsite.commands.project_source import ProjectSource
from mcsite.commands.status import find_credential
from mcsite.content.catalogue import Catalogue
from mcsite.credentials.ids import credential_url, id_in_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import Verification, needs, verify
from mcsite.errors import ContentError, UsageError
from mcsite.exports.elm.edc import Picture, european_credential
from mcsite.findings import Finding
from mcsite.store.atomic import refuse_inside
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.evidence import Source, gather

FORMATS = ("edc",)
MAX_PICTURE = 4_000_000  # bytes
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """Which credentials to export: ids or addresses, or batches by the name of their file."""

    project: Path
    credentials: tuple[str, ...]
    key_link: str = ""  # the link of a sealed one
    links: Path | None = None  # the file of links that mcsite issue wrote
    picture: Path | None = None  # shown as the credential's page
    output: Path | None = None
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one credential: a document, or why there is none."""

    id: str
    document: JsonObject | None = None
    refusal: ContentError | None = None


def export_edc(request: ExportRequest) -> Iterator[Exported]:
    """Yield the European Digital Credential of each issued one, not sealed yet, in the form that
    the EDC Issuer takes. What isn't valid is refused, one by one.
    """
    if request.output is not None:
        refuse_inside(request.output, request.project, "what was exported")
    catalogue = catalogue_of(request.project, today=request.now.date())
    wanted = [one for name in request.credentials for one in _stored(request.project, name)]
    links = {} if request.links is None else _read_links(request.links)
    keys = [_key(stored, request.key_link or links.get(stored.id, "")) for stored in wanted]
    exporter = _Exporter(request, catalogue, ProjectSource(catalogue))
    for stored, key in zip(wanted, keys, strict=True):
        try:
            yield Exported(stored.id, exporter.document(stored, key))
        except ContentError as error:
            yield Exported(stored.id, refusal=error)


def _stored(project: Path, name: str) -> Iterator[StoredCredential]:
    """Yield the credential of an id or address, or those of a batch."""
    if not name.endswith(".jsonl"):
        yield find_credential(project, name)
        return
    found = False
    for stored in read_batches(project):
        if stored.at.path.name == Path(name).name:
            if isinstance(stored, Finding):
                raise ContentError("credentials/ has errors; run mcsite check", findings=[stored])
            found = True
            yield stored
    if not found:
        raise UsageError(f"there is no batch {Path(name).name} in {project / 'credentials'}")


def _read_links(path: Path) -> dict[str, str]:
    """Return the links of a file that mcsite issue wrote, by the credential's id."""
    try:
        rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        links = [row.get("link") or "" for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} can't be read as a file of links: {error}") from error
    return {id_in_url(link) or "": link for link in links}


@dataclass(frozen=True, slots=True)
class _Exporter:
    """Makes one document after the other."""

    request: ExportRequest
    catalogue: Catalogue
    source: Source

    def document(self, stored: StoredCredential, key: bytes | None) -> JsonObject:
        """Return the document of a credential that verifies now; otherwise ContentError."""
        wanted = needs(stored.text, key)
        if wanted is None:
            raise ContentError(f"the credential {stored.id} can't be opened with that link")
        evidence = gather(wanted, lambda _: self.source)
        found = verify(stored.text, evidence, self.request.now, key=key)
        document = _good(found, stored.id)
        url = credential_url(self.catalogue.site.base_url, stored.id)
        own = self.request.picture
        picture = _qr_code(url) if own is None else _picture(own)
        return european_credential(document, self.catalogue, picture)


def _key(stored: StoredCredential, link: str) -> bytes | None:
    if not stored.sealed:
        return None
    if not link:
        raise UsageError(
            f"the credential {stored.id} is sealed",
            hint="give its holder's link: --key-link LINK, or - to read it from standard input; or "
            "--links FILE, which mcsite issue wrote",
        )
    key = key_of_link(link.partition("#")[2])
    if id_in_url(link) != stored.id or not key:
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
