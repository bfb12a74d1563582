"""Opens pages and asks what a keyboard, a small window or a reader's own colours make of them."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

LOOKS = Path(__file__).with_name("looks.js").read_text("utf-8")
DESK = {"width": 1280, "height": 900}
# 1280 by 1024 pixels at 400 % (WCAG 2.2, 1.4.10).
ZOOMED = {"width": 320, "height": 256}
# So many seconds after the last request a page on this machine has all it wants.
QUIET = 0.12
WINDOWS = {"desk": DESK, "zoomed": ZOOMED}


@contextlib.contextmanager
def opened(
    browser: Browser, address: str, window: dict[str, int] = DESK, **how: Any
) -> Iterator[Page]:
    """Open a page, wait until its modules have done their work, and give it `looks`."""
    context = browser.new_context(viewport=window, locale="en-GB", **how)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[float] = []
    for event in ("request", "requestfinished", "requestfailed"):
        page.on(event, lambda _: asked.append(time.monotonic()))
    page.goto(address)
    while time.monotonic() - asked[-1] < QUIET:
        page.wait_for_timeout(20)
    for unfinished in ("#verdict[data-verdict=checking]", ".facets:empty", "#saved:empty"):
        page.wait_for_selector(unfinished, state="detached")
    page.evaluate(f"window.looks = {LOOKS}")
    yield page
    context.close()


def looked(page: Page, what: str) -> Any:
    """Return what one of the functions of looks.js finds."""
    return page.evaluate(f"looks.{what}()")
