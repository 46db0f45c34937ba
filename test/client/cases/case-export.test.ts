import { expect, test } from "vitest";
import { caseCells, caseHeader } from "#client/cases/case-export.ts";
import { toCsv } from "#client/ui/csv.ts";
import type { SensorCase } from "#contract/cases.ts";
import { hourMs } from "#glucose/time.ts";

const atMs = Date.UTC(2026, 10, 20, 9, 30);
const one: SensorCase = {
  id: "one",
  serial: "P225043043",
  state: "open",
  receivedAtMs: atMs,
  changedAtMs: atMs,
  openedBy: { id: "agent", name: "Sam" },
  replacementSerial: null,
  isReplacementRecalled: false,
  vendorNumber: "-77",
  calls: 2,
  missing: ["callerAddress", "callerPhone", "action", "reply"],
  patient: null,
  device: "CGM",
  callerName: "=HYPERLINK(1)",
  callerAddress: null,
  callerPhone: null,
  nature: "It fell off;\n+1 tape",
  action: null,
  reply: null,
  isUnreadable: false,
  furtherCalls: [
    { id: "two", number: 3, atMs, by: { id: "agent", name: "Sam" }, caller: null, said: "@again" },
  ],
  history: [
    { id: "0", atMs, by: { id: "agent", name: "Sam" }, changes: [] },
    {
      id: "1",
      atMs: atMs + hourMs,
      by: { id: "other", name: "Kim" },
      changes: [
        { field: "state", was: "open", became: "closed" },
        { field: "reply", was: null, became: "=Told\nher" },
      ],
    },
  ],
  number: 1,
  callsAboutSensor: 3,
  callsWithdrawn: 0,
  sensor: null,
  recalls: [{ name: "Batch 7", createdAtMs: atMs }],
  isReplacementElsewhere: false,
  isReplacementUnknown: false,
  freeReplacementHours: null,
  isReplacedFree: null,
  box: { gtin: null, lot: null, expiry: null, producedOn: null },
};

test("a line of the table has a cell for each column, and none that a spreadsheet reckons with", () => {
  const cells = caseCells(one, 132 * hourMs);
  expect(cells).toHaveLength(caseHeader.length);
  const cellOf = (name: string) => cells[caseHeader.indexOf(name)];
  expect(cellOf("received_utc")).toBe("2026-11-20T09:30:00.000Z");
  expect(cellOf("ended_early_hours")).toBe("132");
  expect(cellOf("missing")).toBe("callerAddress callerPhone action reply");
  expect(cellOf("further_calls_utc")).toBe("call 3; 2026-11-20T09:30:00.000Z; noted by Sam; @again");
  expect([cellOf("call_number"), cellOf("calls_about_sensor")]).toEqual(["1", "3"]);
  expect(cellOf("changed_by")).toBe("Kim");
  expect(cellOf("history_utc")).toBe(
    '2026-11-20T09:30:00.000Z Sam opened\n2026-11-20T09:30:00.000Z Sam noted call 3\n2026-11-20T10:30:00.000Z Kim state: "open" -> "closed"; reply: "" -> "=Told\\nher"',
  );
  expect(cellOf("dates_in_doubt")).toBe("");
  const dates = {
    boundAtMs: null,
    activatedAtMs: atMs,
    estimatedEndAtMs: null,
    endedAtMs: null,
    askedAtMs: atMs,
  };
  expect(cellOf("recalled_by")).toBe("2026-11-20T09:30:00.000Z Batch 7");
  const inDoubt = caseCells({ ...one, sensor: { ...dates, state: "ended", isInDoubt: true } }, null);
  expect(inDoubt[caseHeader.indexOf("dates_in_doubt")]).toBe("yes");
  const gone = { field: "call", was: null, became: null, callAtMs: atMs } as const;
  const withdrew = { id: "2", atMs, by: { id: "other", name: "Kim" }, changes: [gone] };
  expect(caseCells({ ...one, history: [withdrew], furtherCalls: [] }, null).at(-1)).toBe(
    "2026-11-20T09:30:00.000Z Kim withdrew the call of 2026-11-20T09:30:00.000Z",
  );
  const csv = toCsv([cells]);
  expect(csv).toContain("'=HYPERLINK(1)");
  // A negative number is no formula.
  expect(csv).toContain(",-77,");
  expect(csv).toContain("\n'+1 tape");
});

test("a call that is noted later is the last change of its case", () => {
  const call = { id: "three", number: 4, by: { id: "third", name: "Ada" }, caller: null, said: "again" };
  const called = { ...one, furtherCalls: [...one.furtherCalls, { ...call, atMs: atMs + 2 * hourMs }] };
  const cellOf = (name: string) => caseCells(called, null)[caseHeader.indexOf(name)];
  expect(cellOf("changed_utc")).toBe("2026-11-20T11:30:00.000Z");
  expect(cellOf("changed_by")).toBe("Ada");
  expect(cellOf("history_utc")?.split("\n").at(-1)).toBe("2026-11-20T11:30:00.000Z Ada noted call 4");
});

test("a telephone number is no sum: a spreadsheet would make -654 of +1-555-0100", () => {
  const cells = caseCells({ ...one, callerPhone: "+1-555-0100" }, null);
  expect(toCsv([cells])).toContain(",'+1-555-0100,");
});

test("when it was decided, replied and closed are told by the last change of each, by none where one cannot be read", () => {
  const closed: SensorCase = { ...one, state: "closed", action: "Replaced.", reply: "Told her." };
  const timesOf = (of: SensorCase) =>
    ["decided_utc", "replied_utc", "closed_utc"].map((name) => caseCells(of, null)[caseHeader.indexOf(name)]);
  const [early, late] = ["2026-11-20T09:30:00.000Z", "2026-11-20T10:30:00.000Z"];
  expect(timesOf(closed)).toEqual([early, late, late]);
  expect(timesOf({ ...closed, state: "open", reply: null })).toEqual([early, "", ""]);
  const lost = { id: "2", atMs, by: { id: "other", name: "Kim" }, changes: null };
  expect(timesOf({ ...closed, history: [...closed.history, lost] })).toEqual(["", "", ""]);
});
