import { expect, test } from "vitest";
import { caseCells, caseHeader, caseMarkdown } from "#client/cases/case-export.ts";
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
  furtherCalls: [{ id: "two", atMs, by: { id: "agent", name: "Sam" }, caller: null, said: "@again" }],
  callsAboutSensor: 3,
  sensor: null,
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
  const csv = toCsv([cells]);
  expect(csv).toContain("'=HYPERLINK(1)");
  expect(csv).toContain(",'-77,");
  expect(csv).toContain("\n'+1 tape");
});

test("as Markdown what is missing is said, markup stays text and every line of a text is quoted", () => {
  const markdown = caseMarkdown(
    {
      title: "Case about sensor P225043043",
      lines: [
        { key: "callerName", name: "Name", value: "*Li* <b>" },
        { key: "callerPhone", name: "Phone", value: null },
        { key: "nature", name: "What was said", value: "It fell off.\n# Not a heading" },
      ],
      missing: "missing",
      calls: [{ head: "20 Nov · Sam", said: "again\nand again" }],
    },
    "en",
  );
  expect(markdown).toBe(`# Case about sensor P225043043

- **Name:** \\*Li\\* \\<b\\>
- **Phone:** missing

**What was said:**

> It fell off.
> \\# Not a heading

## 20 Nov · Sam

> again
> and again
`);
});
