"""Who does the shards of a build: processes of this machine, or a cluster where one is named."""

from collections.abc import Iterator
from contextlib import contextmanager

from mcsite.errors import UsageError
from mcsite.site.shards import BuildPlan
from mcsite.site.workers import Pool, workers


@contextmanager
def pool_of(plan: BuildPlan, jobs: int, scheduler: str = "") -> Iterator[Pool]:
    """Give a pool for `jobs` shards at a time; so little that one process is enough for it is
    done by this one.
    """
    if not scheduler or jobs <= 1:
        with workers(plan, jobs) as pool:
            yield pool
        return
    try:
        from mcsite.site.cluster import cluster  # noqa: PLC0415 -- an extra
    except ModuleNotFoundError as error:
        raise UsageError(
            f"a Dask cluster needs a library that isn't installed: {error.name}",
            hint="pip install 'mcsite[dask]'",
        ) from error
    with cluster(plan, scheduler, jobs) as pool:
        yield pool
