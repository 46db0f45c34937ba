import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createNonces } from "#sandbox/nonces.ts";
import { createSandbox } from "#sandbox/sandbox.ts";
import { createPartner, minuteMs, signedRequest, someDayMs } from "./partner.ts";

interface Vector {
  note: string;
  app_secret: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: { "X-App-Id": string; "X-Timestamp": string; "X-Nonce": string };
  body: string;
  signature: string;
}
const vectorFile = new URL("../fixtures/partner-api-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, "utf8")) as Vector[];

const register = {
  method: "POST",
  path: "/partner/v1/user/register",
  body: JSON.stringify({ partner_uid: "someone" }),
};

for (const vector of vectors) {
  const send = async (signature: string) => {
    const url = new URL(`http://platform.test${vector.path}`);
    for (const [name, value] of Object.entries(vector.query)) url.searchParams.set(name, value);
    const sandbox = createSandbox({
      now: () => Number(vector.headers["X-Timestamp"]),
      appId: vector.headers["X-App-Id"],
      appSecret: vector.app_secret,
    });
    const request = new Request(url, {
      method: vector.method,
      headers: { ...vector.headers, "X-Signature": signature },
      body: vector.method === "POST" ? vector.body : undefined,
    });
    return ((await (await sandbox.fetch(request)).json()) as { msg: string }).msg;
  };

  test(`the signature vector "${vector.note}" is accepted, and no other signature is`, async () => {
    expect(await send(vector.signature)).not.toBe("invalid signature");
    expect(await send(vector.signature.replace(/^./, (digit) => (digit === "0" ? "1" : "0")))).toBe(
      "invalid signature",
    );
    expect(await send("")).toBe("invalid signature");
  });
}

test("a body changed after signing is refused", async () => {
  const partner = createPartner();
  const request = signedRequest(someDayMs, register);
  const changed = new Request(request.url, {
    method: "POST",
    headers: request.headers,
    body: JSON.stringify({ partner_uid: "someone else" }),
  });
  expect(await (await partner.sandbox.fetch(changed)).json()).toMatchObject({
    code: 1001,
    msg: "invalid signature",
  });
});

test("a request more than five minutes off the platform's clock is refused, in either direction", async () => {
  const partner = createPartner();
  for (const [offMs, code] of [
    [-5 * minuteMs, 0],
    [-5 * minuteMs - 1, 1001],
    [5 * minuteMs, 0],
    [5 * minuteMs + 1, 1001],
  ] as const) {
    const response = await partner.sandbox.fetch(signedRequest(someDayMs + offMs, register));
    expect(await response.json(), `${offMs} ms`).toMatchObject({ code });
  }
});

test("a nonce is good once for as long as its request would still be fresh", async () => {
  const partner = createPartner();
  const request = signedRequest(someDayMs, register);
  const first = await partner.sandbox.fetch(request.clone());
  expect(await first.json()).toMatchObject({ code: 0 });
  partner.setNow(someDayMs + 5 * minuteMs);
  const second = await partner.sandbox.fetch(request.clone());
  expect(await second.json()).toMatchObject({ code: 1001, msg: "nonce already used" });
});

test("a nonce is forgotten once its request would be too old anyway", () => {
  const nonces = createNonces();
  expect(nonces.use("a", 1_000, 1_000, 300_000)).toBe(true);
  expect(nonces.use("a", 1_000, 301_000, 300_000)).toBe(false);
  expect(nonces.use("a", 301_001, 301_001, 300_000)).toBe(true);
});

test("another app's ID is refused", async () => {
  const partner = createPartner();
  expect(await partner.call({ ...register, headers: { "X-App-Id": "app_other" } })).toMatchObject({
    code: 1001,
    msg: "unknown app",
  });
});
