"""Opens pages and asks what a keyboard, a small window or a reader's own colours make of them."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request

LOOKS = Path(__file__).with_name("looks.js").read_text("utf-8")
DESK = {"width": 1280, "height": 900}
# 1280 by 1024 pixels at 400 % (WCAG 2.2, 1.4.10).
ZOOMED = {"width": 320, "height": 256}
# So many seconds after the last request a page on this machine has all it wants.
QUIET = 0.12
UNFINISHED = ("#verdict[data-verdict=checking]", ".facets:empty", "#saved:empty")
WINDOWS = {"desk": DESK, "zoomed": ZOOMED}


class Traffic:
    """What a page asks for, from before it is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.under_way: set[Request] = set()
        self.last = time.monotonic()
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def settles(self) -> None:
        """Wait until the page's modules have done their work, and all has come that it asked for.

        Whether something is never asked for, "networkidle" tells with more patience.
        """
        self._is_quiet()
        for unfinished in UNFINISHED:
            self.page.wait_for_selector(unfinished, state="detached")
        self._is_quiet()

    def _is_quiet(self) -> None:
        until = time.monotonic() + 30
        while self.under_way or time.monotonic() - self.last < QUIET:
            assert time.monotonic() < until, [request.url for request in self.under_way]
            self.page.wait_for_timeout(20)

    def _begun(self, request: Request) -> None:
        self.under_way.add(request)
        self.last = time.monotonic()

    def _ended(self, request: Request) -> None:
        self.under_way.discard(request)
        self.last = time.monotonic()


@contextlib.contextmanager
def opened(
    browser: Browser, address: str, window: dict[str, int] = DESK, **how: Any
) -> Iterator[Page]:
    """Open a page, wait until its modules have done their work, and give it `looks`."""
    context = browser.new_context(viewport=window, locale="en-GB", **how)  # type: ignore[arg-type]
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(address)
    traffic.settles()
    page.evaluate(f"window.looks = {LOOKS}")
    yield page
    context.close()


def looked(page: Page, what: str) -> Any:
    """Return what one of the functions of looks.js finds."""
    return page.evaluate(f"looks.{what}()")
