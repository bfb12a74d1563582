"""What a holder takes along: a copy that verifies offline, badge images, a profile's fields."""

import datetime as dt
import json
import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from mcsite.cli import main
from mcsite.store.carriers import credential_in
from tests.browser.conftest import Watched
from tests.browser.credentials import (
    alter,
    documents,
    flip,
    in_script,
    issued,
    page_of,
    published_by,
    sealed_links,
)
from tests.browser.server import serving
from tests.browser.sites import NOW, built_sample
from tests.institution import Institution
from tests.theme.test_accessibility import looked_at

OFFLINE = "Save a copy that verifies offline"
PNG = "Badge image (PNG)"
SVG = "Badge image (SVG)"
YEAR = dt.timedelta(days=365)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory, search=False)


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


def taken(page: Page, label: str, folder: Path) -> Path:
    """Take a file along from a verified page."""
    page.wait_for_selector("#verdict[data-tone]:not([data-verdict=checking]) >> visible=true")
    details = page.locator(".take-along")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def opened(browser: Browser, path: Path, **how: Any) -> Watched:
    """Open a file from the disk in a browser without a network."""
    context = browser.new_context(locale="en-GB", **how)
    context.set_offline(True)
    watched = Watched(context.new_page())
    watched.page.on("console", lambda message: watched.console.append(message.text))
    watched.page.on("pageerror", lambda error: watched.console.append(str(error)))
    watched.page.on("request", lambda request: watched.paths.append(request.url))
    watched.page.goto(path.as_uri())
    return watched


@pytest.fixture(scope="module")
def kept(address: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a holder saved of a public credential."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(address + page_of(documents()[0]))
    path = taken(page, OFFLINE, tmp_path_factory.mktemp("kept"))
    context.close()
    return path


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    """The same, of which a test may change what it likes."""
    return Path(shutil.copy(kept, tmp_path))


def test_a_saved_copy_verifies_without_a_network(copy: Path, browser: Browser) -> None:
    saved = opened(browser, copy)

    assert saved.verdict() == "valid-offline"
    assert "Genuine as of" in saved.page.inner_text("h1")
    assert saved.page.inner_text(".claims__holder") == "Ilze Paraudziņa"
    assert saved.page.locator(".checks > li[data-state=passed]").count() == 9
    assert "when this file was made" in saved.page.inner_text("[data-check=issuer-key]")
    assert saved.page.get_attribute("#verdict a", "href") == documents()[0]["id"]
    assert saved.page.title().startswith("Genuine as of")
    assert saved.paths == [copy.as_uri()]
    assert saved.console == []


def test_a_copy_tells_the_day_of_the_list_it_holds(copy: Path, browser: Browser) -> None:
    data = json.loads(re.findall(r'id="saved">(.*?)</script>', copy.read_text("utf-8"))[0])
    (listed, *_) = data["evidence"]["statusLists"].values()
    day = dt.date.fromisoformat(listed["validFrom"][:10])

    assert f"{day.day} {day:%B %Y}" in opened(browser, copy).page.inner_text("h1")


def test_a_copy_holds_only_what_it_needs(copy: Path) -> None:
    data = json.loads(re.findall(r'id="saved">(.*?)</script>', copy.read_text("utf-8"))[0])
    issuer = documents()[0]["issuer"]["id"]

    assert data["fragment"] == ""
    assert set(data["evidence"]["didDocuments"]) == {issuer}
    assert len(data["evidence"]["statusLists"]) == 2
    assert {one for each in data["evidence"]["registries"] for one in each["issuers"]} == {issuer}
    assert copy.stat().st_size < 200_000


def test_a_copy_speaks_every_language_of_the_site(copy: Path, browser: Browser) -> None:
    saved = opened(browser, copy)
    saved.verdict()
    saved.page.get_by_role("button", name="Latviešu").click()

    expect(saved.page.locator("h1")).to_contain_text("Īsts pēc stāvokļa")
    assert saved.page.get_attribute("html", "lang") == "lv"


def test_each_check_of_a_copy_can_be_followed(copy: Path, browser: Browser) -> None:
    saved = opened(browser, copy)
    saved.verdict()
    saved.page.click("[data-check=revocation] summary")

    expect(saved.page.locator("[data-check=revocation] dl")).to_contain_text("/status/1.json")
    saved.page.click(".technical > summary")
    expect(saved.page.locator(".technical pre")).to_contain_text("Ilze Paraudziņa")
    assert saved.paths == [copy.as_uri()]


def in_credential(change: Any) -> Any:
    return in_script(change)


def saved_part(old: str, new: str) -> Any:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (in_script(saved_part("Ilze Paraudziņa", "Ilze Paraudzina")), "tampered"),
        (in_script(lambda text: flip(text, '"proofValue":"z')), None),
        (saved_part('"encodedList":"uH4sI', '"encodedList":"uH4sJ'), "valid-status-unknown"),
        (saved_part('"publicKeyMultibase":"z6Mk', '"publicKeyMultibase":"z6Ml'), None),
        (saved_part('"issuers":["did:web:', '"issuers":["did:web:x'), "unknown-issuer"),
        (saved_part('"at":"20', '"at":"19'), "valid-status-unknown"),
    ],
    ids=["name", "proof", "list", "key", "registry", "day"],
)  # fmt: skip
def test_a_changed_letter_in_a_copy_is_seen(
    copy: Path, browser: Browser, change: Any, verdict: str | None
) -> None:
    alter(copy, change)
    found = opened(browser, copy).verdict()

    assert found == verdict if verdict else found != "valid-offline"


