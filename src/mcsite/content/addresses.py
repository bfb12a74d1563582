"""Addresses of web pages and of people, as content files write them."""

import re
from urllib.parse import SplitResult, urlsplit

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HIDING = re.compile(r'[\\<>"{}|^`\s]')


def split_url(text: str) -> SplitResult | None:
    """Return the parts of an absolute URL; None where it has no host, hides something, or is
    malformed: user names, backslashes, spaces and invisible characters.
    """
    if _HIDING.search(text) or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        usable = parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None
