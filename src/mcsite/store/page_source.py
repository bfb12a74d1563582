"""Fetching one verification page over HTTPS, for a link given to `mcsite verify`."""

import http.client
import urllib.request
from urllib.parse import urlsplit

from mcsite.errors import MachineError, UsageError

TIMEOUT = 15
MAX_BYTES = 4_000_000


def fetch_page(url: str) -> str:
    """Return the page at `url`; the fragment, which holds the key, is never part of a request."""
    if urlsplit(url).scheme != "https":
        raise UsageError(f"{url} isn't an https address")
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310 -- https only
            return str(answer.read(MAX_BYTES).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise MachineError(f"{url} could not be fetched: {error}") from error
