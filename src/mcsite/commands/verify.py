"""mcsite verify: nine checks and a verdict for files, badge images, folders and links."""

import datetime as dt
import importlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mcsite.credentials.did import AUTHORITY
from mcsite.credentials.evidence import Evidence, Registry
from mcsite.credentials.faults import FormatFault
from mcsite.credentials.ids import id_in_url
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.credentials.verify import Verification, needs, not_fetched, unreadable, verify
from mcsite.errors import MachineError, UsageError
from mcsite.store.archives import ABOUT, SITE, site_in
from mcsite.store.batches import StoredCredential, bounded_lines, read_batches
from mcsite.store.carriers import MAX_FILE, credential_in
from mcsite.store.evidence import FolderSource, HttpsSource, NobodyAsked, NoHost, Source, gather
from mcsite.store.https import HttpsClient, NotFetched, address_parts

_OTHERS = ("did.json", "notice.json", "manifest.json")  # beside credentials, and none
_CARRIERS = (".jsonl", ".json", ".jwt", ".png", ".svg", ".html")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document to verify: where it came from, its bytes, and the key of its link."""

    source: str
    data: bytes
    key: bytes | None = None
    host: str = ""  # of the link that was given: naming it was asking for it


@dataclass(frozen=True, slots=True)
class Answer:
    """The verification of one candidate, and its bytes."""

    source: str
    verification: Verification
    data: bytes = b""


def _nobody(source: str, host: str) -> bool:
    del source, host
    return False


@dataclass(slots=True, kw_only=True)
class Verifier:
    """How to verify. Without `offline`, a host is asked only where `may_ask` agrees, given what
    names the host and the host; `asked` is told each address that is fetched. `piped` answers for
    the name "-".
    """

    now: dt.datetime
    offline: Source | None = None
    folder: Path | None = None  # that `offline` answers from
    trusted: tuple[Registry, ...] | None = None
    may_ask: Callable[[str, str], bool] = _nobody
    asked: Callable[[str], None] = lambda _: None
    client: HttpsClient = field(default_factory=HttpsClient)
    piped: Callable[[], bytes] = lambda: b""  # what "-" names
    hosts: dict[str, Source] = field(default_factory=dict)

    def answers(self, names: list[str]) -> Iterator[Answer]:
        """Verify each file, link, and every credential in each folder, in order. What a link's
        host answers, or that it doesn't, never stops the rest.
        """
        for name in names:
            page = name.partition("#")[0]
            try:
                for candidate in self._candidates(name):
                    found = self.verification(candidate)
                    yield Answer(candidate.source, found, candidate.data)
            except OSError as error:
                raise MachineError(f"{error.filename} can't be read: {error.strerror}") from error
            except NotFetched as fault:
                yield Answer(page, not_fetched(fault.reason, self.now))
            except FormatFault as fault:
                yield Answer(page, unreadable(fault, self.now))

    def _candidates(self, name: str) -> Iterator[Candidate]:
        if name == "-":
            data = self.piped()
            yield Candidate("standard input", credential_in(data) or data)
        elif name.startswith(("https://", "http://")):
            yield self._kept(name) if self.folder else self._fetched(name)
        else:
            yield from candidates(Path(name))

    def _kept(self, link: str) -> Candidate:
        """Return a credential of a built site, or of a project's batches."""
        page, _, fragment = link.partition("#")
        credential = id_in_url(link)
        if credential is None or self.folder is None:
            raise UsageError(f"{link} isn't the link of a credential")
        archived = site_in(self.folder)
        data = (
            _in_folder(self.folder, credential) if archived is None else _page(archived, credential)
        )
        return _of_link(page, data, credential, fragment)

    def _fetched(self, link: str) -> Candidate:
        """Return what stands at a link; its fragment, which holds the key, is never sent."""
        page, _, fragment = link.partition("#")
        parts = address_parts(page)
        if parts.scheme != "https" or not parts.netloc:
            raise UsageError(f"{page} isn't an https address")
        self.asked(page)
        data = self.client.get(page, max_bytes=MAX_FILE)
        return _of_link(page, data, id_in_url(page), fragment)

    def verification(self, candidate: Candidate) -> Verification:
        """Verify one document with what may be looked at."""
        wanted = needs(candidate.data, candidate.key)
        if wanted is None:
            return verify(candidate.data, Evidence(), self.now, key=candidate.key)
        evidence = gather(wanted, lambda host: self._source(candidate, host), self.trusted)
        return verify(candidate.data, evidence, self.now, key=candidate.key)

    def _source(self, candidate: Candidate, host: str) -> Source:
        if self.offline is not None:
            return self.offline
        if not AUTHORITY.fullmatch(host):
            return NoHost()
        if host not in self.hosts:
            agreed = host == candidate.host or self.may_ask(candidate.source, host)
            self.hosts[host] = (
                HttpsSource(host, self.client, self.asked) if agreed else NobodyAsked()
            )
        return self.hosts[host]


