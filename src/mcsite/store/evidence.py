"""Gathering what a verification may look at: from a folder, or over HTTPS at the issuer's own
domain.

The only door to the network. Over HTTPS nothing is asked but the DID's host: its DID document,
status lists,
trust list, achievements and notice, each at most once, bounded in size and time.
"""

import http.client
import ssl
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

from mcsite.credentials.compromise import part_addresses
from mcsite.credentials.did import did_web_parts, did_web_url
from mcsite.credentials.evidence import Evidence, Needs, Registry, Unavailable
from mcsite.credentials.ids import id_in_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import MAX_BYTES, JsonFault, parse_object
from mcsite.errors import MachineError, UsageError

TIMEOUT = 15  # seconds for one answer
PAGE_BYTES = 4_000_000  # of a verification page
_BYTES = 2 * MAX_BYTES


class Source(Protocol):
    """A place that answers for addresses below one site."""

    def read(self, url: str) -> JsonObject | Unavailable:
        """Return the JSON object at `url`, or why there is none."""


class FolderSource:
    """A built site, a project, or any folder with the files of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, url: str) -> JsonObject | Unavailable:
        """Look for the path of `url`, whole and without its leading folders (the base path)."""
        parts = [part for part in urlsplit(url).path.split("/") if part]
        if any(part in (".", "..") for part in parts):
            return Unavailable("unreachable")
        for start in range(len(parts)):
            for folder in (self.folder, self.folder / "credentials"):
                path = folder.joinpath(*parts[start:])
                if path.is_file():
                    return _parsed(path.read_bytes()[:_BYTES])
        return Unavailable("unreachable")


class _OneHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects to the same host only."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Refuse to be sent to another host, or away from https."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.scheme != "https" or new.netloc != old.netloc:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class HttpsSource:
    """The issuer's own domain, and nothing else."""

    def __init__(self, host: str, opener: urllib.request.OpenerDirector | None = None) -> None:
        self.host = host
        self.opener = opener or urllib.request.build_opener(_OneHost)

    def read(self, url: str) -> JsonObject | Unavailable:
        """Fetch `url` where it is the issuer's."""
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.netloc != self.host:
            return Unavailable("other-host")
        request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 -- https only
        try:
            with self.opener.open(request, timeout=TIMEOUT) as answer:
                return _parsed(answer.read(_BYTES + 1))
        except (OSError, http.client.HTTPException, ssl.SSLError, ValueError):
            return Unavailable("unreachable")


def fetch_page(url: str) -> str:
    """Return the page at `url`; the fragment, which holds the key, is never part of a request."""
    if urlsplit(url).scheme != "https":
        raise UsageError(f"{url} isn't an https address")
    try:
        with urllib.request.build_opener(_OneHost).open(url, timeout=TIMEOUT) as answer:
            return str(answer.read(PAGE_BYTES).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise MachineError(f"{url} could not be fetched: {error}") from error


def _parsed(data: bytes) -> JsonObject | Unavailable:
    try:
        return parse_object(data)
    except JsonFault:
        return Unavailable("malformed")


def gather(needs: Needs, source_for: Callable[[str], Source]) -> Evidence:
    """Collect the evidence for one credential. `source_for` gives the source for a DID's host."""
    web = did_web_parts(needs.did)
    base = needs.credential.partition("/c/")[0]
    if web is None and not base.startswith("https://"):
        return Evidence(registries=())
    source = source_for(web[0] if web else urlsplit(base).netloc)
    documents = {} if web is None else {needs.did: source.read(did_web_url(needs.did))}
    lists = {url: source.read(url) for url in needs.status_lists}
    known = documents.get(needs.did)
    parts = part_addresses(known, needs.documents) if isinstance(known, dict) else []
    trust = source.read(f"{base}/trust/issuers.json")
    return Evidence(
        did_documents=documents,
        status_lists=lists,
        achievements={needs.achievement: _achievements(needs, base, trust, source)},
        registries=registries_of(trust),
        notices=_notices(needs, source),
        issued={url: source.read(url) for url in parts},
    )


def registries_of(trust: JsonObject | Unavailable) -> tuple[Registry, ...] | Unavailable:
    """Return the registries of a /trust/issuers.json."""
    if isinstance(trust, Unavailable):
        return trust
    found = []
    listed = trust.get("registries")
    for entry in listed if isinstance(listed, list) else []:
        issuers = entry.get("issuers") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and isinstance(issuers, list):
            ids = frozenset(str(item.get("id")) for item in issuers if isinstance(item, dict))
            found.append(Registry(_name(entry), ids, str(entry.get("url", ""))))
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
    languages = trust.get("languages") if isinstance(trust, dict) else []
    others = [
        source.read(f"{base}/courses/{course}/achievement.{language}.json")
        for language in (languages if isinstance(languages, list) else [])[1:]
    ]
    return (first, *(found for found in others if not isinstance(found, Unavailable)))


def _notices(needs: Needs, source: Source) -> dict[str, JsonObject]:
    if id_in_url(needs.credential) is None:
        return {}
    found = source.read(f"{needs.credential}notice.json")
    return {} if isinstance(found, Unavailable) else {needs.credential: found}
