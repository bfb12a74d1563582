"""Which country a new institution is likely in: a guess for somebody to confirm."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from babel.core import get_global

from mcsite.content.iso import countries

# CLDR's guess is the country with most speakers, which for these isn't in Europe
_IN_EUROPE = {"en": "IE", "pt": "PT"}
_NOWHERE = "IE"


def guessed_country(base_url: str, languages: Sequence[str]) -> str:
    """Return the country (ISO 3166-1) that a site's address ends in, or else the one in which most
    people speak its first language.
    """
    ending = (urlsplit(base_url).hostname or "").rpartition(".")[2].upper()
    ending = {"UK": "GB"}.get(ending, ending)
    if ending in countries():
        return ending
    tag = languages[0] if languages else ""
    region = tag.rpartition("-")[2]
    if "-" in tag and region in countries():
        return region
    language = tag.partition("-")[0]
    likely = str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]
    found = _IN_EUROPE.get(language, likely)
    return found if found in countries() else _NOWHERE
