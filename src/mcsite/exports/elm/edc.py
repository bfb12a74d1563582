"""An issued credential as a European Digital Credential for Learning, not sealed yet.

European Learning Model 3, application profile "EDC generic, full": what an institution uploads to
the Commission's EDC Issuer, which seals it. Sealing adds `issued`, the signature, and the issuer's
eIDAS identifier; they are left out here on purpose.
"""

import base64
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from mcsite.content.catalogue import Catalogue
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import timestamp
from mcsite.errors import ContentError
from mcsite.exports.elm.languages import Translations, translations_of
from mcsite.exports.elm.learning import Learning, awarding
from mcsite.exports.elm.nodes import (
    AUTHORITY,
    Numbering,
    Words,
    concept,
    country_concept,
    language_concept,
    language_of_text,
    many,
)
from mcsite.exports.elm.snapshot import Snapshot, snapshot_of

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
EDC_CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"
PROFILE = "http://data.europa.eu/snb/model/ap/edc-generic-full"
_GENERIC = "http://data.europa.eu/snb/credential/e34929035b"
_BASE64 = "http://data.europa.eu/snb/encoding/6146cde7dd"
_IDENTITIES = (
    ("ext:europeanStudentIdentifier", "European Student Identifier"),
    ("did", "Decentralised Identifier"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What the viewer shows as the credential's page. The profile demands one."""

    data: bytes
    kind: str  # "PNG" or "JPEG": a code of the file types of the Publications Office


def european_credential(document: JsonObject, catalogue: Catalogue, picture: Picture) -> JsonObject:
    """Return the uploadable form of a verified Open Badges credential."""
    said = snapshot_of(document)
    subject = document.get("credentialSubject")
    issued = subject.get("achievement") if isinstance(subject, dict) else None
    if not isinstance(issued, dict):
        raise ContentError("the credential is about no achievement")
    translations = translations_of(said, issued, catalogue)
    return {"credential": _Document(said, translations, catalogue, picture).whole()}


class _Document:
    """Makes one document; nodes are numbered in the order in which they are made."""

    def __init__(
        self, said: Snapshot, translations: Translations, catalogue: Catalogue, picture: Picture
    ) -> None:
        self.said, self.translations, self.picture = said, translations, picture
        self.catalogue = catalogue
        self.numbering = Numbering()
        spoken = [translations.language, *catalogue.site.languages, "en"]
        found = dict.fromkeys(language_of_text(tag) for tag in spoken)
        self.readers = tuple(code for code in found if code)

    def whole(self) -> JsonObject:
        """Return the credential."""
        new, said = self.numbering, self.said
        body = self._organisation()
        found: JsonObject = {
            "@context": [CREDENTIALS_V1, EDC_CONTEXT],
            "id": f"urn:credential:{uuid.uuid5(uuid.NAMESPACE_URL, said.id)}",
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "identifier": new.node(
                "Identifier", notation=said.id, schemeName="Open Badges 3.0 credential"
            ),
            "credentialProfiles": concept(_GENERIC, {"en": "Generic", "lv": "Vispārīgs"}),
            "credentialSchema": {"id": PROFILE, "type": "ShaclValidator2017"},
            "displayParameter": self._display(),
            "issuer": body,
            "issuanceDate": timestamp(said.valid_from),
            "validFrom": timestamp(said.valid_from),
        }
        if said.valid_until is not None:
            found["validUntil"] = found["expirationDate"] = timestamp(said.valid_until)
        found["credentialSubject"] = self._person(body)
        return found

    def _organisation(self) -> JsonObject:
        """Return the awarding body, which issues too: sealing puts the sealing body there."""
        new, body = self.numbering, self.said.body
        if not body.country:
            raise ContentError("the credential doesn't say the country of its awarding body")
        course = self.translations.course
        provider = self.catalogue.providers.get(course.provider) if course else None
        of = self.translations.of
        return new.node(
            "Organisation",
            legalName=dict(of(body.name, provider.legal_name if provider else None)),
            homepage=new.page(body.url),
            location=new.node(
                "Location",
                description=dict(of(body.region, provider.region if provider else None)),
                address=new.node(
                    "Address", countryCode=country_concept(body.country, self.readers)
                ),
            ),
        )

    def _person(self, body: JsonObject) -> JsonObject:
        new, holder = self.numbering, self.said.holder
        if not holder.get("name"):
            raise ContentError("the credential doesn't say whose it is")
        name = {key: self._name(holder.get(key, "")) for key in holder}
        born = holder.get("ext:dateOfBirth")
        learning = Learning(
            self.said,
            self.translations,
            self.readers,
            tuple(self._wholes()),
            new,
            awarding(new, body, self.said.valid_from),
        )
        return new.node(
            "Person",
            fullName=name["name"],
            givenName=name.get("ext:givenName"),
            familyName=name.get("ext:familyName"),
            dateOfBirth=f"{born}T00:00:00Z" if born else None,
            identifier=many(
                new.node("Identifier", notation=holder[kind], schemeName=scheme)
                for kind, scheme in _IDENTITIES
                if kind in holder
            ),
            hasClaim=learning.achievement(),
        )

    def _name(self, name: str) -> JsonObject:
        """Return a name under the credential's language: the model asks for one."""
        return dict(self.translations.of(name))

    def _wholes(self) -> Iterator[tuple[str, Words]]:
        """Yield what the course counts towards: address and title."""
        course, site = self.translations.course, self.catalogue.site
        stackability = course.stackability if course else None
        for target in stackability.into if stackability else ():
            for kind, found in (
                ("courses", self.catalogue.courses.get(target)),
                ("pathways", self.catalogue.pathways.get(target)),
            ):
                if found is not None:
                    title = str(found.title.in_language(self.translations.language))
                    url = f"{site.base_url}/{site.default_language}/{kind}/{target}/"
                    yield url, self.translations.of(title, found.title)

    def _display(self) -> JsonObject:
        new, title = self.numbering, self.translations.title()
        spoken = language_of_text(self.translations.language)
        languages = [spoken, *(language for language in title if language != spoken)]
        return new.node(
            "DisplayParameter",
            title=dict(title),
            description=dict(self.translations.description()),
            language=many(language_concept(one, self.readers) for one in languages),
            primaryLanguage=language_concept(spoken, self.readers),
            individualDisplay=many(self._page(one) for one in languages),
        )

    def _page(self, language: str) -> JsonObject:
        new, picture = self.numbering, self.picture
        image = new.node(
            "MediaObject",
            contentType=concept(f"{AUTHORITY}/file-type/{picture.kind}", {"en": picture.kind}),
            contentEncoding=concept(_BASE64, {"en": "base64"}),
            content=base64.b64encode(picture.data).decode("ascii"),
        )
        return new.node(
            "IndividualDisplay",
            language=language_concept(language, self.readers),
            displayDetail=new.node("DisplayDetail", page=1, image=image),
        )
