import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts short texts for the database, AES-256-GCM. */
export interface Sealer {
  seal(text: string): string;
  /** Null when it was sealed with another key or has been altered. */
  open(sealed: string): string | null;
}

const version = "1";
const ivBytes = 12;
const tagBytes = 16;

/** The key comes from `secret` and serves `purpose` only. The leading version leaves room for another key or cipher. */
export function createSealer(secret: string, purpose: string): Sealer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", `trendline ${purpose}`, 32));
  return {
    seal: (text) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString("base64url")}`;
    },
    open: (sealed) => {
      const [sealedVersion, payload = ""] = sealed.split(".");
      if (sealedVersion !== version) return null;
      const bytes = Buffer.from(payload, "base64url");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes));
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const decrypted = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
        return Buffer.concat(decrypted).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}
