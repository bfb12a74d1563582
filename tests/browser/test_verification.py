"""Verification pages in Chromium: each state as itself, and every changed letter seen."""

import base64
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mcsite.credentials.did import did_document
from mcsite.credentials.jcs import canonical
from mcsite.credentials.notices import Status
from tests.browser.conftest import Watched
from tests.browser.credentials import (
    Make,
    alter,
    documents,
    flip,
    in_script,
    issued,
    page_of,
    published_by,
    sealed_links,
    serve_at,
    withdrawn,
)
from tests.browser.server import serving
from tests.browser.sites import NOW, built_sample
from tests.institution import LINK_KEY, Institution, private_key

YEAR = dt.timedelta(days=365)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory, search=False)


@pytest.fixture
def site(sample: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of what the sample's verification pages need, which a test may damage."""
    folder = tmp_path / "site"
    for name in ("c", "static", "assets", "status", "trust", "courses", ".well-known"):
        shutil.copytree(sample / name, folder / name)
    with serving(folder) as address:
        yield folder, address


def test_a_public_credential_is_valid(site: tuple[Path, str], open_page: Watched) -> None:
    open_page.go(site[1] + page_of(documents()[0]))

    assert open_page.verdict() == "valid"
    assert open_page.page.inner_text(".claims__holder") == "Ilze Paraudziņa"
    assert open_page.page.locator(".checks > li").count() == 9
    assert open_page.page.locator(".checks > li[data-state=passed]").count() == 9
    assert "Preview" in open_page.page.inner_text("#preview")
    assert open_page.is_clean()


def test_a_sealed_credential_is_valid_with_its_link(
    site: tuple[Path, str], open_page: Watched
) -> None:
    name, link = sealed_links()[0]
    open_page.go(site[1] + link)

    assert open_page.verdict() == "valid"
    assert open_page.page.inner_text(".claims__holder") == name
    open_page.rests()
    assert not any("k=" in path for path in open_page.paths)
    assert open_page.is_clean()


@pytest.mark.parametrize(
    ("fragment", "verdict", "headline"),
    [
        ("", "no-key", "This link is incomplete"),
        ("#k=" + "A" * 43, "unreadable", "This is not a credential we can read"),
    ],
    ids=["no key", "another key"],
)
def test_a_sealed_credential_without_its_key_shows_nothing(
    site: tuple[Path, str], open_page: Watched, fragment: str, verdict: str, headline: str
) -> None:
    open_page.go(site[1] + sealed_links()[0][1].split("#")[0] + fragment)

    assert open_page.verdict() == verdict
    assert headline in open_page.page.inner_text("h1")
    assert not open_page.page.is_visible("#claims")
    assert not open_page.page.is_visible("#elsewhere")
    assert "hidden" not in open_page.page.inner_text("main")
    assert open_page.is_clean()


@pytest.mark.parametrize("damage", [lambda link: link[:-10], lambda link: link + "x"])
def test_a_link_whose_key_is_damaged_is_not_told_that_it_has_none(
    site: tuple[Path, str], open_page: Watched, damage: Callable[[str], str]
) -> None:
    open_page.go(site[1] + damage(sealed_links()[0][1]))

    assert open_page.verdict() == "no-key"
    assert "This link is incomplete" in open_page.page.inner_text("h1")
    sentence = "The part after # is cut short or changed. Ask for the whole link."
    assert open_page.page.inner_text("#sentence") == sentence
    row = open_page.page.inner_text("[data-check=format]")
    assert "Could not check" in row
    assert "The key in the link is cut short or changed." in row


def test_a_full_stop_after_a_link_is_none_of_its_key(
    site: tuple[Path, str], open_page: Watched
) -> None:
    open_page.go(site[1] + sealed_links()[0][1] + ").")

    assert open_page.verdict() == "valid"


def test_a_link_that_gets_its_key_later_is_checked_again(
    site: tuple[Path, str], open_page: Watched
) -> None:
    path, _, key = sealed_links()[0][1].partition("#")
    open_page.go(site[1] + path)
    assert open_page.verdict() == "no-key"

    open_page.page.evaluate("key => { location.hash = key; }", key)
    open_page.page.wait_for_selector("[data-verdict=valid]")
    open_page.page.evaluate("location.hash = '#k=' + 'A'.repeat(43)")
    open_page.page.wait_for_selector("[data-verdict=unreadable]")

    assert sealed_links()[0][0] not in open_page.page.inner_text("body")


def test_nothing_of_a_sealed_credential_stands_in_the_site(sample: Path) -> None:
    names = [name for name, _ in sealed_links()]
    assert len(names) == 24
    needles = [name.encode() for name in names]
    for path in sample.rglob("*"):
        if path.is_file() and path.suffix != ".svg":
            data = path.read_bytes()
            assert not [needle for needle in needles if needle in data], path


@pytest.mark.parametrize(
    ("verdict", "make"),
    [
        ("valid", issued),
        ("valid", lambda it: it.seal(issued(it))),
        ("not-yet-valid", lambda it: issued(it, valid_from=NOW + YEAR)),
        ("expired", lambda it: issued(it, valid_until=NOW - YEAR)),
        ("revoked", lambda it: withdrawn(it, Status.REVOKED)),
        ("revoked", lambda it: withdrawn(it, Status.SUPERSEDED)),
        ("suspended", lambda it: withdrawn(it, Status.SUSPENDED)),
        ("tampered", lambda it: {**issued(it), "name": "Cits"}),
        ("unreadable", lambda it: {**issued(it), "type": ["VerifiableCredential", "Nonsense"]}),
    ],
)
def test_each_state_has_its_page(
    sample: Path, tmp_path: Path, open_page: Watched, verdict: str, make: Make
) -> None:
    institution = Institution()
    document = make(institution)
    with serving(published_by(institution, document, tmp_path, sample)) as address:
        key = base64.urlsafe_b64encode(LINK_KEY).decode().rstrip("=")
        open_page.go(f"{address}{page_of(document)}#k={key}")

        assert open_page.verdict() == verdict
        assert open_page.page.locator(".checks > li").count() == 9
        assert "{" not in open_page.page.inner_text("main").split("Technical details")[0]
        assert open_page.is_clean()


@pytest.mark.parametrize(
    ("verdict", "change"),
    [
        ("unknown-issuer", lambda it: it.compromise(0, NOW)),
        ("unknown-issuer", lambda it: it.retire(0, NOW - YEAR / 2)),
        ("tampered", lambda it: it.keys.__setitem__(0, another_key(it))),
        ("unknown-issuer", lambda it: it.keys.clear()),
    ],
    ids=["stolen", "retired before", "another key of that name", "no key"],
)
def test_a_key_that_does_not_count_is_never_green(
    sample: Path,
    tmp_path: Path,
    open_page: Watched,
    verdict: str,
    change: Callable[[Institution], object],
) -> None:
    institution = Institution()
    document = issued(institution)
    folder = published_by(institution, document, tmp_path, sample)
    change(institution)
    rewrite_did(institution, folder)
    with serving(folder) as address:
        open_page.go(address + page_of(document))

        assert open_page.verdict() == verdict


def another_key(institution: Institution) -> Any:
    other = Institution()
    other.add_key(private_key(7), since=NOW - YEAR)
    record = other.keys[1]
    return type(record)(
        id=institution.keys[0].id, multibase=record.multibase, valid_from=record.valid_from
    )


def rewrite_did(institution: Institution, folder: Path) -> None:
    document = did_document(institution.did, institution.keys)
    (folder / ".well-known/did.json").write_bytes(canonical(document))


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda text: text.replace("Ilze Paraudziņa", "Ilze Paraudzina", 1), "tampered"),
        (lambda text: text.replace("2026-03-27T", "2026-03-26T", 1), "tampered"),
        (lambda text: text.replace('"value":"', '"value":"1', 1), "tampered"),
        (lambda text: flip(text, '"proofValue":"z'), "tampered"),
        (lambda text: text.replace('"proofValue":"z', '"proofValue":"z2', 1), "tampered"),
        (lambda text: text.replace("3.0.3.json", "3.0.2.json", 1), "unreadable"),
        (lambda text: text.replace('"proof":', '"name":"x","proof":', 1), "unreadable"),
        (lambda text: text.replace('"proof":', '"proof_":', 1), "unreadable"),
    ],
    ids=["name", "date", "grade", "JCS proof", "RDFC proof", "context", "twice", "no proof"],
)
def test_a_changed_letter_in_the_page_is_seen(
    site: tuple[Path, str], open_page: Watched, change: Callable[[str], str], verdict: str
) -> None:
    document = documents()[0]
    alter(site[0] / page_of(document)[1:] / "index.html", in_script(change))

    open_page.go(site[1] + page_of(document))

    assert open_page.verdict() == verdict
    assert "Ilze" not in open_page.page.inner_text("main")
    open_page.page.click("#claims button")
    assert "Ilze Paraudzi" in open_page.page.inner_text("#claims")
    assert "the check did not confirm it" in open_page.page.inner_text("#claims")
    assert open_page.is_clean()


