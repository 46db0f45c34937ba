import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/**
 * The secrets as better-auth takes them, the first for what is made now. What it encrypts names its key by a number; the
 * number comes from the secret itself, so that nobody has to number secrets.
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
 * better-auth signs cookies with one secret and reads them with the same. This signs those of a previous secret with the
 * present one, in a Cookie header as it comes in, so that a new secret signs nobody out.
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
