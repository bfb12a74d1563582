"""mcsite verify: nine checks and a verdict for files, folders and links."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mcsite.commands.project_source import offline_source
from mcsite.credentials.evidence import Evidence
from mcsite.credentials.ids import id_in_url
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.credentials.verify import Verification, needs, verify
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.store.batches import StoredCredential, bounded_lines, read_batches
from mcsite.store.evidence import HttpsSource, Source, fetch_page, gather

_EMBEDDED = re.compile(
    r'<script type="application/(?:vc\+)?json" id="(?:sealed-)?credential">(.*?)</script>',
    re.DOTALL,
)
_OTHERS = ("did.json", "notice.json", "manifest.json")  # beside credentials, and none
MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document to verify: where it came from, its bytes, and the key of its link."""

    source: str
    data: bytes
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The verification of one candidate."""

    source: str
    verification: Verification


def verify_all(names: list[str], *, offline: Path | None, now: dt.datetime) -> Iterator[Answer]:
    """Verify each file, link, and every credential in each folder, in order."""
    if offline is not None and not offline.is_dir():
        raise UsageError(f"{offline} isn't a folder")
    source = None if offline is None else offline_source(offline, now=now)
    for name in names:
        try:
            for candidate in candidates(name, offline):
                yield Answer(candidate.source, _verify(candidate, source, now))
        except OSError as error:
            raise MachineError(f"{error.filename} can't be read: {error.strerror}") from error


def candidates(name: str, offline: Path | None) -> Iterator[Candidate]:
    """Yield the documents that a name on the command line stands for."""
    if name.startswith(("https://", "http://")):
        yield _linked(name, offline)
        return
    path = Path(name)
    if path.is_dir():
        found = False
        for file in _files_in(path):
            for candidate in _in_file(file):
                found = True
                yield candidate
        if not found:
            raise UsageError(f"there is no credential in {path}")
    elif path.is_file():
        yield from _in_file(path)
    else:
        raise UsageError(f"{name} is neither a file, a folder nor a link")


def _files_in(folder: Path) -> Iterator[Path]:
    pages = folder / "c" if (folder / "c").is_dir() else None
    if pages is not None:
        yield from sorted(pages.glob("*/index.html"))
        return
    where = folder / "credentials" if (folder / "credentials").is_dir() else folder
    yield from sorted(
        path
        for path in where.iterdir()
        if path.suffix in (".jsonl", ".json") and path.name not in _OTHERS
    )


def _in_file(path: Path) -> Iterator[Candidate]:
    if path.suffix == ".jsonl":
        with path.open("rb") as file:
            for number, line in enumerate(bounded_lines(file), 1):
                if line.strip():
                    yield Candidate(f"{path}:{number}", line.strip())
        return
    with path.open("rb") as file:
        data = file.read(MAX_BYTES)
    if path.suffix == ".html":
        data = embedded(data.decode("utf-8", "replace")) or b""
    yield Candidate(str(path), data)


def embedded(page: str) -> bytes | None:
    """Return the credential that stands in a verification page."""
    found = _EMBEDDED.search(page)
    return html.unescape(found[1]).strip().encode() if found else None


def _linked(link: str, offline: Path | None) -> Candidate:
    credential = id_in_url(link)
    if credential is None:
        raise UsageError(f"{link} isn't the link of a credential")
    key = key_of_link(urlsplit(link).fragment)
    if offline is None:
        data = embedded(fetch_page(link.split("#", 1)[0]))
    else:
        data = _kept(offline, credential)
    if data is None:
        raise MachineError(f"the page of {credential} holds no credential")
    if id_of(data) != credential:
        raise ContentError(f"the page of {credential} shows another credential")
    return Candidate(f"{link.split('#', 1)[0]}", data, key)


def _kept(folder: Path, credential: str) -> bytes | None:
    """Return a credential of a built site, or of a project's batches."""
    page = folder / "c" / credential / "index.html"
    if page.is_file():
        return embedded(page.read_text("utf-8"))
    for stored in read_batches(folder):
        if isinstance(stored, StoredCredential) and stored.id == credential:
            return stored.text
    raise UsageError(f"{folder} has no page for the credential {credential}")


def id_of(data: bytes) -> str | None:
    """Return the id (22 characters) that a document gives itself."""
    try:
        identifier = parse_object(data).get("id")
    except JsonFault:
        return None
    return id_in_url(identifier) if isinstance(identifier, str) else None


def _verify(candidate: Candidate, offline: Source | None, now: dt.datetime) -> Verification:
    wanted = needs(candidate.data, candidate.key)
    if wanted is None:
        return verify(candidate.data, Evidence(), now, key=candidate.key)
    evidence = gather(wanted, lambda host: offline or HttpsSource(host))
    return verify(candidate.data, evidence, now, key=candidate.key)
