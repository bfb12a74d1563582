"""Audits the sample site and writes what was found to theme/accessibility.json, which the
accessibility statement of every site quotes: make audit (needs the network for Lighthouse).

axe-core looks at every kind of page, in light and dark, at 1280 and 320 pixels; Lighthouse at the
four kinds that people meet first. Both run in Chromium, on this machine alone.
"""

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from tools.chromium import CHROMIUM, FLAGS, launched

from tests.browser.credentials import documents, page_of
from tests.browser.server import serving
from tests.browser.sites import build_sample
from tests.theme.test_accessibility import AXE, PATHS, looked_at

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "theme/accessibility.json"
LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> int:
    """Audit, and write the results; 1 where something was found."""
    pages = {
        "home": "en/",
        "catalogue": "en/courses/",
        "course": "en/courses/data-stewardship/",
        "credential": page_of(documents()[0]).lstrip("/"),
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_sample(Path(folder) / "site", search=True)
        browser = launched(playwright)
        with serving(site) as address:
            found = axe_findings(browser, address, PATHS)
            scores = {kind: lighthouse(f"{address}/{path}") for kind, path in pages.items()}
        results = {
            "version": version("mcsite"),
            "day": dt.datetime.now(dt.UTC).date().isoformat(),
            "browser": f"Chromium {browser.version.partition('.')[0]}",
            "axe": axe_version(),
            "pages": len(PATHS),
            "found": len(found),
            "lighthouse": LIGHTHOUSE.partition("@")[2],
            "scores": scores,
        }
        browser.close()
    for one in found:
        print(one)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print(json.dumps(results, indent=1))
    return 1 if found else 0


def axe_findings(browser: Browser, address: str, paths: list[str]) -> list[str]:
    """Return what axe finds on the pages, in every look."""
    found = []
    for path in paths:
        for scheme in ("light", "dark"):
            for width in (1280, 320):
                findings, _ = looked_at(browser, f"{address}/{path}", scheme, width)
                found += [f"{path} {scheme} {width}: {one}" for one in findings]
    return found


def axe_version() -> str:
    """Return the version of axe-core that is installed."""
    package: dict[str, Any] = json.loads((AXE.parent / "package.json").read_bytes())
    return str(package["version"])


def lighthouse(url: str) -> dict[str, int]:
    """Return Lighthouse's scores of a page, of 100."""
    flags = " ".join(["--headless=new", *FLAGS])
    command = [
        "npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", url, "--quiet",
        "--output=json", f"--chrome-flags={flags}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    categories = json.loads(done.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in CATEGORIES}


if __name__ == "__main__":
    sys.exit(main())
