"""A table to fill in: every column, an example, and what each holds."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from mcsite.content.shapes import Kind
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.imports.columns import COLUMNS, EXAMPLE, ID, Column

_TRANSLATED = ("title", "learning_outcomes", "assessment_description", "summary", "description")


@dataclass(frozen=True, slots=True)
class Header:
    """A column of the template: its header, and what to say of it."""

    name: str
    column: Column | None  # None: the id
    example: str

    @property
    def about(self) -> str:
        """What stands here."""
        if self.column is None:
            return "name of the course's file and address; without it, one is made of the title"
        return self.column.shape.about

    @property
    def how(self) -> str:
        """How it is written."""
        column = self.column
        if column is None:
            return "lower-case letters, digits and single hyphens"
        kinds = {
            Kind.DAY: "a date",
            Kind.NUMBER: "a number",
            Kind.WORDS: f"a text; other languages in a column of their own, e.g. {column.name}:en",
            Kind.WORD: "a code" if column.vocabulary else "a word",
            Kind.PART: "",
        }
        how = kinds[column.shape.kind]
        if column.in_lines:
            return f"{how}; a line for each, where there are several"
        return f"{how}; several with a space between" if column.shape.many else how

    @property
    def required(self) -> bool:
        """Tell whether Annex I asks for it."""
        return self.column is not None and self.column.required

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that may stand here; none where it isn't a matter of codes."""
        name = self.column.vocabulary if self.column else ""
        return tuple(VOCABULARIES[name].terms) if name in VOCABULARIES else ()


def headers(languages: tuple[str, ...], providers: tuple[str, ...]) -> Iterator[Header]:
    """Yield the columns of a template for a site with these languages and providers."""
    yield Header(ID, None, EXAMPLE)
    for name, column in COLUMNS.items():
        example = providers[0] if name == "provider" and providers else column.example
        yield Header(name, column, languages[0] if name == "language" else example)
        if name in _TRANSLATED:
            for tag in languages[1:]:
                yield Header(f"{name}:{tag}", column, "")


def csv_template(languages: tuple[str, ...], providers: tuple[str, ...]) -> bytes:
    """Return the template as spreadsheets of the site's first language read CSV: with semicolons
    where they write a comma in numbers, and a mark that says that it is UTF-8.
    """
    decimal = Locale.parse(languages[0], sep="-").number_symbols["latn"]["decimal"]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if decimal == "," else ",")
    columns = list(headers(languages, providers))
    writer.writerow([column.name for column in columns])
    writer.writerow([column.example for column in columns])
    return text.getvalue().encode("utf-8-sig")
