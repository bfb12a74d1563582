"""Verification pages in Chromium: each state as itself, and every changed letter seen."""

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mcsite.credentials.jcs import canonical
from mcsite.credentials.notices import Status
from tests.browser.conftest import Watched
from tests.browser.server import serving
from tests.browser.sites import NOW, built_sample
from tests.institution import Institution
from tests.published import publish

ROOT = Path(__file__).parent.parent.parent
LINKS = ROOT / "docs" / "sample-links.md"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory, search=False)


@pytest.fixture
def site(sample: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the sample site that a test may damage, and its address."""
    folder = tmp_path / "site"
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("courses", "fields", "skills"))
    shutil.copytree(sample / "courses", folder / "courses")
    with serving(folder) as address:
        yield folder, address


def documents() -> list[dict[str, Any]]:
    """Return the public credentials of the sample's first batch."""
    path = next((ROOT / "credentials").glob("*-cybersecurity-basics.jsonl"))
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def page_of(document: dict[str, Any]) -> str:
    return "/c/" + str(document["id"]).split("/c/")[1]


def sealed_link() -> str:
    """Return the path and key of the sample's first sealed credential."""
    line = next(line for line in LINKS.read_text("utf-8").splitlines() if "#k=" in line)
    return "/c/" + line.split("/c/")[1].split(">")[0]


def test_a_public_credential_is_valid(site: tuple[Path, str], open_page: Watched) -> None:
    open_page.go(site[1] + page_of(documents()[0]))

    assert open_page.verdict() == "valid"
    assert open_page.page.inner_text(".claims__holder") == "Ilze Paraudziņa"
    assert open_page.page.locator(".checks > li").count() == 9
    assert open_page.page.locator(".checks > li[data-state=passed]").count() == 9
    assert open_page.page.title().startswith("Valid")
    assert "Preview" in open_page.page.inner_text("#preview")
    assert open_page.is_clean()


def test_a_sealed_credential_is_valid_with_its_link(
    site: tuple[Path, str], open_page: Watched
) -> None:
    open_page.go(site[1] + sealed_link())

    assert open_page.verdict() == "valid"
    assert open_page.page.inner_text(".claims__holder") == "Elīna Nosacītā"
    assert not any("k=" in path for path in open_page.paths)
    assert open_page.is_clean()


def test_a_sealed_credential_without_its_key_says_what_is_missing(
    site: tuple[Path, str], open_page: Watched
) -> None:
    open_page.go(site[1] + sealed_link().split("#")[0])

    assert open_page.verdict() == "no-key"
    assert "This link is incomplete" in open_page.page.inner_text("h1")
    assert open_page.is_clean()


def test_nothing_of_a_sealed_credential_stands_in_the_site(sample: Path) -> None:
    names = [
        line.split("|")[1].strip()
        for line in LINKS.read_text("utf-8").splitlines()
        if "#k=" in line
    ]
    assert len(names) == 24
    needles = [name.encode() for name in names]
    for path in sample.rglob("*"):
        if path.is_file() and path.suffix != ".svg":
            data = path.read_bytes()
            assert not [needle for needle in needles if needle in data], path


def alter_page(folder: Path, document: dict[str, Any], change: Callable[[str], str]) -> None:
    """Change the text of a credential's page."""
    path = folder / page_of(document)[1:] / "index.html"
    text = path.read_text("utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, "utf-8")


def flip(text: str, after: str, *, at: int = 12) -> str:
    """Change one letter, `at` letters after the last `after`."""
    place = text.rindex(after) + len(after) + at
    letter = "2" if text[place] != "2" else "3"
    return text[:place] + letter + text[place + 1 :]


def in_script(change: Callable[[str], str]) -> Callable[[str], str]:
    """Apply a change to the signed document in the page alone."""

    def apply(text: str) -> str:
        start = text.index('id="credential">')
        return text[:start] + change(text[start:])

    return apply


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("name", in_script(lambda text: text.replace("Ilze Paraudziņa", "Ilze Paraudzina", 1))),
        ("date", in_script(lambda text: text.replace("2026-03-27T", "2026-03-26T", 1))),
        ("grade", in_script(lambda text: text.replace('"value":"', '"value":"1', 1))),
        ("JCS proof", in_script(lambda text: flip(text, '"proofValue":"z'))),
        (
            "RDFC proof",
            in_script(lambda text: text.replace('"proofValue":"z', '"proofValue":"z2', 1)),
        ),
    ],
)
def test_a_changed_letter_in_the_page_is_seen(
    site: tuple[Path, str], open_page: Watched, name: str, change: Callable[[str], str]
) -> None:
    document = documents()[0]
    alter_page(site[0], document, change)

    open_page.go(site[1] + page_of(document))

    assert open_page.verdict() in ("tampered", "unreadable"), name
    assert "Ilze" not in open_page.page.inner_text("main").replace("Show", "")
    assert open_page.is_clean()


