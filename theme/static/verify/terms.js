/** The terms of the contexts that mcsite reads; mirrors mcsite/credentials/contexts.py, and a test compares the two. */

export const CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";
export const OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/** @typedef {"credentials" | "badges"} Vocabulary */

/** @type {Record<Vocabulary, string[]>} */
export const EVERYWHERE = {
  credentials: ["description", "name"],
  badges: ["alignment", "description", "image", "inLanguage", "name", "narrative", "url"],
};

/** @type {Record<string, string[]>} */
const CREDENTIAL_TYPES = {
  VerifiableCredential: ["credentialSchema", "credentialStatus", "credentialSubject", "evidence", "issuer", "validFrom", "validUntil"],
  JsonSchema: [],
  BitstringStatusListCredential: [],
  BitstringStatusList: ["encodedList", "statusPurpose", "ttl"],
  BitstringStatusListEntry: ["statusListCredential", "statusListIndex", "statusPurpose"],
  DataIntegrityProof: ["challenge", "created", "cryptosuite", "domain", "expires", "nonce", "proofPurpose", "verificationMethod"],
};

/** @type {Record<Vocabulary, Record<string, string[]>>} */
export const OF_TYPE = {
  credentials: CREDENTIAL_TYPES,
  badges: {
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
  },
};

/**
 * Which terms a document's `@context` defines; null where mcsite doesn't carry it.
 *
 * @param {Json | undefined} contexts
 * @returns {Vocabulary | null}
 */
export function vocabularyOf(contexts) {
  const listed = Array.isArray(contexts) ? contexts : [contexts];
  if (listed[0] !== CREDENTIALS_V2) return null;
  if (listed.length === 1) return "credentials";
  return listed.length === 2 && listed[1] === OPEN_BADGES ? "badges" : null;
}