def verify_all(names: list[str], *, offline: Path | None, now: dt.datetime) -> Iterator[Answer]:
    """Verify without a network, or, where `offline` is None, without asking anybody but the hosts
    of the links given.
    """
    source = None if offline is None else offline_source(offline, now=now)
    return Verifier(now=now, offline=source, folder=offline).answers(names)


def offline_source(folder: Path, *, now: dt.datetime) -> Source:
    """Return what answers for addresses: a project, an archive, or a folder with the files of a
    site.

    Reading a project takes most of mcsite, which is loaded only here.
    """
    archived = site_in(folder)
    if archived is not None:
        return FolderSource(archived, archived=True)
    if not folder.is_dir():
        raise UsageError(f"{folder} isn't a folder")
    if not (folder / "catalogue" / "site.yaml").is_file():
        return FolderSource(folder)
    projects = importlib.import_module("mcsite.commands.project_source")
    found: Source = projects.project_source(folder, now=now)
    return found


def candidates(path: Path) -> Iterator[Candidate]:
    """Yield the documents in a file or folder."""
    if path.is_file():
        yield from _in_file(path)
        return
    if not path.is_dir():
        raise UsageError(f"{path} is neither a file, a folder nor a link")
    found = False
    for file in _files_in(path):
        for candidate in _in_file(file):
            if file.suffix in (".jsonl", ".json") or credential_in(candidate.data) is not None:
                found = True
                yield candidate
    if not found:
        raise UsageError(f"there is no credential in {path}")


def _files_in(folder: Path) -> Iterator[Path]:
    if (folder / ABOUT).is_file():
        folder /= SITE
    if (folder / "c").is_dir():  # a built site
        yield from sorted((folder / "c").glob("*/index.html"))
        return
    where = folder / "credentials" if (folder / "credentials").is_dir() else folder
    yield from sorted(
        path
        for path in where.iterdir()
        if path.suffix in _CARRIERS and path.name not in _OTHERS and path.is_file()
    )


def _in_file(path: Path) -> Iterator[Candidate]:
    with path.open("rb") as file:
        if path.suffix == ".jsonl":
            for number, line in enumerate(bounded_lines(file), 1):
                if line.strip():
                    yield Candidate(f"{path}:{number}", line.strip())
            return
        data = file.read(MAX_FILE)
    yield Candidate(str(path), credential_in(data) or data)


def _of_link(page: str, data: bytes, credential: str | None, fragment: str) -> Candidate:
    """Return the credential in what stands at a link, which has to be the one that it names."""
    inside = credential_in(data)
    if inside is None:
        raise FormatFault("not-a-credential")
    if credential is not None and id_of(inside) != credential:
        raise FormatFault("other-credential")
    return Candidate(page, inside, key_of_link(fragment), address_parts(page).netloc)


def _page(site: Path | zipfile.Path, credential: str) -> bytes:
    page = site.joinpath("c", credential, "index.html")
    if not page.is_file():
        raise UsageError(f"{site} has no page for the credential {credential}")
    with page.open("rb") as file:
        return file.read(MAX_FILE)


def _in_folder(folder: Path, credential: str) -> bytes:
    if (folder / "c" / credential).is_dir():
        return _page(folder, credential)
    for stored in read_batches(folder):
        if isinstance(stored, StoredCredential) and stored.id == credential:
            return stored.text
    raise UsageError(f"{folder} has no page for the credential {credential}")


def id_of(data: bytes) -> str | None:
    """Return the id (22 characters) that a document gives itself."""
    wanted = needs(data)
    if wanted is not None:
        return id_in_url(wanted.credential)
    try:
        identifier = parse_object(data).get("id")
    except JsonFault:
        return None
    return id_in_url(identifier) if isinstance(identifier, str) else None
