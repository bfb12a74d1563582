"""What a scalar means: the types that fields of content models have, each with its own error.

A field's type reads a `Scalar` as written, so that `no`, 0612 and 1.10 stay text where text is
meant.
"""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mcsite.content import field_schemas
from mcsite.content.addresses import EMAIL, split_url
from mcsite.content.field_schemas import SchemaFrom, coded
from mcsite.content.iso import countries, currencies, is_language_tag
from mcsite.content.source import Scalar
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES

MAX_TEXT = 20_000
_SHOWN = 14  # words of a list in a hint: about two lines
_DIGITS = "write digits, e.g. 3 or 1.5"
_TAGS = "write BCP 47 tags, e.g. lv, en or pt-PT"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
Parsed = TypeVar("Parsed")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
MAX_ID = 64


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, or with what stands at `at` in it (with its key: `at_key`)."""

    code: str
    message: str
    hint: str = ""
    at: tuple[int | str, ...] = ()
    at_key: bool = False


def fault(
    code: str, message: str, hint: str = "", *, at: tuple[int | str, ...] = ()
) -> PydanticCustomError:
    """Return an error that becomes the finding `code`, at what `at` leads to in the value."""
    return faults([Fault(code, message, hint, at)])


def faults(found: Sequence[Fault]) -> PydanticCustomError:
    """Return an error that becomes one finding each. Braces in texts are kept as they are."""
    told = "; ".join(one.message for one in found)
    return PydanticCustomError("finding", "{told}", {"told": told, "faults": tuple(found)})


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint: the known word that is nearest to `word`, or a list of them."""
    names = sorted(known)
    parts = [name for name in names if word in name.split("-")]
    near = nearest(word, names)
    if near and not parts:
        return f"did you mean {near!r}?"
    shown = (parts or names)[:_SHOWN]
    return f"one of: {', '.join(shown)}{', …' if len(parts or names) > _SHOWN else ''}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that `word` is most likely a misspelling of, empty where none is."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def written(value: Any, what: str) -> str:
    """Return what is written, or raise the finding that says what should stand here."""
    if isinstance(value, str):
        return value
    if isinstance(value, Scalar):  # which stands only where nothing is written
        raise fault("MC204", "has no value", f"write {what}, or leave the line out")
    raise fault("MC203", f"should be {what}")


def _word(value: Any) -> str:
    text = written(value, "a text").strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text:
        raise fault("MC204", "is empty", "write a text, or leave the line out")
    if len(text) > MAX_TEXT:
        raise fault("MC205", f"is longer than {MAX_TEXT} characters")
    return text


def _text(value: Any, info: ValidationInfo) -> Text:
    context = info.context or {}
    default = str(context.get("default_language", "en"))
    if not isinstance(value, dict):
        return Text({default: _word(value)}, default)
    if not value:
        raise fault("MC204", "is empty", "write a text")
    known = context.get("languages")
    texts: dict[str, str] = {}
    found: list[Fault] = []
    for language, item in value.items():
        try:
            _check_language(language, known)
            texts[language] = _word(item)
        except PydanticCustomError as error:
            wrong: tuple[Fault, ...] = (error.context or {})["faults"]
            found.extend(replace(one, at=(language,)) for one in wrong)
    if found:
        raise faults(found)
    return Text(texts, default)


def _check_language(tag: str, known: Sequence[str] | None) -> None:
    if known and tag in known:
        return
    if not is_language_tag(tag):
        raise faults([Fault("MC206", f"{tag!r} isn't a language tag", _TAGS, at_key=True)])
    if known:
        message = f"is in {tag!r}, which isn't a language of the site"
        hint = f"languages in site.yaml: {', '.join(known)}"
        raise faults([Fault("MC207", message, hint, at_key=True)])


def _whole(value: Any) -> int:
    text = written(value, "a whole number")
    if not _WHOLE.fullmatch(text):
        raise fault("MC208", f"{text!r} isn't a whole number")
    return int(text)


