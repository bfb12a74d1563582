"""Measures builds against their goals: whole ones, and those after an edit.

    make bench            or: python -m bench.build --courses 500 --credentials 5000

The peer is Hugo, which renders pages of the same number and size and verifies nothing. Ratios are
of one run on one machine. The data are made first, in a folder that goes afterwards.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib import resources
from pathlib import Path
from statistics import median
from typing import IO

from bench.make_catalogue import make
from bench.measured import Cost, compiled_once, cost_of, typical
from bench.peer import make_peer
from bench.site import Site
from bench.table import head, row, verdict

from mcsite.store.processes import processors

WRITER = """\
import os, pathlib, sys
source, target = map(pathlib.Path, sys.argv[1:])
for number, path in enumerate(sorted(source.rglob("*"))):
    if path.is_file():
        place = target / path.relative_to(source)
        os.makedirs(place.parent, exist_ok=True)
        with open(place, "wb", buffering=0) as file:
            file.write(path.read_bytes())
"""
READER = WRITER.replace("        os.makedirs(place.parent, exist_ok=True)\n", "").replace(
    '        with open(place, "wb", buffering=0) as file:\n            file.write(', "        ("
)


_USUAL = 200  # courses of an institution, as against those of a country
_PAUSE = 8.0


class Bench(Site):
    """A site, and edits to it."""

    def __init__(self, folder: Path, args: argparse.Namespace) -> None:
        super().__init__(folder)
        self.args = args
        self.edits = 0

    def edited(self, *options: str) -> Cost:
        """Build after an edit to one course."""

        def run(_: int) -> Cost:
            self.edits += 1
            self.retitle(f"New {self.edits}")
            return self.build(*options)

        return typical(run, self.args.times)

    def checked(self, *options: str) -> Cost:
        """Check the project."""
        return typical(lambda _: self.check(*options), self.args.times)


def main() -> None:
    """Make the data, measure, and print a row for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=2000)
    parser.add_argument("--credentials", type=int, default=20000)
    parser.add_argument("--times", type=int, default=3, help="that builds are measured")
    args = parser.parse_args()
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors, {platform.platform()}")
    print(f"{args.courses} courses in two languages, {args.credentials} credentials")
    head()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), args)
        make(bench.project, courses=args.courses, credentials=args.credentials)
        whole = whole_builds(bench)
        small_builds(bench)
        checks(bench)
        index_of_words(bench, whole)
        verdict("serve: s from a save to the page, of that many", saved(bench), 0.2)
    with tempfile.TemporaryDirectory() as folder:
        few = Bench(Path(folder), args)
        make(few.project, courses=_USUAL, credentials=0)
        verdict(f"serve: s from a save to the page, {_USUAL} courses", saved(few), 0.2)


def whole_builds(bench: Bench) -> Cost:
    """Measure whole builds: of one processor, of all, of the peer, of writing alone."""
    count = bench.args.credentials
    one = typical(lambda _: bench.clean("--no-search", "--jobs", "1"), bench.args.times)
    row("whole build, one process", one)
    whole = typical(lambda _: bench.clean("--no-search"), bench.args.times)
    row(f"whole build, {processors()} processes", whole, "≤ 150 MB")
    print(f"{'times as fast as with one':<44}{one.wall / whole.wall:>9.2f}", flush=True)
    with bench.without_credentials():
        bare = bench.clean("--no-search")
    bench.clean("--no-search")
    peer = bench.folder / "peer"
    pages = make_peer(peer, bench.project, bench.output)
    program = Path(sys.executable).with_name("hugo")
    if program.exists():
        other = typical(lambda _: rendered(program, peer), bench.args.times)
        row(f"Hugo, {pages} pages", other)
        sizes = [size(folder) / 1e6 for folder in (bench.output, Path(f"{peer}-site"))]
        print(f"{'MB of pages: ours, Hugo':<44}{sizes[0]:>9.0f}{sizes[1]:>9.0f}")
        verdict("whole build : Hugo", whole.wall / other.wall, 0.5)
    else:
        print("Hugo isn't installed: make bench installs it")
    written, read = writing(bench, WRITER), writing(bench, READER)
    row("writing the credentials' files again", written)
    ours, theirs = whole.cpu - bare.cpu, max(1e-9, written.cpu - read.cpu)
    each = f"{ours / count * 1e6:>9.0f}{theirs / count * 1e6:>9.0f}"
    print(f"{'CPU µs a credential: build, writing alone':<44}{each}")
    verdict("CPU of a credential's page : of its writing", ours / theirs, 2.5)
    return whole


