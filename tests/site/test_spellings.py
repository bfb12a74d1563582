"""Words with letters that keyboards lack: the index has them spelled as queries are."""

import re

import pytest

from mcsite.site.search import plain_spellings
from tests.rendering import ROOT


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Besøg i <b>København</b> og Łódź</p>", "besog kobenhavn lodz"),
        ("<p title='Straße'>Straße, STRASSE</p>", "strasse"),
        ("<p>Þór Ħamrun đak Kadıköy œuvre</p>", "dak hamrun kadikoy oeuvre thor"),
        ("<p>Ģimene, škola, čaj</p>", ""),
    ],
)
def test_only_words_that_marks_alone_don_t_explain_are_spelled_again(
    markup: str, words: str
) -> None:
    assert plain_spellings(markup) == words


def test_the_browser_spells_queries_in_the_same_way() -> None:
    script = (ROOT / "theme/static/catalogue/fold.js").read_text("utf-8")
    table = dict(re.findall(r'(\w): "(\w+)"', script))

    assert len(table) == 10
    assert {letter: plain_spellings(f"x{letter}") for letter in table} == {
        letter: f"x{plain}" for letter, plain in table.items()
    }
