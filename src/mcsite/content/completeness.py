"""How complete a course is, beyond what Annex I of Council Recommendation 2022/C 243/02 demands.

Three parts weigh the same: Annex I's optional elements, what guides a reader to a course, and
translations. What is mandatory isn't counted: a course without it isn't published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course
from mcsite.content.rules.texts import texts_of

ANNEX_I_OPTIONAL = ("prerequisites", "supervision", "grading", "stackability", "further_info")
GUIDANCE = (
    "summary", "description", "field", "language", "skills", "occupations", "offerings", "image",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    had: int
    of: int

    @property
    def ratio(self) -> float:
        """The share, 0 to 1; nothing of nothing is all."""
        return self.had / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.had} of {self.of}"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a course, or a whole catalogue, is; `lacking` are names of fields, and
    languages as "in en".
    """

    annex_i: Share
    guidance: Share
    translations: Share
    lacking: tuple[str, ...] = ()

    @property
    def parts(self) -> Mapping[str, Share]:
        """The parts that are something to have: a site in one language has no translations."""
        parts = {
            "annex_i_optional": self.annex_i,
            "guidance": self.guidance,
            "translations": self.translations,
        }
        return {name: share for name, share in parts.items() if share.of}

    @property
    def percent(self) -> int:
        """The mean of the parts, rounded down: 100 is earned by having everything."""
        shares = [share.ratio for share in self.parts.values()]
        return int(100 * sum(shares) / len(shares) + 1e-9) if shares else 100


def completeness_of(course: Course, languages: Sequence[str]) -> Completeness:
    """Return how complete a course is on a site in `languages`, the default one first."""
    lacking = [name for name in (*ANNEX_I_OPTIONAL, *GUIDANCE) if not getattr(course, name)]
    texts = [text for _, text in texts_of(course)]
    written = {tag: sum(text.has(tag) for text in texts) for tag in languages}
    untranslated = [f"in {tag}" for tag, count in written.items() if count < len(texts)]
    return Completeness(
        annex_i=_share(ANNEX_I_OPTIONAL, lacking),
        guidance=_share(GUIDANCE, lacking),
        translations=_translations(written, len(texts)),
        lacking=(*lacking, *untranslated),
    )


def _share(names: Sequence[str], lacking: Sequence[str]) -> Share:
    return Share(sum(name not in lacking for name in names), len(names))


def _translations(written: Mapping[str, int], texts: int) -> Share:
    """Return how many texts there are in all languages together; a site in one has none to have."""
    return Share(sum(written.values()), texts * len(written)) if len(written) > 1 else Share(0, 0)


def of_catalogue(catalogue: Catalogue) -> dict[str, Completeness]:
    """Return how complete each course is that is still offered, by id."""
    languages = catalogue.site.languages
    offered = (course for course in catalogue.courses.values() if course.withdrawn is None)
    return {course.id: completeness_of(course, languages) for course in offered}


def together(courses: Iterable[Completeness]) -> Completeness:
    """Return how complete courses are taken together: a field of one weighs as one of another."""
    found = list(courses)
    return Completeness(
        annex_i=_sum(one.annex_i for one in found),
        guidance=_sum(one.guidance for one in found),
        translations=_sum(one.translations for one in found),
    )


def _sum(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(sum(one.had for one in listed), sum(one.of for one in listed))
