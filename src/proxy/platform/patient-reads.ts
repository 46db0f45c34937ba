import pLimit from "p-limit";
import type { Logger } from "pino";
import { joinSeries, type ReadingSeries, wholeOf } from "#glucose/reading-series.ts";
import { Failure } from "../failure.ts";
import { isPassing } from "./breaker.ts";
import type { Call } from "./call.ts";
import { leftOutOf, mostReadingsAtOnce } from "./records.ts";
import type { Tokens } from "./tokens.ts";
import type { PlatformReadings, SensorBook } from "./types.ts";
import { windowsOf } from "./windows.ts";

const maxWindowsAtOnce = 4;

export type ReadPatient = (openId: string, startMs: number, endMs: number) => Promise<PlatformReadings>;

/** Reads a patient's readings from the platform, window by window, and notes which sensors they wore. */
export function createReadPatient(
  call: Call,
  tokens: Tokens,
  sensors: SensorBook,
  now: () => number,
  log: Logger,
): ReadPatient {
  const remembered = new Set<string>();
  /** Two sensors each of a hundred thousand patients. */
  const mostRemembered = 200_000;

  async function rememberSensors(openId: string, { serials }: ReadingSeries) {
    const fresh = serials.filter((serial) => !remembered.has(`${openId} ${serial}`));
    if (fresh.length === 0) return;
    await sensors.remember(openId, fresh);
    if (remembered.size > mostRemembered) remembered.clear();
    for (const serial of fresh) remembered.add(`${openId} ${serial}`);
  }

  async function readWindow(openId: string, range: { startMs: number; endMs: number }) {
    const query = { open_id: openId, start_time: String(range.startMs), end_time: String(range.endMs) };
    const { openId: about, ...found } = await tokens.with(openId, (accessToken) =>
      call.records(
        { method: "GET", path: "/partner/v1/user/glucose", query, accessToken },
        { openId, range, nowMs: now() },
      ),
    );
    if (about !== openId)
      throw new Failure("platform-malformed", {
        detail: "The platform's answer does not say that it is about the user who was asked for.",
      });
    return found;
  }

  return async (openId, startMs, endMs) => {
    const asOfMs = now();
    const limit = pLimit(maxWindowsAtOnce);
    const windows = windowsOf(startMs, endMs);
    const results = await Promise.allSettled(windows.map((range) => limit(() => readWindow(openId, range))));
    const parts = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    const failed: unknown = reasons.find((reason) => !isPassing(reason)) ?? reasons[0];
    if (failed && parts.length === 0) throw failed;
    if (failed) log.warn({ err: failed }, "a part of a patient's readings could not be read");
    const unread = windows.filter((_, index) => results[index]?.status === "rejected");
    if (parts.reduce((sum, part) => sum + part.series.length, 0) > mostReadingsAtOnce)
      throw new Failure("platform-malformed", {
        detail: "The platform gives more readings than sensors can have measured.",
        isFinal: true,
      });
    const { series } = joinSeries(parts.map((part) => wholeOf(part.series)));
    await rememberSensors(openId, series);
    const unreadable = parts.flatMap((part) => part.unreadable).sort((a, b) => a.timeMs - b.timeMs);
    return { ...wholeOf(series), leftOut: leftOutOf(parts), unreadable, unread, asOfMs, stale: null };
  };
}