def test_a_changed_context_is_seen(site: tuple[Path, str], open_page: Watched) -> None:
    document = documents()[0]
    alter_page(
        site[0], document, in_script(lambda text: text.replace("3.0.3.json", "3.0.2.json", 1))
    )

    open_page.go(site[1] + page_of(document))

    assert open_page.verdict() == "unreadable"


def test_forged_text_beside_an_intact_signature_never_stands(
    site: tuple[Path, str], open_page: Watched
) -> None:
    document = documents()[0]
    forged = '<p class="claims__holder">Somebody Else</p>'
    alter_page(
        site[0],
        document,
        lambda text: text.replace('<p class="claims__holder">Ilze Paraudziņa</p>', forged),
    )

    open_page.go(site[1] + page_of(document))

    assert open_page.verdict() == "valid"
    assert "Somebody Else" not in open_page.page.inner_text("body")


@pytest.mark.parametrize(
    ("path", "change", "verdict"),
    [
        (
            "status/1.json",
            lambda text: flip(text, '"encodedList":"u', at=20),
            "valid-status-unknown",
        ),
        (
            "status/1.json",
            lambda text: flip(text, '"proofValue":"z', at=20),
            "valid-status-unknown",
        ),
        (
            ".well-known/did.json",
            lambda text: flip(text, '"publicKeyMultibase":"z6Mk', at=20),
            None,
        ),
        (".well-known/did.json", lambda text: text.replace("#key-1", "#key-2"), "unknown-issuer"),
        (".well-known/did.json", lambda _: "{", "unknown-issuer"),
        (
            "trust/issuers.json",
            lambda text: text.replace("did:web:", "did:web:x"),
            "unknown-issuer",
        ),
    ],
    ids=["bit", "list proof", "key", "key id", "broken document", "registry"],
)
def test_a_changed_letter_in_the_evidence_is_seen(
    site: tuple[Path, str],
    open_page: Watched,
    path: str,
    change: Callable[[str], str],
    verdict: str | None,
) -> None:
    file = site[0] / path
    file.write_text(change(file.read_text("utf-8")), "utf-8")

    open_page.go(site[1] + page_of(documents()[0]))

    found = open_page.verdict()
    assert found != "valid"
    assert verdict in (None, found) or (path.endswith("did.json") and found == "issuer-unreachable")


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("status/1.json", "valid-status-unknown"),
        (".well-known/did.json", "issuer-unreachable"),
        ("trust/issuers.json", "issuer-unreachable"),
    ],
)
def test_what_can_t_be_reached_is_never_green(
    site: tuple[Path, str], open_page: Watched, path: str, verdict: str
) -> None:
    (site[0] / path).unlink()

    open_page.go(site[1] + page_of(documents()[0]))

    assert open_page.verdict() == verdict
    assert open_page.is_clean(missing=path)


@pytest.mark.parametrize(
    ("number", "verdict", "said"),
    [
        (8, "revoked", "Darbu bija rakstījusi cita persona."),
        (9, "revoked", "It was replaced by a corrected credential"),
        (5, "suspended", "An appeal about the grade"),
    ],
    ids=["revoked", "superseded", "suspended"],
)
def test_a_withdrawn_credential_is_shown_as_itself(
    site: tuple[Path, str], open_page: Watched, number: int, verdict: str, said: str
) -> None:
    open_page.go(site[1] + page_of(documents()[number]))

    assert open_page.verdict() == verdict
    assert said in open_page.page.inner_text("#verdict")
    assert open_page.is_clean()


def test_an_expired_credential_of_the_sample_is_shown_as_itself(
    site: tuple[Path, str], open_page: Watched
) -> None:
    path = next((ROOT / "credentials").glob("*-food-safety-haccp.jsonl"))
    document = json.loads(path.read_text("utf-8").splitlines()[0])

    open_page.go(site[1] + page_of(document))

    assert open_page.verdict() == "expired"
    assert "May 11, 2025" in open_page.page.inner_text(
        "h1"
    ) or "11 May 2025" in open_page.page.inner_text("h1")


def test_a_framed_page_vouches_for_nothing(site: tuple[Path, str], open_page: Watched) -> None:
    (site[0] / "frame.html").write_text(
        f'<!doctype html><title>x</title><iframe src="{page_of(documents()[0])}"></iframe>', "utf-8"
    )
    open_page.go(site[1] + "/frame.html")
    frame = open_page.page.frames[1]
    frame.wait_for_selector("[data-verdict=unsupported]")

    assert "inside another site" in frame.inner_text("h1")