def test_forged_text_beside_an_intact_signature_never_stands(
    site: tuple[Path, str], open_page: Watched
) -> None:
    document = documents()[0]
    forged = '<p class="claims__holder">Somebody Else</p>'
    alter(
        site[0] / page_of(document)[1:] / "index.html",
        lambda text: text.replace('<p class="claims__holder">Ilze Paraudziņa</p>', forged),
    )

    open_page.go(site[1] + page_of(document))

    assert open_page.verdict() == "valid"
    assert "Somebody Else" not in open_page.page.inner_text("body")


STATUS, DID, TRUST = "status/1.json", ".well-known/did.json", "trust/issuers.json"


@pytest.mark.parametrize(
    ("path", "change", "verdict"),
    [
        (STATUS, lambda text: flip(text, '"encodedList":"u', at=20), "valid-status-unknown"),
        (STATUS, lambda text: flip(text, '"proofValue":"z', at=20), "valid-status-unknown"),
        (STATUS, lambda text: text.replace('"id":"https', '"id":"http', 1), "valid-status-unknown"),
        (STATUS, lambda _: "[" * 100_000, "valid-status-unknown"),
        (DID, lambda text: flip(text, '"publicKeyMultibase":"z6Mk', at=20), None),
        (DID, lambda text: text.replace("#key-1", "#key-2"), "unknown-issuer"),
        (DID, lambda _: "{", "issuer-unreachable"),
        (TRUST, lambda text: text.replace("did:web:", "did:web:x"), "unknown-issuer"),
        (TRUST, lambda _: "x" * 1_100_000, "issuer-unreachable"),
    ],
    ids=["bit", "list proof", "list id", "list depth", "key", "key id", "document", "registry",
         "too large"],
)  # fmt: skip
def test_a_changed_letter_in_the_evidence_is_seen(
    site: tuple[Path, str],
    open_page: Watched,
    path: str,
    change: Callable[[str], str],
    verdict: str | None,
) -> None:
    alter(site[0] / path, change)

    open_page.go(site[1] + page_of(documents()[0]))

    assert open_page.verdict() in ({verdict} if verdict else {"tampered", "unknown-issuer"})
    assert open_page.is_clean()


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        (STATUS, "valid-status-unknown"),
        ("status/2.json", "valid-status-unknown"),
        (DID, "issuer-unreachable"),
        (TRUST, "issuer-unreachable"),
        ("courses/cybersecurity-basics/achievement.json", "valid"),
    ],
)
def test_what_can_t_be_reached_is_said_and_decides_as_it_should(
    site: tuple[Path, str], open_page: Watched, path: str, verdict: str
) -> None:
    (site[0] / path).unlink()

    open_page.go(site[1] + page_of(documents()[0]))

    assert open_page.verdict() == verdict
    assert open_page.page.locator(".checks > li[data-reason=unreachable]").count() >= 1
    assert open_page.is_clean(missing=path)


