/**
 * Verifies or issues with the @digitalbazaar stack, which shares no code with mcsite. Reads one JSON request from standard
 * input: {action: "verify", document, documents: {url: JSON}} or {action: "issue", document, seed, documents}.
 */

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

let text = "";
for await (const chunk of process.stdin) text += chunk;
const request = JSON.parse(text);

async function documentLoader(url) {
  const [base] = url.split("#");
  const found = request.documents[url] ?? request.documents[base];
  if (!found) throw new Error(`nothing is loaded from ${url}`);
  const method = url.includes("#") ? found.verificationMethod?.find((one) => one.id === url) : undefined;
  const document = method ? { "@context": "https://w3id.org/security/multikey/v1", ...method } : found;
  return { contextUrl: null, documentUrl: url, document };
}

if (request.action === "issue") {
  const key = await Ed25519Multikey.generate({ seed: Uint8Array.from(request.seed), controller: request.controller });
  key.id = request.method;
  const suite = new DataIntegrityProof({ signer: key.signer(), cryptosuite, date: request.date });
  const issued = await vc.issue({ credential: request.document, suite, documentLoader });
  console.log(JSON.stringify(issued));
} else {
  const suite = new DataIntegrityProof({ cryptosuite });
  const checkStatus = async () => ({ verified: true });
  const now = new Date(request.now);
  const result = await vc.verifyCredential({ credential: request.document, suite, documentLoader, checkStatus, now });
  console.log(JSON.stringify({ verified: result.verified, error: String(result.error?.errors?.[0] ?? result.error ?? "") }));
}