@pytest.mark.parametrize("part", ["const $verify", "@layer tokens"])
def test_a_changed_letter_in_the_verifier_of_a_copy_stops_it(
    copy: Path, browser: Browser, part: str
) -> None:
    alter(copy, lambda text: text.replace(part, f"/* */{part}", 1))
    saved = opened(browser, copy)
    saved.page.wait_for_timeout(300)

    assert any("Content Security Policy" in line for line in saved.console)


def test_a_copy_of_a_sealed_credential_is_open_and_says_so(
    address: str, open_page: Watched, browser: Browser, tmp_path: Path
) -> None:
    name, link = sealed_links()[0]
    open_page.go(address + link)
    open_page.page.wait_for_selector("[data-verdict=valid]")
    path = taken(open_page.page, OFFLINE, tmp_path)
    warned = open_page.page.inner_text(".take-along .holder__warning")
    saved = opened(browser, path)

    assert "Whoever has one of these files can read all that it says" in warned
    assert saved.verdict() == "valid-offline"
    assert saved.page.inner_text(".claims__holder") == name
    href = saved.page.get_attribute("#verdict a", "href") or ""
    assert href.endswith("#" + link.split("#")[1])


def test_a_copy_that_ended_since_says_so(
    sample: Path, tmp_path: Path, open_page: Watched, browser: Browser
) -> None:
    institution = Institution()
    document = issued(institution, valid_until=NOW + dt.timedelta(days=20))
    with serving(published_by(institution, document, tmp_path, sample)) as address:
        open_page.go(address + page_of(document))
        path = taken(open_page.page, OFFLINE, tmp_path)
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.clock.install(time=NOW + YEAR)
    page.goto(path.as_uri())
    page.wait_for_selector("[data-verdict=expired]")

    assert page.get_attribute("[data-check=revocation]", "data-state") == "passed"
    context.close()


