"""Words, dates and numbers in a reader's language; English where a translation is missing."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from mcsite.errors import ContentError
from mcsite.site.localise import Localiser, own_name, translations_for
from mcsite.site.theme import Theme, packaged_theme

COURSES = ("%(num)d course", "%(num)d courses")
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
DAY = dt.date(2027, 1, 12)


def localiser(language: str, own: Path | None = None) -> Localiser:
    theme = Theme((packaged_theme(),) if own is None else (packaged_theme(), own))
    return Localiser(language, translations_for(theme, language))


def own_theme(root: Path, language: str, text: str, name: str = "own.po") -> Path:
    path = root / "locale" / language / "LC_MESSAGES" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + text, "utf-8")
    return root


def counted(found: Localiser, *numbers: int) -> list[str]:
    return [found.ngettext(*COURSES, number) % {"num": number} for number in numbers]


def test_latvian_has_three_forms() -> None:
    assert counted(localiser("lv"), 0, 1, 2, 10, 11, 21, 111) == [
        "0 kursu", "1 kurss", "2 kursi", "10 kursi", "11 kursi", "21 kurss", "111 kursi",
    ]  # fmt: skip


def test_english_needs_no_file() -> None:
    assert counted(localiser("en"), 0, 1, 2) == ["0 courses", "1 course", "2 courses"]


@pytest.mark.parametrize("language", ["is", "uk", "zh-Hans", "sr-Latn", "nb"])
def test_a_language_without_translations_speaks_english(language: str) -> None:
    assert localiser(language).gettext("Providers") == "Providers"
    assert counted(localiser(language), 1, 2) == ["1 course", "2 courses"]


@pytest.mark.parametrize(
    ("language", "date", "short", "number", "free", "cents"),
    [
        ("lv", "2027. gada 12. janvāris", "2027. gada 12. janv.", "1,5", "1200 €", "1,50 €"),
        ("en", "12 January 2027", "12 Jan 2027", "1.5", "€1,200", "€1.50"),
        ("de", "12. Januar 2027", "12.01.2027", "1,5", "1.200 €", "1,50 €"),
        ("ga", "12 Eanáir 2027", "12 Ean 2027", "1.5", "€1,200", "€1.50"),
    ],
)
def test_dates_numbers_and_money_follow_the_language(
    language: str, date: str, short: str, number: str, free: str, cents: str
) -> None:
    found = localiser(language)
    told = [
        found.date(DAY),
        found.short_date(DAY),
        found.number(Decimal("1.5")),
        found.money(Decimal(1200), "EUR"),
        found.money(Decimal("1.5"), "EUR"),
    ]

    spaces = [text.replace("\u00a0", " ").replace("\u202f", " ") for text in told]
    assert [text.replace("1 200", "1200") for text in spaces] == [date, short, number, free, cents]


def test_names_of_countries_and_languages_are_the_reader_s() -> None:
    found = localiser("lv")

    assert found.country("DE") == "Vācija"
    assert found.language_name("en") == "angļu"
    assert found.language_name("nl-BE") == "flāmu"
    assert found.language_name("et-EE") == "igauņu"
    assert found.country("XX") == "XX"
    assert found.listed(["a", "b", "c"]) == "a, b un c"


@pytest.mark.parametrize(
    ("tag", "name"),
    [("lv", "Latviešu"), ("en", "English"), ("et", "Eesti"), ("pt-BR", "Português (Brasil)"),
     ("sr-Latn", "Srpski (latinica)")],
)  # fmt: skip
def test_a_language_is_called_as_its_speakers_call_it(tag: str, name: str) -> None:
    assert own_name(tag) == name


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("lv", "ltr")]
)
def test_the_direction_of_writing(language: str, direction: str) -> None:
    assert localiser(language).direction == direction


@pytest.mark.parametrize("name", ["a.po", "own.po"])
def test_a_site_s_own_messages_win_over_the_packaged_ones(tmp_path: Path, name: str) -> None:
    own = own_theme(tmp_path, "lv", 'msgid "Providers"\nmsgstr "Mūsu skolas"\n', name)

    assert localiser("lv", own).gettext("Providers") == "Mūsu skolas"
    assert localiser("lv", own).gettext("About") == localiser("lv").gettext("About")


def test_what_its_translator_wasn_t_sure_of_is_left_out(tmp_path: Path) -> None:
    text = '#, fuzzy\nmsgid "Providers"\nmsgstr "?"\n\nmsgid "About"\nmsgstr ""\n'
    own = own_theme(tmp_path, "lv", text)

    assert localiser("lv", own).gettext("Providers") == localiser("lv").gettext("Providers")
    assert localiser("lv", own).gettext("About") == localiser("lv").gettext("About")


def test_a_region_takes_what_it_hasn_t_from_its_language(tmp_path: Path) -> None:
    own_theme(
        tmp_path, "pt", 'msgid "Providers"\nmsgstr "Entidades"\n\nmsgid "About"\nmsgstr "A"\n'
    )
    own_theme(tmp_path, "pt-BR", 'msgid "About"\nmsgstr "Sobre"\n')
    found = localiser("pt-BR", tmp_path)

    assert (found.gettext("Providers"), found.gettext("About")) == ("Entidades", "Sobre")


def test_plural_forms_may_stand_in_another_order(tmp_path: Path) -> None:
    text = (
        '"Plural-Forms: nplurals=3; plural=(n%10==0 || n%100>=11 && n%100<=19 ? 0 : '
        'n%10==1 && n%100!=11 ? 1 : 2);\\n"\n\n'
        'msgid "%(num)d course"\nmsgid_plural "%(num)d courses"\n'
        'msgstr[0] "%(num)d nulle"\nmsgstr[1] "%(num)d viens"\nmsgstr[2] "%(num)d daudz"\n'
    )
    own = own_theme(tmp_path, "lv", text)

    assert counted(localiser("lv", own), 0, 1, 2, 21) == [
        "0 nulle",
        "1 viens",
        "2 daudz",
        "21 viens",
    ]


@pytest.mark.parametrize("text", ["nonsense\n", '"Plural-Forms: nplurals=2; plural=n(;\\n"\n'])
def test_a_file_that_isn_t_one_is_named(tmp_path: Path, text: str) -> None:
    own = own_theme(tmp_path, "lv", text)

    with pytest.raises(ContentError, match=r"own\.po: not a file of translations"):
        localiser("lv", own)
