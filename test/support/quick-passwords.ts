import { randomUUID, scrypt } from "node:crypto";
import type { Passwords } from "#proxy/auth/passwords.ts";

const keyOf = (password: string, salt: string): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, 64, { N: 2 }, (error, key) =>
      error ? reject(error) : resolve(key.toString("hex")),
    );
  });

/**
 * As the product keeps them, without the work that is to make guessing slow and
 * makes hundreds of sign-ins slow, too.
 */
export const quickPasswords: Passwords = {
  hash: async (password) => {
    const salt = randomUUID();
    return `${salt}:${await keyOf(password, salt)}`;
  },
  verify: async ({ hash, password }) => {
    const [salt = "", key] = hash.split(":");
    return (await keyOf(password, salt)) === key;
  },
};
