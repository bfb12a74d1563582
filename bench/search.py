"""Measures search in Chromium: 2,000 courses in two languages, on loopback, with an empty cache.

    python -m bench.search

A word is typed, letter by letter. Measured are the milliseconds from its last letter to the first
results, which our own table knows, and to the whole answer, with the index of whole pages; and
what the first search of a visit transfers, as gzip, beside what the page had loaded before.
"""

import argparse
import datetime as dt
import itertools
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.browsing import compressed
from bench.make_catalogue import make
from playwright.sync_api import Browser, Page, Response, sync_playwright
from tools.chromium import launched

from mcsite.commands.build import BuildRequest, build_site
from tests.browser.server import serving

FIRST, TRANSFER = 300, 300_000  # goals: milliseconds to the first result; bytes of the first search
WORDS = 9000  # of the vocabulary, about as many as 5,000 pages of a real catalogue have
# Where the list's first item is another one after a letter than before, results have been shown.
WATCH = """() => {
  const list = document.getElementById("results");
  const field = document.getElementById("q");
  const times = (window.__times = { typed: 0, first: 0, whole: 0 });
  const note = () => Object.assign(times, { typed: performance.now(), first: 0, whole: 0 });
  field.addEventListener("input", note, true);
  new MutationObserver(() => {
    times.first ||= performance.now();
    if (list.dataset.query === field.value) times.whole = performance.now();
  }).observe(list, { childList: true, subtree: true, attributes: true });
}"""


def main() -> None:
    """Make the site, search in it, and print a row for each kind of word and language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=2000)
    parser.add_argument("--times", type=int, default=5, help="that each word is looked up")
    args = parser.parse_args()
    vocabulary = words()
    # frequent in titles and texts; seldom; in no title, so that only the index has it; two words
    asked = {
        "frequent": vocabulary[10], "seldom": vocabulary[-400], "two words":
        f"{vocabulary[40]} {vocabulary[90]}",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project, site = Path(folder) / "project", Path(folder) / "site"
        make(project, courses=args.courses, credentials=0, vocabulary=vocabulary)
        now = dt.datetime.now(dt.UTC)
        build_site(BuildRequest(project=project, output=site, images=False, built_at=now, now=now))
        browser = launched(playwright)
        print(f"{args.courses} courses, each median of {args.times}; goals: first result in "
              f"{FIRST} ms, first search {TRANSFER} B")  # fmt: skip
        print(f"{'language':<9}{'word':<12}{'first ms':>9}{'whole ms':>9}{'again ms':>9}"
              f"{'search B':>10}{'page B':>10}")  # fmt: skip
        with serving(site) as address:
            for language in ("lv", "en"):
                for kind, text in asked.items():
                    runs = [searched(browser, site, f"{address}/{language}/courses/", text)
                            for _ in range(args.times)]  # fmt: skip
                    first, whole, again, search, page = (
                        median(run[n] for run in runs) for n in range(5)
                    )
                    print(f"{language:<9}{kind:<12}{first:>9.0f}{whole:>9.0f}{again:>9.0f}"
                          f"{search:>10.0f}{page:>10.0f}")  # fmt: skip
        browser.close()


def words() -> list[str]:
    """Return invented words that begin alike as seldom as those of a language do."""
    starts = ["b", "br", "d", "dr", "f", "g", "gr", "k", "kl", "l", "m", "n", "p", "pr", "r", "s",
              "sk", "st", "t", "tr", "v", "z"]  # fmt: skip
    ends = ["a", "e", "i", "o", "u", "an", "el", "in", "or", "um"]
    syllables = ["".join(pair) for pair in itertools.product(starts, ends)]
    pairs = itertools.product(syllables[::3], syllables[1::2])
    every = [
        f"{one}{other}{syllables[(7 * n) % len(syllables)]}" for n, (one, other) in enumerate(pairs)
    ]
    return every[:: max(1, len(every) // WORDS)][:WORDS]


def searched(
    browser: Browser, site: Path, url: str, text: str
) -> tuple[float, float, float, int, int]:
    """Look a text up with an empty cache; return milliseconds to the first results, to the whole
    answer, and to the whole answer of a second search; bytes of the search, and of the page.
    """
    asked: list[str] = []

    def note(response: Response) -> None:
        if response.ok:
            asked.append(urlsplit(response.url).path)

    context = browser.new_context()
    page = context.new_page()
    page.on("response", note)
    page.goto(url, wait_until="networkidle")
    before = len(asked)
    page.evaluate(WATCH)
    times = typed(page, text)
    page.wait_for_load_state("networkidle")
    loaded, searched_for = asked[:before], asked[before:]
    again = typed(page, text)
    context.close()
    return (
        times["first"] - times["typed"],
        times["whole"] - times["typed"],
        again["whole"] - again["typed"],
        sum(compressed(site, path) for path in searched_for),
        sum(compressed(site, path) for path in loaded),
    )


def typed(page: Page, text: str) -> dict[str, float]:
    """Type a text into the empty field, and wait for the whole answer."""
    page.fill("#q", "")
    page.wait_for_selector("#results:not([data-query]), #results[data-query='']")
    page.type("#q", text, delay=60)
    page.wait_for_function("() => window.__times.whole > 0")
    found: dict[str, float] = page.evaluate("window.__times")
    return found


if __name__ == "__main__":
    main()
