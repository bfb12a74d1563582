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

KINDS = ("courses", "providers", "pathways")  # of things that have a file and pages each


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

    def things(self, kind: str) -> Mapping[str, Course | Provider | Pathway]:
        """Return the courses, providers or pathways, by id; `kind` is one of KINDS."""
        found: Mapping[str, Course | Provider | Pathway] = getattr(self, kind)
        return found

    def aliases(self, kind: str) -> dict[str, str]:
        """Return the earlier ids of a kind, each with the id of today."""
        things = self.things(kind).values()
        return {alias: thing.id for thing in things for alias in thing.aliases}

    def course_of(self, name: str) -> Course | None:
        """Return the course whose id `name` is, or was."""
        return self.courses.get(name) or self.courses.get(self.aliases("courses").get(name, ""))
