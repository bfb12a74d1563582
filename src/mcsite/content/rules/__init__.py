"""Rules between files: each one function of the catalogue, with one code."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from mcsite.content.catalogue import Catalogue
from mcsite.content.rules.assets import assets_are_there
from mcsite.content.rules.places import Places
from mcsite.content.rules.quality import (
    accreditations_are_current,
    courses_can_be_found,
    markdown_is_shown,
    texts_are_translated,
)
from mcsite.content.rules.references import (
    ids_are_defined,
    outcome_skills_have_labels,
    skills_have_one_label,
    stacks_have_no_circle,
    steps_can_be_taken,
)
from mcsite.content.source import Node
from mcsite.findings import Finding

RULES: tuple[Callable[[Catalogue, Places], Iterator[Finding]], ...] = (
    ids_are_defined,
    skills_have_one_label,
    outcome_skills_have_labels,
    stacks_have_no_circle,
    steps_can_be_taken,
    assets_are_there,
    markdown_is_shown,
    courses_can_be_found,
    texts_are_translated,
)


def all_rules(catalogue: Catalogue, nodes: Mapping[str, Node], today: dt.date) -> Iterator[Finding]:
    """Run every rule."""
    places = Places(nodes)
    for rule in RULES:
        yield from rule(catalogue, places)
    yield from accreditations_are_current(catalogue, places, today)
