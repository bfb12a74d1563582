/**
 * All the terms of the contexts that mcsite reads; mirrors mcsite/credentials/contexts.py, and a test compares the two.
 * Loaded where a credential has terms that mcsite's own don't have.
 */

/** @typedef {import("./terms.js").Terms} Terms */

/** @type {Record<string, string[]>} */
const CREDENTIAL_TYPES = {
  VerifiableCredential: ["confidenceMethod", "credentialSchema", "credentialStatus", "credentialSubject", "evidence", "issuer", "refreshService", "relatedResource", "renderMethod", "termsOfUse", "validFrom", "validUntil"],
  JsonSchema: [],
  BitstringStatusListCredential: [],
  BitstringStatusList: ["encodedList", "statusPurpose", "ttl"],
  BitstringStatusListEntry: ["statusListCredential", "statusListIndex", "statusPurpose", "statusReference"],
  DataIntegrityProof: ["challenge", "created", "cryptosuite", "domain", "expires", "nonce", "proofPurpose", "verificationMethod"],
};

/** @type {Record<string, string[]>} */
const BADGE_TYPES = {
  ...CREDENTIAL_TYPES,
  OpenBadgeCredential: [],
  AchievementCredential: [],
  Achievement: ["achievementType", "creator", "creditsAvailable", "criteria", "fieldOfStudy", "humanCode", "otherIdentifier", "related", "resultDescription", "specialization", "tag", "version"],
  AchievementSubject: ["achievement", "activityEndDate", "activityStartDate", "creditsEarned", "identifier", "licenseNumber", "result", "role", "source", "term"],
  Address: ["addressCountry", "addressCountryCode", "addressLocality", "addressRegion", "geo", "postOfficeBoxNumber", "postalCode", "streetAddress"],
  Alignment: ["targetCode", "targetDescription", "targetFramework", "targetName", "targetType", "targetUrl"],
  Criteria: [],
  EndorsementCredential: [],
  EndorsementSubject: ["endorsementComment"],
  Evidence: ["audience", "genre"],
  GeoCoordinates: ["latitude", "longitude"],
  IdentifierEntry: ["identifier", "identifierType"],
  IdentityObject: ["hashed", "identityHash", "identityType", "salt"],
  Image: ["caption"],
  Profile: ["additionalName", "address", "dateOfBirth", "email", "familyName", "familyNamePrefix", "givenName", "honorificPrefix", "honorificSuffix", "official", "otherIdentifier", "parentOrg", "patronymicName", "phone"],
  Related: ["version"],
  Result: ["achievedLevel", "resultDescription", "status", "value"],
  ResultDescription: ["allowedValue", "requiredLevel", "requiredValue", "resultType", "rubricCriterionLevel", "valueMax", "valueMin"],
  RubricCriterionLevel: ["level", "points"],
};

const IN_CREDENTIALS = ["description", "digestMultibase", "digestSRI", "id", "mediaType", "name", "type"];
const IN_BADGES = ["alignment", "awardedDate", "description", "digestMultibase", "digestSRI", "endorsement", "endorsementJwt", "id", "image", "inLanguage", "mediaType", "name", "narrative", "type", "url"];

/** By the number of contexts that a document lists, less one. @type {[Terms, Terms, Terms]} */
export const TERMS = [
  { everywhere: IN_CREDENTIALS, types: CREDENTIAL_TYPES },
  { everywhere: IN_BADGES, types: BADGE_TYPES },
  {
    everywhere: IN_BADGES,
    types: {
      ...BADGE_TYPES,
      "1EdTechJsonSchemaValidator2019": [],
      "1EdTechRevocationList": [],
      "1EdTechCredentialRefresh": [],
    },
  },
];
