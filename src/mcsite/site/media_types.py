"""How a host that asks nobody serves each file of a site: its type, and how long it may be kept."""

from pathlib import PurePosixPath

from mcsite.site.word_index import INDEX

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_NAMED = {
    "_headers": "text/plain; charset=utf-8",
    "feed.xml": "application/atom+xml; charset=utf-8",
}
UNKNOWN = "application/octet-stream"
# a fragment of the index of words has the digest of what it holds in its name
_FRAGMENTS = {".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter"}
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, max-age=0, must-revalidate"  # a withdrawal is seen at once


def content_type(name: str) -> str:
    """Return the media type of a file of a site."""
    path = PurePosixPath(name)
    return _NAMED.get(path.name) or _TYPES.get(path.suffix.lower(), UNKNOWN)


def cache_control(name: str) -> str:
    """Return how long a file may be kept: what can change under its name is asked for again, by its
    ETag.
    """
    path = PurePosixPath(name)
    hashed = path.parts[0] == INDEX and path.suffix in _FRAGMENTS
    return _FOREVER if hashed else _ASK_AGAIN
