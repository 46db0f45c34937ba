import nodeCrypto from "node:crypto";
import nodeNet from "node:net";
import nodeUtil from "node:util";
import { expect, test } from "vitest";
import { Buffer as TabBuffer } from "#demo/worker/node/buffer.ts";
import * as tabCrypto from "#demo/worker/node/crypto.ts";
import {
  appendFileSync,
  beginWithFiles,
  filesThere,
  renameSync,
  statSync,
  truncateSync,
} from "#demo/worker/node/fs.ts";
import { isIP } from "#demo/worker/node/net.ts";
import { isDeepStrictEqual } from "#demo/worker/node/util.ts";

const texts = ["", "a", "Zoë 王秀英 😀", "\u0000\uFEFFx", "x".repeat(10_000), "lone \uD800 half"];

test.each(texts)("digests and keys are those that Node makes: %#", (text) => {
  for (const encoding of ["hex", "base64", "base64url"] as const) {
    expect(tabCrypto.createHash("sha256").update(text).digest(encoding)).toBe(
      nodeCrypto.createHash("sha256").update(text).digest(encoding),
    );
    expect(tabCrypto.createHmac("sha256", "key").update(text).update("more").digest(encoding)).toBe(
      nodeCrypto.createHmac("sha256", "key").update(text).update("more").digest(encoding),
    );
    expect(tabCrypto.hash("sha256", text, encoding)).toBe(nodeCrypto.hash("sha256", text, encoding));
  }
  const key = tabCrypto.hkdfSync("sha256", text, "", "purpose", 32);
  expect([...key]).toEqual([...new Uint8Array(nodeCrypto.hkdfSync("sha256", text, "", "purpose", 32))]);
});

test.each(texts)("what is sealed in a tab Node opens, and the other way round: %#", (text) => {
  const key = new Uint8Array(32).fill(7);
  const iv = new Uint8Array(12).fill(3);
  const content = new TextEncoder().encode(text);
  const sealing = tabCrypto.createCipheriv("aes-256-gcm", key, iv);
  const sealed = sealing.update(content);
  const opening = nodeCrypto.createDecipheriv("aes-256-gcm", key, iv);
  opening.setAuthTag(sealing.getAuthTag());
  expect(Buffer.concat([opening.update(sealed), opening.final()]).equals(content)).toBe(true);

  const byNode = nodeCrypto.createCipheriv("aes-256-gcm", key, iv);
  const sealedByNode = Buffer.concat([byNode.update(content), byNode.final()]);
  const inTab = tabCrypto.createDecipheriv("aes-256-gcm", key, iv);
  inTab.setAuthTag(byNode.getAuthTag());
  expect([...inTab.update(sealedByNode)]).toEqual([...content]);
});

test("what was sealed and then altered does not open", () => {
  const key = new Uint8Array(32);
  const iv = new Uint8Array(12);
  const sealing = tabCrypto.createCipheriv("aes-256-gcm", key, iv);
  const sealed = Uint8Array.from(sealing.update(new Uint8Array([1, 2, 3])));
  sealed[0] = (sealed[0] ?? 0) ^ 1;
  const opening = tabCrypto.createDecipheriv("aes-256-gcm", key, iv);
  opening.setAuthTag(sealing.getAuthTag());
  expect(() => opening.update(sealed)).toThrow();
});

test("a digest or cipher that is not there is refused, not replaced", () => {
  expect(() => tabCrypto.createHash("md5")).toThrow("md5 is not there");
  expect(() => tabCrypto.createHmac("sha1", "key")).toThrow("sha1 is not there");
  expect(() => tabCrypto.createCipheriv("aes-128-cbc", new Uint8Array(16), new Uint8Array(16))).toThrow();
});

test.each([
  ["abc", "abc"],
  ["abc", "abd"],
  ["abc", "xbc"],
  ["", ""],
])("%j and %j are compared as Node does", (a, b) => {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  expect(tabCrypto.timingSafeEqual(first, second)).toBe(nodeCrypto.timingSafeEqual(first, second));
});

test("texts of another length are not equal", () => {
  expect(tabCrypto.timingSafeEqual(Buffer.from("ab"), Buffer.from("abc"))).toBe(false);
  expect(tabCrypto.timingSafeEqual(Buffer.from("abc"), Buffer.from("ab"))).toBe(false);
});

test.each([
  ["aGVsbG8=", "base64"],
  ["aGVsbG8", "base64url"],
  ["_-8", "base64"],
  ["/+8=", "base64url"],
  ["aGVs bG8\n", "base64"],
  ["a", "base64"],
  ["68656c6c6f", "hex"],
  ["6865z6c", "hex"],
  ["686", "hex"],
  ["Zoë 王", "utf8"],
  ["lone \uD800", "utf8"],
] as const)("%j as %s has the bytes that Node reads", (text, encoding) => {
  expect([...TabBuffer.from(text, encoding)]).toEqual([...Buffer.from(text, encoding)]);
});

test("bytes are written as Node writes them", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const [own, nodes] = [TabBuffer.from(bytes), Buffer.from(bytes)];
  for (const encoding of ["hex", "base64", "base64url", "utf8"] as const)
    expect(own.toString(encoding)).toBe(nodes.toString(encoding));
  expect(own.toString("utf8", 65, 70)).toBe("ABCDE");
  expect(own.subarray(65, 70).toString()).toBe("ABCDE");
  expect(own.readUInt32BE()).toBe(nodes.readUInt32BE());
  expect(TabBuffer.concat([own, bytes]).length).toBe(512);
  expect(TabBuffer.from(bytes.buffer, 65, 5).toString()).toBe("ABCDE");
  expect(TabBuffer.byteLength("Zoë")).toBe(4);
  expect(TabBuffer.from("one two").includes("two")).toBe(true);
  expect(TabBuffer.from("one two").includes("three")).toBe(false);
});

test.each([
  "127.0.0.1",
  "::1",
  "2001:db8::1",
  "::ffff:1.2.3.4",
  "256.1.1.1",
  "1.2.3",
  "01.2.3.4",
  "in-process",
  "",
  "fe80::1::2",
])("%j is an address of the kind that Node says", (address) => {
  expect(isIP(address)).toBe(nodeNet.isIP(address));
});

test.each([
  [1, 1],
  [0, -0],
  [Number.NaN, Number.NaN],
  ["1", 1],
  [null, undefined],
  [
    { a: 1, b: [1, 2] },
    { b: [1, 2], a: 1 },
  ],
  [{ a: undefined }, {}],
  [{ a: undefined }, { b: undefined }],
  [
    [1, 2],
    [2, 1],
  ],
  [[1], { 0: 1 }],
  [new Date(1), new Date(1)],
  [new Date(1), new Date(2)],
  [new Map([["a", 1]]), new Map([["a", 1]])],
  [new Map([["a", 1]]), new Map([["a", 2]])],
  [new Set([1]), new Set([1])],
])("%j and %j are equal where Node says so", (a, b) => {
  expect(isDeepStrictEqual(a, b)).toBe(nodeUtil.isDeepStrictEqual(a, b));
});

test("files are there by name, as long as they are, and are cut at a byte", () => {
  beginWithFiles([["kept", "Zoë\n"]]);
  appendFileSync("kept", "half");
  expect(statSync("kept").size).toBe(9);
  truncateSync("kept", 5);
  expect(filesThere()).toEqual([["kept", "Zoë\n"]]);
  renameSync("kept", "moved");
  expect(filesThere()).toEqual([["moved", "Zoë\n"]]);
  expect(() => statSync("missing")).toThrow("no such file");
});
