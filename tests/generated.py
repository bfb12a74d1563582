"""Documents that hypothesis makes up, of every term of the contexts and in many scripts."""

from typing import Any

from hypothesis import strategies as st

from mcsite.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES, VOCABULARIES
from mcsite.credentials.json_types import JsonObject

VOCABULARY = VOCABULARIES[CREDENTIALS_V2, OPEN_BADGES]
TYPES = sorted(set(VOCABULARY.of_type) - {"DataIntegrityProof"})
SCRIPTS = (
    "Jānis Bērziņš", "Ελένη Παπαδοπούλου", "Олена Шевченко", "Đặng Thị Hà", "علی\u200cرضا", "שָׁרָה",
    "นางสาวสมหญิง", "அருண்", "김민준", "髙橋\U00020bb7", "ᚠᛇᚻ",
    "👩🏽\u200d🎓", "e\u0301 ≠ é", "ꝏ ǆ Ŀ", "I\u0307İı",
)  # fmt: skip
ODD = (
    "",
    " ",
    "a\tb\nc\r",
    'say "x" \\ y',
    "\x01\x08\x0b\x0c\x1f\x7f\x80",
    "\ufffd\ufb33\U0001f600",
)


def texts() -> st.SearchStrategy[str]:
    """Return texts in the scripts that names are written in, and some that break things."""
    return st.one_of(
        st.sampled_from(SCRIPTS + ODD),
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
    )


def numbers() -> st.SearchStrategy[float]:
    """Return numbers that JSON holds exactly."""
    return st.one_of(
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False).map(_as_read),
    )


def _as_read(number: float) -> float:
    """Return a number as reading JSON gives it: a whole one is an integer, where it is exact."""
    return int(number) if number.is_integer() and abs(number) <= 2**53 else number


def addresses() -> st.SearchStrategy[str]:
    """Return absolute addresses."""
    return st.integers(0, 30).map(lambda number: f"https://a.example/{number}#ē")


@st.composite
def nodes(draw: st.DrawFn, depth: int = 2, name: str = "") -> JsonObject:
    """Return a node of some type with some of its terms."""
    name = name or draw(st.sampled_from(TYPES))
    meanings = VOCABULARY.meanings((name,))
    assert meanings is not None
    node: dict[str, Any] = {"type": draw(st.sampled_from([name, [name]]))}
    if draw(st.booleans()):
        node["id"] = draw(addresses())
    for term in draw(st.lists(st.sampled_from(sorted(meanings)), max_size=5, unique=True)):
        plain = addresses() if meanings[term].is_link else st.one_of(texts(), numbers())
        values = st.one_of(plain, st.booleans(), nodes(depth - 1)) if depth else plain
        fewest = 0 if meanings[term].is_list else 1  # of nothing, nothing is said
        node[term] = draw(st.one_of(values, st.lists(values, min_size=fewest, max_size=3)))
    return node


def documents() -> st.SearchStrategy[JsonObject]:
    """Return documents of the contexts of Open Badges, whole but not necessarily credentials."""
    return nodes(3, "VerifiableCredential").map(
        lambda node: {"@context": [CREDENTIALS_V2, OPEN_BADGES], **node}
    )


JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers(), texts()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(texts(), inner, max_size=4)
    ),
    max_leaves=12,
)
