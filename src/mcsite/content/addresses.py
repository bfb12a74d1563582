"""Addresses of web pages and of people, as content files write them."""

import re
import unicodedata
from urllib.parse import SplitResult, quote, urlsplit

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PATH = "!$&'()*+,/:;=@~%"  # beside letters and digits: what stands as it is in a path (RFC 3986)
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


def in_ascii(parts: SplitResult) -> str:
    """Return the address as the name system and servers know it, of ASCII alone: xn-- before the
    Punycode of a host's part (RFC 5891), %XX in the path.
    """
    labels = unicodedata.normalize("NFC", parts.hostname or "").split(".")
    host = ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{quote(parts.path, safe=_PATH)}"
