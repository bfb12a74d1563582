"""Who writes the objects of a site: this process, several, or a cluster. What is to be written goes
along, so that nobody else needs the site's folder.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass

from mcsite.errors import MachineError
from mcsite.site.pools import crew_of
from mcsite.store.objects import Object, ObjectStore
from mcsite.store.processes import in_order, processors

WORTH_PROCESSES = 2000  # objects
_AHEAD = 2  # batches that wait for each process


@dataclass(frozen=True, slots=True)
class Uploader:
    """Writes batches of objects, `most` of them at a time; `outcome` is what became of one."""

    executor: Executor | None
    most: int
    outcome: Callable[[Future[int]], int]

    def upload(self, store: ObjectStore, batches: Iterable[Sequence[Object]]) -> Iterator[int]:
        """Write batches; yield how many objects were written whenever some are."""
        executor = self.executor
        if executor is None:
            for batch in batches:
                yield _put(store, batch)
            return
        begun = in_order(lambda batch: executor.submit(_put, store, batch), batches, self.most)
        with closing(begun):
            for future in begun:
                yield self.outcome(future)


@contextmanager
def uploader(count: int, jobs: int, scheduler: str) -> Iterator[Uploader]:
    """Give what writes `count` objects. Few of them are written by this process."""
    worth = count // WORTH_PROCESSES
    if worth <= 1:
        yield Uploader(None, 1, Future.result)
    elif scheduler:
        with crew_of(scheduler) as crew:
            yield Uploader(crew.executor, min(worth, crew.threads) * _AHEAD, crew.outcome)
    else:
        jobs = min(worth, jobs or processors())
        context = multiprocessing.get_context("spawn")  # connections can't be forked
        with ProcessPoolExecutor(jobs, context) as executor:
            yield Uploader(executor, jobs * _AHEAD, _outcome)


def _put(store: ObjectStore, batch: Sequence[Object]) -> int:
    store.put(batch)
    return len(batch)


def _outcome(future: Future[int]) -> int:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise MachineError("a process of the upload was ended from outside") from error
