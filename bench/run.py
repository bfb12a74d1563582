"""Measures a build of 2,000 courses and 20,000 credentials: wall time, processor time, peak memory.

    make bench            or: python -m bench.run --courses 500 --credentials 5000

The data are made in a temporary folder first, which takes longer than building from them.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.make_catalogue import make


def main() -> None:
    """Make the data, build with and without the index of words, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=2000)
    parser.add_argument("--credentials", type=int, default=20000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        started = time.monotonic()
        make(project, courses=args.courses, credentials=args.credentials)
        print(f"data made in {time.monotonic() - started:.0f} s")
        print(
            f"{os.cpu_count()} processors, {args.courses} courses, {args.credentials} credentials"
        )
        print(f"{'what':<24} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}")
        for name, options in (("without words", ["--no-search"]), ("with words", [])):
            measure(name, ["build", "--project", str(project), *options])


def measure(name: str, arguments: list[str]) -> None:
    """Run mcsite once and print wall time, processor time and peak memory of its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "mcsite", *arguments], check=True, stdout=subprocess.DEVNULL
    )
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:<24} {wall:>8.1f} {cpu:>8.1f} {after.ru_maxrss / 1024:>8.0f}")


if __name__ == "__main__":
    main()
