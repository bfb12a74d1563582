"""What the theme was tested with, for the accessibility statement (tools/audit.py writes it)."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass

from mcsite.site.context import SiteContext

RESULTS = "accessibility.json"


@dataclass(frozen=True, slots=True)
class Scores:
    """What Lighthouse gave a kind of page, of 100."""

    page: str
    performance: int
    accessibility: int
    best_practices: int
    seo: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was tested, when, and what it found (tools/audit.py)."""

    day: dt.date
    axe: str
    browser: str
    pages: int
    found: int
    lighthouse: str
    scores: tuple[Scores, ...]


def audit_of(context: SiteContext, say: Callable[[str], str]) -> Audit | None:
    """Return the results that travel with the packaged theme. A site with templates of its own
    has another theme, of which they say nothing.
    """
    packaged, *own = context.theme.folders
    if any((folder / "templates").is_dir() for folder in own):
        return None
    found = json.loads((packaged / RESULTS).read_bytes())
    names = {
        "home": say("Home"),
        "catalogue": say("Courses"),
        "course": say("Course"),
        "credential": say("Credential"),
    }
    return Audit(
        day=dt.date.fromisoformat(found["day"]),
        axe=found["axe"],
        browser=found["browser"],
        pages=found["pages"],
        found=found["found"],
        lighthouse=found["lighthouse"],
        scores=tuple(
            Scores(
                names[kind],
                given["performance"],
                given["accessibility"],
                given["best-practices"],
                given["seo"],
            )
            for kind, given in found["scores"].items()
        ),
    )
