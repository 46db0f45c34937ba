import type { ProblemCode } from "#contract/problem-codes.ts";
import type { PatientStatus } from "#contract/roster.ts";
import type { WardChoice } from "#contract/ward.ts";
import type { Band } from "#glucose/bands.ts";
import { type Freshness, freshnessOf } from "#glucose/freshness.ts";
import { latestIndex } from "#glucose/latest.ts";
import { isFallingNearLow } from "#glucose/now-reasons.ts";
import { type NowState, nowStateOf } from "#glucose/now-state.ts";
import type { Reading } from "#glucose/reading.ts";
import { followsGap } from "#glucose/series.ts";
import { targetsFor } from "#glucose/targets.ts";
import { type Trend, trendOf } from "#glucose/trend.ts";
import type { WardPatient } from "../api/ward.ts";

interface Shown {
  readonly reading: Reading;
  readonly freshness: Freshness;
  /** Null for a value that does not speak for now: it has no colour of a band either. */
  readonly band: Band | null;
  /** Of a value in range that speaks for now: it falls, and is near the lower edge. */
  readonly isFalling: boolean;
  /** Of a value too old to speak for now: how it was then, which is no less worth a look. */
  readonly last: "low" | "very-low" | "falling-near-low" | "very-high" | null;
  /** Null where no arrow may be shown: stale, after a gap, of an unknown code. */
  readonly trend: Trend | null;
}

type Missing = "failed" | "waiting" | "ended" | "silent";

export type TileView =
  | { readonly shown: Shown }
  | { readonly missing: Missing; readonly sinceMs: number | null };

const hasEnded = (status: PatientStatus | null, nowMs: number) =>
  (status?.sensor?.endedAtMs ?? Number.POSITIVE_INFINITY) <= nowMs;

function lastOf(state: NowState): Shown["last"] {
  if (isFallingNearLow(state)) return "falling-near-low";
  const { band } = state;
  return band === "low" || band === "very-low" || band === "very-high" ? band : null;
}

/** What a patient's tile says at `nowMs`: the latest value as far as it speaks for now, or why there is none. */
export function tileViewOf({ readings, status, targets }: WardPatient, nowMs: number): TileView {
  const sinceMs = status?.lastReadingAtMs ?? null;
  if (!readings) return { missing: "failed", sinceMs };
  const index = latestIndex(readings);
  const reading = readings[index];
  if (!reading) {
    if (hasEnded(status, nowMs)) return { missing: "ended", sinceMs };
    return { missing: status?.stage === "waiting" ? "waiting" : "silent", sinceMs };
  }
  const freshness = freshnessOf(reading.timeMs, nowMs);
  const isCurrent = freshness === "current" && !reading.warmUp;
  const trend = trendOf(reading.trend);
  const state = nowStateOf(readings, targetsFor(targets).edges);
  const hasArrow = isCurrent && !followsGap(readings, index) && trend !== "unknown";
  return {
    shown: {
      reading,
      freshness,
      band: isCurrent ? (state?.band ?? null) : null,
      isFalling: isCurrent && state !== null && isFallingNearLow(state),
      last: !isCurrent && state ? lastOf(state) : null,
      trend: hasArrow ? trend : null,
    },
  };
}

/** "A. B.", or 王＊: what tells the staff who it is, and strangers less. */
export function initialsOf(name: string): string {
  const firsts = name.split(/[\s·]+/u).flatMap((word) => /\p{L}/u.exec(word)?.[0] ?? []);
  const [first = "?"] = firsts;
  if (firsts.length <= 1) return `${first}${/\p{Script=Han}/u.test(first) ? "＊" : "."}`;
  return firsts.map((letter) => `${letter.toUpperCase()}.`).join(" ");
}

/** Longer ones would leave no room for the value; the whole of it is on the patient's page. */
const longestShown = 36;

export function shortName(name: string): string {
  const signs = [...name];
  return signs.length > longestShown ? `${signs.slice(0, longestShown - 1).join("")}…` : name;
}

const leastEnding = 4;
const longestEnding = 10;

