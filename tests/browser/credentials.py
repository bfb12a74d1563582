"""Verification pages for browser tests: the sample's credentials, and a simulated institution's."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from mcsite.credentials.notices import Status
from tests.browser.sites import NOW, ROOT
from tests.institution import Institution
from tests.published import publish

LINKS = ROOT / "docs" / "sample-links.md"
Make = Callable[[Institution], dict[str, Any]]
TYPES = {".html": "text/html", ".js": "text/javascript", ".json": "application/json",
         ".css": "text/css", ".svg": "image/svg+xml"}  # fmt: skip


def documents(batch: str = "*-cybersecurity-basics.jsonl") -> list[dict[str, Any]]:
    """Return the public credentials of a batch of the sample."""
    path = next((ROOT / "credentials").glob(batch))
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def page_of(document: dict[str, Any]) -> str:
    """Return the path of a credential's page."""
    return "/c/" + str(document["id"]).split("/c/")[1]


def sealed_links() -> list[tuple[str, str]]:
    """Return (name, path with key) of the sample's sealed credentials."""
    rows = [line for line in LINKS.read_text("utf-8").splitlines() if "#k=" in line]
    return [(row.split("|")[1].strip(), "/c/" + row.split("/c/")[1].split(">")[0]) for row in rows]


def issued(institution: Institution, **how: Any) -> dict[str, Any]:
    """Issue a credential today."""
    return dict(institution.issue(at=NOW, **how))


def withdrawn(institution: Institution, status: Status) -> dict[str, Any]:
    """Issue a credential and withdraw it."""
    document = issued(institution)
    institution.revoke(document, status=status)
    return document


def published_by(
    institution: Institution, document: dict[str, Any], folder: Path, sample: Path
) -> Path:
    """Publish one credential of an institution, with the theme of the sample site."""
    return publish(institution, [document], folder / "published", sample)


def serve_at(page: Page, folder: Path, host: str) -> None:
    """Let `host` answer a page with the files of a folder; no request leaves the browser."""

    def answer(route: Route) -> None:
        address = route.request.url.split("?")[0].split("#")[0]
        path = folder / address.removeprefix(f"https://{host}/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            route.fulfill(status=404, body="")
            return
        route.fulfill(body=path.read_bytes(), content_type=TYPES.get(path.suffix, "text/plain"))

    page.route(f"https://{host}/**", answer)


def alter(path: Path, change: Callable[[str], str]) -> None:
    """Change the text of a file; it must really change."""
    text = path.read_text("utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, "utf-8")


def flip(text: str, after: str, *, at: int = 12) -> str:
    """Change one letter, `at` letters after the last `after`."""
    place = text.rindex(after) + len(after) + at
    letter = "2" if text[place] != "2" else "3"
    return text[:place] + letter + text[place + 1 :]


def in_script(change: Callable[[str], str]) -> Callable[[str], str]:
    """Apply a change to the signed document in a page alone."""

    def apply(text: str) -> str:
        start = text.index('credential">{')
        return text[:start] + change(text[start:])

    return apply