def _number(value: Any) -> Decimal:
    text = written(value, "a number")
    if not _NUMBER.fullmatch(text):
        point = text.replace(",", ".")
        hint = f"a decimal has a point: {point}" if _NUMBER.fullmatch(point) else _DIGITS
        raise fault("MC208", f"{text!r} isn't a number", hint)
    return Decimal(text)


def _day(value: Any) -> dt.date:
    text = written(value, "a date")
    day = _parsed(dt.date.fromisoformat, _DAY, text)
    if day is None:
        raise fault("MC209", f"{text!r} isn't a date", "write year-month-day, e.g. 2027-01-12")
    return day


def _moment(value: Any) -> dt.datetime:
    text = written(value, "a date and time")
    moment = _parsed(dt.datetime.fromisoformat, _MOMENT, text)
    if moment is None:
        hint = "write UTC, e.g. 2027-01-12T09:00:00Z"
        raise fault("MC209", f"{text!r} isn't a date and time", hint)
    return moment


def _parsed(read: Callable[[str], Parsed], pattern: re.Pattern[str], text: str) -> Parsed | None:
    if not pattern.fullmatch(text):
        return None
    try:
        return read(text)
    except ValueError:
        return None


def _flag(value: Any) -> bool:
    text = written(value, "true or false")
    if text not in ("true", "false"):
        raise fault("MC208", f"{text!r} is neither true nor false")
    return text == "true"


def is_identifier(text: str) -> bool:
    """Tell whether `text` can be an id: short, of safe characters, no device of Windows."""
    return bool(_ID.fullmatch(text)) and len(text) <= MAX_ID and not _DEVICES.fullmatch(text)


def _identifier(text: str) -> str:
    if not is_identifier(text):
        hint = f"lower-case letters, digits and single hyphens, at most {MAX_ID}"
        raise fault("MC211", f"{text!r} can't be an id", hint)
    return text


def _language(text: str) -> str:
    if not is_language_tag(text):
        raise fault("MC206", f"{text!r} isn't a language tag", _TAGS)
    return text


def _country(text: str) -> str:
    if text not in countries():
        raise fault("MC212", f"{text!r} isn't a country code", "two capitals (ISO 3166-1), e.g. LV")
    return text


def _currency(text: str) -> str:
    if text not in currencies():
        raise fault("MC212", f"{text!r} isn't a currency", "three capitals (ISO 4217), e.g. EUR")
    return text


def _email(text: str) -> str:
    if not EMAIL.fullmatch(text):
        raise fault("MC224", f"{text!r} isn't an e-mail address", "e.g. studies@university.example")
    return text


def _project_path(text: str) -> str:
    if not _stays_below(text):
        raise fault("MC226", f"{text!r} leaves the project", "name a file of the project")
    return text


def _url(text: str) -> str:
    if not _is_web_address(text):
        raise fault("MC213", f"{text!r} isn't a web address", "it begins with https://")
    return text


def _is_web_address(text: str) -> bool:
    parts = split_url(text)
    return parts is not None and parts.scheme in ("http", "https")


def _esco(kind: str, text: str) -> str:
    pattern = rf"http://data\.europa\.eu/esco/{kind}/[0-9a-f-]{{36}}"
    if not re.fullmatch(pattern, text):
        raise fault("MC214", f"{text!r} isn't the URI of an ESCO {kind}",
                    f"it looks like http://data.europa.eu/esco/{kind}/…, with a UUID")  # fmt: skip
    return text


def _stays_below(text: str) -> bool:
    return not any(part in ("", ".", "..") for part in text.split("/")) and "\\" not in text


