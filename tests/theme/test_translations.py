"""Every text that a reader sees is translated, in each language that the theme has."""

import json
import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from mcsite.site.assets import browser_strings
from tests.rendering import ROOT, context_of, sample

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
KEYWORDS = {"_": None, "gettext": None, "say": None, "ngettext": (1, 2)}
Message = str | tuple[str, ...]


def messages_of(folder: Path, pattern: str, method: str) -> Iterator[Message]:
    found = extract_from_dir(
        folder,
        method_map=[(pattern, method)],
        options_map={pattern: {"extensions": "jinja2.ext.i18n", "trimmed": "1"}},
        keywords=KEYWORDS,
    )
    for _, _, message, _, _ in found:
        yield message


@cache
def used() -> set[Message]:
    """Return the messages of views, templates and browser modules."""
    found = set(messages_of(ROOT / "src/mcsite/site", "**.py", "python"))
    found |= set(messages_of(ROOT / "theme/templates", "**.html", "jinja2"))
    for path in (ROOT / "theme/messages").glob("*.json"):
        found |= set(json.loads(path.read_text("utf-8")).values())
    for verdict in json.loads((ROOT / "theme/verdicts.json").read_text("utf-8")):
        found |= {verdict["headline"], verdict["sentence"]} - {""}
    return found


LANGUAGES = sorted(path.name for path in (ROOT / "theme/locale").iterdir())


@cache
def catalog(language: str) -> Catalog:
    with (ROOT / "theme/locale" / language / "LC_MESSAGES/mcsite.po").open("rb") as file:
        return read_po(file)


def forms(text: object) -> tuple[str, ...]:
    """Return the forms of a message or of its translation."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


def test_latvian_is_among_the_languages() -> None:
    assert "lv" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    known = {
        message.id
        for message in catalog(language)
        if message.id and all(forms(message.string)) and not message.fuzzy
    }

    assert {message for message in used() if message not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language: str) -> None:
    assert {message.id for message in catalog(language) if message.id} - used() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_of_its_message(language: str) -> None:
    for message in catalog(language):
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for string in forms(message.string) if message.id else ():
            assert set(PLACEHOLDER.findall(string)) == wanted, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_that_the_header_tells_of(language: str) -> None:
    found = catalog(language)
    plurals = [message for message in found if isinstance(message.id, tuple)]
    form = c2py(found.plural_expr)

    assert len(plurals) >= 6
    assert {len(forms(message.string)) for message in plurals} == {found.num_plurals}
    assert {form(number) for number in range(1001)} <= set(range(found.num_plurals))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_for_one_key_names_a_key_of_that_message(language: str) -> None:
    texts: dict[str, str] = {}
    for path in (ROOT / "theme/messages").glob("*.json"):
        texts |= json.loads(path.read_text("utf-8"))

    for message in catalog(language):
        assert message.context is None or texts[message.context] == message.id


def test_the_browser_gets_the_form_that_a_language_has_for_tens() -> None:
    strings = dict(browser_strings(context_of(sample())))
    latvian = json.loads(strings["static/i18n/catalogue.lv.json"])

    assert latvian["courses.zero"] == "{count} kursu"
    assert latvian["courses.one"] == "{count} kurss"
    assert latvian["courses.other"] == "{count} kursi"


def test_latvian_counts_as_latvian_does() -> None:
    assert catalog("lv").num_plurals == 3
    assert catalog("lv").plural_expr == "(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)"
