"""Base64url without padding (RFC 4648, section 5), as JOSE and Multibase's "u" use it."""

import base64
import re

_TEXT = re.compile(r"[A-Za-z0-9_-]*={0,2}", re.ASCII)


def encode(data: bytes) -> str:
    """Return `data` in base64url, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes that `text` stands for, padded or not; ValueError for anything else."""
    if not _TEXT.fullmatch(text):
        raise ValueError("not base64url")
    bare = text.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def decode_strictly(text: str) -> bytes:
    """Return the bytes of `text` as JOSE writes it (RFC 7515, section 2): no padding, and no other
    text for the same bytes; ValueError for anything else.
    """
    found = decode(text)
    if encode(found) != text:
        raise ValueError("not the one base64url text of its bytes")
    return found
