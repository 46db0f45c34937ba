import { dayMs } from "#glucose/time.ts";
import type { Language } from "#words/language.ts";
import { beginning, type NamedStep, stepOf } from "./scenes.ts";

/** Raised when the same scene would be another one. */
const version = "1";
const longestLink = 500;
const names = ["v", "scene", "seed", "start", "at", "fault", "lang"];
const earliestMs = Date.UTC(2023, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);
const longestMs = 90 * dayMs;

/** All that an address opens. */
export interface SceneLink {
  readonly step: NamedStep;
  readonly seed: number;
  readonly startMs: number;
  readonly atMs: number;
  readonly isOutage: boolean;
  /** Null: as the browser has it. */
  readonly language: Language | null;
}

/** `older`: of another version, or of a scene that is no longer there. `unclear`: not copied whole, or no scene's. */
export type LinkTrouble = "older" | "unclear";

const toText = (timeMs: number) => new Date(timeMs).toISOString().replace(":00.000Z", "Z");
const isTime = (timeMs: number) => timeMs >= earliestMs && timeMs < latestMs;
/** Only as it is written here: "2026-10-15T01:50Z". */
function timeOf(text: string): number {
  const timeMs = Date.parse(text);
  return isTime(timeMs) && toText(timeMs) === text ? timeMs : Number.NaN;
}

export const linkOf = (step: NamedStep, language: Language | null = null): SceneLink => ({
  step,
  ...beginning,
  atMs: step.atMs,
  isOutage: step.outage ?? false,
  language,
});

export function addressOfScene({ step, seed, startMs, atMs, isOutage, language }: SceneLink): string {
  const query = [
    ["v", version],
    ["scene", step.name],
    ["seed", String(seed)],
    ["start", toText(startMs)],
    ["at", toText(atMs)],
    ["fault", isOutage ? "outage" : "none"],
    ...(language ? [["lang", language]] : []),
  ];
  return `/stage?${query.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

/** The scene of an address's query; null where there is no query. */
export function parseScene(search: string): SceneLink | LinkTrouble | null {
  if (search === "" || search === "?") return null;
  if (search.length > longestLink) return "unclear";
  const query = new URLSearchParams(search);
  const given = [...query.keys()];
  if (new Set(given).size !== given.length) return "unclear";
  if (query.has("v") && query.get("v") !== version) return "older";
  if (given.some((name) => !names.includes(name))) return "unclear";
  const step = stepOf(query.get("scene"));
  if (!step) return query.has("scene") && query.has("v") ? "older" : "unclear";
  const seedText = query.get("seed") ?? "";
  const seed = /^[1-9]\d{0,9}$/.test(seedText) ? Number(seedText) : Number.NaN;
  const startMs = timeOf(query.get("start") ?? "");
  const atMs = timeOf(query.get("at") ?? "");
  const fault = query.get("fault");
  const language = query.get("lang");
  const isWhole =
    query.has("v") &&
    seed < 2 ** 31 &&
    atMs - (step.prepareBeforeMs ?? 0) >= startMs &&
    atMs <= startMs + longestMs &&
    (fault === "none" || fault === "outage") &&
    (language === null || language === "en" || language === "zh-CN");
  return isWhole ? { step, seed, startMs, atMs, isOutage: fault === "outage", language } : "unclear";
}
