import { Buffer } from "./buffer.ts";

type Callback = (error: unknown, result?: Buffer) => void;

/** What is packed here is unpacked here: it stays as it is. */
export const deflateRawSync = (content: string | Uint8Array): Buffer =>
  typeof content === "string" ? Buffer.from(content) : Buffer.from(content);

export const inflateRawSync = (content: Uint8Array): Buffer => Buffer.from(content);

export function gunzip(content: Uint8Array<ArrayBuffer>, done: Callback): void {
  const unpacked = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"));
  new Response(unpacked).arrayBuffer().then(
    (bytes) => done(null, Buffer.from(bytes)),
    (error: unknown) => done(error),
  );
}

/** A request within the browser asks for no encoding. */
const notHere = (): never => {
  throw new Error("nothing is compressed in the demonstration");
};
export const brotliCompress = notHere;
export const gzip = notHere;
export const constants = {};
