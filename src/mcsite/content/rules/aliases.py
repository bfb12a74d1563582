"""Aliases: earlier ids of courses, providers and pathways, whose addresses lead on."""

from collections.abc import Iterator

from mcsite.content.catalogue import KINDS, Catalogue
from mcsite.content.rules.places import Places
from mcsite.findings import Finding


def aliases_are_free(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC308, MC309: an alias is no file's id, and stands once among all files of its kind."""
    for kind in KINDS:
        taken, owners = catalogue.ids(kind), dict[str, str]()
        for thing in catalogue.things(kind).values():
            for index, alias in enumerate(thing.aliases):
                key, loc = f"{kind}/{thing.id}", ("aliases", index)
                if alias in taken:
                    yield _taken(places, key, loc, alias, own=alias == thing.id)
                elif alias in owners:
                    message = f"{alias!r} is an alias of {owners[alias]!r} already"
                    yield places.finding(key, loc, "MC309", message)
                else:
                    owners[alias] = thing.id


def _taken(
    places: Places, key: str, loc: tuple[int | str, ...], alias: str, *, own: bool
) -> Finding:
    kind = key.partition("/")[0]
    if own:
        return places.finding(
            key, loc, "MC308", f"{alias!r} is the file's own id", hint="aliases are earlier ids"
        )
    return places.finding(
        key, loc, "MC308", f"{alias!r} is the id of another file",
        hint=f"remove catalogue/{kind}/{alias}.yaml, or the alias",
    )  # fmt: skip
