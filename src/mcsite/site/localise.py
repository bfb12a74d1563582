"""The interface in a reader's language: gettext for words, CLDR (Babel) for everything counted."""

import datetime as dt
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations, c2py
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError, dates, lists, numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from mcsite.errors import ContentError
from mcsite.site.theme import Theme

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")


def _sources(theme: Theme, language: str) -> tuple[tuple[Path, bytes], ...]:
    """Return the .po files of a language, a site's own over the packaged ones. What "pt-BR" hasn't
    is taken from "pt".
    """
    folders = dict.fromkeys((language.partition("-")[0], language))
    paths = (path for folder in folders for path in _files(theme, folder))
    return tuple((path, path.read_bytes()) for path in paths)


def _catalogue(language: str, sources: Iterable[tuple[Path, bytes]]) -> Catalog:
    found = Catalog(locale=_locale(language))
    for path, data in sources:
        _merge(found, path, data)
    return found


def _files(theme: Theme, folder: str) -> list[Path]:
    """Return the .po files of a language, whatever they are called: the packaged ones first."""
    found = [
        path
        for name, path in theme.files("locale").items()
        if name.parts[0] == folder and path.suffix == ".po"
    ]
    return sorted(found, key=lambda path: not path.is_relative_to(theme.folders[0]))


def _merge(into: Catalog, path: Path, data: bytes) -> None:
    """Add the messages of a .po file; none that its translator wasn't sure of."""
    try:
        read = read_po(io.BytesIO(data), locale=into.locale, abort_invalid=True)
        forms = _forms(read, into)
    except (PoFileError, ValueError) as error:
        raise ContentError(f"{path}: not a file of translations: {error}") from error
    for message in read:
        if message.id and message.string and not message.fuzzy:
            text = message.string
            if isinstance(text, tuple):
                text = tuple(text[form] for form in forms)
            into.delete(message.id, context=message.context)  # add() keeps a text that is there
            into.add(message.id, text, context=message.context)


def _forms(read: Catalog, into: Catalog) -> list[int]:
    """Return, for each plural form of `into`, which of the file's stands for the same numbers.

    Translators' tools number the forms of a language in different orders.
    """
    theirs, ours = c2py(read.plural_expr), c2py(into.plural_expr)
    used = [Counter[int]() for _ in range(into.num_plurals)]
    for number in range(1000):
        used[ours(number)][theirs(number)] += 1
    last = read.num_plurals - 1
    return [counts.most_common(1)[0][0] if counts else last for counts in used]


def translations_for(theme: Theme, language: str) -> NullTranslations:
    """Return gettext's translations of a language; English is the messages' own."""
    return _translations(language, _sources(theme, language))


@lru_cache(maxsize=32)  # the builds of a preview ask again
def _translations(language: str, sources: tuple[tuple[Path, bytes], ...]) -> NullTranslations:
    catalogue = _catalogue(language, sources)
    if not len(catalogue):
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


class Localiser:
    """Words, dates and numbers for readers of one language."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self.translations = translations
        self.locale = _locale(language)
        self.direction = "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"

    def gettext(self, message: str) -> str:
        """Return `message`, which is English, in the language."""
        return self.translations.gettext(message)

    def gettext_of(self, key: str, message: str) -> str:
        """Return the translation that was made for `key` (gettext's context), else any of
        `message`: languages have forms that English has no words for.
        """
        found = self.translations.pgettext(key, message)
        return found if found != message else self.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of a message that `count` things ask for."""
        return self.translations.ngettext(one, many, count)

    def date(self, day: dt.date) -> str:
        """Return a day in long form."""
        return _date(day, "long", self.locale)

    def short_date(self, day: dt.date) -> str:
        """Return a day in a shorter form, for lists."""
        return _date(day, "medium", self.locale)

    def number(self, number: Decimal | int) -> str:
        """Return a number with the language's signs."""
        return _number(number, self.locale)

    def money(self, amount: Decimal, currency: str) -> str:
        """Return an amount of money; whole amounts without cents."""
        return _money(amount, currency, self.locale)

    def country(self, code: str) -> str:
        """Return a country's name."""
        return str(self.locale.territories.get(code, code))

    def language_name(self, tag: str) -> str:
        """Return a language's name, as a word in running text."""
        names = self.locale.languages
        whole, main = tag.replace("-", "_"), tag.partition("-")[0]
        return str(names.get(whole) or names.get(main, tag))

    def listed(self, words: Sequence[str]) -> str:
        """Return "a, b and c"."""
        return lists.format_list(list(words), locale=self.locale)


# a site says the same few thousand days and figures on many pages
@lru_cache(maxsize=10_000)
def _date(day: dt.date, length: Literal["long", "medium"], locale: Locale) -> str:
    return dates.format_date(day, format=length, locale=locale)


@lru_cache(maxsize=10_000)
def _number(number: Decimal | int, locale: Locale) -> str:
    return numbers.format_decimal(number, locale=locale)


@lru_cache(maxsize=10_000)
def _money(amount: Decimal, currency: str, locale: Locale) -> str:
    pattern = locale.currency_formats["standard"].pattern
    if amount == amount.to_integral_value():
        pattern = pattern.replace(".00", "")
    return numbers.format_currency(amount, currency, pattern, locale=locale, currency_digits=False)


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """Return the conventions of a language; those of English are Europe's, not America's."""
    tag = "en_IE" if language == "en" else language.replace("-", "_")
    try:
        return Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def alphabetical(text: str) -> str:
    """Return what to sort by: letters with a mark stand after the same letter without."""
    return unicodedata.normalize("NFD", text.casefold())


def own_name(language: str) -> str:
    """Return a language's name in that language, beginning with a capital."""
    locale = _locale(language)
    name = str(locale.languages.get(language.replace("-", "_")) or locale.get_display_name())
    return name[:1].upper() + name[1:]
