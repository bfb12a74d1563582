"""What a verification may look at. It is gathered at the edge (store, browser) and judged here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mcsite.credentials.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Something that a check needed and didn't get, and why.

    `copy` is a document from a place that doesn't speak for the issuer: good enough to check a
    signature with, never to say whose it is.
    """

    reason: str  # "unreachable", "other-host", "malformed" or "not-in-catalogue"
    copy: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """A list of issuers that somebody vouches for."""

    name: str
    issuers: frozenset[str]  # DIDs
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """DID documents by DID, status lists by URL, today's achievements by id (one a language),
    trust registries, status notices by credential id, and parts of the lists of what stolen keys
    signed by URL. What isn't there is unreachable.
    """

    did_documents: Mapping[str, JsonObject | Unavailable] = field(default_factory=dict)
    status_lists: Mapping[str, JsonObject | Unavailable] = field(default_factory=dict)
    achievements: Mapping[str, tuple[JsonObject, ...] | Unavailable] = field(default_factory=dict)
    registries: tuple[Registry, ...] | Unavailable = Unavailable("unreachable")
    notices: Mapping[str, JsonObject] = field(default_factory=dict)
    issued: Mapping[str, JsonObject | Unavailable] = field(default_factory=dict)
    archived: bool = False  # kept by an archive: status lists speak for the day that they name


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What to fetch before a credential can be verified."""

    did: str = ""
    status_lists: tuple[str, ...] = ()
    achievement: str = ""
    credential: str = ""
    documents: tuple[JsonObject, ...] = ()  # the credential, and the envelope around it
