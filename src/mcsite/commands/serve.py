"""mcsite serve: builds, shows the site on this machine, and builds again when a file changes."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import watchfiles

from mcsite.commands.build import BuildReport, BuildRequest, build_site
from mcsite.content.known import Known
from mcsite.errors import ContentError, McsiteError
from mcsite.findings import Finding, Severity
from mcsite.review.excerpt import Sources

WATCHED = ("catalogue", "credentials", "theme")
_PAGES = ("courses", "providers", "pathways")  # folders of catalogue/ whose files are pages
_QUIET = 20  # ms without a change after which a build begins: editors write in several steps
_LONGEST = 200  # ms that changes which don't end can put it off
_LOOK = 300  # ms after which it is looked whether a folder came or went


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What stopped a build, or might mislead readers, as a browser shows it."""

    place: str = ""
    severity: str = "error"
    message: str
    source: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What browsers are told: how many builds changed the site; the page of the file that was
    saved last, below a language, or ""; what stopped the last build, or what it warned of.
    """

    builds: int = 0
    page: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def broken(self) -> bool:
        """Tell whether the last build was stopped."""
        return any(fault.severity == Severity.ERROR for fault in self.faults)


@dataclass(slots=True)
class Preview:
    """A site that is built again when its files change.

    `request.origin` is where it is shown; `base_path` is known after the first build. `took` are
    the seconds of the last build, up to when browsers were told.
    """

    request: BuildRequest
    clock: Callable[[], dt.datetime]
    follows: bool = False  # whether browsers go to the page of a file that was saved
    shown: Shown = Shown()
    base_path: str = "/"
    languages: tuple[str, ...] = ()
    took: float = 0.0
    known: Known = field(default_factory=Known)
    watching: threading.Event = field(default_factory=threading.Event)  # whether saves are seen
    news: threading.Condition = field(default_factory=threading.Condition)

    def build(self, saved: Iterable[Path] = ()) -> BuildReport | McsiteError:
        """Build after `saved` files changed; an error leaves the site that was there, and is shown
        over it. What only machines read waits until browsers were told of the rest.
        """
        began = time.perf_counter()
        outcome = self._outcome(pages_first=True)
        self._tell(outcome, page_of(self.request.project, saved))
        self.took = time.perf_counter() - began
        if isinstance(outcome, BuildReport) and outcome.written:
            self._outcome(pages_first=False)
        return outcome

    def _outcome(self, *, pages_first: bool) -> BuildReport | McsiteError:
        now = self.clock()
        # threads can't be forked, and nobody shares a preview
        request = replace(
            self.request, now=now, built_at=now, jobs=1, images=False, pages_first=pages_first
        )
        try:
            return build_site(request, self.known)
        except McsiteError as error:
            return error

    def _tell(self, outcome: BuildReport | McsiteError, page: str) -> None:
        builds, found = self.shown.builds, tuple(self._faults(outcome))
        if isinstance(outcome, BuildReport):
            self.base_path, self.languages = outcome.base_path, outcome.languages
            # what is shown over a site goes with its fault, and needs no new page
            builds += bool(outcome.written) or builds == 0
        if (builds, found) == (self.shown.builds, self.shown.faults):
            return
        with self.news:
            self.shown = Shown(builds, page, found)
            self.news.notify_all()

    def _faults(self, outcome: BuildReport | McsiteError) -> Iterator[Fault]:
        sources = Sources(self.request.project)
        if isinstance(outcome, BuildReport):
            warned = (one for one in outcome.findings if one.severity is Severity.WARNING)
            yield from (_fault(one, sources) for one in warned)
        elif isinstance(outcome, ContentError) and outcome.findings:
            yield from (_fault(one, sources) for one in outcome.findings)
        else:
            yield Fault(message=str(outcome), hint=outcome.hint)

    def wait(self, known: Shown, seconds: float) -> Shown:
        """Return what is shown, as soon as it isn't what is `known`, or after some seconds."""
        with self.news:
            self.news.wait_for(lambda: self.shown != known, seconds)
            return self.shown

    def folders(self) -> list[Path]:
        """Return the folders that the site is made from."""
        found = (self.request.project / name for name in WATCHED)
        return [path for path in found if path.is_dir()]


def _fault(finding: Finding, sources: Sources) -> Fault:
    return Fault(
        place=f"{finding.at}: {finding.code}",
        severity=finding.severity,
        message=finding.message,
        source=sources.excerpt(finding),
        hint=finding.hint,
    )


def page_of(project: Path, saved: Iterable[Path]) -> str:
    """Return the page, below a language, of the one content file among those that were saved; ""
    where there is none, or where there are several.
    """
    root, found = project.resolve(), set()
    for path in saved:
        if path.is_relative_to(root):
            parts = PurePosixPath(path.relative_to(root).as_posix()).parts
            if path.suffix == ".yaml" and len(parts) == 3 and parts[:2] in _FOLDERS:  # noqa: PLR2004 -- catalogue/<kind>/<id>.yaml
                found.add(f"{parts[1]}/{path.stem}/")
    return found.pop() if len(found) == 1 else ""


_FOLDERS = {("catalogue", kind) for kind in _PAGES}


def watch(
    preview: Preview, told: Callable[[BuildReport | McsiteError], None], stop: threading.Event
) -> None:
    """Build again whenever a file changes, until `stop` is set."""
    while not stop.is_set():
        watched = preview.folders()
        first = True  # what was changed before this began to watch wasn't seen
        for changes in watchfiles.watch(
            *(path.resolve() for path in watched),
            stop_event=stop,
            step=_QUIET,
            debounce=_LONGEST,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            before = preview.shown
            if changes or first:
                outcome = preview.build(Path(path) for _, path in changes)
                if preview.shown != before:
                    told(outcome)
            first = False
            preview.watching.set()
            if preview.folders() != watched:
                break
