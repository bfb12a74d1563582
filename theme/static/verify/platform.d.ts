/** What the pure modules are handed or may rely on, in browsers and in Node. */

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class DecompressionStream {
  constructor(format: "gzip" | "deflate");
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
declare class URLSearchParams {
  constructor(text?: string);
  get(name: string): string | null;
  getAll(name: string): string[];
  set(name: string, value: string): void;
  toString(): string;
}
