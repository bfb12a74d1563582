"""Gathering what a verification may look at: from a folder, or over HTTPS at the issuer's own
domain.

Over HTTPS nothing is asked but the DID's host: its DID document, status lists, trust list,
achievements and notice, each at most once, bounded in size and time (mcsite.store.https). What one
credential may cost in all is bounded too.
"""

import errno
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mcsite.credentials.compromise import part_addresses
from mcsite.credentials.did import did_web_parts, did_web_url
from mcsite.credentials.evidence import Evidence, Needs, Registry, Unavailable
from mcsite.credentials.ids import id_in_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import MAX_BYTES, JsonFault, parse_object
from mcsite.errors import UsageError
from mcsite.store.https import HttpsClient, NotFetched, address_parts

_TRUST = "/trust/issuers.json"
MAX_LISTS = 8  # status lists that one credential may make us fetch; ours name two
MAX_LANGUAGES = 40  # in which a course's description is fetched; the EU has 24
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
MAX_REQUESTS = 80  # for one credential; ours make eight or so
SECONDS = 60.0  # after which nothing more is asked for it
MAX_ANSWERS = 4 * MAX_BYTES  # bytes of all answers for one credential, and of those that are kept
_BYTES = 2 * MAX_BYTES


class Source(Protocol):
    """A place that answers for addresses below one site."""

    def read(self, url: str) -> JsonObject | Unavailable:
        """Return the JSON object at `url`, or why there is none."""

    def trust_list(self, base: str) -> JsonObject | Unavailable:
        """Return the lists of issuers that count here; `base` is the address of the credential's
        site, empty where it isn't a page of a site like ours.
        """


class FolderSource:
    """A built site, a project, or any folder with the files of one, in a ZIP file too. In an
    `archived` one status lists speak for the day that they name, and run out no more.
    """

    def __init__(self, folder: Path | zipfile.Path, *, archived: bool = False) -> None:
        self.folder = folder
        self.archived = archived

    def read(self, url: str) -> JsonObject | Unavailable:
        """Look for the path of `url`, whole and without its leading folders (the base path)."""
        parts = [part for part in address_parts(url).path.split("/") if part]
        if any(part in (".", "..") for part in parts):
            return Unavailable("unreachable")
        for start in range(len(parts)):
            for folder in (self.folder, self.folder / "credentials"):
                found = _in_folder(folder.joinpath(*parts[start:]))
                if found is not None:
                    return found
        return Unavailable("unreachable")

    def trust_list(self, base: str) -> JsonObject | Unavailable:
        """Return the folder's own, whoever issued the credential."""
        del base
        return self.read(_TRUST)


@dataclass(slots=True)
class _Budget:
    """What one credential may still cost."""

    requests: int = MAX_REQUESTS
    size: int = MAX_ANSWERS
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def is_spent(self) -> bool:
        return self.requests <= 0 or self.size <= 0 or time.monotonic() >= self.until


class HttpsSource:
    """One host, and nothing else. Answers are kept, while they are few: many credentials need the
    same.

    `asked` is told each address before it is fetched.
    """

    def __init__(
        self, host: str, client: HttpsClient, asked: Callable[[str], None] = lambda _: None
    ) -> None:
        self.host, self.client, self.asked = host, client, asked
        self.answers: dict[str, JsonObject | Unavailable] = {}
        self._kept = 0  # bytes
        self._budget = _Budget()

    def begin(self) -> None:
        """Begin with another credential."""
        self._budget = _Budget()

    def read(self, url: str) -> JsonObject | Unavailable:
        """Fetch `url` where it is of this host."""
        parts = address_parts(url)
        if parts.scheme != "https" or parts.netloc != self.host:
            return Unavailable("other-host")
        if url in self.answers:
            return self.answers[url]
        if self._budget.is_spent():
            return Unavailable("unreachable")
        self.asked(url)
        before = self._budget.size
        answer = self._fetched(url)
        self._keep(url, answer, len(url) + before - self._budget.size)
        return answer

    def _keep(self, url: str, answer: JsonObject | Unavailable, size: int) -> None:
        if self._kept + size > MAX_ANSWERS:
            self.answers, self._kept = {}, 0
        self.answers[url] = answer
        self._kept += size

    def trust_list(self, base: str) -> JsonObject | Unavailable:
        """Return what the credential's site publishes; others publish nothing of the kind."""
        return self.read(base + _TRUST) if base else {}

    def _fetched(self, url: str) -> JsonObject | Unavailable:
        most = min(_BYTES, self._budget.size)
        self._budget.requests -= 1
        try:
            data = self.client.get(url, max_bytes=most)
        except NotFetched as fault:
            self._budget.size -= most if fault.reason == "too-large" else 0
            return Unavailable(fault.reason)
        self._budget.size -= len(data)
        return _parsed(data)


class NobodyAsked:
    """A host that nobody agreed to ask."""

    def read(self, url: str) -> Unavailable:
        """Say so."""
        del url
        return Unavailable("not-asked")

    def trust_list(self, base: str) -> JsonObject | Unavailable:
        """Say so, where there is something to ask for."""
        return Unavailable("not-asked") if base else {}


