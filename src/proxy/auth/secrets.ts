import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/**
 * The secrets in better-auth's form, the current one first. What it encrypts names its key by a version
 * number; the number is derived from the secret, so that nobody has to number secrets.
 */
export const toVersions = (secrets: readonly string[]) =>
  secrets.map((value) => ({
    version: Buffer.from(hkdfSync("sha256", value, "", "trendline key number", 4)).readUInt32BE(),
    value,
  }));

const sign = (value: string, secret: string) => createHmac("sha256", secret).update(value).digest("base64");

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/**
 * better-auth verifies cookies with the current secret only. This re-signs those of a previous secret in an
 * incoming Cookie header, so that a new secret signs nobody out.
 */
export function createResign(secret: string, previous: readonly string[]): (cookies: string) => string {
  const isSigned = (value: string, signature: string, by: string) => {
    const [given, right] = [Buffer.from(signature), Buffer.from(sign(value, by))];
    return given.length === right.length && timingSafeEqual(given, right);
  };
  const resign = (pair: string) => {
    const [name = "", ...rest] = pair.split("=");
    const signed = decode(rest.join("="));
    const dot = signed.lastIndexOf(".");
    const [value, signature] = [signed.slice(0, dot), signed.slice(dot + 1)];
    if (dot < 1 || !previous.some((one) => isSigned(value, signature, one))) return pair;
    return `${name}=${encodeURIComponent(`${value}.${sign(value, secret)}`)}`;
  };
  return (cookies) => (previous.length === 0 ? cookies : cookies.split(";").map(resign).join(";"));
}
