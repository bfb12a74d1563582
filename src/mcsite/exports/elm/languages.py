"""Every language in which the catalogue says what a credential says in one.

The signed text is the truth. Another language of the catalogue stands beside it only where the
catalogue, read in the credential's language, says the very same words today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course, QualityAssurance
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES, Term
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.errors import ContentError
from mcsite.exports.elm.nodes import Words, labels_of, language_of_text
from mcsite.exports.elm.snapshot import Coded, Snapshot
from mcsite.exports.open_badges import achievement

# alignments of a credential → the vocabulary of their codes
KINDS: Mapping[str, str] = {
    "ext:EQF": "eqf",
    "ext:QF-EHEA": "qf-ehea",
    "ext:AssessmentType": "assessment-type",
    "ext:ModeOfLearning": "participation",
    "ext:Supervision": "supervision",
    "ext:ISCED-F": "isced-f",
    "ext:QualityAssurance": "accreditation-type",
}


@dataclass(frozen=True, slots=True)
class Translations:
    """The languages of one credential's texts."""

    said: Snapshot
    language: str  # that the credential speaks, BCP 47
    course: Course | None  # as the catalogue has it today
    unchanged: bool  # the catalogue describes the course today as it was then

    def of(self, text: str, today: Text | None = None) -> Words:
        """Return `text` in every language that `today` has, where it says the same."""
        if not text:
            return {}
        said = {self.language: text}
        if today is not None and str(today.in_language(self.language)) == text:
            said = dict(today.by_language)
        found: dict[str, str] = {}
        for tag, words in said.items():
            found.setdefault(language_of_text(tag), words)
        found.pop("", None)
        if not found:
            raise ContentError(
                f"European Digital Credentials have no code for the language {self.language!r}"
            )
        return found

    def title(self) -> Words:
        """Return the title of the micro-credential."""
        return self.of(self.said.title, self.course.title if self.course else None)

    def description(self) -> Words:
        """Return what it is about."""
        course = self.course
        today = (course.summary or course.description or course.title) if course else None
        return self.of(self.said.description, today)

    def prerequisites(self) -> Words:
        """Return what was needed to enrol."""
        criteria = self.said.criteria
        today = self.course.prerequisites if self.course else None
        return self.of(criteria.prerequisites if criteria else "", today)

    def assessment(self, index: int) -> Words:
        """Return the words for one kind of assessment."""
        criteria = self.said.criteria
        listed = self.course.assessment if self.course else ()
        today = listed[index].description if index < len(listed) else None
        return self.of(criteria.assessments[index] if criteria else "", today)

    def grading(self) -> tuple[Words, Words]:
        """Return the scale of grades, and what passes."""
        today = self.course.grading if self.course else None
        return (
            self.of(self.said.scheme, today.scheme if today else None),
            self.of(self.said.passing, today.passing if today else None),
        )

    def national_level(self, coded: Coded) -> Words:
        """Return the level in the national framework, which stands beside the European one."""
        level = self.course.level if self.course else None
        return self.of(coded.note, level.nqf if level else None)

    def quality_body(self, coded: Coded) -> Words:
        """Return who assures quality."""
        today = self.quality(coded)
        return self.of(coded.note, today.body if today else None)

    def quality(self, coded: Coded) -> QualityAssurance | None:
        """Return the catalogue's entry that says the same as a signed one."""
        for entry in self.course.quality_assurance if self.course else ():
            body = str(entry.body.in_language(self.language)) if entry.body else ""
            if (entry.type, body) == (coded.code, coded.note):
                return entry
        return None

    def label(self, kind: str, coded: Coded) -> Words:
        """Return what a code is called, by language."""
        term = term_of(kind, coded)
        if term is not None and coded.label in term.labels.values():
            return labels_of(term)
        return self.of(coded.label)


def term_of(kind: str, coded: Coded) -> Term | None:
    """Return the term of our vocabularies that an alignment names, if it is one."""
    return VOCABULARIES[KINDS[kind]].terms.get(coded.code)


def translations_of(snapshot: Snapshot, issued: JsonObject, catalogue: Catalogue) -> Translations:
    """Return the languages of a credential; `issued` is its signed achievement."""
    language = _language_of(snapshot, catalogue.site.languages)
    name = snapshot.course.rstrip("/").rsplit("/", 1)[-1]
    course = catalogue.course_of(name)
    if course is None:
        return Translations(snapshot, language, None, unchanged=False)
    today = achievement(course, catalogue, language, alias=name)
    unchanged = canonical(today) == canonical(issued)
    return Translations(snapshot, language, course, unchanged=unchanged)


def _language_of(snapshot: Snapshot, languages: Sequence[str]) -> str:
    """Return the language in which most codes are named as we name them; else the site's first."""

    def named(language: str) -> int:
        return sum(
            coded.label == term.label(language)
            for kind in KINDS
            for coded in snapshot.codes.get(kind, ())
            if (term := term_of(kind, coded)) is not None
        )

    return max(languages, key=named)
