"""Processes that do the shards of a build."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from mcsite.site.shards import BuildPlan, Made, Shard, Worker
from mcsite.store.processes import Processes, processes


class Pool(Protocol):
    """Does shards, several at once."""

    @property
    def worker(self) -> Worker:
        """This process's own."""

    def made(self, shards: Iterable[Shard]) -> Iterator[Made]:
        """Yield what each shard gave, in their order, with few of them waiting at a time."""


@dataclass(frozen=True, slots=True)
class Local:
    """Does shards in processes of this machine."""

    worker: Worker
    processes: Processes[Shard, Made]

    def made(self, shards: Iterable[Shard]) -> Iterator[Made]:
        """Yield what each shard gave, in their order, with few of them waiting at a time."""
        return self.processes.done(shards)


@contextmanager
def workers(plan: BuildPlan, jobs: int) -> Iterator[Pool]:
    """Give a pool of `jobs` processes; with one, this process does the work."""
    worker = Worker(plan)
    if jobs > 1:
        worker.renderer.prepare()  # forked processes begin with what this one has read
    with processes(worker.do, jobs) as found:
        yield Local(worker, found)
