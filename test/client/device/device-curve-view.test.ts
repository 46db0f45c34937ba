import { expect, test } from "vitest";
import { curveEpisodes, curveExtent, curveGaps } from "#client/device/device-curve-view.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);
const at = (minutes: number) => startMs + minutes * minuteMs;
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);
const device = { serial: "P1", state: "activated", activatedAtMs: startMs, endedAtMs: null } as const;

test("a curve reaches from the activation until now, and without a reading there is none", () => {
  const readings = readingsOf([6, 6], { startMs: at(60) });
  expect(curveExtent("wear", device, readings, at(90))).toEqual({ startMs, endMs: at(90) });
  expect(curveExtent("wear", device, [], at(90))).toBeNull();
});

test("what is not known of the platform is told apart from what it says: a part of the answer, and the time since", () => {
  const readings = readingsOf([...times(20, 6), ...times(100, null), ...times(20, 6)], { startMs });
  const read = {
    readings,
    asOfMs: at(440),
    unread: [{ startMs: at(100), endMs: at(300) }],
    unreadable: [],
  };
  const gaps = (isCutOff: boolean) =>
    curveGaps(device, read, { startMs, endMs: at(450) }, isCutOff).map(({ fromMs, toMs, cause }) => [
      (fromMs - startMs) / minuteMs,
      (toMs - startMs) / minuteMs,
      cause,
    ]);
  const before = [
    [57, 100, "lost"],
    [100, 300, "unread"],
    [300, 360, "lost"],
  ];
  expect(gaps(false)).toEqual([...before, [417, 450, "not-uploaded"]]);
  expect(gaps(true)).toEqual([...before, [417, 440, "not-uploaded"], [440, 450, "unread"]]);
});

test("lows and highs come as the curve goes through them", () => {
  const values = [...times(20, 6), ...times(10, 12), ...times(20, 6), ...times(10, 3.2), ...times(20, 6)];
  const readings = readingsOf(values, { startMs });
  const kinds = curveEpisodes(readings, { startMs, endMs: at(240) }, edgesMmolL).map(({ kind }) => kind);
  expect(kinds).toEqual(["high", "low"]);
});
