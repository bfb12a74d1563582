"""mcsite serve: builds, shows the site on this machine, and builds again when a file changes."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from mcsite.commands.build import BuildReport, BuildRequest, build_site
from mcsite.errors import ContentError, McsiteError

WATCHED = ("catalogue", "credentials", "theme")
PAUSE = 0.1  # seconds between looks at the files


@dataclass(frozen=True, slots=True)
class Shown:
    """What browsers are told: how many builds there were, and what stopped the last one."""

    builds: int = 0
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class Preview:
    """A site that is built again when its files change.

    `request.origin` is where it is shown; `base_path` is known after the first build.
    """

    request: BuildRequest
    clock: Callable[[], dt.datetime]
    shown: Shown = Shown()
    base_path: str = "/"
    languages: tuple[str, ...] = ()
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)
    news: threading.Condition = field(default_factory=threading.Condition)

    def build(self) -> BuildReport | McsiteError:
        """Build; an error leaves the site that was there, and is shown over it."""
        self.seen = self.files()
        now = self.clock()
        # threads can't be forked, and nobody shares a preview
        request = replace(self.request, now=now, built_at=now, jobs=1, images=False)
        try:
            outcome: BuildReport | McsiteError = build_site(request)
        except McsiteError as error:
            outcome = error
        if isinstance(outcome, BuildReport):
            self.base_path, self.languages = outcome.base_path, outcome.languages
            shown = Shown(self.shown.builds + 1)
        else:
            shown = Shown(self.shown.builds, tuple(_told(outcome)))
        with self.news:
            self.shown = shown
            self.news.notify_all()
        return outcome

    def wait(self, known: Shown, seconds: float) -> Shown:
        """Return what is shown, as soon as it isn't what is `known`, or after some seconds."""
        with self.news:
            self.news.wait_for(lambda: self.shown != known, seconds)
            return self.shown

    def changed(self) -> bool:
        """Tell whether a file was added, changed or removed since the last build."""
        return self.files() != self.seen

    def files(self) -> dict[Path, tuple[int, int]]:
        """Return size and time of every file that the site is made from."""
        found = {}
        for name in WATCHED:
            for path in (self.request.project / name).rglob("*"):
                try:
                    status = path.stat()
                except OSError:  # gone since it was listed, as editors' own files are
                    continue
                found[path] = (status.st_size, status.st_mtime_ns)
        return found


def _told(error: McsiteError) -> Iterator[str]:
    if isinstance(error, ContentError) and error.findings:
        yield from map(str, error.findings)
    else:
        yield f"{error}\n{error.hint}".rstrip()


def watch(
    preview: Preview, told: Callable[[BuildReport | McsiteError], None], stop: threading.Event
) -> None:
    """Build again whenever a file changes, until `stop` is set."""
    while not stop.wait(PAUSE):
        if preview.changed():
            told(preview.build())
