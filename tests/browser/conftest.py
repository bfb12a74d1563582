"""Pages of the browser tests, which tell what went wrong in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import Traffic

# A browser that knows no Ed25519.
OLD_ENGINE = """
const known = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (format, key, algorithm, ...rest) => algorithm === "Ed25519"
  ? Promise.reject(new DOMException("no", "NotSupportedError"))
  : known(format, key, algorithm, ...rest);
"""


@dataclass
class Watched:
    """A page, what its console said, and which hosts it asked."""

    page: Page
    console: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    paths: list[str] = field(default_factory=list)
    traffic: Traffic = field(init=False)

    def __post_init__(self) -> None:
        self.traffic = Traffic(self.page)

    def go(self, address: str) -> None:
        """Open a page and wait until it has asked for all it needs."""
        self.page.goto(address)
        self.traffic.settles()

    def rests(self) -> None:
        """Wait so long that whatever a page asks for by itself has been asked for."""
        self.page.wait_for_load_state("networkidle")

    def verdict(self) -> str:
        """Wait for the verdict and return it."""
        self.page.wait_for_selector(
            "[data-verdict]:not([data-verdict=checking]):not([data-verdict=unchecked])"
        )
        return self.page.locator("#verdict").get_attribute("data-verdict") or ""

    def is_clean(self, *, missing: str = "") -> bool:
        """Tell whether the console is empty (but for a file that the test took away) and no
        request left this machine.
        """
        complaints = [line for line in self.console if not (missing and "404" in line)]
        return not complaints and self.hosts <= {"127.0.0.1"}


@pytest.fixture(autouse=True)
def _nothing_stays_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test leaves open, but for pages that serve several: it would go on working."""
    if "browser" not in request.fixturenames:
        yield
        return
    browser: Browser = request.getfixturevalue("browser")
    before = browser.contexts
    yield
    for context in browser.contexts:
        if context not in before:
            context.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield watch(context.new_page())
    context.close()


def watch(page: Page) -> Watched:
    """Listen to a page's console and requests."""
    watched = Watched(page)
    page.on("console", lambda message: watched.console.append(message.text))
    page.on("pageerror", lambda error: watched.console.append(str(error)))

    def asked(url: str) -> None:
        if url.startswith("http"):
            watched.hosts.add(url.split("/")[2].split(":", maxsplit=1)[0])
            watched.paths.append("/" + url.split("/", 3)[-1])

    page.on("request", lambda request: asked(request.url))
    return watched


@pytest.fixture(scope="session")
def project() -> Path:
    """The repository, which is the sample institution's project."""
    return Path(__file__).parent.parent.parent
