"""Resources as the file of learning opportunities and qualifications that Europass reads.

The format is loq.xsd 3.1 of the European Learning Model: one section a kind of resource, and
references by `id` and `idref`. The Qualifications Dataset Register asks for the file at its
address (docs/how-to/register-europass.md).
"""

from collections import defaultdict
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from mcsite.exports.elm.resources import (
    SKOS,
    VOCABULARY,
    Concept,
    Literal,
    Reference,
    Resource,
    Words,
    written,
)

LOQ = "http://data.europa.eu/snb/model/ap/loq-constraints/"
VERSION = "3.1.0"
_BEGINNING = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<Courses xmlns="{LOQ}" xmlns:skos="{SKOS}" xsdVersion="{VERSION}">
"""
# section → kinds of resources in it, in the order that the schema asks for
_SECTIONS = {
    "learningOpportunityReferences": ("LearningOpportunity",),
    "learningAchievementSpecificationReferences": (
        "LearningAchievementSpecification",
        "Qualification",
    ),
    "learningOutcomeReferences": ("LearningOutcome",),
    "learningAssessmentSpecificationReferences": ("LearningAssessmentSpecification",),
    "agentReferences": ("Organisation",),
    "accreditationReferences": ("Accreditation",),
    "gradingSchemeReferences": ("GradingScheme",),
    "locationReferences": ("Location",),
}
_OPEN = frozenset({"educationLevel", "relatedESCOSkill"})  # any concept: it says what it is
_REPEATED = frozenset({"additionalNote"})  # a note a language; of others there is one, in one


def loq_xml(resources: Iterable[Resource]) -> bytes:
    """Return the file of these resources."""
    return written(LoqXml(), resources)


class LoqXml:
    """Writes the file. A note that can't be repeated is in its first language alone."""

    def __init__(self) -> None:
        self._by_kind: defaultdict[str, bytearray] = defaultdict(bytearray)

    def add(self, one: Resource) -> None:
        """Write a resource."""
        name = one.kind[0].lower() + one.kind[1:]
        lines = [f"  <{name} id={quoteattr(one.id)}>"]
        _write(one, "   ", lines)
        lines.append(f"  </{name}>\n")
        self._by_kind[one.kind] += "\n".join(lines).encode()

    def finished(self) -> bytes:
        """Return the file."""
        parts: list[bytes | bytearray] = [_BEGINNING.encode()]
        for section, kinds in _SECTIONS.items():
            inside = [self._by_kind[kind] for kind in kinds if kind in self._by_kind]
            if inside:
                parts += (f" <{section}>\n".encode(), *inside, f" </{section}>\n".encode())
        return b"".join([*parts, b"</Courses>\n"])


def _write(one: Resource, indent: str, lines: list[str]) -> None:
    """Add the lines of a resource's properties."""
    for name, value in one.properties:
        tag = f"skos:{name}" if VOCABULARY.get(name) == SKOS else name
        if isinstance(value, Words):
            lines += (
                f'{indent}<{tag} language="{language}">{escape(text)}</{tag}>'
                for language, text in value.by_language.items()
            )
        elif isinstance(value, Resource):
            for part in _parts(name, value):
                _write_element(tag, part, indent, lines)
        else:
            lines.append(f"{indent}{_element(tag, value)}")


def _parts(name: str, value: Resource) -> list[Resource]:
    """Return the elements that a resource becomes: a note is one a language."""
    if value.kind != "Note":
        return [value]
    ((literal, said),) = value.properties
    if not isinstance(said, Words):
        return [value]
    notes = [
        Resource("Note", ((literal, Words({language: text})),))
        for language, text in said.by_language.items()
    ]
    return notes if name in _REPEATED else notes[:1]


def _concept(tag: str, value: Concept) -> str:
    if tag not in _OPEN:
        return f"<{tag} uri={quoteattr(value.uri)}/>"
    labels = "".join(
        f'<skos:prefLabel language="{language}">{escape(text)}</skos:prefLabel>'
        for language, text in value.labels.items()
    )
    scheme = f"<skos:inScheme>{escape(value.scheme)}</skos:inScheme>"
    return f"<{tag} uri={quoteattr(value.uri)}>{labels}{scheme}</{tag}>"


def _write_element(tag: str, value: Resource, indent: str, lines: list[str]) -> None:
    if value.kind == "Mailbox":
        lines.append(f"{indent}<{tag}>{escape(value.id)}</{tag}>")
        return
    lines.append(f"{indent}<{tag}>")
    _write(value, f"{indent} ", lines)
    lines.append(f"{indent}</{tag}>")


def _element(tag: str, value: Concept | Reference | Literal) -> str:
    match value:
        case Concept():
            return _concept(tag, value)
        case Reference():
            return f"<{tag} idref={quoteattr(value.id)}/>"
        case Literal():
            return f"<{tag}>{escape(value.text)}</{tag}>"
