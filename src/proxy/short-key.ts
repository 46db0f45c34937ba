import { hash } from "node:crypto";

const longest = 512;

/**
 * A key for a text of any length, itself where it is short. A hash is made longer than any
 * such text, so that none can be taken for another's hash.
 */
export const shortKey = (text: string): string =>
  text.length <= longest ? text : hash("sha256", text).padEnd(longest + 1);
