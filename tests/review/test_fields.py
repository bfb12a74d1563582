"""Field by field: what changed, what is stale, and whether it means the same."""

import pytest

from mcsite.content.documents import read_documents
from mcsite.content.models.course import Course
from mcsite.review.fields import changes_between, same_meaning
from tests.project import COURSE, SITE


def course(text: str) -> Course:
    found = read_documents({"site": SITE.encode(), "courses/data": text.encode()})
    assert found.findings == ()
    thing = found.things["courses/data"]
    assert isinstance(thing, Course)
    return thing


def changed(old: str, new: str, text: str = COURSE) -> list[tuple[str, str, str]]:
    assert old in text
    found = changes_between(course(text), course(text.replace(old, new)))
    return [(one.label, one.before, one.after) for one in found.fields]


def stale(old: str, new: str) -> list[tuple[str, str]]:
    found = changes_between(course(COURSE), course(COURSE.replace(old, new)))
    return [(one.label, one.language) for one in found.stale]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ects: 1.5", "ects: 3", [("ECTS", "1.5", "3")]),
        ("ects: 1.5", "ects: 1.50", []),
        (", hours: 40", "", [("hours", "40", "")]),
        ("{eqf: 6, qf_ehea: first-cycle}", "{eqf: 7}",
         [("EQF level", "6", "7"), ("QF-EHEA cycle", "first-cycle", "")]),
        ("level: {eqf: 6, qf_ehea: first-cycle}", "level: none\nlevel_reason: Hobby",
         [("level", "eqf: 6, qf ehea: first-cycle", ""), ("level reason", "", "Hobby")]),
        ("[Apraksta datus, ", "[Plāno, Apraksta datus, ", [("learning outcome 1", "", "Plāno")]),
        ("[Apraksta datus, Kārto datus]", "[Kārto datus]",
         [("learning outcome 1", "Apraksta datus", "")]),
        ("Kārto datus", "Sakārto datus",
         [("learning outcome 2 (lv)", "Kārto datus", "Sakārto datus")]),
        ("project-work", "{type: quiz, description: Tests}",
         [("assessment 1: type", "project-work", "quiz"),
          ("assessment 1: description", "", "Tests")]),
        ("supervision:", "offerings: [{start: 2027-01-12, price: 0}]\nsupervision:",
         [("offering 1", "", "start: 2027-01-12, price: 0")]),
        (", en: Data stewardship", "", [("title (en)", "Data stewardship", "")]),
    ],
)  # fmt: skip
def test_a_change_is_named_as_people_say_it(
    old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    assert changed(old, new) == expected


def test_a_translation_is_stale_when_its_text_changed_alone() -> None:
    assert stale("Datu pārvaldība", "Datu kārtība") == [("title", "en")]
    assert stale("Data stewardship", "Stewardship") == []
    assert stale("{lv: Datu pārvaldība, en: Data stewardship}", "{lv: A, en: B}") == []


def test_a_text_that_moved_in_its_list_is_not_stale() -> None:
    before = COURSE.replace("[Apraksta datus, Kārto datus]", "[{lv: A, en: B}]")
    after = COURSE.replace("[Apraksta datus, Kārto datus]", "[{lv: C, en: D}, {lv: A, en: B}]")

    assert changes_between(course(before), course(after)).stale == ()


@pytest.mark.parametrize(
    ("after", "same"),
    [
        ("[{lv: Apraksta datus, en: Describe data}, Kārto datus]", True),
        ("[{lv: Apraksta, en: Describe data}, Kārto datus]", False),
        ("[{en: Describe data}, Kārto datus]", False),
        ("[Apraksta datus]", False),
        ("[Kārto datus, Apraksta datus]", False),
    ],
)
def test_only_a_translation_changes_nothing_in_the_meaning(after: str, *, same: bool) -> None:
    before = course(COURSE).learning_outcomes
    now = course(COURSE.replace("[Apraksta datus, Kārto datus]", after)).learning_outcomes

    assert same_meaning(before, now) is same
