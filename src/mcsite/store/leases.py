"""One publisher at a time: an object that its holder renews, and that counts for nothing when it
hasn't been renewed for a while.

Who is taken for gone is judged by the storage's own time, so that no two clocks have to agree. A
holder judges by its own how long it was silent: its machine may have slept.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from mcsite.errors import MachineError
from mcsite.store.objects import ObjectStore, Unconditional

LEASE = 60.0  # seconds after which a holder that doesn't renew is taken for gone
RENEWAL = 15.0
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_REALTIME)  # goes on while the machine sleeps


def seconds() -> float:
    """Return the seconds since some moment, those too for which the machine slept."""
    return time.clock_gettime(_CLOCK)


class Lease:
    """The right to change what stands in a place."""

    def __init__(self, store: ObjectStore, name: str, holder: str) -> None:
        self.holder = holder
        self.lost = False  # to somebody else
        self._store = store
        self._name = name
        self._texts = (f"{holder} {number}\n".encode() for number in count())  # each once
        self._etag: str | None = None
        self._renewed = 0.0  # when it was surely one's own
        self._renewing = threading.Lock()
        self._over = threading.Event()
        self.exclusive = True  # whether the storage can keep two publishers apart

    def take(self) -> None:
        """Take the right. Raises MachineError where somebody else has it."""
        self._renewed = seconds()
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
        """Raise MachineError where the right has gone to somebody else, or may have: after a long
        silence it is renewed first.
        """
        if self.exclusive and abs(seconds() - self._renewed) > LEASE / 2:
            self._renew()
        if self.lost:
            raise MachineError(
                f"another build took over {self._store.url}: this one was silent for too long",
                hint="wait for it, and build again",
            )

    def keep(self) -> None:
        """Renew the right until it is given up."""
        while self.exclusive and not self._over.wait(RENEWAL):
            with suppress(MachineError):  # the storage is out of reach: perhaps not for long
                self._renew()
            if self.lost:
                return

    def _renew(self) -> None:
        """Renew the right, which the storage does only while nobody else has taken it."""
        with self._renewing:
            if self.lost:
                return
            now = seconds()
            etag = self._store.replace(self._name, next(self._texts), self._etag)
            if etag is None:
                self.lost = True
            else:
                self._etag, self._renewed = etag, now

    def stop(self) -> None:
        """Renew it no more."""
        self._over.set()

    def give_up(self) -> None:
        """Give the right up, if it is still one's own."""
        found = None if self.lost else self._store.state(self._name)
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
