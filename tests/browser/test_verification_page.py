"""The verification page besides its verdict: what it says first, to whom, in which language."""

import datetime as dt
import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from mcsite.credentials.jcs import canonical
from tests.browser.conftest import OLD_ENGINE, Watched
from tests.browser.credentials import alter, documents, page_of, sealed_links
from tests.browser.server import serving
from tests.browser.sites import built_sample
from tests.theme.test_accessibility import looked_at

FRAME_LIMIT = 30_000
COUNT_BOX_UPDATES = """
window.boxUpdates = 0;
addEventListener("DOMContentLoaded", () => new MutationObserver(() => { window.boxUpdates += 1; })
  .observe(document.getElementById("verdict"), {childList: true, subtree: true}));
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory, search=False)


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


def test_the_box_is_filled_twice_and_focus_stays(address: str, open_page: Watched) -> None:
    open_page.page.add_init_script(COUNT_BOX_UPDATES)
    open_page.go(address + page_of(documents()[0]))

    assert open_page.verdict() == "valid"
    assert open_page.page.evaluate("window.boxUpdates") == 2
    assert open_page.page.evaluate("document.activeElement === document.body")
    assert open_page.page.get_attribute("#verdict", "role") == "status"


def test_the_title_tells_verdict_credential_and_holder(address: str, open_page: Watched) -> None:
    open_page.go(address + page_of(documents()[0]))
    open_page.verdict()

    title = "Valid – Kiberdrošības pamati ikvienam darbiniekam – Ilze Paraudziņa"
    assert open_page.page.title() == title


def test_five_seconds_fit_a_phone(sample: Path, open_page: Watched) -> None:
    page = open_page.page
    page.set_viewport_size({"width": 360, "height": 640})
    with serving(sample) as address:
        open_page.go(address + page_of(documents()[0]))
        open_page.verdict()
        page.evaluate("document.getElementById('preview').hidden = true")

        assert (
            page.evaluate("document.getElementById('claims').getBoundingClientRect().bottom") <= 640
        )


def test_without_javascript_the_claims_are_only_stated(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + page_of(documents()[0]))
    claims = page.inner_text("#claims")

    assert page.get_attribute("#verdict", "data-verdict") == "unchecked"
    assert "Ilze Paraudziņa" in claims
    assert "EKI 4. līmenis, 1 ECTS" in claims
    assert "micro.baltija.example" in claims
    assert "2026. gada 27. marts" in claims
    assert not page.is_visible("#interface-languages")
    context.close()


def test_without_javascript_a_sealed_page_promises_nothing(address: str, browser: Browser) -> None:
    link = sealed_links()[0][1].split("#")[0]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + link)
    told = page.inner_text("main")

    assert "Šis apliecinājums ir slēgts" in page.inner_text("#sentence")
    assert f"mcsite verify 'https://micro.baltija.example{link}#k=…'" in told
    assert "VerifierPlus" not in told
    assert ".json" not in told
    assert not page.is_visible("#download")
    context.close()


def test_a_framed_page_vouches_for_nothing(
    sample: Path, open_page: Watched, tmp_path: Path
) -> None:
    shutil.copytree(sample / "c", tmp_path / "c")
    shutil.copytree(sample / "static", tmp_path / "static")
    frame = f'<!doctype html><title>x</title><iframe src="{page_of(documents()[0])}"></iframe>'
    (tmp_path / "frame.html").write_text(frame, "utf-8")
    with serving(tmp_path) as address:
        open_page.go(address + "/frame.html")
        inner = open_page.page.frames[1]
        inner.wait_for_selector("[data-verdict=unsupported]")

        assert "inside another site" in inner.inner_text("h1")
        assert inner.get_attribute("#verdict a", "target") == "_blank"
        assert not inner.is_visible("#report")


def test_an_old_browser_says_that_it_can_t_check(address: str, open_page: Watched) -> None:
    open_page.page.add_init_script(OLD_ENGINE)
    open_page.go(address + page_of(documents()[0]))

    assert open_page.verdict() == "unsupported"
    assert "the check did not confirm it" in open_page.page.inner_text("#claims")
    assert "Ilze Paraudziņa" in open_page.page.inner_text("#claims")
    expect(open_page.page.locator("#verdict li")).to_have_count(2)
    assert "another device" in open_page.page.inner_text("#verdict")
    assert open_page.page.is_visible("#download a")
    assert not open_page.page.is_visible("#actions")
    assert open_page.is_clean()


def test_an_old_browser_is_told_another_way_to_check_a_sealed_credential(
    address: str, open_page: Watched
) -> None:
    open_page.page.add_init_script(OLD_ENGINE)
    open_page.go(address + sealed_links()[0][1])

    assert open_page.verdict() == "unsupported"
    expect(open_page.page.locator("#verdict li").nth(1)).to_contain_text("mcsite verify")
    assert not open_page.page.is_visible("#claims")
    assert open_page.is_clean()


def test_a_browser_without_cryptography_ends_in_a_verdict(address: str, open_page: Watched) -> None:
    open_page.page.add_init_script("delete Crypto.prototype.subtle")
    open_page.go(address + page_of(documents()[0]))

    assert open_page.verdict() == "unsupported"
    assert open_page.is_clean()


def test_what_was_not_confirmed_is_told_in_the_readers_words(
    address: str, open_page: Watched
) -> None:
    page = open_page.page
    page.route("**/.well-known/did.json", lambda route: route.abort())
    open_page.go(address + page_of(documents()[0]))
    assert open_page.verdict() == "issuer-unreachable"
    told = page.inner_text("#claims")

    assert told.startswith("What it says — the check did not confirm it\n\nIlze Paraudziņa")
    assert "Issued by " in told
    assert "Awarded by " in told
    assert "27 March 2026" in told
    assert "What the holder can do" in told
    assert "domain checked" not in told
    assert page.get_attribute(".claims__title", "lang") == "lv"
    assert page.get_attribute("#claims ul", "lang") == "lv"


def test_what_is_shown_anyway_has_the_readers_words_and_the_focus(
    sample: Path, open_page: Watched, tmp_path: Path
) -> None:
    page, path = open_page.page, page_of(documents()[0])
    for name in ("c", "static", "status", "trust", ".well-known"):
        shutil.copytree(sample / name, tmp_path / name)
    alter(
        tmp_path / path.lstrip("/") / "index.html", lambda text: text.replace("Paraudziņa", "Cita")
    )
    with serving(tmp_path) as address:
        open_page.go(address + path)
        assert open_page.verdict() == "tampered"
        page.click("#claims button")

        assert "Issued by " in page.inner_text("#claims")
        assert page.evaluate("document.activeElement.id") == "claims"


def test_a_slow_answer_is_named_after_eight_seconds(address: str, open_page: Watched) -> None:
    page = open_page.page
    page.clock.install()
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/.well-known/did.json", hold)
    page.goto(address + page_of(documents()[0]))
    page.wait_for_selector("[data-verdict=checking]")
    expect(page.locator("#sentence")).to_have_text("This takes a second or two.")
    page.clock.fast_forward(8500)

    expect(page.locator("#sentence")).to_have_text("Still waiting for micro.baltija.example.")
    waiting[0].continue_()
    assert open_page.verdict() == "valid"


def test_the_page_switches_language_in_place(address: str, open_page: Watched) -> None:
    page = open_page.page
    open_page.go(address + page_of(documents()[0]))
    open_page.verdict()
    assert page.inner_text(".site-name") == "Baltic Micro-credentials"
    assert "Published by" in page.inner_text(".site-footer")
    page.click("#interface-languages a[hreflang=lv]")
    page.wait_for_selector("html[lang=lv]")
    expect(page.locator("h1")).to_contain_text("Derīgs")

    assert page.get_attribute("#verdict", "data-verdict") == "valid"
    assert page.inner_text(".site-name") == "Baltijas mikroapliecinājumi"
    assert "Vietni uztur\nBaltijas" in page.inner_text(".site-footer").replace("uztur ", "uztur\n")
    assert page.inner_text(".site-nav a >> nth=0") == "Kursi"
    assert page.get_attribute(".site-nav a >> nth=0", "href") == "/lv/courses/"
    assert "2026. gada 27. marts" in page.inner_text("#claims")
    page.reload()
    page.wait_for_selector("html[lang=lv]")
    assert open_page.verdict() == "valid"
    assert open_page.is_clean()


def test_the_address_can_name_the_language(address: str, open_page: Watched) -> None:
    open_page.go(address + page_of(documents()[0]) + "?lang=lv")

    assert open_page.verdict() == "valid"
    assert open_page.page.get_attribute("html", "lang") == "lv"


def test_going_to_the_content_keeps_the_key(address: str, open_page: Watched) -> None:
    page = open_page.page
    open_page.go(address + sealed_links()[0][1])
    open_page.verdict()
    page.focus(".skip-link")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#actions button >> nth=0")

    assert page.get_attribute("#verdict", "data-verdict") == "valid"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == address + sealed_links()[0][1]


def test_a_sealed_credential_is_downloaded_open(address: str, open_page: Watched) -> None:
    name, link = sealed_links()[0]
    open_page.go(address + link)
    open_page.verdict()
    with open_page.page.expect_download() as download:
        open_page.page.click("#download a")
    document = json.loads(Path(download.value.path()).read_text("utf-8"))

    assert download.value.suggested_filename == f"{link.split('/')[2]}.json"
    assert document["credentialSubject"]["identifier"][0]["identityHash"] == name
    assert len(document["proof"]) == 2


def test_no_link_out_carries_the_key(address: str, open_page: Watched) -> None:
    link = sealed_links()[0][1]
    open_page.go(address + link)
    open_page.verdict()

    assert link.split("#k=")[1] not in open_page.page.content()


def test_what_the_catalogue_says_today_stands_beside_what_was_issued(
    sample: Path, open_page: Watched, tmp_path: Path
) -> None:
    for name in ("c", "static", "status", "trust", "courses", ".well-known", "assets"):
        shutil.copytree(sample / name, tmp_path / name)
    for path in (tmp_path / "courses/cybersecurity-basics").glob("*.json"):
        alter(path, lambda text: text.replace('"version":"2"', '"version":"3"'))
        alter(path, lambda text: text.replace('"creditsAvailable":1', '"creditsAvailable":2'))
        if path.name == "achievement.json":
            alter(path, lambda text: text.replace("- Atpazīt pikšķerēšanas", "- Pazīt viltus"))
            alter(path, lambda text: text.replace("EKI 4. līmenis", "EKI 5. līmenis"))
    with serving(tmp_path) as address:
        open_page.go(address + page_of(documents()[0]))

        assert open_page.verdict() == "valid"
        rows = open_page.page.locator(".compared tbody tr").all_inner_texts()
    assert sorted(row.split("\t") for row in rows) == [
        ["Level, assessment, skills and the like",
         "Level: EKI 4. līmenis", "Level: EKI 5. līmenis"],
        ["Outcomes and how it is earned",
         "Atpazīt pikšķerēšanas un sociālās inženierijas pazīmes vēstulē, zvanā un īsziņā",
         "Pazīt viltus un sociālās inženierijas pazīmes vēstulē, zvanā un īsziņā"],
        ["Version of the description", "2", "3"],
        ["Workload", "1 ECTS", "2 ECTS"],
    ]  # fmt: skip


def test_technical_details_name_what_was_checked(address: str, open_page: Watched) -> None:
    document = documents()[0]
    open_page.go(address + page_of(document))
    open_page.verdict()
    open_page.page.click(".technical > summary")
    expect(open_page.page.locator(".technical pre")).to_be_visible()
    text = open_page.page.inner_text(".technical")

    assert document["id"] in text
    assert document["proof"][0]["verificationMethod"] in text
    assert document["credentialStatus"][0]["id"] in text
    assert hashlib.sha256(canonical(document)).hexdigest() in text
    assert json.loads(open_page.page.inner_text(".technical pre")) == document


def test_each_check_can_be_followed(address: str, sample: Path, open_page: Watched) -> None:
    page, document = open_page.page, documents()[0]
    open_page.go(address + page_of(document))
    open_page.verdict()
    for summary in page.locator(".checks__trace > summary").all():
        summary.click()
    expect(page.locator(".checks__trace > dl")).to_have_count(9)
    told = {
        row.get_attribute("data-check"): row.locator("dl").inner_text()
        for row in page.locator(".checks > li").all()
    }
    did = json.loads((sample / ".well-known/did.json").read_bytes())
    status = json.loads((sample / "status/1.json").read_bytes())
    entry = document["credentialStatus"][0]
    achievement = hashlib.sha256(canonical(document["credentialSubject"]["achievement"]))

    assert hashlib.sha256(canonical(document)).hexdigest() in told["format"]
    for proof in document["proof"]:
        assert proof["cryptosuite"] in told["signature"]
        assert proof["proofValue"] in told["signature"]
        assert proof["created"] in told["signature"]
    assert did["verificationMethod"][0]["publicKeyMultibase"] in told["issuer-key"]
    assert "https://micro.baltija.example/.well-known/did.json" in told["issuer-key"]
    assert document["validFrom"] in told["valid-from"]
    assert entry["statusListCredential"] in told["revocation"]
    assert entry["statusListIndex"] in told["revocation"].split()
    assert f"{status['validFrom']} – {status['validUntil']}" in told["revocation"]
    assert told["achievement"].count(achievement.hexdigest()) == 2
    assert document["issuer"]["id"] in told["trust-registry"]
    assert open_page.is_clean()


@pytest.mark.parametrize(("number", "bit"), [(0, "0"), (8, "1")])
def test_a_trace_names_the_bit(address: str, open_page: Watched, number: int, bit: str) -> None:
    open_page.go(address + page_of(documents()[number]))
    open_page.verdict()
    open_page.page.click("[data-check=revocation] summary")
    row = open_page.page.locator("[data-check=revocation] dl > div", has_text="Bit at that place")

    expect(row.locator("dd")).to_have_text(bit)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["valid", "revoked", "expired", "no-key", "file"])
def test_axe_finds_nothing(
    address: str, browser: Browser, path: str, scheme: Any, width: int
) -> None:
    paths = {
        "valid": page_of(documents()[0]),
        "revoked": page_of(documents()[8]),
        "expired": page_of(documents("*-food-safety-haccp.jsonl")[0]),
        "no-key": sealed_links()[0][1].split("#")[0],
        "file": "/lv/verify/",
    }
    findings, wider = looked_at(browser, address + paths[path], scheme, width)

    assert findings == []
    assert wider <= 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing_when_all_is_opened(
    address: str, browser: Browser, scheme: Any, width: int
) -> None:
    """Traces, technical details, and what a holder takes along."""
    findings, wider = looked_at(
        browser, address + page_of(documents()[0]), scheme, width, before=open_all
    )

    assert findings == []
    assert wider <= 0


def open_all(page: Page) -> None:
    page.wait_for_selector("[data-verdict=valid]")
    for summary in page.locator("summary").all():
        summary.click()
    page.wait_for_selector(".fields")
    page.wait_for_selector(".technical pre")
    expect(page.locator(".checks__trace > dl")).to_have_count(9)


@pytest.mark.parametrize("language", ["en", "lv"])
@pytest.mark.parametrize("kind", ["public", "sealed"])
def test_a_printed_page_tells_its_day_and_fits_a_sheet(
    address: str, browser: Browser, language: str, kind: str
) -> None:
    link = page_of(documents()[0]) if kind == "public" else sealed_links()[0][1]
    page = browser.new_page(locale=language)
    page.goto(address + link)
    page.wait_for_selector("[data-verdict=valid]")
    printed = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    told = page.inner_text("#printed")

    assert printed.count(b"/Type /Page\n") == 1
    assert str(dt.datetime.now(dt.UTC).year) in told
    assert "https://micro.baltija.example" + link.split("#")[0] in told
    whole = {"en": "ask the holder for the whole link", "lv": "lūdziet īpašniekam visu saiti"}
    assert (whole[language] in page.inner_text("main")) is (kind == "sealed")
    assert page.locator("#qr svg").is_visible() is (kind == "public")
    assert not page.is_visible(".checks__trace")
    assert "k=" not in page.inner_text("main")
    page.close()


@pytest.mark.parametrize("language", ["en", "lv"])
def test_a_verification_page_is_light(sample: Path, language: str) -> None:
    shared = [
        "static/verify/page.js", "static/css/credential.css", f"static/i18n/verify.{language}.json",
        "static/icon.svg",
    ]  # fmt: skip
    frame = sum(compressed(sample / path) for path in shared)
    pages = [
        compressed(path)
        for path in (sample / "c").glob("*/index.html")
        if 'id="credential"' in path.read_text("utf-8")
    ]

    assert len(pages) >= 20
    assert frame + max(pages) <= FRAME_LIMIT


def test_a_valid_page_asks_for_no_word_of_trouble(address: str, open_page: Watched) -> None:
    open_page.go(address + page_of(documents()[0]))
    open_page.verdict()
    open_page.rests()

    assert sorted({path for path in open_page.paths if path.startswith("/static/")}) == [
        "/static/css/credential.css", "/static/i18n/verify.en.json", "/static/icon.svg",
        "/static/verify/page.js",
    ]  # fmt: skip


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
