import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts texts and bytes for the database, AES-256-GCM. */
export interface Sealer {
  seal(content: string | Uint8Array): string;
  /** Null when it was sealed with none of our secrets or has been altered. */
  open(sealed: string): string | null;
  openBytes(sealed: string): Buffer | null;
  /**
   * What a previous secret sealed, sealed with the present one; null when
   * it is so already, or cannot be opened.
   */
  reseal(sealed: string): string | null;
}

const version = "1";
const ivBytes = 12;
const tagBytes = 16;

function openWith(key: Buffer, sealed: string): Buffer | null {
  const [sealedVersion, payload = ""] = sealed.split(".");
  if (sealedVersion !== version) return null;
  const bytes = Buffer.from(payload, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const decrypted = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
    return Buffer.concat(decrypted);
  } catch {
    return null;
  }
}

/**
 * The key comes from `secret` and serves `purpose` only; what `previous` secrets sealed still opens. The
 * leading version leaves room for another cipher.
 */
export function createSealer(secret: string, purpose: string, previous: readonly string[] = []): Sealer {
  const keyFrom = (text: string) => Buffer.from(hkdfSync("sha256", text, "", `trendline ${purpose}`, 32));
  const key = keyFrom(secret);
  const previousKeys = previous.map(keyFrom);

  function seal(content: string | Uint8Array): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", key, iv);
    const encrypted = Buffer.concat([
      cipher.update(typeof content === "string" ? Buffer.from(content, "utf8") : content),
      cipher.final(),
    ]);
    return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString("base64url")}`;
  }

  function openWithPrevious(sealed: string): Buffer | null {
    for (const previousKey of previousKeys) {
      const content = openWith(previousKey, sealed);
      if (content !== null) return content;
    }
    return null;
  }

  const openBytes = (sealed: string) => openWith(key, sealed) ?? openWithPrevious(sealed);

  return {
    seal,
    open: (sealed) => openBytes(sealed)?.toString("utf8") ?? null,
    openBytes,
    reseal: (sealed) => {
      const content = openWith(key, sealed) === null ? openWithPrevious(sealed) : null;
      return content === null ? null : seal(content);
    },
  };
}