def test_years_later_a_copy_still_tells_what_was_known(copy: Path, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.clock.install(time=NOW + 20 * YEAR)
    page.goto(copy.as_uri())

    page.wait_for_selector("[data-verdict=valid-offline]")
    context.close()


def test_of_a_withdrawn_credential_no_copy_is_offered(address: str, open_page: Watched) -> None:
    open_page.go(address + page_of(documents()[8]))
    open_page.page.wait_for_selector("[data-verdict=revoked]")
    open_page.page.click(".take-along summary")
    expect(open_page.page.get_by_role("button", name=PNG)).to_be_visible()

    assert open_page.page.get_by_role("button", name=OFFLINE).count() == 0


def test_a_copy_and_images_are_read_on_the_command_line(
    address: str, sample: Path, open_page: Watched, tmp_path: Path
) -> None:
    open_page.go(address + sealed_links()[0][1])
    open_page.page.wait_for_selector("[data-verdict=valid]")
    for label in (OFFLINE, PNG, SVG):
        path = taken(open_page.page, label, tmp_path)

        assert main(["verify", str(path), "--offline", str(sample)]) == 0, path


def test_a_copy_is_read_by_the_page_that_checks_files(
    copy: Path, address: str, open_page: Watched
) -> None:
    open_page.go(address + "/en/verify/")
    open_page.page.set_input_files("#file", copy)

    open_page.page.wait_for_selector("#answer [data-verdict=valid]")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_copy(copy: Path, browser: Browser, scheme: Any, width: int) -> None:
    findings, wider = looked_at(browser, copy.as_uri(), scheme, width)

    assert findings == []
    assert wider <= 0


@pytest.mark.parametrize("batch", ["*-cybersecurity-basics.jsonl", "*-food-safety-haccp.jsonl"])
@pytest.mark.parametrize("label", [PNG, SVG])
def test_a_badge_image_carries_the_credential(
    address: str, open_page: Watched, tmp_path: Path, label: str, batch: str
) -> None:
    document = documents(batch)[0]
    open_page.go(address + page_of(document))
    open_page.verdict()
    path = taken(open_page.page, label, tmp_path)
    data = path.read_bytes()

    assert json.loads(credential_in(data) or b"") == document
    assert path.suffix in (".png", ".svg")
    assert open_page.is_clean()
    open_page.go(address + "/en/verify/")
    open_page.page.set_input_files("#file", path)
    open_page.page.wait_for_selector("#answer [data-verdict]")
    assert open_page.page.locator("#answer [data-verdict=tampered]").count() == 0
    assert open_page.page.inner_text(".claims__holder")


@pytest.mark.parametrize("label", [PNG, SVG])
def test_a_badge_image_is_a_picture(
    address: str, open_page: Watched, tmp_path: Path, browser: Browser, label: str
) -> None:
    open_page.go(address + sealed_links()[0][1])
    open_page.page.wait_for_selector("[data-verdict=valid]")
    path = taken(open_page.page, label, tmp_path)
    if path.suffix == ".png":
        assert struct.unpack(">II", path.read_bytes()[16:24])[0] >= 200
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    if path.suffix == ".png":
        assert page.evaluate("document.images[0].naturalWidth") >= 200
    else:
        assert page.evaluate("document.documentElement.tagName") == "svg"
    context.close()


def test_a_profile_gets_what_it_asks_for(address: str, open_page: Watched) -> None:
    page = open_page.page
    document = documents()[0]
    open_page.go(address + page_of(document))
    open_page.verdict()
    page.click(".take-along summary")
    fields = page.locator(".fields")
    expect(fields).to_contain_text(document["id"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy: Name").click()

    assert page.evaluate("navigator.clipboard.readText()") == document["name"]
    href = page.get_attribute(".take-along a", "href") or ""
    asked = parse_qs(urlsplit(href).query)
    assert asked["certUrl"] == [document["id"]]
    assert (asked["issueYear"], asked["issueMonth"]) == (["2026"], ["3"])


def test_a_sealed_credential_offers_itself_to_no_profile(address: str, open_page: Watched) -> None:
    open_page.go(address + sealed_links()[0][1])
    open_page.page.wait_for_selector("[data-verdict=valid]")
    open_page.page.click(".take-along summary")
    expect(open_page.page.get_by_role("button", name=OFFLINE)).to_be_visible()

    assert open_page.page.locator(".take-along a").count() == 0
    assert open_page.page.locator("#qr").count() == 0


def test_the_qr_code_leads_to_the_page(address: str, open_page: Watched, tmp_path: Path) -> None:
    open_page.go(address + page_of(documents()[0]))
    open_page.verdict()
    drawn = taken(open_page.page, "QR code of this page (SVG)", tmp_path).read_text("utf-8")
    light, dark = re.findall(r'<path[^>]* d="([^"]*)"', drawn)
    wanted = segno.make(documents()[0]["id"], error="m", micro=False, mask=0, boost_error=False)

    assert squares(dark) == {
        (x, y)
        for y, row in enumerate(wanted.matrix_iter(border=4))
        for x, on in enumerate(row)
        if on
    }
    assert light == "M0 0h{0}v{0}h-{0}z".format(wanted.symbol_size(border=4)[0])


def squares(path: str) -> set[tuple[int, int]]:
    """Return where a path of strokes one unit wide is dark."""
    found, x, y = set(), 0, 0
    for step, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        first, *rest = (float(number) for number in numbers.split())
        if step == "h":
            found |= {(place, y) for place in range(x, x + int(first))}
            x += int(first)
        else:
            x = int(first) if step == "M" else x + int(first)
            y = int(rest[0]) if step == "M" else y + int(rest[0])
    return found
