"""mcsite keys: which key signed what, and the end of its window."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mcsite.commands.project import with_issuers_of_now
from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Issuer, IssuerKey
from mcsite.credentials.cryptosuites import public_key
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import proofs_of, timestamp
from mcsite.credentials.strict_json import JsonFault
from mcsite.credentials.times import parse_time
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Finding
from mcsite.store.batches import read_batches
from mcsite.store.changes import change_together, changing
from mcsite.store.issuers_text import PATH, with_mark
from mcsite.store.signed_lists import read_list, status_files


class KeyState(StrEnum):
    """What a key is worth now."""

    CURRENT = "current"
    NOT_YET = "not-yet"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(slots=True)
class Signed:
    """What a key signed, by what the proofs say, and when first and last."""

    credentials: int = 0
    lists: int = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None

    def add(self, created: dt.datetime | None) -> None:
        """Take one more signature into account."""
        if created is not None:
            self.first = min(self.first or created, created)
            self.last = max(self.last or created, created)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyReport:
    """One key of an issuer, its state, and what it signed."""

    id: str  # DID URL
    key: IssuerKey
    state: KeyState
    signed: Signed

    @property
    def algorithm(self) -> str:
        """Ed25519, P-256 or P-384."""
        return public_key(self.key.public_key).algorithm


def state_of(key: IssuerKey, now: dt.datetime) -> KeyState:
    """Return what a key is worth at `now`."""
    if key.compromised is not None:
        return KeyState.COMPROMISED
    if now < key.valid_from:
        return KeyState.NOT_YET
    if key.valid_until is not None and key.valid_until < now:
        return KeyState.RETIRED
    return KeyState.CURRENT


def key_reports(catalogue: Catalogue, *, now: dt.datetime) -> list[KeyReport]:
    """Return every key of issuers.yaml, in its order."""
    signed = _signed(catalogue.root)
    return [
        KeyReport(
            id=f"{issuer.did}#{key.id}",
            key=key,
            state=state_of(key, now),
            signed=signed.get(f"{issuer.did}#{key.id}", Signed()),
        )
        for issuer in catalogue.issuers
        for key in issuer.keys
    ]


def _signed(root: Path) -> dict[str, Signed]:
    found: dict[str, Signed] = {}
    for stored in read_batches(root):
        if isinstance(stored, Finding):
            raise ContentError("credentials/ has errors; run mcsite check", findings=[stored])
        for method, created in signatures_of(stored.document).items():
            entry = found.setdefault(method, Signed())
            entry.credentials += 1
            entry.add(created)
    for path in status_files(root):
        try:
            document = read_list(path)
        except JsonFault:
            continue
        for method, created in signatures_of(document).items():
            entry = found.setdefault(method, Signed())
            entry.lists += 1
            entry.add(created)
    return found


def signatures_of(document: JsonObject) -> dict[str, dt.datetime | None]:
    """Return the verification methods of a document's proofs, and when they say they signed."""
    return {
        str(proof.get("verificationMethod")): parse_time(proof.get("created"))
        for proof in proofs_of(document)
    }


def find_issuer_key(catalogue: Catalogue, name: str) -> tuple[Issuer, IssuerKey]:
    """Return the key that `name` stands for: its id, or its whole DID URL."""
    found = [
        (issuer, key)
        for issuer in catalogue.issuers
        for key in issuer.keys
        if name in (key.id, f"{issuer.did}#{key.id}")
    ]
    if len(found) > 1:
        raise UsageError(
            f"{len(found)} issuers have a key {name}",
            hint=f"name it whole: {found[0][0].did}#{name}",
        )
    if not found:
        raise UsageError(f"there is no key {name} in {PATH}", hint="mcsite keys lists them")
    return found[0]


def retire_key(catalogue: Catalogue, name: str, *, at: dt.datetime, now: dt.datetime) -> Path:
    """End a key's window at `at`: what it signed until then stays good, later signatures don't."""
    with changing(catalogue.root):
        issuer, key = find_issuer_key(with_issuers_of_now(catalogue), name)
        if state_of(key, now) is KeyState.COMPROMISED or key.valid_until is not None:
            raise UsageError(f"the key {key.id} is {_ended(key)} already")
        if at < key.valid_from:
            raise UsageError(f"the key {key.id} is in use since {timestamp(key.valid_from)}")
        signed = _signed(catalogue.root).get(f"{issuer.did}#{key.id}", Signed())
        if signed.last is not None and at < signed.last:
            raise UsageError(
                f"the key {key.id} signed last on {timestamp(signed.last)}",
                hint="what it signed after its retirement would not be valid",
            )
        path = catalogue.root / PATH
        text = with_mark(path.read_text("utf-8"), issuer.did, key.id, "valid_until", timestamp(at))
        change_together(catalogue.root, {path: text.encode()})
        return path


def _ended(key: IssuerKey) -> str:
    return "compromised" if key.compromised is not None else "retired"
