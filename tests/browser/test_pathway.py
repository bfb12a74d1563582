"""What a learner already has of a pathway: credentials checked in Chromium, and sent nowhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from mcsite.credentials.jcs import canonical
from tests.browser.conftest import Watched, watch
from tests.browser.credentials import documents, issued, page_of, sealed_links
from tests.browser.server import serving
from tests.browser.sites import built_sample
from tests.institution import Institution
from tests.theme.test_accessibility import looked_at

PATH = "/en/pathways/data-analyst/"
KEPT = "localStorage.getItem('held-courses')"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory, search=False)


@pytest.fixture(scope="module")
def site(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


@pytest.fixture
def pathway(site: str, open_page: Watched) -> Watched:
    """The page, open."""
    open_page.go(site + PATH)
    return open_page


def stewardship_link() -> str:
    """Return the path, with its key, of a sealed credential of the pathway's first course."""
    return dict(sealed_links())["Elīna Nosacītā"]


def add_link(watched: Watched, link: str) -> None:
    watched.page.fill("#have-text", link)
    watched.page.press("#have-text", "Enter")


def add_file(watched: Watched, folder: Path, data: bytes, name: str = "a.json") -> None:
    (folder / name).write_bytes(data)
    watched.page.set_input_files("#have-files", folder / name)


def held(watched: Watched) -> list[str]:
    found: list[str] = watched.page.eval_on_selector_all(
        ".step .is-held", "all => all.map(one => one.dataset.course)"
    )
    return found


def test_a_credential_ticks_its_step_and_the_credits_left_are_told(
    pathway: Watched, tmp_path: Path
) -> None:
    left = pathway.page.locator("#have-left")
    add_link(pathway, f"https://micro.baltija.example{stewardship_link()}")
    expect(left).to_have_text("Steps done: 1 of 3. Left: 7–11 ECTS.")
    assert held(pathway) == ["data-stewardship"]
    expect(pathway.page.locator(".step[data-done]")).to_have_count(1)
    expect(pathway.page.locator(".drawing .is-held")).to_have_count(1)
    expect(pathway.page.locator(".step .is-held .step__held")).to_have_text("You have this")

    add_file(pathway, tmp_path, canonical(documents()[0]))
    expect(left).to_have_text("Steps done: 1 of 3. Left: 7–10 ECTS.")
    assert held(pathway) == ["data-stewardship", "cybersecurity-basics"]
    assert pathway.is_clean()


def test_nothing_is_sent_and_what_checks_is_loaded_when_it_is_needed(
    pathway: Watched, tmp_path: Path
) -> None:
    pathway.rests()
    before = list(pathway.paths)
    add_file(pathway, tmp_path, canonical(documents()[0]))
    expect(pathway.page.locator("#have-left")).to_contain_text("Steps done")
    pathway.rests()

    assert not [path for path in before if "held" in path or "i18n/verify" in path]
    assert any(path == "/static/verify/held.js" for path in pathway.paths)
    credential = page_of(documents()[0]).strip("/").split("/")[-1]
    assert not [path for path in pathway.paths if credential in path]
    assert pathway.is_clean()


def test_a_withdrawn_credential_does_not_count_and_it_is_said_why(pathway: Watched) -> None:
    add_link(pathway, dict(sealed_links())["Katarzyna Wzorcowa"])

    expect(pathway.page.locator("#have-list")).to_contain_text(
        "Doesn’t count. Withdrawn by the issuer on"
    )
    expect(pathway.page.locator("#have-left")).to_have_text("Steps done: 0 of 3. Left: 10–14 ECTS.")
    assert held(pathway) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "a.json: no credential inside"),
        (canonical(documents()[0]).replace(b"Ilze", b"Ilga"), "Do not rely on this"),
    ],
)
def test_what_is_no_credential_or_was_changed_does_not_count(
    pathway: Watched, tmp_path: Path, data: bytes, said: str
) -> None:
    add_file(pathway, tmp_path, data)

    expect(pathway.page.locator("#have-list")).to_contain_text(f"Doesn’t count. {said}")
    assert held(pathway) == []


def test_a_credential_of_an_issuer_that_nobody_knows_does_not_count(
    pathway: Watched, tmp_path: Path
) -> None:
    add_file(pathway, tmp_path, canonical(issued(Institution())))

    expect(pathway.page.locator("#have-list")).to_contain_text("Doesn’t count.")
    assert held(pathway) == []


def test_what_is_added_twice_is_listed_once_by_the_page_s_name_for_it(pathway: Watched) -> None:
    items = pathway.page.locator("#have-list > li")
    for _ in range(2):
        add_link(pathway, stewardship_link())
        expect(pathway.page.locator("#have-text")).to_have_value("")
    add_link(pathway, "nothing")

    expect(items).to_have_count(2)
    expect(items.first).to_have_text("Data stewardshipValid: it counts here.")
    expect(pathway.page.locator("#have-text")).to_have_value("nothing")


def test_two_that_are_added_at_once_both_count(pathway: Watched, tmp_path: Path) -> None:
    add_link(pathway, stewardship_link())
    add_file(pathway, tmp_path, canonical(documents()[0]))

    expect(pathway.page.locator(".step .is-held")).to_have_count(2)


