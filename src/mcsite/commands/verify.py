"""mcsite verify: nine checks and a verdict for files, folders and links."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mcsite.credentials.evidence import Evidence, Needs
from mcsite.credentials.ids import id_in_url
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.verify import Verification, needs, verify
from mcsite.errors import MachineError, UsageError
from mcsite.store.evidence import FolderSource, HttpsSource, Source, gather
from mcsite.store.page_source import fetch_page

_EMBEDDED = re.compile(
    r'<script type="application/(?:vc\+)?json" id="(?:sealed-)?credential">(.*?)</script>',
    re.DOTALL,
)
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
    for name in names:
        for candidate in candidates(name, offline):
            yield Answer(candidate.source, _verify(candidate, offline, now))


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
    yield from sorted(path for path in where.iterdir() if path.suffix in (".jsonl", ".json"))


def _in_file(path: Path) -> Iterator[Candidate]:
    if path.suffix == ".jsonl":
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield Candidate(f"{path}:{number}", line.strip())
        return
    data = path.read_bytes()[:MAX_BYTES]
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
        page = fetch_page(link.split("#", 1)[0])
    else:
        path = offline / "c" / credential / "index.html"
        if not path.is_file():
            raise UsageError(f"{offline} has no page for the credential {credential}")
        page = path.read_text("utf-8")
    data = embedded(page)
    if data is None:
        raise MachineError(f"the page of {credential} holds no credential")
    return Candidate(f"{link.split('#', 1)[0]}", data, key)


def _verify(candidate: Candidate, offline: Path | None, now: dt.datetime) -> Verification:
    wanted = needs(candidate.data, candidate.key)
    evidence = Evidence() if wanted is None else _evidence(wanted, offline)
    return verify(candidate.data, evidence, now, key=candidate.key)


def _evidence(wanted: Needs, offline: Path | None) -> Evidence:
    def source_for(host: str) -> Source:
        return HttpsSource(host) if offline is None else FolderSource(offline)

    return gather(wanted, source_for)
