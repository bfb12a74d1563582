"""The JSON-LD terms that mcsite issues and verifies (docs/decisions/0009).

Facts taken from the contexts of Verifiable Credentials 2.0 (https://www.w3.org/ns/credentials/v2)
and of Open Badges 3.0.3 with its extensions. Each table maps a term to its IRI, or to (IRI, type)
or (IRI, type, container). Tests prove that documents of these terms give the same N-Quads as with
the published contexts. Left out are terms with contexts of their own (`statusMessage`), of other
documents (presentations, JSON Schemas as credentials), claims of tokens, and `statusSize`: this
program reads statuses of one bit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from mcsite.credentials.json_types import JsonValue

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

Term: TypeAlias = "str | tuple[str, str] | tuple[str, str, str]"

_CRED = "https://www.w3.org/2018/credentials#"
_OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_SDO = "https://schema.org/"
_SEC = "https://w3id.org/security#"
_STATUS = "https://www.w3.org/ns/credentials/status#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_XSDS = "https://www.w3.org/2001/XMLSchema#"  # as the Open Badges context has it

# Terms that every node may use, by context.
_V2_EVERYWHERE: Mapping[str, Term] = {
    "description": _SDO + "description",
    "digestMultibase": (_SEC + "digestMultibase", _SEC + "multibase"),
    "digestSRI": (_CRED + "digestSRI", _CRED + "sriString"),
    "mediaType": _SDO + "encodingFormat",
    "name": _SDO + "name",
}
_OB_EVERYWHERE: Mapping[str, Term] = {
    "alignment": (_OB + "alignment", "", "@set"),
    "awardedDate": (_OB + "awardedDate", "xsd:dateTime"),  # a prefix that the context lacks
    "endorsement": (_OB + "endorsement", "", "@set"),
    "endorsementJwt": (_OB + "endorsementJwt", "", "@set"),
    "image": (_OB + "image", "@id"),
    "inLanguage": _SDO + "inLanguage",
    "narrative": _OB + "narrative",
    "url": (_SDO + "url", _XSDS + "anyURI"),
}

# Types, and the terms that a node of the type may use.
_V2_TYPES: Mapping[str, tuple[str, Mapping[str, Term]]] = {
    "VerifiableCredential": (
        _CRED + "VerifiableCredential",
        {
            "confidenceMethod": (_CRED + "confidenceMethod", "@id"),
            "credentialSchema": (_CRED + "credentialSchema", "@id"),
            "credentialStatus": (_CRED + "credentialStatus", "@id"),
            "credentialSubject": (_CRED + "credentialSubject", "@id"),
            "evidence": (_CRED + "evidence", "@id"),
            "issuer": (_CRED + "issuer", "@id"),
            "refreshService": (_CRED + "refreshService", "@id"),
            "relatedResource": (_CRED + "relatedResource", "@id"),
            "renderMethod": (_CRED + "renderMethod", "@id"),
            "termsOfUse": (_CRED + "termsOfUse", "@id"),
            "validFrom": (_CRED + "validFrom", _XSD + "dateTime"),
            "validUntil": (_CRED + "validUntil", _XSD + "dateTime"),
        },
    ),
    "JsonSchema": (_CRED + "JsonSchema", {}),
    "BitstringStatusListCredential": (_STATUS + "BitstringStatusListCredential", {}),
    "BitstringStatusList": (
        _STATUS + "BitstringStatusList",
        {
            "encodedList": (_STATUS + "encodedList", _SEC + "multibase"),
            "statusPurpose": _STATUS + "statusPurpose",
            "ttl": _STATUS + "ttl",
        },
    ),
    "BitstringStatusListEntry": (
        _STATUS + "BitstringStatusListEntry",
        {
            "statusListCredential": (_STATUS + "statusListCredential", "@id"),
            "statusListIndex": _STATUS + "statusListIndex",
            "statusPurpose": _STATUS + "statusPurpose",
            "statusReference": (_STATUS + "statusReference", "@id"),
        },
    ),
    "DataIntegrityProof": (
        _SEC + "DataIntegrityProof",
        {
            "created": ("http://purl.org/dc/terms/created", _XSD + "dateTime"),
            "cryptosuite": (_SEC + "cryptosuite", _SEC + "cryptosuiteString"),
            "domain": _SEC + "domain",
            "challenge": _SEC + "challenge",
            "expires": (_SEC + "expiration", _XSD + "dateTime"),
            "nonce": _SEC + "nonce",
            "proofPurpose": (_SEC + "proofPurpose", "@vocab"),
            "verificationMethod": (_SEC + "verificationMethod", "@id"),
        },
    ),
}
_OB_TYPES: Mapping[str, tuple[str, Mapping[str, Term]]] = {
    "OpenBadgeCredential": (_OB + "OpenBadgeCredential", {}),
    "AchievementCredential": (_OB + "OpenBadgeCredential", {}),
    "Achievement": (
        _OB + "Achievement",
        {
            "achievementType": _OB + "achievementType",
            "creator": _OB + "creator",
            "creditsAvailable": (_OB + "creditsAvailable", _XSDS + "float"),
            "criteria": (_OB + "Criteria", "@id"),
            "fieldOfStudy": _OB + "fieldOfStudy",
            "humanCode": _OB + "humanCode",
            "otherIdentifier": (_OB + "otherIdentifier", "", "@set"),
            "related": (_OB + "related", "", "@set"),
            "resultDescription": (_OB + "resultDescription", "", "@set"),
            "specialization": _OB + "specialization",
            "tag": (_SDO + "keywords", "", "@set"),
            "version": _OB + "version",
        },
    ),
    "AchievementSubject": (
        _OB + "AchievementSubject",
        {
            "achievement": _OB + "achievement",
            "activityEndDate": (_OB + "activityEndDate", _XSDS + "date"),
            "activityStartDate": (_OB + "activityStartDate", _XSDS + "date"),
            "creditsEarned": (_OB + "creditsEarned", _XSDS + "float"),
            "identifier": (_OB + "identifier", "", "@set"),
            "licenseNumber": _OB + "licenseNumber",
            "result": (_OB + "result", "", "@set"),
            "role": _OB + "role",
            "source": (_OB + "source", "@id"),
            "term": _OB + "term",
        },
    ),
    "Address": (
        _OB + "Address",
        {
            "addressCountry": _SDO + "addressCountry",
            "addressCountryCode": _OB + "CountryCode",
            "addressLocality": _SDO + "addressLocality",
            "addressRegion": _SDO + "addressRegion",
            "geo": _OB + "GeoCoordinates",
            "postOfficeBoxNumber": _SDO + "postOfficeBoxNumber",
            "postalCode": _SDO + "postalCode",
            "streetAddress": _SDO + "streetAddress",
        },
    ),
    "Alignment": (
        _SDO + "AlignmentObject",
        {
            "targetCode": _OB + "targetCode",
            "targetDescription": _SDO + "targetDescription",
            "targetFramework": _SDO + "targetFramework",
            "targetName": _SDO + "targetName",
            "targetType": _OB + "targetType",
            "targetUrl": (_SDO + "targetUrl", _XSDS + "anyURI"),
        },
    ),
    "Criteria": (_OB + "Criteria", {}),
    "EndorsementCredential": (_OB + "EndorsementCredential", {}),
    "EndorsementSubject": (
        _OB + "EndorsementSubject",
        {"endorsementComment": _OB + "endorsementComment"},
    ),
    "Evidence": (_OB + "Evidence", {"audience": _SDO + "audience", "genre": _SDO + "genre"}),
    "GeoCoordinates": (
        _OB + "GeoCoordinates",
        {"latitude": _SDO + "latitude", "longitude": _SDO + "longitude"},
    ),
    "IdentifierEntry": (
        _OB + "IdentifierEntry",
        {"identifier": _OB + "identifier", "identifierType": _OB + "identifierType"},
    ),
    "IdentityObject": (
        _OB + "IdentityObject",
        {
            "hashed": (_OB + "hashed", _XSDS + "boolean"),
            "identityHash": _OB + "identityHash",
            "identityType": _OB + "identityType",
            "salt": _OB + "salt",
        },
    ),
    "Image": (_OB + "Image", {"caption": _SDO + "caption"}),
    "Profile": (
        _OB + "Profile",
        {
            "additionalName": _SDO + "additionalName",
            "address": (_OB + "address", "@id"),
            "dateOfBirth": (_OB + "dateOfBirth", _XSDS + "date"),
            "email": _SDO + "email",
            "familyName": _SDO + "familyName",
            "familyNamePrefix": _OB + "familyNamePrefix",
            "givenName": _SDO + "givenName",
            "honorificPrefix": _SDO + "honorificPrefix",
            "honorificSuffix": _SDO + "honorificSuffix",
            "official": _OB + "official",
            "otherIdentifier": (_OB + "otherIdentifier", "", "@set"),
            "parentOrg": (_OB + "parentOrg", "@id"),
            "patronymicName": _OB + "patronymicName",
            "phone": _OB + "phone",
        },
    ),
    "Related": (_OB + "Related", {"version": _OB + "version"}),
    "Result": (
        _OB + "Result",
        {
            "achievedLevel": (_OB + "achievedLevel", _XSDS + "anyURI"),
            "resultDescription": (_OB + "resultDescription", _XSDS + "anyURI"),
            "status": _OB + "status",
            "value": _SDO + "value",
        },
    ),
    "ResultDescription": (
        _OB + "ResultDescription",
        {
            "allowedValue": (_OB + "allowedValue", "", "@list"),
            "requiredLevel": (_OB + "requiredLevel", _XSDS + "anyURI"),
            "requiredValue": _OB + "requiredValue",
            "resultType": _OB + "resultType",
            "rubricCriterionLevel": (_OB + "rubricCriterionLevel", "", "@set"),
            "valueMax": _OB + "valueMax",
            "valueMin": _OB + "valueMin",
        },
    ),
    "RubricCriterionLevel": (
        _OB + "RubricCriterionLevel",
        {"level": _OB + "level", "points": _OB + "points"},
    ),
}
_EXTENSION_TYPES: Mapping[str, tuple[str, Mapping[str, Term]]] = {
    name: (f"https://purl.imsglobal.org/spec/{short}/v1p0/context.json#{name}", {})
    for name, short in (
        ("1EdTechJsonSchemaValidator2019", "vccs"),
        ("1EdTechRevocationList", "vcrl"),
        ("1EdTechCredentialRefresh", "vccr"),
    )
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term says in RDF: a predicate, and how its values are to be read."""

    predicate: str  # as N-Quads writes it
    is_link: bool = False  # a text is an address
    words: dict[str, str] | None = None  # a text is one of these terms; their names in N-Quads
    datatype: str = ""  # of texts and numbers, as N-Quads writes it after them
    is_list: bool = False  # the order counts


