/** What the pure modules are handed or may rely on, in browsers and in Node. */

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class DecompressionStream {
  constructor(format: "gzip");
  readonly readable: unknown;
  readonly writable: unknown;
}
declare class Blob {
  constructor(parts: Uint8Array[]);
  stream(): { pipeThrough(stream: DecompressionStream): ByteStream };
}
interface ByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array }>;
    cancel(): Promise<void>;
  };
}
declare function atob(text: string): string;
declare function btoa(text: string): string;

/** The part of WebCrypto's SubtleCrypto that verification needs. */
interface Subtle {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: "raw",
    key: Uint8Array,
    algorithm: string | { name: string; namedCurve?: string },
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
