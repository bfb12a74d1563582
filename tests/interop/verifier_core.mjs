/**
 * DCC's verifier-core, asked from Python: reads a request as JSON from standard input, answers with its result.
 * {credential, registries, documents: {url: JSON}}; whatever it fetches is answered from the documents alone.
 */

let text = "";
for await (const chunk of process.stdin) text += chunk;
const request = JSON.parse(text);
const asked = [];

globalThis.fetch = async (resource) => {
  const url = typeof resource === "string" ? resource : resource.url;
  asked.push(url);
  const found = request.documents[url];
  const headers = { "Content-Type": "application/json" };
  return found ? new Response(JSON.stringify(found), { headers }) : new Response("{}", { status: 404, headers });
};

const { verifyCredential } = await import("@digitalcredentials/verifier-core");
const { credential, ...result } = await verifyCredential({ credential: request.credential, knownDIDRegistries: request.registries });
console.log(JSON.stringify({ ...result, asked }));