class NoHost:
    """What a document has that names no host: nothing more than itself."""

    def read(self, url: str) -> Unavailable:
        """Return nothing."""
        del url
        return Unavailable("unreachable")

    def trust_list(self, base: str) -> JsonObject:
        """Return no list."""
        del base
        return {}


def read_registries(path: Path) -> tuple[Registry, ...]:
    """Return the lists of issuers in a file: a /trust/issuers.json, or one list (`issuers`)."""
    try:
        document = parse_object(path.read_bytes()[: _BYTES + 1])
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    except JsonFault as error:
        raise UsageError(f"{path} isn't JSON that mcsite reads: {error}") from error
    if "issuers" in document:
        document = {"registries": [{"name": path.name, **document}]}
    found = registries_of(document)
    if isinstance(found, Unavailable) or not found:
        raise UsageError(
            f"{path} has no list of issuers",
            hint='it looks like {"issuers": [{"id": "did:web:university.example"}]}',
        )
    return found


def _in_folder(path: Path | zipfile.Path) -> JsonObject | Unavailable | None:
    """Return the JSON object in a file, None where there is no such file."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(_BYTES)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return None
        raise
    return _parsed(data)


def _parsed(data: bytes) -> JsonObject | Unavailable:
    try:
        return parse_object(data)
    except JsonFault:
        return Unavailable("malformed")


def gather(
    needs: Needs,
    source_for: Callable[[str], Source],
    trusted: tuple[Registry, ...] | None = None,
) -> Evidence:
    """Collect the evidence for one credential. `source_for` gives the source for a DID's host,
    which is empty where neither issuer nor credential names one.

    `trusted` are lists of issuers that the reader relies on, instead of those that the issuer's
    own site publishes.
    """
    web = did_web_parts(needs.did)
    address = address_parts(needs.credential)
    host = address.netloc if address.scheme == "https" else ""
    base = needs.credential.partition("/c/")[0] if id_in_url(needs.credential) else ""
    source = source_for(web[0] if web else host)
    if isinstance(source, HttpsSource):
        source.begin()
    documents = {} if web is None else {needs.did: source.read(did_web_url(needs.did))}
    lists = {url: source.read(url) for url in list(dict.fromkeys(needs.status_lists))[:MAX_LISTS]}
    known = documents.get(needs.did)
    parts = part_addresses(known, needs.documents) if isinstance(known, dict) else []
    trust = source.trust_list(base)
    publisher = source.host if isinstance(source, HttpsSource) else ""
    registries = registries_of(trust, publisher) if trusted is None else trusted
    return Evidence(
        did_documents=documents,
        status_lists=lists,
        achievements={needs.achievement: _achievements(needs, base, trust, source)},
        registries=registries,
        notices=_notices(needs, source),
        issued={url: source.read(url) for url in parts},
        archived=isinstance(source, FolderSource) and source.archived,
    )


def registries_of(
    trust: JsonObject | Unavailable, publisher: str = ""
) -> tuple[Registry, ...] | Unavailable:
    """Return the registries of a /trust/issuers.json. Lists that a stranger's host calls by some
    name are told apart by who published them.
    """
    if isinstance(trust, Unavailable):
        return trust
    found = []
    listed = trust.get("registries")
    for entry in listed if isinstance(listed, list) else []:
        issuers = entry.get("issuers") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and isinstance(issuers, list):
            ids = frozenset(str(item.get("id")) for item in issuers if isinstance(item, dict))
            name = f"{_name(entry)} (published by {publisher})" if publisher else _name(entry)
            found.append(Registry(name, ids, str(entry.get("url", ""))))
    return tuple(found)


def _name(entry: JsonObject) -> str:
    name = entry.get("name")
    if isinstance(name, dict):
        return str(name.get("en") or next(iter(name.values()), ""))
    return str(name)


def _achievements(
    needs: Needs, base: str, trust: JsonObject | Unavailable, source: Source
) -> tuple[JsonObject, ...] | Unavailable:
    course = needs.achievement.rstrip("/").rsplit("/", 1)[-1]
    if not needs.achievement.startswith(base + "/") or not course:
        return Unavailable("not-in-catalogue")
    first = source.read(f"{base}/courses/{course}/achievement.json")
    if isinstance(first, Unavailable):
        return first
    others = [
        source.read(f"{base}/courses/{course}/achievement.{language}.json")
        for language in _languages(trust)[1:]
    ]
    return (first, *(found for found in others if not isinstance(found, Unavailable)))


def _languages(trust: JsonObject | Unavailable) -> list[str]:
    """Return the languages of a site, its default first, as many as a site may have."""
    listed = trust.get("languages") if isinstance(trust, dict) else []
    tags = [tag for tag in listed if isinstance(tag, str)] if isinstance(listed, list) else []
    return [tag for tag in dict.fromkeys(tags) if _LANGUAGE.fullmatch(tag)][:MAX_LANGUAGES]


def _notices(needs: Needs, source: Source) -> dict[str, JsonObject]:
    if id_in_url(needs.credential) is None:
        return {}
    found = source.read(f"{needs.credential}notice.json")
    return {} if isinstance(found, Unavailable) else {needs.credential: found}
