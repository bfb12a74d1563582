"""Human text in one or several languages, as content files hold it (BCP 47 language tags)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Localised:
    """A text chosen for a reader, and the language that it is really in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Text:
    """A human text by language. A plain string in YAML stands under the site's default language."""

    by_language: Mapping[str, str]
    default: str

    def in_language(self, language: str) -> Localised:
        """Return the text in `language`, else in the default language, else in any it has."""
        for wanted in (language, self.default):
            if wanted in self.by_language:
                return Localised(self.by_language[wanted], wanted)
        found, text = next(iter(self.by_language.items()))
        return Localised(text, found)

    def has(self, language: str) -> bool:
        """Tell whether the text was written in `language` (no fallback)."""
        return language in self.by_language