def test_a_credential_of_another_course_is_valid_and_does_not_count_here(pathway: Watched) -> None:
    add_link(pathway, dict(sealed_links())["Aigars Tukšums"])

    expect(pathway.page.locator("#have-list")).to_contain_text("no course of this pathway")
    assert held(pathway) == []


def test_when_the_checker_does_not_load_it_is_said_so(pathway: Watched) -> None:
    pathway.page.route("**/held.js", lambda route: route.abort())
    add_link(pathway, stewardship_link())

    expect(pathway.page.locator("#have-left")).to_have_text(
        "That didn’t work. Reload the page and try again."
    )


def test_a_link_of_another_site_is_not_followed(pathway: Watched) -> None:
    add_link(pathway, f"https://elsewhere.example{stewardship_link()}")

    expect(pathway.page.locator("#have-list")).to_contain_text("That link leads to elsewhere")
    assert pathway.is_clean()


def test_nothing_is_kept_but_with_consent_and_then_only_names_of_courses(pathway: Watched) -> None:
    page = pathway.page
    add_link(pathway, stewardship_link())
    expect(page.locator("#have-left")).to_contain_text("1 of 3")
    assert page.evaluate("localStorage.length") == 0

    page.check("#have-keep")
    assert page.evaluate(KEPT) == "data-stewardship"
    assert page.evaluate("Object.keys(localStorage)") == ["held-courses"]
    page.reload()
    expect(page.locator("#have-left")).to_have_text("Steps done: 1 of 3. Left: 7–11 ECTS.")
    expect(page.locator("#have-list")).to_contain_text("not checked again")
    assert page.is_checked("#have-keep")

    page.uncheck("#have-keep")
    assert page.evaluate(KEPT) is None


def test_everything_can_be_forgotten(pathway: Watched) -> None:
    page = pathway.page
    assert page.is_hidden("#have-forget")
    page.check("#have-keep")
    add_link(pathway, stewardship_link())
    expect(page.locator("#have-left")).to_contain_text("1 of 3")
    assert page.evaluate(KEPT) == "data-stewardship"
    page.click("#have-forget")

    assert page.evaluate("localStorage.length") == 0
    assert held(pathway) == []
    expect(page.locator("#have-list > li")).to_have_count(0)
    expect(page.locator("#have-left")).to_have_text("Nothing is kept any more.")
    assert page.evaluate("document.activeElement.id") == "have-files"
    assert not page.is_checked("#have-keep")


def test_names_in_the_store_that_are_no_courses_are_left_out(site: str, open_page: Watched) -> None:
    page = open_page.page
    page.add_init_script("localStorage.setItem('held-courses', '<b>,gis-basics,../x,gone-course')")
    open_page.go(site + PATH)

    assert held(open_page) == ["gis-basics"]
    expect(page.locator("#have-left")).to_have_text("Steps done: 1 of 3. Left: 7–8 ECTS.")
    assert open_page.is_clean()


def test_the_page_works_with_the_keyboard_alone(pathway: Watched) -> None:
    page = pathway.page
    page.focus(".step:last-child .step__course")
    for expected in ("have-files", "have-text"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == expected
    page.keyboard.type(stewardship_link())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#have-left")).to_contain_text("1 of 3")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    assert page.evaluate(KEPT) == "data-stewardship"


def test_without_javascript_the_list_is_there_and_no_form(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PATH)

    assert page.locator(".step").count() == 4
    assert page.is_hidden("#have")
    context.close()


def test_a_drawing_stands_where_there_is_room(site: str, open_page: Watched) -> None:
    page = open_page.page
    open_page.go(site + PATH)

    assert page.is_visible(".drawing")
    outgrown = page.eval_on_selector_all(
        ".drawing g:not(.drawing__course)",
        """groups => groups.flatMap(group => {
          const frame = group.querySelector(":scope > rect").getBoundingClientRect();
          return [...group.querySelectorAll("text")].map(text => text.getBoundingClientRect())
            .filter(text => text.right > frame.right || text.bottom > frame.bottom);
        }).length""",
    )
    assert outgrown == 0
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.is_hidden(".drawing")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_when_something_was_added(
    browser: Browser, site: str, scheme: str, width: int
) -> None:
    def add(page: object) -> None:
        watched = watch(page)  # type: ignore[arg-type] # a Page
        add_link(watched, "nothing")
        expect(watched.page.locator("#have-list > li")).to_have_count(1)
        add_link(watched, stewardship_link())
        expect(watched.page.locator("#have-list > li")).to_have_count(2)

    findings, wider = looked_at(browser, site + PATH, scheme, width, before=add)

    assert findings == []
    assert wider <= 0


def test_words_and_numbers_are_the_readers(site: str, open_page: Watched) -> None:
    open_page.go(f"{site}/lv/pathways/data-analyst/")
    add_link(open_page, stewardship_link())

    expect(open_page.page.locator("#have-left")).to_have_text(
        "Pabeigti soļi: 1 no 3. Atlicis: 7–11 ECTS."
    )
    assert open_page.is_clean()
