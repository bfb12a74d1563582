"""Names of countries and languages, for readers of any language."""

import pytest

from mcsite.content.iso import country_name, language_name
from mcsite.exports.elm.nodes import languages


def test_names_are_those_of_the_readers_language() -> None:
    assert country_name("LV", "lv") == "Latvija"
    assert country_name("LV", "pt-PT") == "Letónia"
    assert language_name("lv", "de") == "Lettisch"


def test_they_are_english_where_no_other_is_known() -> None:
    assert language_name("ltg", "lv") == "Latgalian"
    assert country_name("LV", "tlh") == "Latvia"
    assert language_name("qq", "lv") == "qq"


@pytest.mark.parametrize("language", languages())
def test_readers_of_every_language_get_a_name(language: str) -> None:
    assert country_name("LV", language)
    assert language_name("lv", language)
