"""The keys that an issuer lists, before a change and after it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mcsite.content.models.site import Issuer, IssuerKey
from mcsite.credentials.did import KeyRecord
from mcsite.store.issuers import key_records


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What became of a key: "added", "retired", "compromised", "removed" or "changed"."""

    key: str  # DID URL
    change: str
    at: dt.datetime | None = None  # since when it signs, when it retired or was stolen


@dataclass(frozen=True, slots=True)
class KeysThen:
    """The keys as they were listed before a change; what they sign in it counts by that alone."""

    before: tuple[Issuer, ...]
    after: tuple[Issuer, ...]
    _then: dict[str, KeyRecord] = field(init=False, repr=False, compare=False)
    _now: dict[str, KeyRecord] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_then", _records(self.before))
        object.__setattr__(self, "_now", _records(self.after))

    def fault(self, key: str, created: dt.datetime | None) -> str:
        """Return why a signature of `key` doesn't count yet, empty where it does."""
        then, now = self._then.get(key), self._now.get(key)
        if then is None:
            return f"{key}, which wasn't in issuers.yaml before"
        if now is not None and now.multibase != then.multibase:
            return f"{key}, whose public key is changed here"
        if then.revoked is not None:
            return f"{key}, which was marked as stolen before"
        if created is not None and not then.covers(created):
            return f"{key}, which by issuers.yaml as it was didn't sign on {created:%Y-%m-%d}"
        return ""


def _records(issuers: Iterable[Issuer]) -> dict[str, KeyRecord]:
    return {record.id: record for issuer in issuers for record in key_records(issuer)}


def key_changes(before: Iterable[Issuer], after: Iterable[Issuer]) -> Iterator[KeyChange]:
    """Yield what became of each key, those that were listed first."""
    old, new = _keys(before), _keys(after)
    for name, key in old.items():
        now = new.get(name)
        if now is None:
            yield KeyChange(name, "removed")
        elif now != key:
            yield _changed(name, key, now)
    for name, key in new.items():
        if name not in old:
            yield KeyChange(name, "added", key.valid_from)
            if key.compromised is not None:
                yield KeyChange(name, "compromised", key.compromised)


def _changed(name: str, old: IssuerKey, new: IssuerKey) -> KeyChange:
    if widened(old, new):
        return KeyChange(name, "changed")
    if new.compromised != old.compromised:
        return KeyChange(name, "compromised", new.compromised)
    if new.valid_until != old.valid_until:
        return KeyChange(name, "retired", new.valid_until)
    return KeyChange(name, "changed")


def _keys(issuers: Iterable[Issuer]) -> dict[str, IssuerKey]:
    return {f"{issuer.did}#{key.id}": key for issuer in issuers for key in issuer.keys}


def widened(old: IssuerKey, new: IssuerKey) -> str:
    """Return how a key would sign more than it did, empty where it doesn't."""
    if new.public_key != old.public_key:
        return "has another public key"
    if old.compromised and (not new.compromised or new.compromised > old.compromised):
        return "was marked as stolen, and isn't any more, or later"
    if old.valid_until and (not new.valid_until or new.valid_until > old.valid_until):
        return "was retired, and signs again, or longer"
    if new.valid_from < old.valid_from:
        return "signs since an earlier time"
    return ""
