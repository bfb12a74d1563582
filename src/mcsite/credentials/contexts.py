"""The JSON-LD terms that mcsite issues and verifies (docs/decisions/0009).

Facts taken from the contexts of Verifiable Credentials 2.0 (https://www.w3.org/ns/credentials/v2)
and Open
Badges 3.0.3. Each table maps a term to its IRI, or to (IRI, type) or (IRI, type, container).
Tests prove that documents of these terms give the same N-Quads as with the published contexts.
"""

import json
from collections.abc import Mapping
from typing import TypeAlias

from mcsite.credentials.json_types import JsonValue

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

Term: TypeAlias = "str | tuple[str, str] | tuple[str, str, str]"

_CRED = "https://www.w3.org/2018/credentials#"
_OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_SDO = "https://schema.org/"
_SEC = "https://w3id.org/security#"
_STATUS = "https://www.w3.org/ns/credentials/status#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_XSDS = "https://www.w3.org/2001/XMLSchema#"  # as the Open Badges context has it

# Terms that every node may use, by context.
_V2_EVERYWHERE: Mapping[str, Term] = {"name": _SDO + "name", "description": _SDO + "description"}
_OB_EVERYWHERE: Mapping[str, Term] = {
    "alignment": (_OB + "alignment", "", "@set"),
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
            "credentialSchema": (_CRED + "credentialSchema", "@id"),
            "credentialStatus": (_CRED + "credentialStatus", "@id"),
            "credentialSubject": (_CRED + "credentialSubject", "@id"),
            "evidence": (_CRED + "evidence", "@id"),
            "issuer": (_CRED + "issuer", "@id"),
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
    "Evidence": (_OB + "Evidence", {"audience": _SDO + "audience", "genre": _SDO + "genre"}),
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
            "address": (_OB + "address", "@id"),
            "dateOfBirth": (_OB + "dateOfBirth", _XSDS + "date"),
            "email": _SDO + "email",
            "familyName": _SDO + "familyName",
            "givenName": _SDO + "givenName",
            "official": _OB + "official",
            "otherIdentifier": (_OB + "otherIdentifier", "", "@set"),
            "phone": _OB + "phone",
        },
    ),
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
            "requiredValue": _OB + "requiredValue",
            "resultType": _OB + "resultType",
            "valueMax": _OB + "valueMax",
            "valueMin": _OB + "valueMin",
        },
    ),
}


def _definition(term: Term) -> object:
    if isinstance(term, str):
        return term
    definition = {"@id": term[0]}
    if term[1]:
        definition["@type"] = term[1]
    if len(term) == 3:  # noqa: PLR2004 -- IRI, type, container
        definition["@container"] = term[2]
    return definition


_MAX_KEPT = 256  # contexts; documents of one institution need a handful


class Vocabulary:
    """The terms that one list of contexts defines."""

    def __init__(
        self, everywhere: Mapping[str, Term], types: Mapping[str, tuple[str, Mapping[str, Term]]]
    ) -> None:
        self.everywhere = frozenset(everywhere) | {"id", "type"}
        self.of_type = {name: frozenset(terms) for name, (_, terms) in types.items()}
        self._everywhere, self._types = everywhere, types
        own = [terms.items() for _, terms in types.values()]
        self.links = frozenset(  # terms whose texts are addresses
            term
            for pairs in [everywhere.items(), *own]
            for term, meaning in pairs
            if not isinstance(meaning, str) and meaning[1] == "@id"
        )
        self._texts: dict[tuple[frozenset[str], frozenset[str]], bytes] = {}

    def context_for(self, types: frozenset[str], terms: frozenset[str]) -> bytes:
        """Return, as JSON, a JSON-LD context of just these types and the `terms` in use.

        A reader works through a type's own context at each node of the type, which costs more
        than all else. So a term that has one meaning in all of `types` is defined for the whole
        document, and only the others for a type.
        """
        found = self._texts.get((types, terms))
        if found is None:
            if len(self._texts) >= _MAX_KEPT:
                self._texts.clear()
            found = json.dumps(self._context(types, terms)).encode()
            self._texts[types, terms] = found
        return found

    def _context(self, types: frozenset[str], terms: frozenset[str]) -> dict[str, object]:
        context: dict[str, object] = {"id": "@id", "type": "@type"}
        scoped: dict[str, dict[str, object]] = {name: {} for name in sorted(types)}
        for term in sorted(terms):
            meanings = [self._types[name][1][term] for name in types if term in self.of_type[name]]
            if term in self._everywhere:
                meanings.append(self._everywhere[term])
                context[term] = _definition(self._everywhere[term])
            if meanings and meanings.count(meanings[0]) == len(meanings):
                context[term] = _definition(meanings[0])
                continue
            for name, own in scoped.items():
                if term in self.of_type[name]:
                    own[term] = _definition(self._types[name][1][term])
        if "proofPurpose" in terms:  # whose values are terms themselves
            context["assertionMethod"] = {"@id": _SEC + "assertionMethod"}
        for name, own in scoped.items():
            iri = self._types[name][0]
            context[name] = {"@id": iri, "@context": own} if own else iri
        return context


VOCABULARIES: Mapping[tuple[str, ...], Vocabulary] = {
    (CREDENTIALS_V2,): Vocabulary(_V2_EVERYWHERE, _V2_TYPES),
    (CREDENTIALS_V2, OPEN_BADGES): Vocabulary(
        {**_V2_EVERYWHERE, **_OB_EVERYWHERE}, {**_V2_TYPES, **_OB_TYPES}
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
