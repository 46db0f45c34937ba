import Papa from "papaparse";
import { expect, test } from "vitest";
import { toCsv, toPasteable } from "#client/ui/csv.ts";
import { readingRows } from "#report/patient/readings-csv.ts";
import { readingsOf } from "#test/support/readings.ts";

const [reading] = readingsOf([6.3], { startMs: Date.UTC(2026, 9, 25, 0, 30), trend: 15, uploadDelayMin: 4 });
const [again] = readingsOf([null, 6.4], { startMs: Date.UTC(2026, 9, 25, 0, 30), spacingMin: 60, trend: 99 });
if (!reading || !again) throw new Error("no readings");

test("a row says the local time, the zone and UTC, so that the hour that comes twice is told apart", () => {
  const [header, first, second] = readingRows([reading, again], "Europe/Berlin", "mmol/L");
  expect(header?.slice(0, 5)).toEqual([
    "local_time",
    "time_zone",
    "utc_offset",
    "time_utc",
    "glucose_mmol_per_L",
  ]);
  expect(first?.slice(0, 5)).toEqual([
    "2026-10-25 02:30:00",
    "Europe/Berlin",
    "UTC+02:00",
    "2026-10-25T00:30:00.000Z",
    "6.3",
  ]);
  expect(second?.slice(0, 3)).toEqual(["2026-10-25 02:30:00", "Europe/Berlin", "UTC+01:00"]);
  expect(first?.slice(5)).toEqual(["reading", "rapid-rise", "15", "P1", "1", "4"]);
  expect(second?.slice(5, 8)).toEqual(["reading", "unknown", "99"]);
});

test("in mg/dL the column says so and the number is whole", () => {
  const [header, row] = readingRows([reading], "UTC", "mg/dL");
  expect([header?.[4], row?.[4]]).toEqual(["glucose_mg_per_dL", "113"]);
});

test("warm-up is marked, and what is not known is empty", () => {
  const [, row] = readingRows(
    [{ ...reading, warmUp: true, packet: null, uploadDelayMin: null }],
    "UTC",
    "mmol/L",
  );
  expect([row?.[5], row?.[9], row?.[10]]).toEqual(["warm-up", "", ""]);
});

test("the file is UTF-8 with a mark, and reads back as it was written; a serial like a formula stays text", () => {
  const rows = readingRows([{ ...reading, sensor: "=1+1" }], "UTC", "mmol/L");
  const csv = toCsv(rows);
  expect(csv.startsWith("\ufefflocal_time,")).toBe(true);
  const { data } = Papa.parse<string[]>(csv.slice(1).trimEnd());
  expect(data[0]).toEqual(rows[0]);
  expect(data[1]?.[8]).toBe("'=1+1");
  expect(toPasteable(rows).split("\n")[1]?.split("\t")).toHaveLength(11);
});
