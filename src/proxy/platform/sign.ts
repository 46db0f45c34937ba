import { createHmac, randomBytes } from "node:crypto";

export interface Signable {
  method: string;
  /** The request's URL; only its path and its decoded query take part. */
  url: URL;
  /** The exact bytes sent with POST or PUT, as text. */
  body: string;
  appId: string;
  timestampMs: number;
  nonce: string;
}

/**
 * The Partner API's string to sign: method, path, parameters in ASCII order
 * of their names, body; no separators.
 */
export function stringToSign({ method, url, body, appId, timestampMs, nonce }: Signable): string {
  const parameters = new Map([
    ["X-App-Id", appId],
    ["X-Nonce", nonce],
    ["X-Timestamp", String(timestampMs)],
  ]);
  for (const [name, value] of url.searchParams) if (!parameters.has(name)) parameters.set(name, value);
  const inOrder = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  const upper = method.toUpperCase();
  const signedBody = upper === "POST" || upper === "PUT" ? body : "";
  return upper + url.pathname + inOrder.map(([name, value]) => name + value).join("") + signedBody;
}

export const signatureOf = (appSecret: string, text: string): string =>
  createHmac("sha256", appSecret).update(text, "utf8").digest("hex");

/** The four signing headers of one request. The nonce is new every time. */
export function signingHeaders(appSecret: string, request: Omit<Signable, "nonce">): Record<string, string> {
  const nonce = randomBytes(16).toString("hex");
  return {
    "X-App-Id": request.appId,
    "X-Timestamp": String(request.timestampMs),
    "X-Nonce": nonce,
    "X-Signature": signatureOf(appSecret, stringToSign({ ...request, nonce })),
  };
}
