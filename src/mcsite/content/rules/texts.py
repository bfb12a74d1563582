"""Every human text of a content file, and which languages of the site it lacks."""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.base import ContentModel
from mcsite.content.rules.places import Places
from mcsite.content.text import Text
from mcsite.findings import Finding, Severity

Loc: TypeAlias = tuple[int | str, ...]
FIRST = ("title", "legal_name", "summary", "description")  # what a page begins with


def things(catalogue: Catalogue) -> Iterator[tuple[str, ContentModel]]:
    """Yield what each content file holds, under its key: "site", "courses/<id>" and the like."""
    yield "site", catalogue.site
    for kind in ("providers", "courses", "pathways"):
        for name, thing in getattr(catalogue, kind).items():
            yield f"{kind}/{name}", thing


def texts_of(thing: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Text]]:
    """Yield every text of a model, with the names and numbers that lead to it in its file."""
    if isinstance(thing, Text):
        yield loc, thing
    elif isinstance(thing, ContentModel):
        for name, written in _telling_fields(type(thing)):
            yield from texts_of(getattr(thing, name), (*loc, written))
    elif isinstance(thing, tuple):
        for index, item in enumerate(thing):
            yield from texts_of(item, (*loc, index))


@cache
def _telling_fields(model: type[ContentModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields that can hold a text, however deep, each with its name in the file."""
    return tuple(
        (name, about.alias or name)
        for name, about in model.model_fields.items()
        if _can_tell(about.annotation)
    )


def _can_tell(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return annotation is Text or issubclass(annotation, ContentModel)
    return any(map(_can_tell, getattr(annotation, "__args__", ())))


def first_texts_are_translated(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC601: the texts that a page begins with exist in each language of the site."""
    for key, thing in things(catalogue):
        for name in FIRST:
            text = getattr(thing, name, None)
            if isinstance(text, Text):
                yield from _missing(key, (name,), text, catalogue, places)


def further_texts_are_translated(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC601: so do all the others, for who asks."""
    for key, thing in things(catalogue):
        for loc, text in texts_of(thing):
            if not _is_first(loc):
                yield from _missing(key, loc, text, catalogue, places)


def _is_first(loc: Loc) -> bool:
    return len(loc) == 1 and loc[0] in FIRST


def _missing(
    key: str, loc: Loc, text: Text, catalogue: Catalogue, places: Places
) -> Iterator[Finding]:
    missing = [tag for tag in catalogue.site.languages if not text.has(tag)]
    if missing:
        message = f"{name_of(loc)} isn't translated into {', '.join(missing)}"
        yield places.finding(key, loc, "MC601", message, severity=Severity.NOTE)


def name_of(loc: Loc) -> str:
    """Return a place in a file as people say it: "learning_outcomes[2].text"."""
    name = ""
    for step in loc:
        name += f"[{step + 1}]" if isinstance(step, int) else f"{'.' if name else ''}{step}"
    return name
