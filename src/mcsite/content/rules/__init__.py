"""Rules between files: each one function of the catalogue, with one code."""

import datetime as dt
from collections.abc import Callable, Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.rules.aliases import aliases_are_free
from mcsite.content.rules.assets import (
    assets_are_there,
    registries_are_there,
)
from mcsite.content.rules.forge import forge_is_known
from mcsite.content.rules.looks import accent_can_be_read, fonts_are_there
from mcsite.content.rules.places import Places
from mcsite.content.rules.quality import (
    accreditations_are_current,
    courses_can_be_found,
    markdown_is_shown,
    texts_are_short,
)
from mcsite.content.rules.references import (
    ids_are_defined,
    nothing_counts_towards_itself,
    outcome_skills_have_labels,
    skills_have_one_label,
    steps_can_be_taken,
    withdrawn_courses_are_not_offered,
)
from mcsite.content.rules.sunset import lists_of_a_closed_catalogue_last
from mcsite.content.rules.texts import first_texts_are_translated
from mcsite.findings import Finding

RULES: tuple[Callable[[Catalogue, Places], Iterator[Finding]], ...] = (
    ids_are_defined,
    aliases_are_free,
    skills_have_one_label,
    outcome_skills_have_labels,
    nothing_counts_towards_itself,
    steps_can_be_taken,
    assets_are_there,
    registries_are_there,
    forge_is_known,
    accent_can_be_read,
    fonts_are_there,
    markdown_is_shown,
    courses_can_be_found,
    texts_are_short,
    first_texts_are_translated,
)
RULES_OF_TODAY: tuple[Callable[[Catalogue, Places, dt.date], Iterator[Finding]], ...] = (
    accreditations_are_current,
    withdrawn_courses_are_not_offered,
    lists_of_a_closed_catalogue_last,
)


def all_rules(catalogue: Catalogue, places: Places, today: dt.date) -> Iterator[Finding]:
    """Run every rule."""
    for rule in RULES:
        yield from rule(catalogue, places)
    for dated in RULES_OF_TODAY:
        yield from dated(catalogue, places, today)
