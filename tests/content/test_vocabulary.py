"""The project's vocabularies against the official ones: every URI and code, nothing invented."""

import json

import pytest

from mcsite.content.iso import countries, currencies, is_language_tag
from mcsite.content.vocabulary import NAMES, VOCABULARIES, eqf_in_words, languages_of_labels
from tests.reference import reference
from tests.rendering import ROOT

OFFICIAL = {
    "accreditation-type": "accreditation-types",
    "assessment-type": "assessment-types",
    "credit-system": "education-credit",
    "eqf": "eqf",
    "isced-f": "isced-f",
    "learning-opportunity-type": "learning-opportunity-types",
    "nqf": "nqf",
    "participation": "learning-modes",
    "supervision": "supervision-verification",
}
# eu.md, section 4: no official code is established for these
WITHOUT_URI = {
    "accreditation-type": {"internal"},
    "supervision": {"onsite-without-identity", "online-without-identity"},
    "qf-ehea": {"short-cycle", "first-cycle", "second-cycle", "third-cycle"},
}
# Codes that the official list has and we leave out: seen only outside the official sample
LEFT_OUT = {"supervision": {"df2880c5cb", "44314532f9"}}


def official(name: str) -> dict[str, str]:
    """Return the official URIs and English labels."""
    data = json.loads(reference(f"vocab/{OFFICIAL[name]}.json").read_bytes())
    return {item["uri"]: item["label"]["en"] for item in data["items"]}


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_uri_is_an_official_one(name: str) -> None:
    uris = {term.uri for term in VOCABULARIES[name].terms.values() if term.uri}

    assert uris
    assert uris <= official(name).keys()


@pytest.mark.parametrize("name", OFFICIAL)
def test_no_official_code_is_missing(name: str) -> None:
    ours = {term.uri for term in VOCABULARIES[name].terms.values()}
    missing = {
        uri.rsplit("/", 1)[-1]
        for uri, label in official(name).items()
        if uri not in ours and not (name == "nqf" and is_framework(label))
    }

    assert missing == LEFT_OUT.get(name, set())


def is_framework(label: str) -> bool:
    """Tell whether a name is that of a national framework, not of one of its levels."""
    return "level" not in label.lower() and not any(map(str.isdigit, label))


@pytest.mark.parametrize("name", NAMES)
def test_only_codes_that_have_none_lack_a_uri(name: str) -> None:
    without = {term.code for term in VOCABULARIES[name].terms.values() if term.uri is None}

    assert without == WITHOUT_URI.get(name, set())


def test_isced_labels_are_the_official_ones() -> None:
    labels = official("isced-f")

    assert len(labels) == 220
    for term in VOCABULARIES["isced-f"].terms.values():
        assert labels[str(term.uri)] == term.label("en")


@pytest.mark.parametrize("language", ["en", *languages_of_labels()])
def test_every_term_has_a_label_in_every_language_that_has_labels(language: str) -> None:
    for name in NAMES:
        if name == "nqf" and language != "en":
            continue  # levels of national frameworks have names: LQF Level 6
        for term in VOCABULARIES[name].terms.values():
            label = term.labels.get(language, "")
            assert label, term
            assert label == label.strip(' :,;"'), term


def test_labels_are_in_every_language_of_the_interface() -> None:
    interface = {path.name for path in (ROOT / "theme/locale").iterdir() if path.is_dir()}

    assert len(interface) == 23  # English is the messages' own
    assert interface == set(languages_of_labels())


@pytest.mark.parametrize("language", ["en", *languages_of_labels()])
def test_every_level_is_explained_in_words(language: str) -> None:
    sentences = {eqf_in_words(level, language) for level in range(1, 9)}

    assert len(sentences) == 8
    assert all(sentence.endswith(".") for sentence in sentences)
    assert language == "en" or eqf_in_words(1, language) != eqf_in_words(1, "en")


def test_a_label_is_that_of_the_language_and_else_english() -> None:
    quiz = VOCABULARIES["assessment-type"].terms["quiz"]

    assert quiz.label("lv") == quiz.label("lv-LV") == "Tests"
    assert quiz.label("zh") == "Quiz"
    assert eqf_in_words(6, "zh") == eqf_in_words(6, "en")


def test_countries_and_currencies_are_those_of_the_official_tables() -> None:
    def official_codes(table: str, field: str) -> set[str]:
        items = json.loads(reference(f"vocab/{table}.json").read_bytes())["items"]
        return {item[field] for item in items if field in item}

    named = official_codes("country", "iso2")

    # the official table also names what is no country of ISO 3166-1
    assert {code for code in named - countries() if len(code) == 2} == set()
    assert countries() <= named | {"TF"}
    assert official_codes("currency", "code") <= currencies()


@pytest.mark.parametrize("tag", ["lv", "en", "pt-PT", "sr-Latn", "zh-Hant-TW", "es-419", "ltg"])
def test_a_language_tag_is_one(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    "tag", ["", "LV", "lv-lv", "lv_LV", "latvian", "xq", "und", "mul", "lv-ZZ", "lv-", "lv\n", "__"]
)
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    assert not is_language_tag(tag)
