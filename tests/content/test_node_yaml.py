"""YAML written as a person would, and read again as the same."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mcsite.content.course_text import COURSE, new_text
from mcsite.content.shapes import fields_of, whole
from mcsite.content.source import Mapping, Node, Scalar, Sequence, read_source, strange_character

PATH = PurePosixPath("course.yaml")
AT = Scalar(text="", plain=False, line=1, column=1, length=1)


def node_of(value: Any) -> Node:
    if isinstance(value, dict):
        return fields_of({name: node_of(one) for name, one in value.items()}, AT)
    if isinstance(value, list):
        return Sequence(tuple(map(node_of, value)), 1, 1)
    return replace(AT, text=value)


def value_of(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {name: value_of(one) for name, (_, one) in node.entries.items()}
    return (
        [value_of(one) for one in node.items] if isinstance(node, Sequence) else node.text.strip()
    )


def written(fields: dict[str, Any]) -> str:
    return new_text({name: node_of(value) for name, value in fields.items()}, {}, "lv")


def read(text: str) -> Any:
    node = read_source(text.encode(), PATH)
    assert isinstance(node, Mapping)
    return {
        name: value_of(whole(one, COURSE.fields[name], "lv"))
        for name, (_, one) in node.entries.items()
    }


texts = (
    st.text(
        st.characters(exclude_categories=["Cs"]).filter(
            lambda letter: not strange_character(letter)
        ),
        min_size=1,
        max_size=60,
    )
    .map(lambda text: text.replace("\r", "\n"))
    .filter(lambda text: text.strip())
)
hard = st.sampled_from(
    ["- a", "a: b", "a #b", "#a", "'a", '"a"', "a'", "[a]", "{a}", "*a", "&a", "!a", "|", ">", "%a",
     "@a", "`a", "? a", "?", "-", ":", ": a", "a:", "---", "...", "no", "null", "~", "0612", "1.10",
     "1e3", "2027-01-12", "12:30:00", "0x1F", ".5", "+1", "true", "<<", "=", "a\n- b", "a\n\n\nb",
     "a\n  b\nc", "a \nb", "a\n\tb", "a\n#b", "# a\nb", "a\u2028b", "a\u0085b\nc", "a\tb",
     " ", "C:\\x", "a\\nb",
     "--- a\nb", "a\n---\nb", "a\n...\nb", "|\n a"]
).filter(lambda text: bool(text.strip()))  # fmt: skip
text = texts | hard
words = st.dictionaries(st.sampled_from(["lv", "en", "no"]), text, min_size=1)
courses = st.fixed_dictionaries(
    {"title": words},
    optional={
        "provider": text,
        "learning_outcomes": st.lists(
            st.fixed_dictionaries({"text": words}, optional={"skills": st.lists(text, min_size=1)}),
            min_size=1,
        ),
        "workload": st.fixed_dictionaries({}, optional={"ects": text, "hours": text}).filter(bool),
        "assessment": st.lists(
            st.fixed_dictionaries({"type": text}, optional={"description": words}), min_size=1
        ),
        "participation": st.lists(text, min_size=1),
        "description": words,
        "stackability": st.fixed_dictionaries(
            {"type": text}, optional={"recognised_by": st.lists(words, min_size=1)}
        ),
        "offerings": st.lists(
            st.fixed_dictionaries(
                {"start": text}, optional={"price": st.fixed_dictionaries({"amount": text})}
            ),
            min_size=1,
        ),
    },
)


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: stripped(one) for name, one in value.items()}
    return [stripped(one) for one in value] if isinstance(value, list) else value.strip()


@given(courses)
def test_what_is_written_is_read_as_the_same(fields: dict[str, Any]) -> None:
    assert read(written(fields)) == stripped(fields)


@given(courses)
def test_other_readers_of_yaml_take_texts_for_texts(fields: dict[str, Any]) -> None:
    found = yaml.safe_load(
        written({"title": fields["title"], "provider": fields.get("provider", "x")})
    )

    assert isinstance(found["provider"], str)
    title = found["title"]
    assert isinstance(title, str) or all(isinstance(one, str) for one in title.values())


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"title": {"lv": "Bites"}}, "title: Bites\n"),
        ({"title": {"en": "Bees"}}, "title:\n  en: Bees\n"),
        ({"title": {"lv": "Nē: jā"}}, 'title: "Nē: jā"\n'),
        ({"version": "1"}, 'version: "1"\n'),
        ({"workload": {"ects": "1.5"}}, "workload:\n  ects: 1.5\n"),
        ({"withdrawn": {"since": "2027-01-12"}}, "withdrawn: 2027-01-12\n"),
        ({"language": ["lv"]}, "language: lv\n"),
        ({"language": ["lv", "en"]}, "language: [lv, en]\n"),
        ({"learning_outcomes": [{"text": {"lv": "Prot"}}]}, "learning_outcomes:\n  - Prot\n"),
        (
            {"description": {"lv": "Viens.\n\nDivi.", "en": "One."}},
            "description:\n  lv: |\n    Viens.\n\n    Divi.\n  en: One.\n",
        ),
        (
            {"quality_assurance": [{"valid": {"from": "2027-01-12"}, "type": "internal"}]},
            "quality_assurance:\n  - type: internal\n    valid:\n      from: 2027-01-12\n",
        ),
        ({"type": "course", "title": {"lv": "A"}}, "title: A\ntype: course\n"),
    ],
)
def test_it_is_written_as_a_person_would(fields: dict[str, Any], text: str) -> None:
    assert written(fields) == text


def test_what_a_course_owes_stands_as_a_comment_where_it_belongs() -> None:
    fields = {"title": node_of("A"), "workload": node_of({"ects": "3"})}

    assert new_text(fields, {"provider": "the awarding body", "level": "the level"}, "lv") == (
        "title: A\n# provider:   required: the awarding body\n"
        "workload:\n  ects: 3\n# level:   required: the level\n"
    )
