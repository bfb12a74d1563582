/** Types that the modules share, in browsers and in Node. */

/** The part of WebCrypto's SubtleCrypto that verification needs. */
interface Subtle {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: "raw" | "jwk",
    key: Uint8Array | { kty: string; n: string; e: string },
    algorithm: string | { name: string; namedCurve?: string; hash?: string },
    extractable: boolean,
    usages: string[],
  ): Promise<unknown>;
  verify(
    algorithm: string | { name: string; hash: string },
    key: unknown,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>;
  decrypt(
    algorithm: { name: string; iv: Uint8Array; additionalData: Uint8Array; tagLength: number },
    key: unknown,
    data: Uint8Array,
  ): Promise<ArrayBuffer>;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };
