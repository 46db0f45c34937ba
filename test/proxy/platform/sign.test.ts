import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { signatureOf, signingHeaders, stringToSign } from "#proxy/platform/sign.ts";

interface Vector {
  note: string;
  app_secret: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
  string_to_sign: string;
  signature: string;
}

const file = join(import.meta.dirname, "../../fixtures/partner-api-vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

test.each(vectors)("signs as openssl did: $note", (vector) => {
  const url = new URL(`https://platform.test${vector.path}`);
  for (const [name, value] of Object.entries(vector.query)) url.searchParams.set(name, value);
  const text = stringToSign({
    method: vector.method.toLowerCase(),
    url,
    body: vector.body,
    appId: vector.headers["X-App-Id"] ?? "",
    timestampMs: Number(vector.headers["X-Timestamp"]),
    nonce: vector.headers["X-Nonce"] ?? "",
  });
  expect(text).toBe(vector.string_to_sign);
  expect(signatureOf(vector.app_secret, text)).toBe(vector.signature);
});

test("there are eight vectors", () => {
  expect(vectors).toHaveLength(8);
});

test("of a repeated query parameter the first value is signed, and a GET's body is not", () => {
  const url = new URL("https://platform.test/p?a=1&a=2");
  const text = stringToSign({ method: "GET", url, body: "ignored", appId: "A", timestampMs: 5, nonce: "N" });
  expect(text).toBe("GET/pX-App-IdAX-NonceNX-Timestamp5a1");
});

test("no two requests carry the same nonce", () => {
  const request = {
    method: "GET",
    url: new URL("https://platform.test/p"),
    body: "",
    appId: "A",
    timestampMs: 5,
  };
  const nonces = Array.from({ length: 100 }, () => signingHeaders("s", request)["X-Nonce"]);
  expect(new Set(nonces).size).toBe(100);
});
