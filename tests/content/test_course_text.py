"""Files changed in some fields: everything else stays as somebody wrote it."""

from typing import Any

from hypothesis import given

from mcsite.content.course_text import COURSE, changed_text, course_node
from mcsite.content.joining import changed_fields, joined, says
from mcsite.content.shapes import whole
from mcsite.content.source import Mapping
from tests.content.test_node_yaml import courses, node_of, read, stripped, written

FILE = """\
# Bišu kurss. Rakstījusi Anna.
title: {lv: Bites, en: Bees}   # īss
provider: uni

# Prasa I pielikums
learning_outcomes:
  - lv: Kopt bites
    en: Keep bees
  - Ņemt medu
workload: {ects: 3, hours: 78}
# level:   required: the level
summary: |
  Bites.

participation: online
# beigas
"""


def changed(new: dict[str, Any], file: str = FILE, **options: Any) -> str:
    there, said = (whole(node, COURSE, "lv") for node in (course_node(file), node_of(new)))
    assert isinstance(there, Mapping)
    assert isinstance(said, Mapping)
    fields = changed_fields(there, said, COURSE, **options)
    return changed_text(file, fields, "lv") if fields else file


def test_a_changed_field_is_the_only_line_that_changes() -> None:
    made = changed({"workload": {"ects": "5"}})

    assert made == FILE.replace(
        "workload: {ects: 3, hours: 78}\n", "workload:\n  ects: 5\n  hours: 78\n"
    )


def test_a_text_in_one_language_leaves_the_others() -> None:
    assert "title:\n  lv: Bišu gads\n  en: Bees\n" in changed({"title": "Bišu gads"})


def test_an_entry_that_says_no_more_leaves_the_one_that_is_there() -> None:
    made = changed({"learning_outcomes": ["Ņemt medu", "Kopt bites", "Pārdot"]})

    assert (
        "learning_outcomes:\n  - Ņemt medu\n  - lv: Kopt bites\n    en: Keep bees\n  - Pārdot\n"
        in made
    )
    assert "# Prasa I pielikums\n" in made


def test_what_is_said_already_changes_nothing() -> None:
    new = {
        "title": "Bites", "workload": {"ects": "3"}, "participation": ["online"],
        "learning_outcomes": ["Kopt bites", "Ņemt medu"], "summary": "Bites.", "version": "1",
    }  # fmt: skip

    assert changed(new) == FILE


def test_a_new_field_stands_where_the_documentation_has_it_and_ends_what_was_owed() -> None:
    made = changed({"level": {"eqf": "6"}, "description": "Par bitēm"})

    assert made == FILE.replace(
        "# level:   required: the level\n", ""
    ).replace(
        "workload: {ects: 3, hours: 78}\n", "workload: {ects: 3, hours: 78}\nlevel:\n  eqf: 6\n"
    ).replace("  Bites.\n\n", "  Bites.\ndescription: Par bitēm\n\n")  # fmt: skip


def test_of_a_partial_list_nothing_is_lost() -> None:
    made = changed({"learning_outcomes": ["Pārdot"]}, partial=("learning_outcomes",))

    assert "  - Ņemt medu\n  - Pārdot\n" in made
    assert changed({"learning_outcomes": ["Ņemt medu"]}, partial=("learning_outcomes",)) == FILE


def test_a_file_in_which_fields_can_t_be_told_apart_is_written_anew() -> None:
    assert changed({"title": "B"}, "{title: A, version: '2'} # ā\n") == 'title: B\nversion: "2"\n'


def test_a_file_without_a_last_line_end_is_changed_too() -> None:
    assert changed({"summary": "B"}, "title: A") == "title: A\nsummary: B\n"


@given(courses, courses)
def test_a_changed_file_says_all_that_is_new_and_all_that_is_left(
    before: dict[str, Any], new: dict[str, Any]
) -> None:
    made = read(changed(new, written(before)))

    assert made.keys() == before.keys() | new.keys()
    for name in made:
        shape = COURSE.fields[name]
        if name in new:
            there = node_of(made[name])
            assert says(there, whole(node_of(stripped(new[name])), shape, "lv"), shape)
        else:
            assert made[name] == stripped(before[name])


def test_joining_is_not_more_than_both() -> None:
    there, new = node_of({"a": "1", "b": ["x"]}), node_of({"b": ["y", "x"]})

    assert joined(there, new) == node_of({"a": "1", "b": ["y", "x"]})