def test_an_old_list_is_no_evidence(sample: Path, tmp_path: Path, open_page: Watched) -> None:
    institution = Institution()
    document = issued(institution)
    folder = published_by(institution, document, tmp_path, sample)
    for url, signed in institution.lists(at=NOW - dt.timedelta(days=40)).items():
        (folder / url.removeprefix(institution.base + "/")).write_bytes(canonical(signed))
    with serving(folder) as address:
        open_page.go(address + page_of(document))

        assert open_page.verdict() == "valid-status-unknown"
        assert "out of date" in open_page.page.inner_text("[data-check=revocation]")


@pytest.mark.parametrize(
    ("host", "verdict", "reason"),
    [
        ("micro.baltija.example", "valid", "ok"),
        ("micro.baltija.example.other.example", "issuer-unreachable", "other-host"),
    ],
)
def test_only_the_issuers_own_address_speaks_for_it(
    sample: Path, open_page: Watched, host: str, verdict: str, reason: str
) -> None:
    serve_at(open_page.page, sample, host)
    open_page.go(f"https://{host}{page_of(documents()[0])}")

    assert open_page.verdict() == verdict
    row = open_page.page.locator("[data-check=issuer-key]")
    assert row.get_attribute("data-reason") == reason
    assert not open_page.page.is_visible("#preview")
    open_page.rests()
    assert open_page.hosts == {host}
    if reason == "other-host":
        assert "micro.baltija.example. Open it there." in row.inner_text()


@pytest.mark.parametrize(
    ("number", "verdict", "said"),
    [
        (8, "revoked", "Darbu bija rakstījusi cita persona."),
        (9, "revoked", "It was replaced by a corrected credential"),
        (5, "suspended", "The identity of the participant is being checked."),
    ],
    ids=["revoked", "superseded", "suspended"],
)
def test_a_withdrawn_credential_says_why(
    site: tuple[Path, str], open_page: Watched, number: int, verdict: str, said: str
) -> None:
    open_page.go(site[1] + page_of(documents()[number]))

    assert open_page.verdict() == verdict
    assert said in open_page.page.inner_text("#verdict")
    assert open_page.is_clean()


def test_a_replaced_credential_leads_to_the_one_that_counts(
    site: tuple[Path, str], open_page: Watched
) -> None:
    open_page.go(site[1] + page_of(documents()[9]))
    open_page.page.click("#verdict a")
    open_page.page.wait_for_selector("[data-verdict=valid]")

    assert open_page.page.inner_text(".claims__holder") == "Zane Skicīte-Zīmule"


def test_an_expired_credential_names_its_days(site: tuple[Path, str], open_page: Watched) -> None:
    open_page.go(site[1] + page_of(documents("*-food-safety-haccp.jsonl")[0]))

    assert open_page.verdict() == "expired"
    assert open_page.page.inner_text("h1").strip() == "Expired on 11 May 2025"
