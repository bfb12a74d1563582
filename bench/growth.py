"""Measures what a credential costs where there are few and where there are many of them.

    python -m bench.growth --credentials 20000 100000 1000000

Each size is built whole and with its last ten credentials new, and then nothing is to do. What a
credential costs is the difference to the same site without any. A site of a million has three
million files and folders, of 16 GB: name a disk with room (--folder).
"""

import argparse
import tempfile
from pathlib import Path

from bench.make_catalogue import make
from bench.measured import Cost, typical
from bench.site import Site
from bench.table import head, row, verdict

_MOST = 1.15  # times what a credential of the smallest size costs
_SMALL = 50_000  # up to that many, the median of three builds is taken


def main() -> None:
    """Measure each size, and compare it with the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=200)
    parser.add_argument("--credentials", type=int, nargs="+", default=[20_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where to make everything; it goes afterwards")
    args = parser.parse_args()
    print(f"{args.courses} courses in two languages, without the index of words")
    head()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        site = Site(Path(folder))
        make(site.project, courses=args.courses, credentials=0)
        bare = typical(lambda _: site.clean("--no-search"), 3)
        row("no credentials", bare)
    first: Cost | None = None
    for count in args.credentials:
        with tempfile.TemporaryDirectory(dir=args.folder) as folder:
            site = Site(Path(folder))
            make(site.project, courses=args.courses, credentials=count)
            each = measured(site, count, bare)
        first = first or each
        verdict(f"one of {count:,}, by the clock : of the first", each.wall / first.wall, _MOST)
        verdict(f"one of {count:,}, of processors : of the first", each.cpu / first.cpu, _MOST)


def measured(site: Site, count: int, bare: Cost) -> Cost:
    """Print what builds of a size cost, and return what a credential does."""
    times = 3 if count <= _SMALL else 1
    whole = typical(lambda _: site.clean("--no-search"), times)
    row(f"{count:,} credentials", whole, "≤ 150 MB")
    row("  ten were issued", site.issued_ten("--no-search"))
    row("  nothing has changed", typical(lambda _: site.build("--no-search"), times))
    wall, cpu = (whole.wall - bare.wall) / count, (whole.cpu - bare.cpu) / count
    print(f"{'  µs of each':<44}{wall * 1e6:>9.0f}{cpu * 1e6:>9.0f}", flush=True)
    return Cost(wall, cpu, whole.memory)


if __name__ == "__main__":
    main()
