/**
 * What the browser's modules make of many documents and texts, one line each: node tests/js/batch.mjs FILE
 *
 * FILE: { now, evidence: […], documents: [[base64, key or null, number of its evidence], …], texts: [base64, …] }
 */

import { readFileSync } from "node:fs";

import { fromBase64url } from "../../theme/static/verify/bytes.js";
import { canonicalText } from "../../theme/static/verify/jcs.js";
import { parse } from "../../theme/static/verify/strict-json.js";
import { verify } from "../../theme/static/verify/verify.js";

const { now, evidence, documents, texts } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf-8"));
const how = { now: new Date(now), subtle: globalThis.crypto.subtle };

for (const text of texts) {
  let line;
  try {
    line = ["ok", canonicalText(parse(bytesOf(text)))];
  } catch (error) {
    line = [error.reason ?? String(error.stack), ""];
  }
  console.log(JSON.stringify(line));
}
for (const [document, key, place] of documents) {
  let line;
  try {
    const found = await verify(bytesOf(document), () => evidence[place], { ...how, key: key && fromBase64url(key) });
    line = [found.verdict, ...found.checks.map(({ state, reason }) => `${state} ${reason}`)];
  } catch (error) {
    line = ["crash", String(error.stack)];
  }
  console.log(JSON.stringify(line));
}

/** @param {string} text */
function bytesOf(text) {
  return new Uint8Array(Buffer.from(text, "base64"));
}
