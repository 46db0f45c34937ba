type Encoding = "utf8" | "base64" | "base64url" | "hex";

const utf8 = { encode: new TextEncoder(), decode: new TextDecoder("utf-8", { ignoreBOM: true }) };
/** More arguments than this a call does not take. */
const charsAtOnce = 8192;

function binaryOf(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += charsAtOnce)
    text += String.fromCharCode(...bytes.subarray(at, at + charsAtOnce));
  return text;
}

const toBase64 = (bytes: Uint8Array) => btoa(binaryOf(bytes));

/** As Node reads it: either alphabet, and whatever is of neither is left out. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replaceAll(/[^A-Za-z0-9+/]/g, "");
  const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain;
  return Uint8Array.from(atob(whole), (char) => char.charCodeAt(0));
}

/** As Node reads it: as far as it is one. */
function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const [whole = ""] = /^(?:[0-9a-f]{2})*/i.exec(text) ?? [];
  return Uint8Array.from(whole.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function bytesOf(text: string, encoding: Encoding = "utf8"): Uint8Array<ArrayBuffer> {
  if (encoding === "hex") return fromHex(text);
  return encoding === "utf8" ? utf8.encode.encode(text) : fromBase64(text);
}

export function textOf(bytes: Uint8Array, encoding: Encoding = "utf8"): string {
  if (encoding === "hex") return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (encoding === "utf8") return utf8.decode.decode(bytes);
  const padded = toBase64(bytes);
  return encoding === "base64"
    ? padded
    : padded.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What the proxy and the sandbox use of Node's. */
export class Buffer extends Uint8Array<ArrayBuffer> {
  // Those of Uint8Array take other arguments.
  static override from(...given: unknown[]): Buffer {
    const [content, second, length] = given;
    if (typeof content === "string") return Buffer.over(bytesOf(content, second as Encoding | undefined));
    if (content instanceof ArrayBuffer)
      return new Buffer(content, second as number | undefined, length as number | undefined);
    return Buffer.over(Uint8Array.from(content as Iterable<number>));
  }

  static isBuffer(value: unknown): boolean {
    return value instanceof Buffer;
  }

  static over({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer {
    return new Buffer(buffer, byteOffset, byteLength);
  }

  static alloc(length: number): Buffer {
    return Buffer.over(new Uint8Array(length));
  }

  static concat(parts: readonly Uint8Array[]): Buffer {
    const whole = Buffer.alloc(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  static byteLength(text: string): number {
    return utf8.encode.encode(text).length;
  }

  override includes(sought: number | string, from?: number): boolean {
    return typeof sought === "string" ? this.toString().includes(sought) : super.includes(sought, from);
  }

  readUInt32BE(at = 0): number {
    return new DataView(this.buffer, this.byteOffset).getUint32(at);
  }

  override toString(encoding?: Encoding, from?: number, to?: number): string {
    return textOf(this.subarray(from, to), encoding);
  }
}
