import { createHmac, timingSafeEqual } from "node:crypto";

const signedHeaders = ["X-App-Id", "X-Nonce", "X-Timestamp"];

/** What a caller must have signed: the exact body bytes take part for POST and PUT only. */
export function signatureOf(request: Request, body: Uint8Array, appSecret: string): string {
  const url = new URL(request.url);
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) if (!parameters.has(name)) parameters.set(name, value);
  for (const name of signedHeaders) parameters.set(name, request.headers.get(name) ?? "");
  const method = request.method.toUpperCase();
  // Array.sort compares code units, which is ASCII order: upper case before lower.
  const named = [...parameters.keys()].sort().map((name) => name + parameters.get(name));
  const hmac = createHmac("sha256", appSecret).update(method + url.pathname + named.join(""), "utf8");
  if (method === "POST" || method === "PUT") hmac.update(body);
  return hmac.digest("hex");
}

export function sameSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
