"""mcsite diff: what a change means to readers, learners and holders of credentials."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.comparing import commit_of, common_commit, compared, repository_of
from mcsite.review.comparison import Comparison
from mcsite.review.diff import Difference, PageOf, difference_of
from mcsite.site import urls
from mcsite.site.urls import Urls


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRequest:
    """What to compare. `head` None is the working copy; `site_url` is where its pages are, the
    site's own address where it is empty.
    """

    project: Path
    base: str
    head: str | None = None
    since_merge_base: bool = False  # leave out what happened in `base` meanwhile
    site_url: str = ""
    today: dt.date


def difference(request: DiffRequest) -> Difference:
    """Return what changed. Raises UsageError outside Git, or where a name is no commit's."""
    repository = repository_of(request.project)
    base = commit_of(repository, request.base)
    head = None if request.head is None else commit_of(repository, request.head)
    if request.since_merge_base:
        base = common_commit(repository, base, head or commit_of(repository, "HEAD"))
    found = compared(repository, base, head)
    return difference_of(found, _pages(found, request.site_url), request.today)


def _pages(comparison: Comparison, site_url: str) -> PageOf:
    """Return what gives the address of a content file's page, in the site's default language."""
    site = comparison.head.site
    address = Urls((site_url or (site.base_url if site else "")).rstrip("/"))
    language = comparison.head.default_language
    pages = {"courses": urls.course, "providers": urls.provider, "pathways": urls.pathway}

    def page_of(key: str) -> str:
        kind, _, name = key.partition("/")
        if not address.base_url:
            return ""
        path = pages[kind](language, name) if kind in pages else urls.home(language)
        return address.absolute(path)

    return page_of
