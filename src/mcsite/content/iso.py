"""Codes of countries (ISO 3166-1), languages (ISO 639) and currencies (ISO 4217), as CLDR lists
them.
"""

import re
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

_LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
# two letters that CLDR names and ISO doesn't give to a country
_NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
_NO_LANGUAGES = frozenset({"mul", "root", "und", "zxx"})


@cache
def countries() -> frozenset[str]:
    """Return the two-letter codes of countries, Kosovo's XK among them."""
    named = map(str, Locale("en").territories)
    return frozenset(code for code in named if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES


@cache
def currencies() -> frozenset[str]:
    """Return the three-letter codes of currencies."""
    return frozenset(Locale("en").currencies)


@cache
def _languages() -> frozenset[str]:
    return frozenset(Locale("en").languages) - _NO_LANGUAGES


@lru_cache(maxsize=1024)
def is_language_tag(text: str) -> bool:
    """Tell whether `text` is a BCP 47 tag of a language that CLDR knows: lv, pt-PT, sr-Latn."""
    found = _LANGUAGE.fullmatch(text)
    if found is None or found[1] not in _languages():
        return False
    region = found[4]
    return region is None or region.isdigit() or region in countries()


def country_name(code: str, language: str) -> str:
    """Return what readers of `language` call a country; in English where CLDR doesn't know."""
    named = _locale(language).territories.get(code)
    return str(named or Locale("en").territories.get(code, code))


def language_name(tag: str, language: str) -> str:
    """Return what readers of `language` call a language; in English where CLDR doesn't know."""
    named = _locale(language).languages.get(tag)
    return str(named or Locale("en").languages.get(tag, tag))


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except UnknownLocaleError:
        return Locale("en")
