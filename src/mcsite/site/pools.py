"""Who does the work of a build: processes of this machine, or a cluster where one is named."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, Protocol

from mcsite.errors import UsageError
from mcsite.site.shards import BuildPlan
from mcsite.site.workers import Pool, workers


class Crew(Protocol):
    """Some workers elsewhere, who do whatever is handed to them."""

    @property
    def executor(self) -> Executor:
        """Where to hand it in."""

    @property
    def threads(self) -> int:
        """How much is done at a time."""

    def outcome(self, future: Future[Any]) -> Any:
        """Return what a future of the executor gives."""


@contextmanager
def pool_of(plan: BuildPlan, jobs: int, scheduler: str = "") -> Iterator[Pool]:
    """Give a pool for `jobs` shards at a time; so little that one process is enough for it is
    done by this one.
    """
    if not scheduler or jobs <= 1:
        with workers(plan, jobs) as pool:
            yield pool
        return
    with _of_dask():
        from mcsite.site.cluster import cluster  # noqa: PLC0415 -- an extra
    with cluster(plan, scheduler, jobs) as pool:
        yield pool


@contextmanager
def crew_of(scheduler: str) -> Iterator[Crew]:
    """Give the workers of a cluster."""
    with _of_dask():
        from mcsite.site.cluster import connected  # noqa: PLC0415 -- an extra
    with connected(scheduler) as crew:
        yield crew


@contextmanager
def _of_dask() -> Iterator[None]:
    """Say what to install where a library isn't there."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(
            f"a Dask cluster needs a library that isn't installed: {error.name}",
            hint="pip install 'mcsite[dask]'",
        ) from error
