"""Tells where the time of a build goes: in one process, each stage without the stages within it.

    python -m bench.stages --courses 500 --credentials 5000

A whole build, one after the edit of a course, and one after ten credentials were taken away. The
clock is that of the processor; looking at it takes some hundredths of what is measured.
"""

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.make_catalogue import make
from bench.site import Site

from mcsite.commands.build import BuildRequest, build_site
from mcsite.site.files import GROUPS

# what is looked at: module, name in it, and what it is called in the table
_STAGES = (
    ("mcsite.commands.build", "digests_of", "digests of all that a site is made from"),
    ("mcsite.commands.making", "load_catalogue", "reading and checking courses"),
    ("mcsite.commands.making", "site_findings", "checking links and pictures"),
    ("mcsite.commands.making", "_context", "plan of the site"),
    ("mcsite.site.context", "relations_of", "which courses are alike"),
    ("mcsite.site.answers", "Answers.of", "answers to what pages asked"),
    ("mcsite.site.render", "Renderer.prepare", "templates: reading and compiling"),
    ("mcsite.site.render", "Renderer.page", "pages: what they show"),
    ("mcsite.site.render", "Renderer._rendered", "pages: templates"),
    ("mcsite.site.shards", "Worker._achievement", "achievements of courses"),
    ("mcsite.site.shards", "read_chunk", "credentials: reading strictly"),
    ("mcsite.store.audit", "Audit.fault_of", "credentials: judging, but for signatures"),
    ("mcsite.credentials.cryptosuites", "PublicKey.verifies", "credentials: signatures"),
    ("mcsite.site.render", "Renderer.credential", "credentials: filling the page"),
    ("mcsite.site.render", "qr_code_of", "credentials: QR codes"),
    ("mcsite.site.write", "Folder.write", "writing files, with their digests"),
    ("mcsite.site.output", "write_manifest", "the manifest"),
    ("mcsite.site.output", "_sync", "bringing files to disk"),
    ("mcsite.site.output", "Output._carry_out", "moving changed files to their places"),
    ("mcsite.site.state", "State.units", "what was kept: reading"),
    ("mcsite.site.state", "State.save", "what is kept: writing"),
)
_REST = "everything else"
_LEAST = 0.005  # of the whole: what is less isn't told


class Clock:
    """Gives each moment to the innermost stage that has begun."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._open: list[str] = [_REST]
        self._since = 0.0

    def restart(self) -> None:
        """Forget what was spent."""
        self.spent.clear()
        self._since = time.process_time()

    def look(self) -> None:
        """Give the stage that has begun last the time since the clock was last looked at."""
        now, stage = time.process_time(), self._open[-1]
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now

    def begin(self, stage: str) -> None:
        """Begin a stage within the present one."""
        self.look()
        self._open.append(stage)

    def end(self) -> None:
        """End the present one."""
        self.look()
        self._open.pop()

    def around(self, work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """Return a function, or one that gives an iterator, that is looked at."""

        @wraps(work)
        def looked_at(*args: Any, **options: Any) -> Any:
            self.begin(stage)
            try:
                given = work(*args, **options)
            finally:
                self.end()
            return self._each(given, stage) if isinstance(given, Iterator) else given

        return looked_at

    def _each(self, given: Iterator[Any], stage: str) -> Iterator[Any]:
        while True:
            self.begin(stage)
            try:
                one = next(given)
            except StopIteration:
                return
            finally:
                self.end()
            yield one


def main() -> None:
    """Make the data, build, and print a table for each build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=2000)
    parser.add_argument("--credentials", type=int, default=20000)
    args = parser.parse_args()
    clock = Clock()
    for module, name, stage in _STAGES:
        _look_at(import_module(module), name, stage, clock)
    _look_at_groups(clock)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        make(site.project, courses=args.courses, credentials=args.credentials)
        table(clock, "whole build", site)
        site.retitle("New")
        table(clock, "a course has changed", site)
        with site.without_ten():
            table(clock, "ten credentials fewer", site)


def _look_at(module: Any, name: str, stage: str, clock: Clock) -> None:
    *owner, attribute = name.split(".")
    place = getattr(module, owner[0]) if owner else module
    setattr(place, attribute, clock.around(getattr(place, attribute), stage))


def _look_at_groups(clock: Clock) -> None:
    """Give each group of files a stage of its own."""
    groups: Any = GROUPS
    for name, made in groups.items():
        groups[name] = clock.around(made, f"files: {name}")


def table(clock: Clock, name: str, site: Site) -> None:
    """Build, and print where the time went."""
    now = dt.datetime.now(dt.UTC)
    clock.restart()
    build_site(
        BuildRequest(
            project=site.project,
            output=site.output,
            search=False,
            images=False,
            jobs=1,
            built_at=now,
            now=now,
        )
    )
    clock.look()
    whole = sum(clock.spent.values())
    print(f"\n{name}: {whole:.2f} s of a processor, besides starting Python and imports")
    for stage, spent in sorted(clock.spent.items(), key=lambda item: -item[1]):
        if spent / whole >= _LEAST:
            print(f"  {stage:<48}{spent:>8.2f} s{spent / whole:>7.0%}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