def test_without_javascript_the_claims_are_only_stated(
    site: tuple[Path, str], open_page: Watched
) -> None:
    browser = open_page.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site[1] + page_of(documents()[0]))

    assert page.locator("#verdict").get_attribute("data-verdict") == "unchecked"
    assert "Ilze Paraudziņa" in page.inner_text("#claims")
    context.close()


def test_the_interface_switches_language_in_place(
    site: tuple[Path, str], open_page: Watched
) -> None:
    open_page.go(site[1] + page_of(documents()[0]))
    open_page.verdict()
    open_page.page.click("#interface-languages a[hreflang=lv]")
    open_page.page.wait_for_selector("html[lang=lv]")

    assert open_page.page.locator("#verdict").get_attribute("data-verdict") == "valid"
    assert "Derīgs" in open_page.page.inner_text("h1")


def published_state(
    tmp_path: Path, sample: Path, make: Callable[[Institution], dict[str, Any]]
) -> tuple[Path, dict[str, Any]]:
    """Publish one credential of a simulated institution with the theme of the sample."""
    institution = Institution()
    document = make(institution)
    folder = publish(institution, [document], tmp_path / "published", sample)
    return folder, document


@pytest.mark.parametrize(
    ("verdict", "make"),
    [
        ("valid", lambda it: it.issue(at=NOW)),
        ("not-yet-valid", lambda it: it.issue(at=NOW, valid_from=NOW.replace(year=NOW.year + 1))),
        ("expired", lambda it: it.issue(at=NOW, valid_until=NOW.replace(year=NOW.year - 1))),
        ("revoked", lambda it: withdrawn(it, Status.REVOKED)),
        ("suspended", lambda it: withdrawn(it, Status.SUSPENDED)),
        ("tampered", lambda it: {**it.issue(at=NOW), "name": "Cits"}),
        (
            "unreadable",
            lambda it: {**it.issue(at=NOW), "type": ["VerifiableCredential", "Nonsense"]},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_state_has_its_page(
    sample: Path,
    tmp_path: Path,
    open_page: Watched,
    verdict: str,
    make: Callable[[Institution], dict[str, Any]],
) -> None:
    folder, document = published_state(tmp_path, sample, make)
    with serving(folder) as address:
        open_page.go(address + page_of(document))

        assert open_page.verdict() == verdict
        assert open_page.is_clean()


def withdrawn(institution: Institution, status: Status) -> dict[str, Any]:
    document: Any = institution.issue(at=NOW)
    institution.revoke(document, status=status)
    return dict(document)


def test_the_page_that_checks_files_reads_one_and_several(
    site: tuple[Path, str], open_page: Watched, tmp_path: Path
) -> None:
    good, revoked = documents()[0], documents()[8]
    (tmp_path / "good.json").write_bytes(canonical(good))
    (tmp_path / "revoked.json").write_bytes(canonical(revoked))
    (tmp_path / "none.json").write_text("hello", "utf-8")
    page = open_page.page
    open_page.go(site[1] + "/en/verify/")
    page.set_input_files("#file", tmp_path / "good.json")
    page.wait_for_selector("[data-verdict=valid]")
    page.set_input_files(
        "#file", [tmp_path / name for name in ("good.json", "revoked.json", "none.json")]
    )
    page.wait_for_selector("#table table")
    rows = page.locator("#table tbody tr").all_inner_texts()

    assert "Ilze Paraudziņa" in rows[0]
    assert "Valid" in rows[0]
    assert "Withdrawn" in rows[1]
    assert "no credential inside" in rows[2]
    assert open_page.is_clean()


def test_the_page_that_checks_files_opens_a_link(
    site: tuple[Path, str], open_page: Watched
) -> None:
    open_page.go(site[1] + "/en/verify/")
    open_page.page.fill("#text", "https://micro.baltija.example" + sealed_link())
    open_page.page.click("#check-file button")
    open_page.page.wait_for_selector("[data-verdict=valid]")

    assert "Elīna Nosacītā" in open_page.page.inner_text("#table")
    assert open_page.is_clean()


def test_a_verification_page_is_light(sample: Path, open_page: Watched) -> None:
    with serving(sample) as address:
        open_page.go(address + page_of(documents()[0]))
        open_page.verdict()
    weight = sum(
        len(gzip.compress(file.read_bytes()))
        for path in set(open_page.paths)
        if (file := (sample / path.strip("/").split("#")[0] / "index.html")).is_file()
        or (file := sample / path.lstrip("/")).is_file()
    )

    assert weight <= 60_000
