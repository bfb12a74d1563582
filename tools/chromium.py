"""The browser of tests, audits and measurements: Debian's Chromium, or what CHROMIUM names."""

import os

from playwright.sync_api import Browser, Playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Pages of Chromium's own, for suggestions below its address bar, which nobody sees. Every context
# of a browser loads them, and they take longer than most pages of a site.
_ADDRESS_BAR = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"]
# What Playwright turns off: of several lists Chromium takes the last, so it stands here again.
_BY_PLAYWRIGHT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
]  # fmt: skip


def launched(playwright: Playwright) -> Browser:
    """Start it."""
    features = ",".join(_BY_PLAYWRIGHT + _ADDRESS_BAR)
    arguments = [*FLAGS, f"--disable-features={features}"]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
