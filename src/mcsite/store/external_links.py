"""Whether links to other sites still work: hosts are asked politely, and answers are remembered.

A host is asked one question after the other, hosts beside each other. Nothing but the address
without its fragment leaves this machine, and no address inside a private network is asked.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from mcsite.store.cache import read_cache, write_cache
from mcsite.store.https import NotFetched, Reply

CACHE = "external-links.json"
Ask = Callable[[str, str], Reply]  # address and method → what the host says; or NotFetched
HOSTS = 8  # asked beside each other
HOPS = 5
PAUSE = 1.0  # seconds before a host is asked again
_VERSION = 1
_MOST = 20_000  # answers that are kept
_PERMANENT = frozenset({301, 308})
_GONE = frozenset({404, 410})
_GUARDED = frozenset({401, 403, 407, 429, 451})  # something is there, but not for programs


class State(StrEnum):
    """What an address turned out to be."""

    WORKS = "works"
    MOVED = "moved"  # for good, to an address that works
    GUARDED = "guarded"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    PRIVATE = "private"


_GOOD = (State.WORKS, State.MOVED)
_COUNTS = {True: dt.timedelta(days=7), False: dt.timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of asking for an address; `status` is HTTP's, 0 where there was no answer."""

    state: State
    status: int = 0
    location: str = ""  # where it moved


@dataclass(frozen=True, slots=True)
class Dated:
    """An outcome, and when it was found."""

    outcome: Outcome
    at: dt.datetime

    def counts(self, now: dt.datetime) -> bool:
        """Tell whether it needn't be asked again yet."""
        age = now - self.at
        return dt.timedelta(0) <= age < _COUNTS[self.outcome.state in _GOOD]


def outcomes_of(
    urls: Iterable[str],
    kept: Mapping[str, Dated],
    *,
    ask: Ask,
    now: dt.datetime,
    wait: Callable[[float], None],
) -> dict[str, Dated]:
    """Return the outcome for each of `urls` without its fragment, those of `kept` that still
    count among them.
    """
    bare = {urldefrag(url).url for url in urls}
    found = {url: kept[url] for url in bare if url in kept and kept[url].counts(now)}
    waiting: dict[str, list[str]] = defaultdict(list)
    for url in sorted(bare - found.keys()):
        waiting[urlsplit(url).netloc].append(url)

    def of_host(listed: list[str]) -> dict[str, Dated]:
        return {url: Dated(outcome_of(url, ask, wait), now) for url in listed}

    with ThreadPoolExecutor(HOSTS) as pool:
        for answers in pool.map(of_host, waiting.values()):
            found |= answers
    return found


def outcome_of(url: str, ask: Ask, wait: Callable[[float], None]) -> Outcome:
    """Ask for an address, following redirects; a second time after a pause where nobody answers."""
    found = _followed(url, ask)
    if found.state is State.UNREACHABLE:
        wait(PAUSE)
        found = _followed(url, ask)
    return found


def _followed(url: str, ask: Ask) -> Outcome:
    here, forever = url, True
    for _ in range(HOPS + 1):
        try:
            reply = _reply(here, ask)
        except NotFetched as error:
            private = error.reason == "private-address"
            return Outcome(State.PRIVATE if private else State.UNREACHABLE)
        if not reply.location:
            return _judged(reply.status, here if forever and here != url else "")
        if urlsplit(reply.location).scheme not in ("http", "https"):
            break
        forever = forever and reply.status in _PERMANENT
        here = urldefrag(reply.location).url
    return Outcome(State.UNREACHABLE)


def _reply(url: str, ask: Ask) -> Reply:
    """Ask with HEAD; with GET where a host seems not to know HEAD."""
    reply = ask(url, "HEAD")
    return ask(url, "GET") if reply.status >= 400 else reply  # noqa: PLR2004 -- HTTP's errors


def _judged(status: int, moved_to: str) -> Outcome:
    if status in _GONE:
        return Outcome(State.GONE, status)
    if status in _GUARDED:
        return Outcome(State.GUARDED, status)
    if not 200 <= status < 300:  # noqa: PLR2004 -- HTTP's successes
        return Outcome(State.UNREACHABLE, status)
    return Outcome(State.MOVED, status, moved_to) if moved_to else Outcome(State.WORKS, status)


def kept_outcomes(project: Path) -> dict[str, Dated]:
    """Return what an earlier run kept; a cache that can't be read is as if there was none."""
    try:
        document = json.loads(read_cache(project, CACHE))
        if document["version"] != _VERSION:
            return {}
        return {url: _kept(entry) for url, entry in document["links"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _kept(entry: Mapping[str, object]) -> Dated:
    status, location = entry["status"], entry["location"]
    if not isinstance(status, int) or not isinstance(location, str):
        raise TypeError
    at = dt.datetime.fromisoformat(str(entry["at"])).astimezone(dt.UTC)
    return Dated(Outcome(State(str(entry["state"])), status, location), at)


def keep_outcomes(project: Path, kept: Mapping[str, Dated]) -> None:
    """Keep outcomes for the next run."""
    latest = sorted(kept.items(), key=lambda item: item[1].at, reverse=True)[:_MOST]
    links = {
        url: {**asdict(one.outcome), "at": one.at.isoformat()}
        for url, one in sorted(dict(latest).items())
    }
    document = {"version": _VERSION, "links": links}
    write_cache(project, CACHE, json.dumps(document, indent=1, ensure_ascii=False).encode())
