"""Every text that a reader sees has its Latvian."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.rendering import ROOT

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


def used() -> set[Message]:
    """Return the messages of views, templates and browser modules."""
    found = set(messages_of(ROOT / "src/mcsite/site", "**.py", "python"))
    found |= set(messages_of(ROOT / "theme/templates", "**.html", "jinja2"))
    for path in (ROOT / "theme/messages").glob("*.json"):
        found |= set(json.loads(path.read_text("utf-8")).values())
    for verdict in json.loads((ROOT / "theme/verdicts.json").read_text("utf-8")):
        found |= {verdict["headline"], verdict["sentence"]} - {""}
    return found


@pytest.fixture(scope="module")
def latvian() -> Catalog:
    with (ROOT / "theme/locale/lv/LC_MESSAGES/mcsite.po").open("rb") as file:
        return read_po(file)


def test_every_message_is_translated(latvian: Catalog) -> None:
    known = {message.id for message in latvian if message.id and message.string}

    assert {message for message in used() if message not in known} == set()


def test_no_translation_is_left_over(latvian: Catalog) -> None:
    assert {message.id for message in latvian if message.id} - used() == set()


def forms(text: object) -> tuple[str, ...]:
    """Return the forms of a message or of its translation."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


def test_a_translation_keeps_the_places_of_its_message(latvian: Catalog) -> None:
    for message in latvian:
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for string in forms(message.string) if message.id else ():
            assert set(PLACEHOLDER.findall(string)) == wanted, message.id


def test_plurals_have_three_forms(latvian: Catalog) -> None:
    plurals = [message for message in latvian if isinstance(message.id, tuple)]

    assert len(plurals) >= 6
    assert {len(forms(message.string)) for message in plurals} == {3}


def test_the_header_tells_how_latvian_counts(latvian: Catalog) -> None:
    assert latvian.num_plurals == 3
    assert latvian.plural_expr == "(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)"
