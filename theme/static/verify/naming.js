/** What in a document can't be checked, by its name: a context, a term, a kind of status or proof. Loaded where one is met. */

import { CONDITIONS, proofsOf } from "./proof.js";
import { listed, unmappedIn } from "./reading.js";
import { isObject } from "./strict-json.js";
import { TERMS } from "./more-terms.js";
import { CONTEXTS, vocabularyOf } from "./terms.js";
import { SUITES } from "./keys.js";

/**
 * @param {string} reason of a check
 * @param {string | JsonObject} where the name itself, or the document that it stands in
 * @returns {string} "" where nothing has a name
 */
export function namedIn(reason, where) {
  if (typeof where === "string") return where;
  const found = { "unknown-context": unknownContext, "unmapped-term": unmapped, "unknown-status-type": unknownStatus, "proof-not-supported": unsupportedProof }[reason];
  const named = found?.(where);
  return typeof named === "string" ? named : "";
}

/** @param {JsonObject} document */
function unknownContext(document) {
  return listed(document["@context"]).find((context) => !CONTEXTS.some((known) => known === context));
}

/** @param {JsonObject} document */
function unmapped({ proof: _, ...document }) {
  const known = vocabularyOf(document["@context"]);
  const waiting = [document];
  for (let node = waiting.pop(); node && known !== null; node = waiting.pop()) {
    const name = unmappedIn(node, TERMS[known]);
    if (name !== null) return name;
    waiting.push(...Object.entries(node).filter(([term]) => term !== "@context").flatMap(([, value]) => listed(value).filter(isObject)));
  }
  return "";
}

/** @param {JsonObject} document */
function unknownStatus(document) {
  const entries = listed(document["credentialStatus"]).map((entry) => (isObject(entry) ? entry["type"] : ""));
  return entries.find((type) => type !== "BitstringStatusListEntry");
}

/** @param {JsonObject} document */
function unsupportedProof(document) {
  const proofs = proofsOf(document).map(unsupported);
  return proofs.find(Boolean);
}

/** @param {JsonObject} proof */
function unsupported(proof) {
  if (proof["type"] !== "DataIntegrityProof") return proof["type"];
  const suite = typeof proof["cryptosuite"] === "string" ? proof["cryptosuite"] : "";
  const condition = CONDITIONS.toSorted().find((name) => name in proof);
  if (condition) return condition;
  return Object.hasOwn(SUITES, suite) && SUITES[suite]?.canonicalization === "jcs" ? "" : suite;
}
