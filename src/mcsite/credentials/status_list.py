"""Bitstring Status List 1.0: one bit a credential, in a signed list."""

import datetime as dt
import gzip
import zlib
from dataclasses import dataclass

from mcsite.credentials import base64url
from mcsite.credentials.contexts import CREDENTIALS_V2
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import timestamp

MIN_LENGTH = 131_072  # bits; section 6.1: smaller lists give their members away
MAX_INFLATED = 4 * 1024 * 1024  # bytes; a list is deflated, and may be a bomb
PURPOSES = ("revocation", "suspension")


class MalformedList(ValueError):
    """An encoded list isn't one."""


@dataclass(frozen=True, slots=True)
class StatusList:
    """The bits of a list. Index 0 is the leftmost bit of the first byte (section 3.1)."""

    bits: bytes

    def __len__(self) -> int:
        return len(self.bits) * 8

    def __getitem__(self, index: int) -> bool:
        if not 0 <= index < len(self):
            raise IndexError(f"the list has {len(self)} entries, and no number {index}")
        return bool(self.bits[index // 8] >> (7 - index % 8) & 1)

    @classmethod
    def of(cls, indexes: set[int] | frozenset[int], length: int = MIN_LENGTH) -> "StatusList":
        """Return a list of `length` bits in which just `indexes` are set."""
        bits = bytearray(length // 8)
        for index in indexes:
            if not 0 <= index < length:
                raise IndexError(f"the list has {length} entries, and no number {index}")
            bits[index // 8] |= 1 << (7 - index % 8)
        return cls(bytes(bits))

    def indexes(self) -> frozenset[int]:
        """Return the indexes whose bit is set."""
        return frozenset(
            place * 8 + bit
            for place, byte in enumerate(self.bits)
            if byte
            for bit in range(8)
            if byte >> (7 - bit) & 1
        )

    def encode(self) -> str:
        """Return the list as `encodedList`: multibase base64url of its gzip (section 3.3)."""
        return "u" + base64url.encode(gzip.compress(self.bits, compresslevel=9, mtime=0))

    @classmethod
    def decode(cls, encoded: JsonValue) -> "StatusList":
        """Return the list in `encodedList`, or raise MalformedList (section 3.4)."""
        if not isinstance(encoded, str) or not encoded.startswith("u"):
            raise MalformedList("an encoded list is multibase, base64url")
        try:
            inflater = zlib.decompressobj(wbits=31)
            bits = inflater.decompress(base64url.decode(encoded[1:]), MAX_INFLATED)
        except (ValueError, zlib.error) as error:
            raise MalformedList("an encoded list is gzip in base64url") from error
        if inflater.unconsumed_tail or not inflater.eof or inflater.unused_data:
            raise MalformedList("an encoded list is too long, cut off, or followed by more")
        if len(bits) * 8 < MIN_LENGTH:
            raise MalformedList(f"a list has at least {MIN_LENGTH} entries")
        return cls(bits)


def status_list_document(
    *,
    url: str,
    issuer: str,
    purpose: str,
    content: StatusList,
    valid_from: dt.datetime,
    valid_until: dt.datetime,
) -> JsonObject:
    """Return the unsigned list credential that stands at `url` (section 2.2)."""
    return {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": timestamp(valid_from),
        "validUntil": timestamp(valid_until),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": content.encode(),
        },
    }


def status_entries(base_url: str, first_list: int, index: int) -> list[JsonValue]:
    """Return the two entries of a credential: revocation in `first_list`, suspension in the
    next.
    """
    entries: list[JsonValue] = []
    for number, purpose in enumerate(PURPOSES, start=first_list):
        url = f"{base_url}/status/{number}.json"
        entries.append(
            {
                "id": f"{url}#{index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(index),
                "statusListCredential": url,
            }
        )
    return entries
