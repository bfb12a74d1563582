"""Processes that do the shards of a build, and hand back what they made in the shards' order."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from typing import Protocol, TypeVar

from mcsite.errors import MachineError
from mcsite.site.shards import BuildPlan, Made, Shard, Worker

_AHEAD = 4  # shards that wait for each process
_worker: Worker | None = None  # of this process, where it is one of a pool

Work = TypeVar("Work")
Result = TypeVar("Result")


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Pool(Protocol):
    """Does shards, several at once. `worker` is this process's own."""

    worker: Worker

    def made(self, shards: Iterable[Shard]) -> Iterator[Made]:
        """Yield what each shard gave, in their order, with few of them waiting at a time."""


def in_order(
    begin: Callable[[Work], Future[Result]], works: Iterable[Work], most: int
) -> Generator[Future[Result], None, None]:
    """Yield the futures of `works` in their order, of which `most` are begun at a time."""
    waiting: deque[Future[Result]] = deque()
    try:
        for work in works:
            waiting.append(begin(work))
            if len(waiting) >= most:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def workers(plan: BuildPlan, jobs: int) -> Iterator[Pool]:
    """Give a pool of `jobs` processes; with one, this process does the work."""
    if jobs <= 1:
        yield Processes(Worker(plan), None, 1)
        return
    worker = Worker(plan)
    worker.renderer.prepare()  # forked processes begin with what this one has read
    with ProcessPoolExecutor(jobs, _context(), _begin, (worker,)) as executor:
        yield Processes(worker, executor, jobs)


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes are begun: forked where the system can."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


def _begin(worker: Worker) -> None:
    global _worker  # noqa: PLW0603 -- what a process of a pool has
    _worker = worker


def _do(shard: Shard) -> Made:
    if _worker is None:
        raise MachineError("a process of the build has no plan")
    return _worker.do(shard)


class Processes:
    """Does shards in processes of this machine, or without an executor in this one."""

    def __init__(self, worker: Worker, executor: Executor | None, jobs: int) -> None:
        self.worker = worker
        self.executor = executor
        self.jobs = jobs

    def made(self, shards: Iterable[Shard]) -> Iterator[Made]:
        """Yield what each shard gave, in their order, with few of them waiting at a time."""
        if self.executor is None:
            yield from map(self.worker.do, shards)
            return
        executor = self.executor
        begun = in_order(lambda shard: executor.submit(_do, shard), shards, self.jobs * _AHEAD)
        try:
            with closing(begun):
                for future in begun:
                    yield future.result()
        except BrokenProcessPool as error:
            raise MachineError(
                "a process of the build was ended from outside",
                hint="it may have needed more memory than there is; --jobs 1 needs least",
            ) from error
