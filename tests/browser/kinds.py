"""One page of every kind that the sample site has, for tests that look at each of them.

What kind a page is of is read from its address: /en/skills/52c1…/ is "skills/*". A built site
can have no page of another kind than these without `test_kinds.py` telling.
"""

from pathlib import Path

from tests.browser.credentials import documents, page_of, sealed_links
from tests.rendering import specs

# What an address of a page without a language tells.
ALONE = {"": "chooser", "404.html": "not-found"}
# Pages of which the look or the work depends on what comes after their address.
COMPARISON = "saved/?courses=data-stewardship,gis-basics,beekeeping,dementia-care"


def kind_of(path: str) -> str:
    """Return the kind of the page at a path of the site, as "home" or "courses/*"."""
    if path in ALONE:
        return ALONE[path]
    first, *rest = path.strip("/").split("/")
    if first == "c":
        return "c/*"
    return "/".join([*rest[:1], *("*" for _ in rest[1:])]) or "home"


def kinds_of_site(site: Path) -> set[str]:
    """Return the kinds of all pages that a folder holds."""
    files = (file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    return {kind_of(file.removesuffix("index.html")) for file in files}


def one_of_each(language: str) -> dict[str, str]:
    """Return the path of a page of each kind, with the ways in which a page can be met that
    its kind alone doesn't tell: a comparison, a sealed credential, a link cut short.
    """
    pages: dict[str, str] = {}
    for spec in specs():
        if spec.language == language or spec.path in ALONE:
            pages.setdefault(kind_of(spec.path), spec.path)
    sealed = sealed_links()[0][1].lstrip("/")
    return pages | {
        "courses/*": f"{language}/courses/data-stewardship/",
        "c/*": page_of(documents()[0]).lstrip("/"),
        "comparison": f"{language}/{COMPARISON}",
        "sealed": sealed,
        "sealed without its key": sealed.partition("#")[0],
    }
