"""Whatever fields a course has, its European credential gives the official validators nothing to
find but what sealing adds: also when the course was changed since.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mcsite.content.vocabulary import VOCABULARIES
from mcsite.credentials.issue import Learner
from tests.exports.european import (
    ADDED_BY_SEALING,
    ISSUED_IS_MISSING,
    graph_of,
    keys_of,
    mapped_keys,
    schema_errors,
    violations,
)
from tests.exports.test_edc import european, signed
from tests.project import COURSE, Project

ESCO = "http://data.europa.eu/esco/skill/9710092c-f174-4e84-95bf-2064d39ad7a0"
WORDS = st.lists(
    st.sampled_from(["dati", "«pēdiņas»", "a & b", "<b>", "- x", "Tests: 1", "26 h", "\n\n- y"]),
    min_size=1,
    max_size=4,
).map(lambda words: " ".join(words).strip())
TEXT = WORDS | st.fixed_dictionaries({"en": WORDS}, optional={"lv": WORDS})


def codes(vocabulary: str, *, most: int = 2) -> st.SearchStrategy[list[str]]:
    terms = sorted(VOCABULARIES[vocabulary].terms)
    return st.lists(st.sampled_from(terms), min_size=1, max_size=most, unique=True)


def code(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(VOCABULARIES[vocabulary].terms))


def described(vocabulary: str, optional: dict[str, Any]) -> st.SearchStrategy[list[Any]]:
    entry = st.fixed_dictionaries({"type": code(vocabulary)}, optional=optional)
    return st.lists(entry, min_size=1, max_size=3, unique_by=lambda one: str(one["type"]))


ECTS, HOURS = st.sampled_from([0.5, 1.5, 3, 30]), st.sampled_from([0.5, 1.5, 26, 2000])
LEVEL = {"eqf": st.integers(1, 8)}
CYCLE = {"qf_ehea": code("qf-ehea")}
COURSES = st.fixed_dictionaries(
    {
        "title": TEXT,
        "provider": st.just("uni"),
        "learning_outcomes": st.lists(
            TEXT | st.fixed_dictionaries({"text": TEXT, "skills": st.just([ESCO])}),
            min_size=1,
            max_size=3,
        ),
        "skills": st.just([{"uri": ESCO, "label": {"lv": "prasme", "en": "skill"}}]),
        "workload": st.fixed_dictionaries({"ects": ECTS}, optional={"hours": HOURS})
        | st.fixed_dictionaries({"hours": HOURS}),
        "level": st.fixed_dictionaries(LEVEL, optional={**CYCLE, "nqf": TEXT})
        | st.fixed_dictionaries(CYCLE)
        | st.just("none"),
        "level_reason": st.just("Vaļasprieks"),
        "assessment": described("assessment-type", {"description": TEXT}),
        "participation": codes("participation"),
        "quality_assurance": described(
            "accreditation-type",
            {
                "body": TEXT,
                "country": st.sampled_from(["EE", "XK"]),
                "url": st.just("https://q.example/?a=b&c"),
                "register": st.just("DEQARINST0001"),
                "valid": st.just({"from": "2024-01-01", "until": "2030-01-01"}),
            },
        ),
        "type": code("learning-opportunity-type"),
    },
    optional={
        "summary": TEXT,
        "description": TEXT,
        "prerequisites": TEXT,
        "further_info": TEXT,
        "supervision": code("supervision"),
        "grading": st.fixed_dictionaries({"scheme": TEXT}, optional={"pass": TEXT}),
        "stackability": st.sampled_from(["standalone", "stackable"])
        | st.fixed_dictionaries({"into": st.just(["other"])}, optional={"recognised_by": TEXT}),
        "field": codes("isced-f", most=3),
        "language": st.sampled_from(["lv", "pt-PT", "ltg"]),
    },
)


def write(project: Project, course: dict[str, Any]) -> None:
    """Write it as JSON, which is YAML without anchors."""
    project.write("catalogue/courses/data.yaml", json.dumps(course, ensure_ascii=False))


@settings(max_examples=20, deadline=None, phases=[Phase.generate])  # shrinking takes minutes
@given(
    course=COURSES,
    language=st.sampled_from(["lv", "en"]),
    grade=st.sampled_from(["", "9"]),
    changed=st.booleans(),
)
def test_the_validators_find_what_sealing_adds_and_nothing_else(
    course: dict[str, Any], language: str, grade: str, *, changed: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.write("catalogue/courses/other.yaml", COURSE)
        write(project, course)
        document = signed(project.catalogue, "data", language, Learner(name="Anna", grade=grade))
        if changed:
            write(project, {**course, "title": "Cits", "learning_outcomes": ["Cits"]})

        found = european(document, project.catalogue)

    assert schema_errors(found) == ISSUED_IS_MISSING
    assert violations(graph_of(found)) == ADDED_BY_SEALING
    assert keys_of(found) - mapped_keys() == set()
