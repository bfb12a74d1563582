"""The words of the criteria can be taken apart again, or are said not to be ours."""

from hypothesis import given
from hypothesis import strategies as st

from mcsite.exports.criteria import Criteria, read_criteria, written

LABELS = ["Quiz", "Portfolio"]
LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
).map(str.strip)
OUTCOME = LINE.filter(lambda text: bool(text) and not text.startswith("- "))
WORDS = LINE.filter(lambda text: not text.startswith(tuple(LABELS)))


@given(
    st.builds(
        Criteria,
        outcomes=st.lists(OUTCOME, min_size=1).map(tuple),
        hours=st.sampled_from(["", "26", "1.5"]),
        assessments=st.tuples(WORDS, WORDS),
        prerequisites=WORDS.filter(lambda text: not text.endswith(" h")),
    )
)
def test_what_was_written_is_read(criteria: Criteria) -> None:
    assert read_criteria(written(criteria, LABELS), LABELS) == criteria
    for entry in ("Entry requirements", "Uzņemšanas prasības"):
        assert read_criteria(written(criteria, LABELS, entry), LABELS) == criteria


def test_words_of_several_lines_are_read() -> None:
    criteria = Criteria(
        outcomes=("One\ntwo", "Three"), hours="", assessments=("a\nb", ""), prerequisites="c\n\nd"
    )

    assert read_criteria(written(criteria, LABELS), LABELS) == criteria


def test_a_narrative_of_another_shape_is_not_guessed_at() -> None:
    for narrative in ("", "Manages data.", "- One\nQuiz", "- One\n\nPortfolio\n\nafter"):
        assert read_criteria(narrative, LABELS) is None
