import { expect, test } from "vitest";
import { endIn } from "#contract/readings-file-limits.ts";
import { seriesOf, wholeOf } from "#glucose/reading-series.ts";
import { messagesIn } from "#proxy/pdf/words.ts";
import { csvLines } from "#report/csv.ts";
import { endRow, type FiledRead, type FileSpeech, missingRows } from "#report/patient/readings-file.ts";
import { readingsOf } from "#test/support/readings.ts";
import type { Language } from "#words/language.ts";

const atMs = Date.UTC(2026, 10, 20, 9, 30);
const hour = 3_600_000;
const patient = { name: "Anna", partnerUid: "a-1", hospitalNumber: null, timeZone: "Europe/Berlin" };
const speechIn = (language: Language): FileSpeech => ({
  language,
  unit: "mmol/L",
  file: messagesIn(language, "report", "file"),
  page: messagesIn(language, "patient", "page"),
  failure: messagesIn(language, "domain", "failure"),
});
const whole: FiledRead = {
  ...wholeOf(seriesOf(readingsOf([6.3, 6.4], { startMs: atMs }))),
  leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
  unread: [],
  asOfMs: atMs,
  stale: null,
};
const empty = { ...whole, ...wholeOf(seriesOf([])) };

test.each<[string, FiledRead, string[]]>([
  ["whole", whole, []],
  ["whole, with records sent twice", { ...whole, leftOut: { ...whole.leftOut, duplicates: 4 } }, []],
  ["nothing there", empty, ["The platform has no readings in this period."]],
  [
    "a part not read",
    { ...whole, unread: [{ startMs: atMs, endMs: atMs + hour }] },
    ["20 Nov 2026, 10:30 to 20 Nov 2026, 11:30 is not in this file: the platform could not be read for it."],
  ],
  [
    "nothing but parts not read is no empty period",
    { ...empty, unread: [{ startMs: atMs, endMs: atMs + hour }] },
    ["20 Nov 2026, 10:30 to 20 Nov 2026, 11:30 is not in this file: the platform could not be read for it."],
  ],
  [
    "of before an outage",
    { ...empty, stale: { code: "platform-unreachable" } },
    ["Nothing after 20 Nov 2026, 10:30 is in this file: The glucose platform cannot be reached."],
  ],
  [
    "records left out",
    { ...whole, leftOut: { malformed: 1, duplicates: 0, contradicting: 2 } },
    [
      "1 record of the platform could not be read and is left out.",
      "2 records contradict others of the same time; none of them is in this file.",
    ],
  ],
])("what is not among the rows of a patient is said: %s", (_name, read, notes) => {
  const rows = missingRows(7, patient, read, speechIn("en"));
  expect(rows.map((row) => row.at(-1))).toEqual(notes);
  for (const row of rows) expect(row.slice(0, 4)).toEqual(["7", "Anna", "a-1", ""]);
  expect(missingRows(7, patient, read, speechIn("zh-CN"))).toHaveLength(notes.length);
});

const last = csvLines([endRow({ patients: 12, readings: 40_320 }, speechIn("en"))]);
const before = "place,name\r\n12,Anna,a-1\r\n";

test.each([
  ["its last row", before + last, { patients: 12, readings: 40_320 }],
  ["no last row", before, null],
  ["a last row cut in its numbers", (before + last).slice(0, -last.length + 24), null],
  ["a last row without its end of line", (before + last).slice(0, -2), null],
  ["something behind it", `${before}${last}13,`, null],
  ["a patient of that name", `${before}13,"complete,12 patients,9 readings",x\r\n`, null],
  ["nothing", "", null],
])("a file is whole by its last row alone: %s", (_name, text, end) => {
  expect(endIn(text)).toEqual(end);
});
