"""Processes that do the shards of a build, and hand back what they made in the shards' order."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from mcsite.errors import MachineError
from mcsite.site.shards import BuildPlan, Made, Shard, Worker

_AHEAD = 4  # shards that wait for each process
_worker: Worker | None = None  # of this process, where it is one of a pool


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@contextmanager
def workers(plan: BuildPlan, jobs: int) -> Iterator["Pool"]:
    """Give a pool of `jobs` processes; with one, this process does the work."""
    if jobs <= 1:
        yield Pool(Worker(plan), None, 1)
        return
    worker = Worker(plan)
    worker.renderer.prepare()  # forked processes begin with what this one has read
    with ProcessPoolExecutor(jobs, _context(), _begin, (worker,)) as executor:
        yield Pool(worker, executor, jobs)


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


class Pool:
    """Does shards, several at once."""

    def __init__(self, worker: Worker, executor: Executor | None, jobs: int) -> None:
        self.worker = worker
        self.executor = executor
        self.jobs = jobs

    def made(self, shards: Iterable[Shard]) -> Iterator[Made]:
        """Yield what each shard gave, in their order, with few of them waiting at a time."""
        if self.executor is None:
            yield from map(self.worker.do, shards)
            return
        waiting: deque[Future[Made]] = deque()
        try:
            for shard in shards:
                waiting.append(self.executor.submit(_do, shard))
                if len(waiting) >= self.jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise MachineError(
                "a process of the build was ended from outside",
                hint="it may have needed more memory than there is; --jobs 1 needs least",
            ) from error
        finally:
            for future in waiting:
                future.cancel()
