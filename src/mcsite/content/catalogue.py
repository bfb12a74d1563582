"""The whole catalogue in memory: what loading makes, and everything after it reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Issuer, Site
from mcsite.content.text import Text
from mcsite.findings import Position


@dataclass(frozen=True, slots=True)
class LabourMarketRow:
    """One row of catalogue/labour-market.csv."""

    occupation: str  # ESCO URI
    region: str
    period: str
    vacancies: int
    trend: str  # rising, stable, falling
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that the content files say. Mappings are sorted by id."""

    root: Path  # the project's folder
    site: Site
    providers: Mapping[str, Provider]
    courses: Mapping[str, Course]
    pathways: Mapping[str, Pathway]
    issuers: tuple[Issuer, ...]
    labour_market: tuple[LabourMarketRow, ...]
    skills: Mapping[str, Text]  # every ESCO skill URI that courses name, with its label
    occupations: Mapping[str, Text]
    places: Mapping[str, Position]  # "courses/<id>" → its file; also of those that are at fault

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all files of a kind ("courses" …), those at fault too."""
        prefix = f"{kind}/"
        return frozenset(key.removeprefix(prefix) for key in self.places if key.startswith(prefix))
