"""Resources as the file of learning opportunities and qualifications that Europass reads.

The format is loq.xsd 3.1 of the European Learning Model: one section a kind of resource, and
references by `id` and `idref`. The Qualifications Dataset Register asks for the file at its
address (docs/how-to/register-europass.md).
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from mcsite.exports.elm.resources import (
    SKOS,
    VOCABULARY,
    Concept,
    Literal,
    Reference,
    Resource,
    Value,
    Words,
)

LOQ = "http://data.europa.eu/snb/model/ap/loq-constraints/"
VERSION = "3.1.0"
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
    """Return the file. A note that can't be repeated is in its first language alone."""
    by_kind: dict[str, list[Resource]] = {}
    for one in resources:
        by_kind.setdefault(one.kind, []).append(one)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<Courses xmlns="{LOQ}" xmlns:skos="{SKOS}" xsdVersion="{VERSION}">',
    ]
    for section, kinds in _SECTIONS.items():
        found = [one for kind in kinds for one in by_kind.get(kind, ())]
        if found:
            lines.append(f" <{section}>")
            for one in found:
                name = one.kind[0].lower() + one.kind[1:]
                lines.append(f"  <{name} id={quoteattr(one.id)}>")
                lines += _elements(one, "   ")
                lines.append(f"  </{name}>")
            lines.append(f" </{section}>")
    return "\n".join([*lines, "</Courses>\n"]).encode()


def _elements(one: Resource, indent: str) -> Iterator[str]:
    """Yield the lines of a resource's properties."""
    for name, value in one.properties:
        tag = f"skos:{name}" if VOCABULARY.get(name) == SKOS else name
        for part in _parts(name, value):
            yield from _element(tag, part, indent)


def _parts(name: str, value: Value) -> Iterator[Value]:
    """Yield the elements that a value becomes: one a language of a text."""
    if isinstance(value, Words):
        for language, text in value.by_language.items():
            yield Words({language: text})
    elif isinstance(value, Resource) and value.kind == "Note":
        ((literal, said),) = value.properties
        notes = [Resource("Note", ((literal, part),)) for part in _parts(literal, said)]
        yield from notes if name in _REPEATED else notes[:1]
    else:
        yield value


def _concept(tag: str, value: Concept) -> str:
    if tag not in _OPEN:
        return f"<{tag} uri={quoteattr(value.uri)}/>"
    labels = "".join(
        f'<skos:prefLabel language="{language}">{escape(text)}</skos:prefLabel>'
        for language, text in value.labels.items()
    )
    scheme = f"<skos:inScheme>{escape(value.scheme)}</skos:inScheme>"
    return f"<{tag} uri={quoteattr(value.uri)}>{labels}{scheme}</{tag}>"


def _element(tag: str, value: Value, indent: str) -> Iterator[str]:
    match value:
        case Words():
            ((language, text),) = value.by_language.items()
            yield f'{indent}<{tag} language="{language}">{escape(text)}</{tag}>'
        case Concept():
            yield f"{indent}{_concept(tag, value)}"
        case Reference():
            yield f"{indent}<{tag} idref={quoteattr(value.id)}/>"
        case Literal():
            yield f"{indent}<{tag}>{escape(value.text)}</{tag}>"
        case Resource(kind="Mailbox"):
            yield f"{indent}<{tag}>{escape(value.id)}</{tag}>"
        case Resource():
            yield f"{indent}<{tag}>"
            yield from _elements(value, f"{indent} ")
            yield f"{indent}</{tag}>"
