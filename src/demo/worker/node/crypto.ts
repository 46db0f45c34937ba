import { gcm } from "@noble/ciphers/aes.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Buffer, textOf } from "./buffer.ts";

type Encoding = "base64" | "base64url" | "hex";
type Bytes = Uint8Array<ArrayBuffer>;

const tagBytes = 16;

const bytesOf = (content: string | Uint8Array): Bytes =>
  typeof content === "string" ? Buffer.from(content) : new Uint8Array(content);

function onlySha256(name: string): void {
  if (name !== "sha256") throw new Error(`${name} is not there in the demonstration`);
}

const digested = (digest: Uint8Array, encoding?: Encoding) =>
  encoding ? textOf(digest, encoding) : Buffer.from(digest);

interface Hasher {
  update(part: Uint8Array): Hasher;
  digest(): Uint8Array;
}

function digesting(hasher: Hasher) {
  const own = {
    update(part: string | Uint8Array) {
      hasher.update(bytesOf(part));
      return own;
    },
    digest: (encoding?: Encoding) => digested(hasher.digest(), encoding),
  };
  return own;
}

export function createHash(name: string) {
  onlySha256(name);
  return digesting(sha256.create());
}

export function createHmac(name: string, key: string | Uint8Array) {
  onlySha256(name);
  return digesting(hmac.create(sha256, bytesOf(key)));
}

export function hash(name: string, content: string | Uint8Array, encoding: Encoding = "hex") {
  onlySha256(name);
  return digested(sha256(bytesOf(content)), encoding);
}

export function hkdfSync(name: string, secret: string, salt: string, info: string, length: number) {
  onlySha256(name);
  return hkdf(sha256, bytesOf(secret), bytesOf(salt), bytesOf(info), length);
}

export const createSecretKey = (key: Uint8Array) => key;

export const randomBytes = (length: number): Buffer => crypto.getRandomValues(Buffer.alloc(length));

export const randomUUID = (): string => crypto.randomUUID();

export const timingSafeEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.reduce((difference, byte, at) => difference | (byte ^ (b[at] ?? 0)), a.length ^ b.length) === 0;

function onlyGcm(name: string): void {
  if (name !== "aes-256-gcm") throw new Error(`${name} is not there in the demonstration`);
}

/** As Node's, but the content comes in one part. */
export function createCipheriv(name: string, key: Uint8Array, iv: Uint8Array) {
  onlyGcm(name);
  let tag = Buffer.alloc(0);
  return {
    update(content: Uint8Array) {
      const sealed = Buffer.from(gcm(bytesOf(key), bytesOf(iv)).encrypt(bytesOf(content)));
      tag = sealed.subarray(-tagBytes) as Buffer;
      return sealed.subarray(0, -tagBytes);
    },
    final: () => Buffer.alloc(0),
    getAuthTag: () => tag,
  };
}

/** Throws at once where the tag does not fit. */
export function createDecipheriv(name: string, key: Uint8Array, iv: Uint8Array) {
  onlyGcm(name);
  let tag = new Uint8Array();
  return {
    setAuthTag(given: Uint8Array) {
      tag = bytesOf(given);
    },
    update: (sealed: Uint8Array) =>
      Buffer.from(gcm(bytesOf(key), bytesOf(iv)).decrypt(Buffer.concat([sealed, tag]))),
    final: () => Buffer.alloc(0),
  };
}
