"""What changed between two versions of a course, provider, pathway or site, field by field.

Values are compared, not lines: another layout, or the short form of a field, is no change. Entries
of lists are matched by what they say, so that one put first doesn't change those after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any

from mcsite.content.models.base import ContentModel
from mcsite.content.rules.texts import Loc, name_of
from mcsite.content.text import Text

_LABELS = {
    "workload.ects": "ECTS",
    "workload.hours": "hours",
    "level.eqf": "EQF level",
    "level.qf_ehea": "QF-EHEA cycle",
    "level.nqf": "national level",
}
LABELS: Mapping[str, str] = MappingProxyType(_LABELS)
_SINGULAR = {
    "learning_outcomes": "learning outcome",
    "skills": "skill",
    "occupations": "occupation",
    "offerings": "offering",
    "alliances": "alliance",
    "accreditations": "accreditation",
    "steps": "step",
    "courses": "course",
    "aliases": "alias",
}  # what an entry of a list is called


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that was added (`before` is empty), removed (`after` is empty) or changed.

    `loc` leads to it in the newer file, or in the older one where it was removed; `language` is
    that of a text.
    """

    loc: Loc
    before: str
    after: str
    language: str = ""

    @property
    def name(self) -> str:
        """The field as files write it: "learning_outcomes[2].text"."""
        return name_of(self.loc)

    @property
    def label(self) -> str:
        """The field as people say it, with the language of a text."""
        said = LABELS.get(self.name) or _plain(self.loc)
        return f"{said} ({self.language})" if self.language else said


def _plain(loc: Loc) -> str:
    """Return a place in words: "learning outcome 2", "offering 1: price: amount"."""
    words: list[str] = []
    for step in loc:
        if isinstance(step, int):
            words[-1] = f"{_SINGULAR.get(words[-1], words[-1])} {step + 1}"
        elif step != "text":
            words.append(step)
    return ": ".join(words).replace("_", " ")


@dataclass(frozen=True, slots=True)
class StaleText:
    """A translation that was left as it was, while its text changed."""

    loc: Loc
    language: str

    @property
    def name(self) -> str:
        """The field as files write it."""
        return name_of(self.loc)

    @property
    def label(self) -> str:
        """The field as people say it."""
        return _plain(self.loc)


@dataclass(frozen=True, slots=True)
class ThingChanges:
    """Every change between two versions of one thing."""

    fields: tuple[FieldChange, ...]
    stale: tuple[StaleText, ...]


def changes_between(before: ContentModel, after: ContentModel) -> ThingChanges:
    """Return what changed, in the order of the model's fields."""
    pairs = list(_pairs(before, after, ()))
    fields = [change for loc, old, new in pairs for change in _changes(loc, old, new)]
    stale = [one for loc, old, new in pairs for one in _stale(loc, old, new)]
    return ThingChanges(tuple(fields), tuple(stale))


def _pairs(before: Any, after: Any, loc: Loc) -> Iterator[tuple[Loc, Any, Any]]:
    """Yield the values that differ, as far down as both sides have the same shape."""
    if before == after:
        return
    if isinstance(before, ContentModel) and type(before) is type(after):
        for name, about in type(before).model_fields.items():
            old, new = getattr(before, name), getattr(after, name)
            yield from _pairs(old, new, (*loc, about.alias or name))
    elif isinstance(before, tuple) and isinstance(after, tuple):
        yield from _entries(before, after, loc)
    else:
        yield loc, before, after


def _entries(
    before: Sequence[Any], after: Sequence[Any], loc: Loc
) -> Iterator[tuple[Loc, Any, Any]]:
    old, new = list(map(repr, before)), list(map(repr, after))
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        both = min(i2 - i1, j2 - j1)
        for step in range(both):
            yield from _pairs(before[i1 + step], after[j1 + step], (*loc, j1 + step))
        for index in range(i1 + both, i2):
            yield (*loc, index), before[index], None
        for index in range(j1 + both, j2):
            yield (*loc, index), None, after[index]


def _changes(loc: Loc, old: Any, new: Any) -> Iterator[FieldChange]:
    if isinstance(old, Text) and isinstance(new, Text):
        for language in dict.fromkeys([*old.by_language, *new.by_language]):
            before, after = old.by_language.get(language, ""), new.by_language.get(language, "")
            if before != after:
                yield FieldChange(loc, before, after, language)
    else:
        yield FieldChange(loc, said(old), said(new))


def _stale(loc: Loc, old: Any, new: Any) -> Iterator[StaleText]:
    if not (isinstance(old, Text) and isinstance(new, Text)):
        return
    before, after = old.by_language, new.by_language
    if new.default not in after or before.get(new.default) == after[new.default]:
        return
    for language, text in after.items():
        if language != new.default and before.get(language) == text:
            yield StaleText(loc, language)


def said(value: Any) -> str:
    """Return a value as a reviewer reads it; nothing for an absent one."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return str(value.in_language(value.default))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return ", ".join(map(said, value))
    return _model_said(value) if isinstance(value, ContentModel) else str(value)


def _model_said(model: ContentModel) -> str:
    found = {
        about.alias or name: said(getattr(model, name))
        for name, about in type(model).model_fields.items()
        if getattr(model, name) != about.get_default()
    }
    if len(found) == 1:
        return next(iter(found.values()))
    return ", ".join(f"{name.replace('_', ' ')}: {text}" for name, text in found.items())


def same_meaning(before: Any, after: Any) -> bool:
    """Tell whether two values say the same to who earned a credential under them: a translation
    that was added, or removed, makes no difference.
    """
    return not any(_means_another(old, new) for _, old, new in _pairs(before, after, ()))


def _means_another(old: Any, new: Any) -> bool:
    if not (isinstance(old, Text) and isinstance(new, Text)):
        return True
    both = old.by_language.keys() & new.by_language.keys()
    return not both or any(old.by_language[tag] != new.by_language[tag] for tag in both)
