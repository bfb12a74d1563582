"""Ids made of titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcsite.content.fields import is_identifier
from mcsite.content.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Datu pārvaldība: ievads", "datu-parvaldiba-ievads"),
        ("Ēku energoefektivitāte — 2. daļa", "eku-energoefektivitate-2-dala"),
        ("Straße & Øl, Łódź", "strasse-ol-lodz"),
        ("Διαχείριση δεδομένων", "diacheirisi-dedomenon"),
        ("Управление на данни", "upravlenie-na-danni"),
        ("The Data Scientist’s Toolbox", "the-data-scientists-toolbox"),
        ("con", ""),
        ("日本語", ""),
        ("word " * 20, "-".join(["word"] * 13)),
    ],
)
def test_a_title_becomes_an_id_in_plain_letters(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text())
def test_any_title_gives_an_id_or_none(title: str) -> None:
    assert slug_of(title) == "" or is_identifier(slug_of(title))
