"""Work that is spread over processes of this machine; what it gives comes in order."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from mcsite.errors import MachineError

_AHEAD = 4  # pieces of work that wait for each process

Work = TypeVar("Work")
Result = TypeVar("Result")


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


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


@dataclass(frozen=True, slots=True)
class Processes(Generic[Work, Result]):
    """Does each piece of work in one of `jobs` processes, or without an executor in this one."""

    do: Callable[[Work], Result]
    executor: Executor | None
    jobs: int

    def done(self, works: Iterable[Work]) -> Iterator[Result]:
        """Yield what each piece of work gave, in their order, with few of them waiting at a time.
        Raises MachineError where a process was ended from outside.
        """
        if self.executor is None:
            yield from map(self.do, works)
            return
        executor = self.executor
        begun: Generator[Future[Result], None, None] = in_order(
            lambda work: executor.submit(_run, work), works, self.jobs * _AHEAD
        )
        try:
            with closing(begun):
                for future in begun:
                    yield future.result()
        except BrokenProcessPool as error:
            raise MachineError(
                "a process was ended from outside",
                hint="it may have needed more memory than there is; --jobs 1 needs least",
            ) from error


@contextmanager
def processes(do: Callable[[Work], Result], jobs: int) -> Iterator[Processes[Work, Result]]:
    """Give `jobs` processes that do what `do` does; with one, this process does it. What it needs
    is there before they begin: they are forked where the system can.
    """
    if jobs <= 1:
        yield Processes(do, None, 1)
        return
    with ProcessPoolExecutor(jobs, _context(), _begin, (do,)) as executor:
        yield Processes(do, executor, jobs)


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


_do: Callable[[Any], Any] | None = None  # of this process, where it is one of several


def _begin(do: Callable[[Any], Any]) -> None:
    global _do  # noqa: PLW0603 -- what a process of several has
    _do = do


def _run(work: Any) -> Any:
    if _do is None:
        raise MachineError("a process has nothing to do")
    return _do(work)
