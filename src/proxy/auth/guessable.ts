import { isOwnAddress } from "#contract/password.ts";
import { Failure } from "../failure.ts";
import { createWorker } from "../worker.ts";
import type { Question } from "./guessable-thread.ts";

/** Whose password it is to be. */
interface Owner {
  name?: string;
  email: string;
}

/** Rejects with the field's failure when a new password is among those that are tried first. */
export type RefuseGuessable = (field: string, password: string, owner: Owner) => Promise<void>;

/** Of the trade; a guesser at a clinic's passwords tries these. */
const tradeWords =
  "trendline hospital clinic klinik clinica health medical doctor nurse patient diabetes glucose insulin sensor yiyuan tangniaobing";
const shortestWord = 4;
const fewestLetters = 4;
const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= shortestWord);

/** What is left of it once every one of these words is taken out is too little to be a password. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  const plain = password.toLowerCase().replaceAll(/\s/g, "");
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ""), plain);
  return rest !== plain && rest.replaceAll(/[^\p{L}]/gu, "").length < fewestLetters;
}

/** Its lists are loaded once, and released when no password has been checked for a while. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };
const idleMs = 15_000;
const isTriedFirst = createWorker<Question, boolean>("auth/guessable-thread", resourceLimits, idleMs);

/**
 * Refuses the 437,000 commonest of leaked passwords, what a guesser needs few tries for, and what is made of
 * the clinic's own words or its owner's name.
 */
export function createRefuseGuessable(clinicWords: readonly string[]): RefuseGuessable {
  const known = wordsIn([tradeWords, ...clinicWords].join(" "));
  return async (field, password, { name = "", email }) => {
    const refuse = (reason: string, detail: string) =>
      new Failure("invalid-request", { detail, fields: [{ field, reason }] });
    if (isOwnAddress(password, email)) throw refuse("is-address", "The e-mail address is no password.");
    const words = [...new Set([...known, ...wordsIn(name), ...wordsIn(email)])];
    if (isMadeOf(password, words) || (await isTriedFirst({ password, words })))
      throw refuse("too-common", "This password is among those that are tried first.");
  };
}