def _meaning(term: Term) -> Meaning:
    iri, kind, container = (term, "", "") if isinstance(term, str) else (*term, "")[:3]
    return Meaning(
        f"<{iri}>",
        is_link=kind == "@id",
        words={"assertionMethod": f"<{_SEC}assertionMethod>"} if kind == "@vocab" else None,
        datatype=f"^^<{kind}>" if kind and not kind.startswith("@") else "",
        is_list=container == "@list",
    )


class Vocabulary:
    """The terms that one list of contexts defines."""

    def __init__(
        self, everywhere: Mapping[str, Term], types: Mapping[str, tuple[str, Mapping[str, Term]]]
    ) -> None:
        self.everywhere = frozenset(everywhere) | {"id", "type"}
        self.of_type = {name: frozenset(terms) for name, (_, terms) in types.items()}
        self.type_names = {name: f"<{iri}>" for name, (iri, _) in types.items()}
        self._everywhere, self._types = everywhere, types
        self.meanings = lru_cache(maxsize=256)(self._meanings)
        self.mapped = lru_cache(maxsize=256)(self._mapped)

    def _mapped(self, types: tuple[str, ...]) -> frozenset[str] | None:
        """Return the terms that a node of `types` may use, None where a type is unknown."""
        if not self.of_type.keys() >= set(types):
            return None
        return self.everywhere.union(*(self.of_type[name] for name in types))

    def _meanings(self, types: tuple[str, ...]) -> Mapping[str, Meaning] | None:
        """Return what each term means in a node of all of `types`; None where there is no such
        node: a type is unknown, or two of them have one term for two things.
        """
        terms = dict(self._everywhere)
        for name in types:
            if name not in self._types:
                return None
            own = self._types[name][1]
            if any(terms.get(term, meaning) != meaning for term, meaning in own.items()):
                return None
            terms.update(own)
        return {term: _meaning(found) for term, found in terms.items()}


_BADGES = ({**_V2_EVERYWHERE, **_OB_EVERYWHERE}, {**_V2_TYPES, **_OB_TYPES})
VOCABULARIES: Mapping[tuple[str, ...], Vocabulary] = {
    (CREDENTIALS_V2,): Vocabulary(_V2_EVERYWHERE, _V2_TYPES),
    (CREDENTIALS_V2, OPEN_BADGES): Vocabulary(*_BADGES),
    (CREDENTIALS_V2, OPEN_BADGES, OB_EXTENSIONS): Vocabulary(
        _BADGES[0], {**_BADGES[1], **_EXTENSION_TYPES}
    ),
}


def vocabulary_of(contexts: JsonValue) -> Vocabulary | None:
    """Return the terms of a document's `@context`, or None when it isn't one that mcsite
    carries.
    """
    listed = [contexts] if isinstance(contexts, str) else contexts
    if isinstance(listed, list) and all(isinstance(context, str) for context in listed):
        return VOCABULARIES.get(tuple(str(context) for context in listed))
    return None
