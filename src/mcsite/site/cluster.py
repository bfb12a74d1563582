"""A Dask cluster that does the shards of a build. No disk is shared with it: what a shard needs
goes there as bytes, and what it makes comes back.

The one door to Dask, which is an extra: `mcsite[dask]`. The plan is handed to each worker process
once, also to those that join later (docs/decisions/0028).
"""

import concurrent.futures
import copyreg
import io
import pickle
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from distributed import Client, KilledWorker, WorkerPlugin, get_worker

from mcsite.errors import MachineError, McsiteError, UsageError
from mcsite.site.files import READING_PROJECT
from mcsite.site.inputs import program_digest
from mcsite.site.shards import BuildPlan, Files, Made, Shard, Worker
from mcsite.site.theme import Theme
from mcsite.site.write import Kept
from mcsite.store.audit import Audit
from mcsite.store.batches import Chunk, fits_in_memory, lines_of
from mcsite.store.processes import in_order

AHEAD = 3  # shards that wait for each thread of the cluster
PATIENCE = 30.0  # seconds without any worker, after which there is nobody to wait for
_CONNECT = 10  # seconds for the scheduler to answer
Frozen: TypeAlias = MappingProxyType[Any, Any]
_one_at_a_time = threading.Lock()  # of a worker process: a plan notes what its page asks


@dataclass(frozen=True, slots=True)
class Connection:
    """A cluster that answers. `threads` are those of all its workers."""

    client: Client
    executor: Executor
    threads: int

    def outcome(self, future: Future[Any]) -> Any:
        """Return what a future gives. Raises MachineError where the cluster can't give it."""
        while not concurrent.futures.wait([future], PATIENCE).done:
            if self.client.status != "running" or not self.client.nthreads():
                raise MachineError(
                    "the cluster has no workers any more", hint="start workers, and build again"
                )
        try:
            return future.result()
        except KilledWorker as error:
            raise MachineError(
                f"the same work ended several workers of the cluster: {error}",
                hint="they may need more memory: dask worker --memory-limit",
            ) from error
        except CancelledError as error:
            raise MachineError("the cluster gave up the work", hint="build again") from error


