import * as z from "zod/mini";

export const passwordMinLength = 12;

/** Whether it is the owner's e-mail address, the part before its @, or holds the whole of it. */
export function isOwnAddress(password: string, email: string): boolean {
  const [plain, address] = [password.toLowerCase().trim(), email.toLowerCase().trim()];
  return address !== "" && (plain.includes(address) || plain === address.split("@")[0]);
}

/** A password that somebody chooses. Whoever takes one also asks `isOwnAddress`. Issue messages are stable words. */
export const newPassword = z
  .string("required")
  .check(z.minLength(passwordMinLength, "too-short"), z.maxLength(128, "too-long"));
