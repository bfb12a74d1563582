"""The page that checks files: JSON, badge images, saved pages, links; all of it here."""

import json
import struct
import zlib
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mcsite.credentials.jcs import canonical
from tests.browser.conftest import OLD_ENGINE, Watched
from tests.browser.credentials import documents, page_of, sealed_links
from tests.browser.server import serving
from tests.browser.sites import built_sample

VECTORS = Path(__file__).parent.parent / "vectors"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory, search=False)


@pytest.fixture
def checker(sample: Path, open_page: Watched) -> Iterator[Watched]:
    """The page, open."""
    with serving(sample) as address:
        open_page.go(address + "/en/verify/")
        yield open_page


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def baked_png(kind: bytes, data: bytes) -> bytes:
    """Return a picture of one pixel with one more chunk."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    end = chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + chunk(kind, data) + pixel + end


def baked_svg(inside: str) -> bytes:
    space = (
        'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    )
    credential = f"<openbadges:credential>{inside}</openbadges:credential>"
    return f'<?xml version="1.0"?>\n<svg {space}>{credential}<path d="M0 0h9"/></svg>'.encode()


KEYWORD = b"openbadgecredential\0"
CARRIERS: dict[str, Callable[[bytes], bytes]] = {
    "plain.json": lambda data: data,
    "space.json": lambda data: b"\n  " + data + b"\r\n",
    "plain.png": lambda data: baked_png(b"iTXt", KEYWORD + b"\0\0\0\0" + data),
    "packed.png": lambda data: baked_png(b"iTXt", KEYWORD + b"\1\0\0\0" + zlib.compress(data)),
    "old.png": lambda data: baked_png(b"tEXt", KEYWORD + data),
    "cdata.svg": lambda data: baked_svg(f"\n<![CDATA[{data.decode()}]]>\n"),
    "escaped.svg": lambda data: baked_svg(escape(data.decode())),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_a_credential_is_found_in_what_carries_it(
    checker: Watched, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(CARRIERS[name](canonical(documents()[0])))
    checker.page.set_input_files("#file", path)
    checker.page.wait_for_selector("#answer [data-verdict=valid]")

    assert checker.page.inner_text(".claims__holder") == "Ilze Paraudziņa"
    assert checker.page.locator(".checks > li").count() == 9
    assert checker.page.locator("h1").count() == 1
    assert checker.is_clean()


def test_each_check_of_a_file_can_be_followed(checker: Watched, tmp_path: Path) -> None:
    page = checker.page
    (tmp_path / "a.json").write_bytes(canonical(documents()[0]))
    page.set_input_files("#file", tmp_path / "a.json")
    page.wait_for_selector("#answer [data-verdict=valid]")
    page.click("[data-check=revocation] summary")
    expect(page.locator("[data-check=revocation] dl")).to_contain_text("Bit at that place")
    page.click(".technical > summary")

    expect(page.locator(".technical pre")).to_contain_text("Ilze Paraudziņa")
    assert checker.is_clean()


def test_an_old_browser_is_told_where_else_to_check_a_file(
    checker: Watched, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_bytes(canonical(documents()[0]))
    checker.page.add_init_script(OLD_ENGINE)
    checker.page.reload()
    checker.page.set_input_files("#file", tmp_path / "a.json")
    checker.page.wait_for_selector("#answer [data-verdict=unsupported]")

    expect(checker.page.locator("#answer li")).to_have_count(2)
    assert checker.page.locator(".claims__holder").count() == 0


def test_a_saved_verification_page_is_read(checker: Watched, sample: Path) -> None:
    checker.page.set_input_files("#file", sample / page_of(documents()[0])[1:] / "index.html")

    checker.page.wait_for_selector("#answer [data-verdict=valid]")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "a.pdf: no credential inside"),
        ("a.png", baked_png(b"tEXt", b"Comment\0hello"), "a.png: no credential inside"),
        ("bomb.png", baked_png(b"iTXt", KEYWORD + b"\1\0\0\0" + zlib.compress(bytes(9_000_000))),
         "bomb.png: no credential inside"),
        ("cut.png", baked_png(b"iTXt", KEYWORD)[:50], "cut.png: no credential inside"),
        ("empty.json", b"", "empty.json: no credential inside"),
        ("big.json", b" " * 20_000_001, "big.json: too large for a credential"),
    ],
)  # fmt: skip
def test_what_holds_no_credential_is_named(
    checker: Watched, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    checker.page.set_input_files("#file", tmp_path / name)

    expect(checker.page.locator("#answer .notice")).to_have_text(said)
    assert checker.is_clean()


@pytest.mark.parametrize("kind", ["text", "badge"])
def test_a_token_of_another_issuer_is_checked(checker: Watched, tmp_path: Path, kind: str) -> None:
    """Its signature holds; that nobody lists the issuer here is another matter."""
    cases = json.loads((VECTORS / "jwt.json").read_text("utf-8"))["cases"]
    token = next(c["document"] for c in cases if c["name"] == "by openbadgeslib, RS256, did:jwk")
    data = token.encode() if kind == "text" else baked_png(b"tEXt", KEYWORD + token.encode())
    path = tmp_path / "badge"
    path.write_bytes(data)
    checker.page.set_input_files("#file", path)

    checker.page.wait_for_selector("#answer [data-verdict=unknown-issuer]")
    row = checker.page.locator("[data-check=signature]")
    expect(row).to_have_attribute("data-state", "passed")


def test_bad_bytes_are_not_mended(checker: Watched, tmp_path: Path) -> None:
    data = canonical(documents()[0]).replace(b"Ilze", b"Ilz\xff")
    (tmp_path / "bad.json").write_bytes(data)
    checker.page.set_input_files("#file", tmp_path / "bad.json")

    checker.page.wait_for_selector("#answer [data-verdict=unreadable]")


def test_several_files_make_a_table_that_can_be_sorted_and_taken_along(
    checker: Watched, tmp_path: Path
) -> None:
    page = checker.page
    for name, data in {
        "a.json": canonical(documents()[0]),
        "b.json": canonical(documents()[8]),
        "c.json": canonical(documents("*-food-safety-haccp.jsonl")[0]),
        "d.txt": b"hello",
    }.items():
        (tmp_path / name).write_bytes(data)
    page.set_input_files("#file", sorted(tmp_path.iterdir()))
    expect(page.locator("#answer")).to_have_text("4 files checked")
    rows = page.locator("#table tbody tr")

    assert "Ilze Paraudziņa" in rows.nth(0).inner_text()
    assert "micro.baltija.example" in rows.nth(0).inner_text()
    assert "Withdrawn by the issuer" in rows.nth(1).inner_text()
    assert "Expired on" in rows.nth(2).inner_text()
    assert "no credential inside" in rows.nth(3).inner_text()
    page.click("#table th button >> text=Date")
    assert [row[:6] for row in rows.all_inner_texts()] == ["d.txt\t", "c.json", "a.json", "b.json"]
    page.click("#table th button >> text=File")
    page.click("#table th button >> text=File")
    assert page.locator("#table th[aria-sort=descending]").inner_text() == "File"
    assert rows.nth(0).inner_text().startswith("d.txt")
    with page.expect_download() as download:
        page.click("#table a[download]")
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.splitlines()[0] == '"File","Holder","Credential","Issuer’s domain","Result","Date"'
    assert checker.is_clean()


def test_a_cell_can_t_become_a_formula(checker: Watched, tmp_path: Path) -> None:
    names = ["=1+1.json", "@sum.json", "+2.json", "-3.json", " =4.json", "＝5.json"]
    for name in [*names, "plain=.json"]:
        (tmp_path / name).write_text("hello", "utf-8")
    checker.page.set_input_files("#file", sorted(tmp_path.iterdir()))
    with checker.page.expect_download() as download:
        checker.page.click("#table a[download]")

    text = Path(download.value.path()).read_text("utf-8-sig")
    cells = [line.split('","')[0].lstrip('"') for line in text.splitlines()[1:]]
    assert sorted(cells) == sorted([*(f"'{name}" for name in names), "plain=.json"])


def test_a_link_of_this_site_is_opened_with_its_key(checker: Watched) -> None:
    name, link = sealed_links()[0]
    checker.page.fill("#text", "https://micro.baltija.example" + link)
    checker.page.click("#check-file button")
    checker.page.wait_for_selector("#answer [data-verdict=valid]")

    assert name in checker.page.inner_text("#table")
    assert not any("k=" in path for path in checker.paths)
    assert checker.is_clean()


def test_an_empty_field_is_told_of(checker: Watched) -> None:
    checker.page.click("#check-file button")

    expect(checker.page.locator("#answer[role=status]")).to_have_text(
        "Choose a file, or paste a credential or its link."
    )
    assert checker.page.evaluate("document.activeElement.id") == "text"


def test_in_a_small_window_each_files_result_is_in_sight(checker: Watched, tmp_path: Path) -> None:
    page = checker.page
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(canonical(documents()[0]))
    page.set_input_files("#file", sorted(tmp_path.iterdir()))
    page.wait_for_selector(".table__verdict")
    edges = page.locator("#table td").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )

    assert max(edges) <= 320
    assert page.get_by_role("cell").count() == 12
    assert page.get_by_role("columnheader").count() == 6


@pytest.mark.parametrize("path", ["", "/credentials/7?lang=en"])
def test_a_link_of_another_site_is_not_followed(checker: Watched, path: str) -> None:
    checker.page.fill("#text", "https://other.example" + (path or sealed_links()[0][1]))
    checker.page.click("#check-file button")

    expect(checker.page.locator("#answer")).to_have_text(
        "That link leads to other.example. Open it there: this page asks no other site."
    )
    assert checker.is_clean()


def test_pasted_text_and_dropped_files_are_checked_too(checker: Watched) -> None:
    text = json.dumps(documents()[0])
    checker.page.fill("#text", text)
    checker.page.click("#check-file button")
    checker.page.wait_for_selector("#answer [data-verdict=valid]")
    transfer = checker.page.evaluate_handle(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["hello"], "x.txt"));
          return data;
        }"""
    )
    checker.page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})

    expect(checker.page.locator("#answer")).to_have_text("x.txt: no credential inside")