/** The end of an ID: whole parts of it where they are short, so many signs at least. */
function idEnding(partnerUid: string, least = leastEnding): string {
  const parts = partnerUid.split(/(?<=[^\p{L}\p{N}])/u);
  let ending = "";
  while (parts.length > 0 && [...ending].length < least) ending = `${parts.pop()}${ending}`;
  return [...ending].slice(-Math.max(least, longestEnding)).join("");
}

/** As much of the end of each ID as tells them apart. */
function endingsApart(uids: readonly string[]): string[] {
  const longest = Math.max(...uids.map((uid) => uid.length));
  let least = leastEnding;
  const endings = () => uids.map((uid) => idEnding(uid, least));
  while (least < longest && new Set(endings()).size < uids.length) least += 1;
  return endings();
}

export interface TileLabel {
  /** May be cut where the tile has no room. */
  readonly name: string;
  /** What tells two of one name apart, which is never cut; empty where nobody else is called so. */
  readonly apart: string;
}

/** Names that begin alike look the same on a small tile, which cuts them. */
const surelyShown = 12;

/** What stands on each tile, by the patient's ID: two that would look the same say the end of their ID too. */
export function tileLabels(
  patients: readonly Pick<WardPatient, "id" | "name" | "partnerUid">[],
  named: WardChoice["named"],
): ReadonlyMap<string, TileLabel> {
  const nameOf = ({ name }: (typeof patients)[number]) =>
    named === "name" ? shortName(name) : initialsOf(name);
  const looks = Map.groupBy(patients, (patient) =>
    [...nameOf(patient).toLowerCase()].slice(0, surelyShown).join(""),
  );
  return new Map(
    [...looks.values()].flatMap((alike) => {
      const endings = endingsApart(alike.map(({ partnerUid }) => partnerUid));
      return alike.map((patient, index) => {
        const isAlone = alike.length === 1 && named === "name";
        return [patient.id, { name: nameOf(patient), apart: isAlone ? "" : (endings[index] ?? "") }] as const;
      });
    }),
  );
}

/** Why patients could not be read, or not since: said once for all of them. */
export function troublesOf(
  patients: readonly Pick<WardPatient, "stale" | "failure">[],
): { code: ProblemCode; count: number }[] {
  const counts = new Map<ProblemCode, number>();
  for (const { stale, failure } of patients) {
    const code = failure ?? stale?.code;
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => ({ code, count }));
}

/**
 * Those who are low, or were when they were last heard of, before all others, the very low first, and then who is or
 * was falling near it; else in their order.
 */
export function lowestFirst(patients: readonly WardPatient[], nowMs: number): WardPatient[] {
  const rankOf = (patient: WardPatient) => {
    const view = tileViewOf(patient, nowMs);
    const shown = "shown" in view ? view.shown : null;
    const how = shown?.isFalling ? "falling-near-low" : (shown?.band ?? shown?.last);
    return how === "very-low" ? 0 : how === "low" ? 1 : how === "falling-near-low" ? 2 : 3;
  };
  return patients.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const leastWidthPx = 140;
/** As the style sheet has it. */
const leastHeightPx = 120;
const gapPx = 6;
/** Width to height of a tile that reads best. */
const ratio = 1.4;

/**
 * In how many columns so many tiles are largest; where they would be too small, as many as are wide enough, and how many
 * are below the edge or cut by it.
 */
export function columnsFor(
  count: number,
  widthPx: number,
  heightPx: number,
): { columns: number; below: number } {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const [width, height] = [widthPx / columns, heightPx / Math.ceil(count / columns)];
    if (width < leastWidthPx || height < leastHeightPx) continue;
    const size = Math.min(width / ratio, height);
    if (size > best.size) best = { columns, size };
  }
  if (best.size > 0) return { columns: best.columns, below: 0 };
  const columns = Math.max(1, Math.floor(widthPx / leastWidthPx));
  const wholeRows = Math.floor((heightPx + gapPx) / (leastHeightPx + gapPx));
  return { columns, below: Math.max(1, count - wholeRows * columns) };
}
