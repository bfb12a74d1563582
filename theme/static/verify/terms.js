/** The terms of the contexts that mcsite reads; mirrors mcsite/credentials/contexts.py, and a test compares the two. */

/** In the order in which a document lists them. */
export const CONTEXTS = [
  "https://www.w3.org/ns/credentials/v2",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
];

/** How many of the contexts a document lists, less one. @typedef {0 | 1 | 2} Vocabulary */

const IN_BADGES = ["alignment", "description", "image", "inLanguage", "name", "narrative", "url"];

/** What any node may use. @type {[string[], string[], string[]]} */
export const EVERYWHERE = [["description", "name"], IN_BADGES, IN_BADGES];

/** @type {Record<string, string[]>} */
const CREDENTIAL_TYPES = {
  VerifiableCredential: ["credentialSchema", "credentialStatus", "credentialSubject", "evidence", "issuer", "validFrom", "validUntil"],
  JsonSchema: [],
  BitstringStatusListCredential: [],
  BitstringStatusList: ["encodedList", "statusPurpose", "ttl"],
  BitstringStatusListEntry: ["statusListCredential", "statusListIndex", "statusPurpose"],
  DataIntegrityProof: ["challenge", "created", "cryptosuite", "domain", "expires", "nonce", "proofPurpose", "verificationMethod"],
};

/** @type {Record<string, string[]>} */
const BADGE_TYPES = {
  ...CREDENTIAL_TYPES,
  OpenBadgeCredential: [],
  Achievement: ["achievementType", "creator", "creditsAvailable", "criteria", "fieldOfStudy", "humanCode", "otherIdentifier", "resultDescription", "specialization", "tag", "version"],
  AchievementSubject: ["achievement", "activityEndDate", "activityStartDate", "creditsEarned", "identifier", "licenseNumber", "result", "role", "term"],
  Address: ["addressCountry", "addressCountryCode", "addressLocality", "addressRegion", "postalCode", "streetAddress"],
  Alignment: ["targetCode", "targetDescription", "targetFramework", "targetName", "targetType", "targetUrl"],
  Criteria: [],
  Evidence: ["audience", "genre"],
  IdentifierEntry: ["identifier", "identifierType"],
  IdentityObject: ["hashed", "identityHash", "identityType", "salt"],
  Image: ["caption"],
  Profile: ["address", "dateOfBirth", "email", "familyName", "givenName", "official", "otherIdentifier", "phone"],
  Result: ["achievedLevel", "resultDescription", "status", "value"],
  ResultDescription: ["allowedValue", "requiredValue", "resultType", "valueMax", "valueMin"],
};

/** @typedef {Record<string, string[]>} TermsOfTypes */
/** What a node of a type may use besides. @type {[TermsOfTypes, TermsOfTypes, TermsOfTypes]} */
export const OF_TYPE = [
  CREDENTIAL_TYPES,
  BADGE_TYPES,
  { ...BADGE_TYPES, "1EdTechJsonSchemaValidator2019": [], "1EdTechRevocationList": [], "1EdTechCredentialRefresh": [] },
];

/**
 * Which terms a document's `@context` defines; null where mcsite doesn't carry it.
 *
 * @param {Json | undefined} contexts
 * @returns {Vocabulary | null}
 */
export function vocabularyOf(contexts) {
  const listed = Array.isArray(contexts) ? contexts : [contexts];
  if (listed.length === 0 || listed.some((context, place) => context !== CONTEXTS[place])) return null;
  return /** @type {Vocabulary} */ (listed.length - 1);
}
