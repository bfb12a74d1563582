"""Organisations that award or assure quality, their accreditations, and where they are."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from mcsite.content.models.course import Course, QualityAssurance
from mcsite.content.models.provider import Accreditation, Provider
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.exports.elm.maker import Maker, as_concept, moment, note
from mcsite.exports.elm.nodes import country_concept
from mcsite.exports.elm.resources import Literal, Reference, Resource, Words, resource, several


@dataclass(frozen=True, slots=True)
class Accredited:
    """What was accredited, by whom, and for how long."""

    provider: str
    kind: str
    agency: Resource
    report: str | None
    first: dt.date | None
    last: dt.date | None
    qualification: str = ""  # id of the one that it is limited to


@dataclass(slots=True)
class Bodies:
    """Makes organisations, and remembers those that others refer to."""

    make: Maker
    providers: dict[str, Provider] = field(default_factory=dict)
    agencies: dict[str, Resource] = field(default_factory=dict)
    accreditations: dict[str, Resource] = field(default_factory=dict)
    places: dict[str, Resource] = field(default_factory=dict)

    def provider(self, name: str) -> tuple[Reference, Reference]:
        """Return the references to a provider and to where it is."""
        self.providers[name] = self.make.catalogue.providers[name]
        return Reference(self.make.id("provider", name)), Reference(self.make.id("location", name))

    def accredited(self, course: Course, qualification: str) -> Iterator[Reference]:
        """Yield the references to the accreditations of a course."""
        for number, assurance in enumerate(course.quality_assurance, 1):
            if is_accreditation(assurance) and assurance.body is not None:
                valid = assurance.valid
                what = Accredited(
                    provider=course.provider,
                    kind=assurance.type,
                    agency=self._agency(assurance.body, assurance.country or ""),
                    report=assurance.url,
                    first=valid.valid_from if valid else None,
                    last=valid.valid_until if valid else None,
                    qualification=qualification,
                )
                name = self.make.id("accreditation", course.id, number)
                yield self._accreditation(name, what)

    def resources(self) -> Iterator[Resource]:
        """Yield everything that was referred to."""
        yield from [self._organisation(provider) for provider in self.providers.values()]
        yield from self.agencies.values()
        yield from self.accreditations.values()
        yield from self.places.values()

    def _accreditation(self, name: str, what: Accredited) -> Reference:
        make, term = self.make, VOCABULARIES["accreditation-type"].terms[what.kind]
        limit = Reference(what.qualification) if what.qualification else None
        self.accreditations[name] = resource(
            "Accreditation", name,
            ("type", make.concept("accreditation-type", what.kind)),
            ("title", Words(make.labels(term))),
            ("report", make.page(what.report)),
            ("organisation", Reference(make.id("provider", what.provider))),
            ("limitQualification", limit),
            ("accreditingAgent", Reference(what.agency.id)),
            ("expiryDate", Literal(moment(what.last), "dateTime") if what.last else None),
            ("valid", Literal(moment(what.first), "dateTime") if what.first else None),
        )  # fmt: skip
        return Reference(name)

    def _agency(self, name: Text, country: str) -> Resource:
        """Return a body that assures quality, known by its name and country."""
        said = self.make.words(name)
        digest = hashlib.sha256(f"{country} {sorted(said.by_language.items())}".encode())
        identifier = self.make.id("agency", digest.hexdigest()[:12])
        place = self.make.id("location-country", country.lower() or "unstated")
        self._place(place, country)
        made = resource(
            "Organisation", identifier, ("legalName", said), ("location", Reference(place))
        )
        return self.agencies.setdefault(identifier, made)

    def _organisation(self, provider: Provider) -> Resource:
        make, known, contact = self.make, provider.identifiers, provider.contact
        names = () if known is None else (
            ("PIC", known.pic), ("SCHAC", known.schac), ("Erasmus", known.erasmus),
            ("DEQAR", known.deqar),
        )  # fmt: skip
        identifiers = (
            resource("Identifier", "", ("notation", Literal(said)), ("schemeName", Literal(scheme)))
            for scheme, said in names
            if said
        )
        email = contact.email if contact else None
        mailbox = Resource("Mailbox", (), f"mailto:{email}") if email else None
        alternative, place = provider.alternative_name, make.id("location", provider.id)
        self._place(place, provider.country, provider.region, contact.address if contact else None)
        return resource(
            "Organisation", make.id("provider", provider.id),
            ("altLabel", make.words(alternative) if alternative else None),
            ("legalName", make.words(provider.legal_name)),
            *several("identifier", identifiers),
            ("eidasLegalIdentifier", self._eidas(provider)),
            ("homepage", make.page(provider.homepage)),
            *several("accreditation", self._of_provider(provider)),
            ("location", Reference(place)),
            ("contactPoint", resource("ContactPoint", "", ("emailAddress", mailbox))
             if mailbox else None),
        )  # fmt: skip

    def _eidas(self, provider: Provider) -> Resource | None:
        said = provider.identifiers.eidas if provider.identifiers else None
        place = as_concept(country_concept(provider.country, self.make.readers))
        return resource("LegalIdentifier", "", ("notation", Literal(said)),
                        ("spatial", place)) if said else None  # fmt: skip

    def _of_provider(self, provider: Provider) -> list[Reference]:
        return [
            self._accreditation(
                self.make.id("accreditation-provider", provider.id, number),
                Accredited(
                    provider=provider.id,
                    kind=entry.type,
                    agency=self._agency(entry.by, ""),
                    report=entry.url,
                    first=entry.valid_from,
                    last=entry.valid_until,
                ),
            )
            for number, entry in enumerate(provider.accreditations, 1)
            if is_accreditation(entry)
        ]

    def _place(
        self, name: str, country: str, region: Text | None = None, address: Text | None = None
    ) -> None:
        code = as_concept(country_concept(country, self.make.readers))
        full = note(self.make.words(address)) if address else None
        self.places[name] = resource(
            "Location", name,
            ("geographicName", self.make.words(region) if region else None),
            ("address", resource("Address", "", ("fullAddress", full), ("countryCode", code))),
        )  # fmt: skip


def is_accreditation(entry: QualityAssurance | Accreditation) -> bool:
    """Tell whether quality is assured by a named body, in a way that the official list has."""
    named = isinstance(entry, Accreditation) or entry.body is not None
    return named and VOCABULARIES["accreditation-type"].terms[entry.type].uri is not None
