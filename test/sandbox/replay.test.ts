import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createPartner, dayMs, minuteMs, someDayMs } from "./partner.ts";

const base = {
  subject: "made-up-1",
  unit: "mg/dL",
  tz: "Europe/London",
  dt_min: 5,
  // A summer's day: British Summer Time, an hour ahead. A jitter, a repeated reading and an hour's gap.
  t: [0, 300_000, 601_000, 601_000, 4_200_000].map((ms) => Date.UTC(2023, 6, 4, 12) + ms),
  v: [113, 126, 54, 54, 401],
};

const folderOf = (files: Record<string, unknown>) => {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, data] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof data === "string" ? data : JSON.stringify(data));
  }
  return folder;
};

test("a real series becomes a person, ends now and keeps its spacing", async () => {
  const partner = createPartner({ replayDir: folderOf({ "a.json": base, "README.md": "not a series" }) });
  const person = partner.sandbox.cohort.at(-1);
  expect(person).toMatchObject({
    partnerUid: "replay-made-up-1",
    name: "made-up-1",
    timeZone: "Europe/London",
  });
  const who = await partner.register("replay-made-up-1");
  const records = await partner.userRecords(who, someDayMs - 2 * dayMs, someDayMs);
  expect(records.map(({ value }) => value)).toEqual([6.3, 7.0, 3.0, 3.0, 22.3]);
  expect(records.map(({ package_num }) => package_num)).toEqual([1, 2, 3, 3, 15]);
  const times = records.map(({ measured_at }) => measured_at);
  expect(times.map((time) => time - (times[0] ?? 0))).toEqual(base.t.map((time) => time - (base.t[0] ?? 0)));
  expect(someDayMs - (times.at(-1) ?? 0)).toBeGreaterThanOrEqual(0);
  expect(someDayMs - (times.at(-1) ?? 0)).toBeLessThan(minuteMs);
  expect((await partner.device(records[0]?.device_sn ?? "")).data).toMatchObject({ status: 2 });
});

test("mmol/L values stay as they are, and a long series is worn on several sensors", async () => {
  const t = Array.from({ length: 20 * 24 }, (_, hour) => Date.UTC(2024, 0, 1) + hour * 60 * minuteMs);
  const v = t.map((_, i) => 4 + (i % 50) / 10);
  const series = { subject: "long", unit: "mmol/L", tz: "Asia/Tokyo", t, v };
  const partner = createPartner({ replayDir: folderOf({ "long.json": series }) });
  const who = await partner.register("replay-long");
  const records = await partner.userRecords(who, someDayMs - 25 * dayMs, someDayMs);
  expect(records.map(({ value }) => value)).toEqual(v.map((value) => Math.round(value * 10) / 10));
  expect(new Set(records.map(({ device_sn }) => device_sn)).size).toBe(2);
});

for (const [what, file, reason] of [
  ["no JSON", "{", "JSON"],
  ["an unknown unit", { ...base, unit: "g/L" }, '"unit"'],
  ["an unknown time zone", { ...base, tz: "Europe/Nowhere" }, '"tz"'],
  ["lists of different length", { ...base, v: [100] }, '"t" has 5 entries, but "v" has 1'],
  ["a value that is no number", { ...base, v: [1, 2, null, 4, 5] }, '"v"'],
  ["no readings", { ...base, t: [], v: [] }, '"t" is empty'],
] as const) {
  test(`a replay file with ${what} stops the start and is named with the reason`, () => {
    const replayDir = folderOf({ "good.json": { ...base, subject: "good" }, "odd.json": file });
    expect(() => createPartner({ replayDir })).toThrow(/odd\.json/);
    expect(() => createPartner({ replayDir })).toThrow(reason);
  });
}