def _asset(text: str) -> str:
    if not _stays_below(text):
        raise fault("MC215", f"{text!r} leaves the folder catalogue/assets/",
                    "name a file below catalogue/assets/, e.g. logos/university.svg")  # fmt: skip
    return text


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """Annotation of a list, for which a single entry can stand."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Make a list of a single entry."""
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, tuple) else (value,), handler(source)
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Give both forms."""
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


@dataclass(frozen=True, slots=True)
class Code:
    """Annotation of a field that holds a code of a vocabulary."""

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Read a scalar and look it up."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """List the codes."""
        return self.schema()

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a code."""
        terms = VOCABULARIES[self.vocabulary].terms
        return coded(list(terms), [term.english for term in terms.values()])

    def _read(self, value: Any) -> str:
        text = _word(value)
        known = VOCABULARIES[self.vocabulary].terms
        if text not in known:
            raise fault(
                "MC210", f"{text!r} isn't a code of {self.vocabulary}", did_you_mean(text, known)
            )
        return text


@dataclass(frozen=True, slots=True)
class Like:
    """Annotation of an identifier that a register gives."""

    pattern: str
    example: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Read a scalar and compare."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Give the pattern."""
        digits = self.example.isdecimal()  # which nobody has to put in quotes
        return {
            "type": ["string", "integer"] if digits else "string",
            "pattern": f"^({self.pattern})$",
        }

    def _read(self, value: Any) -> str:
        text = _word(value)
        if not re.fullmatch(self.pattern, text):
            raise fault("MC225", f"{text!r} isn't such an identifier", f"e.g. {self.example}")
        return text


@dataclass(frozen=True, slots=True)
class Between:
    """Annotation of a number from `least` to `most`, both included."""

    least: str
    most: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Read a scalar and compare."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Give the bounds."""
        return {"type": "number", "minimum": float(self.least), "maximum": float(self.most)}

    def _read(self, value: Any) -> Decimal:
        number = _number(value)
        if not Decimal(self.least) <= number <= Decimal(self.most):
            raise fault("MC216", f"{number} is out of range", f"from {self.least} to {self.most}")
        return number


Words = Annotated[Text, PlainValidator(_text), WithJsonSchema(field_schemas.TEXT)]
Word = Annotated[str, BeforeValidator(_word), WithJsonSchema(field_schemas.WORD)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema(field_schemas.NUMBER)]
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema(field_schemas.DAY)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment), WithJsonSchema(field_schemas.MOMENT)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Id = Annotated[
    str, BeforeValidator(_word), AfterValidator(_identifier), WithJsonSchema(field_schemas.ID)
]
LanguageTag = Annotated[
    str, BeforeValidator(_word), AfterValidator(_language), WithJsonSchema(field_schemas.LANGUAGE)
]
Country = Annotated[
    str, BeforeValidator(_word), AfterValidator(_country), SchemaFrom(field_schemas.country)
]
Currency = Annotated[
    str, BeforeValidator(_word), AfterValidator(_currency), WithJsonSchema(field_schemas.CURRENCY)
]
Url = Annotated[
    str, BeforeValidator(_word), AfterValidator(_url), WithJsonSchema(field_schemas.URL)
]
EscoSkill = Annotated[
    str,
    BeforeValidator(_word),
    AfterValidator(partial(_esco, "skill")),
    WithJsonSchema(field_schemas.ESCO_SKILL),
]
EscoOccupation = Annotated[
    str,
    BeforeValidator(_word),
    AfterValidator(partial(_esco, "occupation")),
    WithJsonSchema(field_schemas.ESCO_OCCUPATION),
]
AssetPath = Annotated[
    str, BeforeValidator(_word), AfterValidator(_asset), WithJsonSchema(field_schemas.ASSET)
]
ProjectPath = Annotated[
    str,
    BeforeValidator(_word),
    AfterValidator(_project_path),
    WithJsonSchema(field_schemas.PROJECT_FILE),
]
Email = Annotated[
    str, BeforeValidator(_word), AfterValidator(_email), WithJsonSchema(field_schemas.EMAIL)
]
