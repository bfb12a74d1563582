/** What a verdict and its details say of a document that a stranger made. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { verdictWords } from "../../theme/static/verify/report.js";
import { shownJson } from "../../theme/static/verify/shown-json.js";
import { verify } from "../../theme/static/verify/verify.js";
import { Words } from "../../theme/static/verify/words.js";

const UNSIGNED = {
  "@context": ["https://www.w3.org/ns/credentials/v2"],
  type: ["VerifiableCredential"],
  credentialSubject: {},
  proof: { type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", proofPurpose: "assertionMethod", proofValue: "z1" },
};
const NOTHING = { didDocuments: {}, statusLists: {}, achievements: {}, registries: [], notices: {} };
const words = new Words("en", {
  "state.failed": "Not in order",
  "verdict.issuer-unreachable.headline": "Could not confirm the issuer",
  "verdict.issuer-unreachable.sentence": "{domain} did not answer here.",
});

/** @param {{ issuer: string, proof: object }} document */
function verified(document) {
  const signed = { ...document, proof: { ...document.proof, verificationMethod: `${document.issuer}#key` } };
  return verify(new TextEncoder().encode(JSON.stringify(signed)), () => NOTHING, { now: new Date(), subtle: globalThis.crypto.subtle });
}

test("a sentence that begins with the issuer can't begin with a verdict", async () => {
  for (const begins of ["", "did:web:uni.example "]) {
    const issuer = `${begins}✅ VALID — checked just now ${"x".repeat(400_000)}`;
    const { sentence } = verdictWords(await verified({ ...UNSIGNED, issuer }), words);

    assert.match(sentence, /^[!-~]{253} did not answer here\.$/);
    assert.ok(sentence.startsWith(encodeURI(begins)));
  }
});

test("a document is shown as JSON of the same meaning in which nothing hides", () => {
  const document = { name: "Jānis \u202e✅ \u{e0041}🟢\u0000", issuer: "did:key:z6Mk" };
  const shown = shownJson(document);

  assert.deepEqual(JSON.parse(shown), document);
  assert.match(shown, /"Jānis \\u202e\\u2705 \\udb40\\udc41\\ud83d\\udfe2\\u0000"/);
});
