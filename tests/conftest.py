"""One Chromium for all tests of a worker: a second one beside it isn't possible.

Generated cases are the same in every run, however slow the machine; bench/ draws new ones.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright
from tools.chromium import launched

# Commands that are started find mcsite compiled, as its users do, whatever is set here.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()
