/** From nine check results to one verdict; mirrors mcsite/credentials/verdict.py, vector for vector. */

/** @typedef {"passed" | "failed" | "unknown"} State */
/** @typedef {{ check: string, state: State, reason: string, at: Date, details: Record<string, string> }} CheckResult */

export const CHECKS = [
  "format",
  "signature",
  "issuer-key",
  "valid-from",
  "valid-until",
  "revocation",
  "suspension",
  "achievement",
  "trust-registry",
];

/** The achievement check tells, and never decides. */
const DECIDING = CHECKS.filter((check) => check !== "achievement");

/** First hit wins: a check, the state that counts, and the verdict that it leads to. */
const PRECEDENCE = [
  ["format", "failed", "unreadable"],
  ["format", "unknown", "unreadable"],
  ["signature", "failed", "tampered"],
  ["issuer-key", "failed", "unknown-issuer"],
  ["issuer-key", "unknown", "issuer-unreachable"],
  ["signature", "unknown", "unsupported"],
  ["trust-registry", "failed", "unknown-issuer"],
  ["trust-registry", "unknown", "issuer-unreachable"],
  ["revocation", "failed", "revoked"],
  ["suspension", "failed", "suspended"],
  ["valid-from", "failed", "not-yet-valid"],
  ["valid-from", "unknown", "unreadable"],
  ["valid-until", "failed", "expired"],
  ["valid-until", "unknown", "unreadable"],
  ["revocation", "unknown", "valid-status-unknown"],
  ["suspension", "unknown", "valid-status-unknown"],
];

/**
 * A check without a result counts as "unknown": "valid" is earned by every deciding check passing.
 *
 * @param {Map<string, CheckResult>} results
 * @returns {string}
 */
export function verdictOf(results) {
  /** @param {string} check */
  const stateOf = (check) => results.get(check)?.state ?? "unknown";
  if (["key-missing", "key-damaged"].includes(results.get("format")?.reason ?? "")) return "no-key";
  if (results.get("signature")?.reason === "proof-not-supported") return "unsupported";
  for (const [check = "", state, verdict = ""] of PRECEDENCE) {
    if (stateOf(check) === state) return verdict;
  }
  return DECIDING.every((check) => stateOf(check) === "passed") ? "valid" : "unreadable";
}
