"""What a command costs: wall time, processor time of all its processes, and the most memory that
they had together.
"""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_PAUSE = 0.05  # seconds between two looks at the memory, at least
_RARER = 20  # and so many times what a look takes: large processes are long to look at


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of processors; MB at the worst moment, shared pages once."""

    wall: float
    cpu: float
    memory: float


def cost_of(command: Sequence[str | Path], *, cwd: Path | None = None) -> Cost:
    """Run a command once, when the disk has nothing more to do for those before; SystemExit with
    what it said where it fails.
    """
    os.sync()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env=compiled_once(),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        most: list[float] = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, most), daemon=True)
        watcher.start()
        said = process.stderr.read() if process.stderr else ""
        process.wait()
    wall = time.perf_counter() - started
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command}: {said}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, most[0])


def compiled_once() -> dict[str, str]:
    """Return the environment of a user's machine: there Python keeps what it compiled."""
    return {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def typical(run: Callable[[int], Cost], times: int) -> Cost:
    """Return the median of several runs; each is told its number."""
    costs = [run(number) for number in range(times)]
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        max(cost.memory for cost in costs),
    )


def _watch(process: "subprocess.Popen[str]", most: list[float]) -> None:
    while process.poll() is None:
        began = time.perf_counter()
        most[0] = max(most[0], sum(map(_memory, _family(process.pid))) / 1024)
        time.sleep(max(_PAUSE, _RARER * (time.perf_counter() - began)))


def _family(pid: int) -> list[int]:
    """Return a process and all that come from it."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [int(n) for task in tasks for n in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(child))]


def _memory(pid: int) -> int:
    """Return the kB of a process, of shared pages its share (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0
