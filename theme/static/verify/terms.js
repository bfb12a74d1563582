/** The terms of mcsite's own credentials, and the contexts that it reads. */

/** In the order in which a document lists them. */
export const CONTEXTS = [
  "https://www.w3.org/ns/credentials/v2",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
];

/** What any node may use, and what a node of a type may use besides. */
/** @typedef {{ everywhere: string[], types: Record<string, string[]> }} Terms */

/** A part of what Open Badges has (more-terms.js): enough for nearly every page. @type {Terms} */
export const OWN = {
  everywhere: ["alignment", "description", "id", "image", "inLanguage", "name", "narrative", "type", "url"],
  types: {
    VerifiableCredential: ["credentialSchema", "credentialStatus", "credentialSubject", "evidence", "issuer", "validFrom", "validUntil"],
    OpenBadgeCredential: [],
    JsonSchema: [],
    BitstringStatusListEntry: ["statusListCredential", "statusListIndex", "statusPurpose"],
    Achievement: ["achievementType", "creator", "creditsAvailable", "criteria", "fieldOfStudy", "resultDescription", "tag", "version"],
    AchievementSubject: ["achievement", "activityEndDate", "activityStartDate", "identifier", "result"],
    Address: ["addressCountryCode", "addressRegion"],
    Alignment: ["targetCode", "targetDescription", "targetFramework", "targetName", "targetType", "targetUrl"],
    Evidence: [],
    IdentityObject: ["hashed", "identityHash", "identityType"],
    Image: [],
    Profile: ["address"],
    Result: ["resultDescription", "value"],
    ResultDescription: ["requiredValue", "resultType"],
  },
};

/**
 * How many of the contexts a document lists, less one; null where they are others.
 *
 * @param {Json | undefined} contexts
 * @returns {0 | 1 | 2 | null}
 */
export function vocabularyOf(contexts) {
  const listed = Array.isArray(contexts) ? contexts : [contexts];
  if (listed.length === 0 || listed.some((context, place) => context !== CONTEXTS[place])) return null;
  return /** @type {0 | 1 | 2} */ (listed.length - 1);
}