def rendered(program: Path, peer: Path) -> Cost:
    """Have Hugo render the peer, with nothing before."""
    target = Path(f"{peer}-site")
    shutil.rmtree(target, ignore_errors=True)
    return cost_of([program, "--quiet", "--source", peer, "--destination", target])


def size(site: Path) -> int:
    """Return the bytes of a site's pages."""
    return sum(path.stat().st_size for path in site.rglob("*.html"))


def writing(bench: Bench, program: str) -> Cost:
    """Measure a program that reads the credentials' files, and writes them or not."""
    target = bench.folder / "written"
    found = cost_of([sys.executable, "-c", program, bench.output / "c", target])
    shutil.rmtree(target, ignore_errors=True)
    return found


def small_builds(bench: Bench) -> None:
    """Measure builds that have little to do."""
    nothing = typical(lambda _: bench.build("--no-search"), bench.args.times)
    row("nothing has changed", nothing, "≤ 0.4 s")
    row("a course has changed", bench.edited("--no-search"), "≤ 0.6 s")
    row("ten credentials were issued", bench.issued_ten("--no-search"))


def checks(bench: Bench) -> None:
    """Measure checks: with the RDFC proof of every credential, and with those known."""
    for number in (1, processors()):
        of = f"{number} process{'es' if number > 1 else ''}"
        row(f"check, {of}, every proof anew", bench.checked("--no-cache", f"--jobs={number}"))
        row(f"check, {of}, RDFC proofs known", bench.checked(f"--jobs={number}"))


def index_of_words(bench: Bench, bare: Cost) -> None:
    """Measure builds with the index of words, and Pagefind alone on the same pages; `bare` is what
    a whole build costs without.
    """
    whole = typical(lambda _: bench.clean(), bench.args.times)
    row("whole build, with the index of words", whole)
    row("a course has changed, with the index", bench.edited(), "≤ 2 s")
    program = resources.files("pagefind_bin") / "pagefind"
    alone = cost_of(
        [str(program), "--site", bench.output, "--output-path", bench.folder / "index", "--glob",
         "*/courses/*/index.html", "--quiet"]
    )  # fmt: skip
    row("Pagefind alone on the site's pages", alone)
    verdict("the index, by the clock : Pagefind alone", (whole.wall - bare.wall) / alone.wall, 1.2)


def saved(bench: Bench) -> float:
    """Return the seconds from the save of a course to the news of it in a browser."""
    serve = [sys.executable, "-m", "mcsite", "serve", "--port", "0", "--project"]
    waits: list[float] = []
    with subprocess.Popen(
        [*serve, str(bench.project)],
        env=compiled_once(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        line = process.stderr.readline() if process.stderr else ""
        address = line.split(" — ", maxsplit=1)[0].removesuffix("/")
        with urllib.request.urlopen(f"{address}/mcsite-events") as news:  # noqa: S310 -- loopback
            built = _built(news)
            for number in range(bench.args.times + 1):
                time.sleep(_PAUSE)  # what comes after the page is made
                began = time.perf_counter()
                bench.retitle(f"Saved {number}")
                while (now := _built(news)) == built:  # the same is told again now and then
                    pass
                waits.append(time.perf_counter() - began)
                built = now
        process.terminate()
    return median(waits[1:])  # the first compiles templates


def _built(news: IO[bytes]) -> int:
    """Return how many builds there were, from the next news."""
    while not (line := news.readline()).startswith(b"data:"):
        pass
    told: dict[str, int] = json.loads(line.removeprefix(b"data:"))
    return told["build"]


if __name__ == "__main__":
    main()
