"""One publisher at a time: an object that its holder renews, and that counts for nothing when it
hasn't been renewed for a while.

Time is the storage's own, so that no two clocks have to agree.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from mcsite.errors import MachineError
from mcsite.store.objects import ObjectStore, Unconditional

LEASE = 60.0  # seconds after which a holder that doesn't renew is taken for gone
RENEWAL = 15.0


class Lease:
    """The right to change what stands in a place."""

    def __init__(self, store: ObjectStore, name: str, holder: str) -> None:
        self._store = store
        self._name = name
        self._texts = (f"{holder} {number}\n".encode() for number in count())  # each once
        self._etag: str | None = None
        self._over = threading.Event()
        self._lost = False
        self.exclusive = True  # whether the storage can keep two publishers apart

    def take(self) -> None:
        """Take the right. Raises MachineError where somebody else has it."""
        try:
            self._etag = self._taken()
        except Unconditional:
            self.exclusive = False
            return
        if self._etag is None:
            raise MachineError(
                f"another build is publishing to {self._store.url}, or was ended a moment ago",
                hint=f"wait for it; one that was ended is forgotten after {LEASE:.0f} seconds",
            )
        # storage that doesn't know the condition writes again
        self.exclusive = self._store.replace(self._name, next(self._texts), None) is None

    def _taken(self) -> str | None:
        etag = self._store.replace(self._name, next(self._texts), None)
        if etag is not None:
            return etag
        found = self._store.state(self._name)
        if found is None or found.age < LEASE:
            return None
        return self._store.replace(self._name, next(self._texts), found.etag)

    def check(self) -> None:
        """Raise MachineError where the right has gone to somebody else."""
        if self._lost:
            raise MachineError(
                f"another build took over {self._store.url}: this one was silent for too long",
                hint="wait for it, and build again",
            )

    def keep(self) -> None:
        """Renew the right until it is given up."""
        while self.exclusive and not self._over.wait(RENEWAL):
            with suppress(MachineError):  # the storage is out of reach: perhaps not for long
                etag = self._store.replace(self._name, next(self._texts), self._etag)
                if etag is None:
                    self._lost = True
                    return
                self._etag = etag

    def stop(self) -> None:
        """Renew it no more."""
        self._over.set()

    def give_up(self) -> None:
        """Give the right up, if it is still one's own."""
        found = None if self._lost else self._store.state(self._name)
        if found is not None and (found.etag == self._etag or not self.exclusive):
            self._store.remove(iter((self._name,)))


@contextmanager
def leased(store: ObjectStore, name: str, holder: str) -> Iterator[Lease]:
    """Give the right to change what stands in a place; `holder` is like no other's name."""
    lease = Lease(store, name, holder)
    lease.take()
    keeper = threading.Thread(target=lease.keep, name="mcsite-lease", daemon=True)
    keeper.start()
    try:
        yield lease
    finally:
        lease.stop()
        keeper.join()
        with suppress(MachineError):  # it runs out by itself
            lease.give_up()
