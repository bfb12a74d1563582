"""Measures verification pages in Chromium: what they weigh, and how soon the verdict stands.

    python -m bench.verdict

Pages of the sample site whose verdict is "valid", public and sealed, each opened several times with
an empty cache and no delay of a network. The weight is the sum of what a page asked for, as gzip.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median
from typing import TypeAlias
from urllib.parse import urlsplit

from bench.browsing import compressed
from playwright.sync_api import Browser, Response, sync_playwright
from tools.chromium import launched

from tests.browser.credentials import documents, page_of, sealed_links
from tests.browser.server import serving
from tests.browser.sites import build_sample

FRAME, SECONDS = 30_000, 0.1  # goals: bytes of the page and its frame; after the load event
EVIDENCE = ("did.json", "/status/", "/trust/", "/courses/", "notice.json", "/issued/")
WHEN = """() => {
  const note = () => {
    const verdict = document.querySelector("[role=status]")?.dataset.verdict ?? "checking";
    if (!["checking", "unchecked"].includes(verdict)) window.__at ??= performance.now();
  };
  const all = { subtree: true, childList: true, attributes: true };
  new MutationObserver(note).observe(document, all);
}"""
TOOK = """() => window.__at === undefined ? null : [
  performance.getEntriesByType("navigation")[0].loadEventEnd,
  window.__at,
  document.querySelector("[role=status]").dataset.verdict,
]"""


def main() -> None:
    """Build the sample, open its pages, and print a row for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9, help="that each page is opened")
    args = parser.parse_args()
    kinds = {
        "public": [page_of(document) for document in documents()[:4]],
        "sealed": [path for _, path in sealed_links()[:4]],
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_sample(Path(folder) / "site", search=False)
        browser = launched(playwright)
        print(
            f"{'page':<8} {'frame B':>8} {'all B':>8} {'requests':>9} {'verdict after load ms':>22}"
        )
        with serving(site) as address:
            for kind, paths in kinds.items():
                each = [opened(browser, site, address, path) for path in paths * args.times]
                runs = [run for run in each if run is not None]
                frame, everything, requests = (max(run[n] for run in runs) for n in range(3))
                after = [run[3] for run in runs]
                print(
                    f"{kind:<8} {frame:>8} {everything:>8} {requests:>9} "
                    f"{median(after):>8.0f} ({min(after):.0f} to {max(after):.0f})"
                )
        browser.close()
    print(f"goals: {FRAME} B with the credential, and {SECONDS * 1000:.0f} ms")


# Bytes without and with the evidence, requests, and milliseconds from the load to the verdict.
Opened: TypeAlias = tuple[int, int, int, float]


def opened(browser: Browser, site: Path, address: str, path: str) -> Opened | None:
    """Open a page once; return what it took, or None where the verdict isn't "valid"."""
    asked: list[str] = []

    def note(response: Response) -> None:
        if response.ok:
            asked.append(urlsplit(response.url).path)

    context = browser.new_context()
    page = context.new_page()
    page.on("response", note)
    page.add_init_script(f"({WHEN})()")
    page.goto(address + path)
    took = page.wait_for_function(TOOK).json_value()
    context.close()
    loaded, at, verdict = took
    if verdict != "valid":
        return None
    sizes = {one: compressed(site, one) for one in asked}
    frame = sum(size for one, size in sizes.items() if not any(part in one for part in EVIDENCE))
    return frame, sum(sizes.values()), len(asked), max(0.0, at - loaded)


if __name__ == "__main__":
    main()