@contextmanager
def connected(scheduler: str) -> Iterator[Connection]:
    """Give the cluster whose scheduler is at an address, with a worker at least."""
    try:
        client = Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except ValueError as error:
        raise UsageError(
            f"{scheduler!r} can't be the address of a scheduler: {error}",
            hint="it looks like tcp://10.0.0.5:8786",
        ) from error
    except OSError as error:
        raise MachineError(
            f"no Dask scheduler answers at {scheduler}", hint="start one with: dask scheduler"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise MachineError(
                f"the cluster at {scheduler} has no workers", hint=f"dask worker {scheduler}"
            ) from error
        threads = sum(client.nthreads().values())
        yield Connection(client, client.get_executor(pure=False), threads)


@contextmanager
def cluster(plan: BuildPlan, scheduler: str, jobs: int) -> Iterator["Cluster"]:
    """Give a pool of a cluster's workers, for `jobs` shards at a time at most."""
    worker = Worker(plan)
    with connected(scheduler) as connection:
        client = connection.client
        crew = Crew(worker, f"mcsite-{client.id}")
        try:
            client.register_plugin(crew)
        except ModuleNotFoundError as error:
            raise _another_program() from error
        try:
            yield Cluster(worker, connection, crew.name, jobs)
        finally:
            if client.status == "running":  # else nobody has the plan any more
                client.unregister_worker_plugin(crew.name)


class Cluster:
    """Does shards on the workers of a cluster; those that need the project's folder here."""

    def __init__(self, worker: Worker, connection: Connection, crew: str, jobs: int) -> None:
        self.worker = worker
        self.jobs = min(jobs, connection.threads)
        self._connection = connection
        self._crew = crew

    def made(self, shards: Iterable[Shard]) -> Iterator[Made]:
        """Yield what each shard gave, in their order, with few of them waiting at a time."""
        begun = in_order(self._begun, shards, self.jobs * AHEAD)
        with closing(begun):
            for future in begun:
                made = self._connection.outcome(future)
                self._write(made)
                yield made

    def _begun(self, shard: Shard) -> Future[Made]:
        if self._is_ours(shard):
            done: Future[Made] = Future()
            done.set_result(self.worker.do(shard))
            return done
        if isinstance(shard, Chunk):
            shard = lines_of(self.worker.context.catalogue.root, shard)
        return self._connection.executor.submit(_do, self._crew, shard)

    def _is_ours(self, shard: Shard) -> bool:
        """Tell whether a shard can be done here alone."""
        if isinstance(shard, Chunk):
            return not fits_in_memory(shard)
        return isinstance(shard, Files) and shard.group in READING_PROJECT

    def _write(self, made: Made) -> None:
        """Write what came back, which has to be what the worker says that it made."""
        written = [self.worker.folder.write(name, data) for name, data in made.files]
        said = [*(one for unit in made.units for one in unit.records), *made.records]
        if made.files and written != said:
            raise MachineError("what came back from the cluster isn't what was made there")
        made.files.clear()


class Crew(WorkerPlugin):
    """What the workers of a cluster are handed: the plan and the theme, as one pickle. A worker
    reads it when it has the same program; it trusts the scheduler as it does with all its work.
    """

    def __init__(self, worker: Worker, name: str) -> None:
        context = worker.plan.context
        plan = replace(worker.plan, context=replace(context, localisers={}, lists={}))
        self.name = name
        self.program = program_digest()
        self.kit = _pickled(Kit(plan, worker.audit, _files_of(context.theme)))

    def setup(self, worker: object) -> None:
        """Begin with nothing: what isn't asked of this worker isn't read by it."""
        del worker
        self.mate: Mate | None = None

    def teardown(self, worker: object) -> None:
        """Give up the plan, and the theme's files."""
        del worker
        with _one_at_a_time:
            if self.mate is not None:
                self.mate.leave()

    def do(self, shard: Shard) -> Made:
        """Do one shard, and return it with the files that it made."""
        with _one_at_a_time:
            if self.mate is None:
                if self.program != program_digest():
                    raise _another_program()
                self.mate = Mate(pickle.loads(self.kit))  # noqa: S301 -- from the scheduler, which can run anything here
            return self.mate.do(shard)


@dataclass(frozen=True, slots=True)
class Kit:
    """What a worker needs that isn't in a shard: `theme` are the files of its folders."""

    plan: BuildPlan
    audit: Audit
    theme: tuple[Mapping[str, bytes], ...]


class Mate:
    """A worker of a cluster at work on one plan, with the theme in a folder of its own."""

    def __init__(self, kit: Kit) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="mcsite-theme-")
        theme = kit.plan.context.theme
        self._folders: dict[str, str] = {}  # where a folder of the theme is here, and there
        for number, (folder, files) in enumerate(zip(theme.folders, kit.theme, strict=True)):
            here = Path(self._place.name, str(number))
            _unpack(files, here)
            self._folders[str(here)] = str(folder)
        context = replace(kit.plan.context, theme=Theme(tuple(map(Path, self._folders))))
        self._kept = Kept()
        self._worker = Worker(replace(kit.plan, context=context), kit.audit, self._kept)

    def do(self, shard: Shard) -> Made:
        """Do one shard. An error names the theme's files as the builder knows them."""
        self._kept.taken()
        try:
            made = self._worker.do(shard)
        except McsiteError as error:
            text = str(error)
            for here, there in self._folders.items():
                text = text.replace(here, there)
            error.args = (text,)
            raise
        made.files = self._kept.taken()
        return made

    def leave(self) -> None:
        """Remove the theme's files."""
        self._place.cleanup()


def _do(name: str, shard: Shard) -> Made:
    """Do a shard, on a worker of the cluster."""
    crew = get_worker().plugins[name]
    if not isinstance(crew, Crew):
        raise MachineError(f"this worker was handed no plan {name}")
    return crew.do(shard)


def _another_program() -> MachineError:
    return MachineError(
        "a worker of the cluster has another mcsite, Python or library than this machine",
        hint="install the same on all: pip install --requirement with the same locked file",
    )


def _files_of(theme: Theme) -> tuple[Mapping[str, bytes], ...]:
    """Return the files of each of the theme's folders, by their paths in it."""
    return tuple(
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        for folder in theme.folders
    )


def _unpack(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _pickled(kit: Kit) -> bytes:
    """Return a kit as a pickle; the catalogue's mappings, which can't be changed, as such."""
    file = io.BytesIO()
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _as_dict}
    pickler.dump(kit)
    return file.getvalue()


def _as_dict(mapping: Frozen) -> tuple[Callable[[Any], Frozen], tuple[dict[Any, Any]]]:
    return _frozen, (dict(mapping),)


def _frozen(mapping: dict[Any, Any]) -> Frozen:
    return MappingProxyType(mapping)
