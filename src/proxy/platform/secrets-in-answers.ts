/** Shorter ones may be a word like any other. */
const shortestSecret = 8;
const instead = "…";

/**
 * A body without the secrets that its request was made with: one that the platform
 * repeats would go on to browsers and logs.
 */
export function withoutSecrets(bytes: Uint8Array, secrets: readonly string[]): Uint8Array {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const repeated = secrets.filter((secret) => secret.length >= shortestSecret && body.includes(secret));
  if (repeated.length === 0) return bytes;
  // In a memory of its own, as it may be handed to another thread.
  const text = repeated.reduce((text, secret) => text.replaceAll(secret, instead), body.toString());
  return new TextEncoder().encode(text);
}

/**
 * Letters and digits without a space, as a key, a token or a signature has them: also one
 * that we do not know, or a part of one.
 */
const opaque = /(?=[\w+=~%-]*\d)(?=[\w+=~%-]*[a-z])[\w+=~%-]{16,}/gi;

/** What the platform says in words, without what looks like a secret. */
export const wordsWithoutSecrets = (text: string): string => text.replace(opaque, instead);
