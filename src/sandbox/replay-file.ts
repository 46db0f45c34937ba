import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const mgDlPerMmolL = 18.01559;

/** One real series: times as recorded, glucose in tenths of mmol/L, in time order. */
export interface Series {
  subject: string;
  timeZone: string;
  spacingMs: number;
  points: readonly { timeMs: number; tenths: number }[];
}

/**
 * Every *.json of the folder. Throws with the file's name and the reason
 * at the first that cannot be replayed.
 */
export function readReplayFolder(folder: string): Series[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const series = names.sort().map((name) => {
    try {
      return parseSeries(JSON.parse(readFileSync(join(folder, name), "utf8")));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`Cannot replay ${join(folder, name)}: ${reason}`, { cause: error });
    }
  });
  const twice = series.find((one, i) => series.findIndex((other) => other.subject === one.subject) !== i);
  if (twice) throw new Error(`Cannot replay ${folder}: two files are of subject "${twice.subject}"`);
  return series;
}

function parseSeries(data: unknown): Series {
  if (typeof data !== "object" || data === null || Array.isArray(data)) throw new Error("not a JSON object");
  const { subject, unit, tz, dt_min, t, v } = data as Record<string, unknown>;
  if (typeof subject !== "string" || subject.trim() === "") throw new Error('"subject" must be a text');
  if (unit !== "mg/dL" && unit !== "mmol/L") throw new Error('"unit" must be "mg/dL" or "mmol/L"');
  if (typeof tz !== "string" || !isTimeZone(tz)) throw new Error('"tz" must be an IANA time zone');
  if (!isNumbers(t)) throw new Error('"t" must be a list of times in ms');
  if (!isNumbers(v)) throw new Error('"v" must be a list of numbers');
  if (t.length === 0) throw new Error('"t" is empty');
  if (t.length !== v.length) throw new Error(`"t" has ${t.length} entries, but "v" has ${v.length}`);
  if (dt_min !== undefined && !(typeof dt_min === "number" && dt_min > 0)) {
    throw new Error('"dt_min" must be a number above 0');
  }
  const perMmolL = unit === "mg/dL" ? mgDlPerMmolL : 1;
  const points = t.map((timeMs, i) => ({ timeMs, tenths: Math.round(((v[i] ?? 0) / perMmolL) * 10) }));
  if (points.some(({ tenths }) => tenths <= 0 || tenths > 600)) {
    throw new Error(`"v" has values that cannot be glucose in ${unit}`);
  }
  points.sort((a, b) => a.timeMs - b.timeMs);
  return { subject, timeZone: tz, spacingMs: (dt_min ?? usualSpacingMin(t)) * 60_000, points };
}

function usualSpacingMin(times: readonly number[]): number {
  const steps = times.slice(1).map((time, i) => Math.round((time - (times[i] ?? time)) / 60_000));
  const positive = steps.filter((step) => step > 0).sort((a, b) => a - b);
  return positive[Math.floor(positive.length / 2)] ?? 3;
}

function isNumbers(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((entry) => typeof entry === "number" && Number.isFinite(entry));
}

function isTimeZone(timeZone: string): boolean {
  try {
    offsetCheck(timeZone);
    return true;
  } catch {
    return false;
  }
}

function offsetCheck(timeZone: string): void {
  new Intl.DateTimeFormat("en-US", { timeZone });
}
