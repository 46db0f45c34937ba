import { expect, onTestFinished, test, vi } from "vitest";
import { templateRows } from "#client/imports/template.ts";
import { toCsv } from "#client/ui/csv.ts";
import { checkRows } from "#proxy/imports/check-rows.ts";
import { readTable } from "#proxy/imports/read-table.ts";

const nobody = async () => new Map();
const none = async () => [];
const check = async (
  text: string,
  findHere: Parameters<typeof checkRows>[1] = nobody,
  findAlike: Parameters<typeof checkRows>[2] = nobody,
  findDuplicates: Parameters<typeof checkRows>[3] = none,
) => checkRows(await readTable(text), findHere, findAlike, findDuplicates);

test("region and time zone may be absent, and the zone follows the region", async () => {
  const rows = await check(
    "id,name,region,tz,tags\n1,A\n2,B,de\n3,C,US,America/Chicago,type 1| adult ;Adult2|",
  );
  expect(rows).toMatchObject([
    { row: 2, outcome: "new", region: "CN", timeZone: "Asia/Shanghai", tags: [] },
    { row: 3, outcome: "new", region: "DE", timeZone: "Europe/Berlin" },
    { row: 4, outcome: "new", timeZone: "America/Chicago", tags: ["type 1", "adult", "Adult2"] },
  ]);
});

test("a file is looked at no further once nobody waits for it", async () => {
  const text = `id,name\n${Array.from({ length: 1200 }, (_, i) => `p-${i},A`).join("\n")}`;
  const gone = new AbortController();
  let asked = 0;
  const findHere = async () => {
    asked += 1;
    gone.abort();
    return new Map();
  };
  const table = await readTable(text);
  await expect(checkRows(table, findHere, nobody, none, gone.signal)).rejects.toThrow("aborted");
  expect(asked).toBe(1);
  await expect(readTable(text, "utf-8", gone.signal)).rejects.toThrow("aborted");
});

test("what is wrong is named by field and reason, and the good rows around it stay good", async () => {
  const rows = await check(
    [
      "id,name,region,tz,tags",
      ",A",
      "2,",
      `3,${"x".repeat(121)}`,
      `${"4".repeat(65)},A`,
      "5,A,Atlantis",
      "6,A,CN,Mars/Base",
      "7,A,RU",
      "8,A,CN,,a|A",
      "9,A\u0007B",
      "10,A,CN,,,more",
      '11,"A',
      "12,A,CN,,,,",
    ].join("\n"),
  );
  expect(rows.map(({ row, outcome, field, reason }) => [row, outcome, field, reason])).toEqual([
    [2, "wrong", "partnerUid", "required"],
    [3, "wrong", "name", "required"],
    [4, "wrong", "name", "too-long"],
    [5, "wrong", "partnerUid", "too-long"],
    [6, "wrong", "region", "region"],
    [7, "wrong", "timeZone", "time-zone"],
    [8, "wrong", "timeZone", "required"],
    [9, "wrong", "tags", "duplicate"],
    [10, "wrong", "name", "characters"],
    [11, "wrong", "more", "ragged"],
    [12, "wrong", null, "quotes"],
    [13, "new", null, null],
  ]);
});

test("a row with several faults tells all of them, and a damaged cell once", async () => {
  const [row] = await check(
    "id,name,region,tz,dob,phone,mrn\n,,Atlantis,,3/4/1980,call me,6.90123E+12\n1,A,CN,,,,",
  );
  expect(row).toMatchObject({ outcome: "wrong", field: "hospitalNumber", reason: "spreadsheet" });
  expect(row?.otherFaults).toEqual([
    { field: "partnerUid", reason: "required" },
    { field: "name", reason: "required" },
    { field: "region", reason: "region" },
    { field: "dateOfBirth", reason: "ambiguous-date" },
    { field: "phone", reason: "phone" },
  ]);
});

test("a row that cannot be registered keeps what was in its cells, tags too", async () => {
  const [row] = await check("id,name,region,tz,tags\n,A,SE,Europe/Stockholm,type 1|pump");
  expect(row).toMatchObject({
    outcome: "wrong",
    name: "A",
    region: "SE",
    timeZone: "Europe/Stockholm",
    tags: ["type 1", "pump"],
  });
});

test("the template's rows, left as they are, are samples and nobody", async () => {
  const rows = await check(toCsv(templateRows("en")).slice(1));
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ["wrong", "sample"],
    ["wrong", "sample"],
  ]);
});

test("of one ID the first good row is registered, and the later ones name it", async () => {
  const rows = await check("id,name\n1,\n1,A\n 1 ,B\n2,C");
  expect(rows.map(({ outcome, reason, firstRow }) => [outcome, reason, firstRow])).toEqual([
    ["wrong", "required", null],
    ["new", null, null],
    ["wrong", "duplicate", 3],
    ["new", null, null],
  ]);
});

test("what goes through but is likely a slip is noted, and a rounded number is no ID", async () => {
  const rows = await check(
    "id,name,region\nA-1,A,DE\na-1,B,DE\n=1+1,C,DE\n2,D\n1.23E+11,E,DE\n3,F,US\nA-2,G,DE\na-2,H",
  );
  expect(rows.map(({ outcome, reason, firstRow, region }) => [outcome, reason, firstRow, region])).toEqual([
    ["new", null, null, "DE"],
    ["new", "alike", 2, "DE"],
    ["new", "unusual", null, "DE"],
    ["new", "assumed", null, "CN"],
    ["wrong", "spreadsheet", null, "DE"],
    ["new", "assumed", null, "US"],
    ["new", null, null, "DE"],
    ["new", "assumed", 8, "CN"],
  ]);
  const [withoutColumn] = await check("id,name\n2,D");
  expect([withoutColumn?.reason, withoutColumn?.region]).toEqual([null, "CN"]);
});

test("those already here are told apart, with their name where it is another one", async () => {
  const here = new Map([
    ["1", { patientId: "p1", name: "A" }],
    ["2", { patientId: "p2", name: "Somebody" }],
  ]);
  const rows = await check("id,name\n1,A\n2,B\n3,C", async () => here);
  expect(rows.map(({ outcome, patientId, nameHere }) => [outcome, patientId, nameHere])).toEqual([
    ["here", "p1", null],
    ["here", "p2", "Somebody"],
    ["new", null, null],
  ]);
});

test("who is here is asked five hundred at a time", async () => {
  const asked: number[] = [];
  const lines = Array.from({ length: 1200 }, (_, i) => `${i},A`).join("\n");
  await check(`id,name\n${lines}`, async (uids) => {
    asked.push(uids.length);
    return new Map();
  });
  expect(asked).toEqual([500, 500, 200]);
});

test("line breaks within a name are one space, and what looks like a formula stays as typed", async () => {
  const rows = await check('id,name\n1,"Anna \n  Berg"\n2,=SUM(A1)\n3,"+86, Li"\n4,"Garcia\nLopez, Ana"');
  expect(rows.map(({ name }) => name)).toEqual(["Anna Berg", "=SUM(A1)", "+86, Li", "Garcia Lopez, Ana"]);
});

test.each([
  ["1.23E+11", "spreadsheet"],
  ["1,23457E+17", "spreadsheet"],
  ["1E+05", "spreadsheet"],
  ["1234567890123450000", "spreadsheet"],
  ["1-Mar", "date"],
  ["01-Mrz-26", "date"],
  ["Mar-01", "date"],
  ["1. märz", "date"],
  ["3/1/2026", "date"],
  ["3月1日", "date"],
  ["#N/A", "error"],
  ["#REF!", "error"],
  ["#BEZUG!", "error"],
  ["########", "error"],
  ["NULL", "nothing"],
  ["-", "nothing"],
])("an ID that a spreadsheet has made %j of is none", async (uid, reason) => {
  const [row] = await check(`id,name\n"${uid}",A`);
  expect([row?.outcome, row?.field, row?.reason]).toEqual(["wrong", "partnerUid", reason]);
});

test.each(["12345678901234567", "A-1", "MAR-17B", "may", "1E5X", "2026-A", "#12", "P-1/2", "Jan Mayer"])(
  "an ID %j is taken as it is",
  async (uid) => {
    const [row] = await check(`id,name\n"${uid}",A`);
    expect(row).toMatchObject({ outcome: "new", partnerUid: uid });
  },
);

test("16 digits that end in a zero may have been rounded, and are to be looked at", async () => {
  const rows = await check("id,name\n1234567890123450,A\n1234567890123456,B");
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ["new", "rounded"],
    ["new", null],
  ]);
});

test("a name of an error or of nothing that can be seen is missing, one of any script is not", async () => {
  const names = ["#NAME?", "\u200b\u2060", "\u3164", "\u2800 ", "null", "Anna\u202egnu", "علي", "ᚠ"];
  const rows = await check(`id,name\n${names.map((name, i) => `${i},"${name}"`).join("\n")}`);
  expect(rows.map(({ outcome, reason }) => (outcome === "wrong" ? reason : outcome))).toEqual([
    "error",
    "required",
    "required",
    "required",
    "nothing",
    "characters",
    "new",
    "new",
  ]);
});

test.each([
  ["A-1", "a-1"],
  ["00123", "123"],
  ["P-007", "P-7"],
  ["P0-1", "PO-1"],
  ["Il-1", "11-1"],
  ["А-1", "A-1"],
  ["Ａ-１", "A-1"],
  ["A‑1", "A-1"],
])("%j is easily taken for %j", async (uid, other) => {
  const within = await check(`id,name\n${other},A\n${uid},B`);
  expect(within[1]).toMatchObject({ outcome: "new", reason: "alike", firstRow: 2 });
  const asked: string[] = [];
  const [row] = await check(`id,name\n${uid},B`, nobody, async (uids) => {
    asked.push(...uids);
    return new Map([[uid, { partnerUid: other, name: "Anna" }]]);
  });
  expect(asked).toEqual([uid]);
  expect(row).toMatchObject({ outcome: "new", reason: "alike-here", nameHere: `Anna (${other})` });
});

test("a region is known by its letters and by its name in the languages of those who send files", async () => {
  const regions = [
    "Germany",
    "Deutschland",
    "DEU",
    "uk",
    "USA",
    "中国",
    "日本",
    "Türkiye",
    "Congo",
    "Nowhere",
  ];
  const rows = await check(`id,name,region\n${regions.map((region, i) => `${i},A,${region}`).join("\n")}`);
  expect(rows.map(({ region, outcome }) => (outcome === "wrong" ? outcome : region))).toEqual([
    "DE",
    "DE",
    "DE",
    "GB",
    "US",
    "CN",
    "JP",
    "TR",
    "wrong",
    "wrong",
  ]);
  expect(rows.at(-1)).toMatchObject({ region: "Nowhere", reason: "region" });
});

test("a file that we saved reads back as what it was made of, formulas and all", async () => {
  const cells = [
    "+8613800138000",
    "=1+1",
    "@A",
    "-7+1",
    "-7.5",
    "＝1",
    "A;=1+1",
    "O'Hara",
    "'quoted'",
    'a "b", c',
  ];
  const csv = toCsv([["id", "name"], ...cells.map((cell, i) => [`id-${i}`, cell])]);
  // A plain negative number is none.
  expect(csv.replace(",-7.5\r", ",\r")).not.toMatch(/(^|[;,"\n])[=+@＝-]/);
  const rows = await check(csv.slice(1));
  expect(rows.map(({ name }) => name)).toEqual(cells);
});

test("a cell longer than any field is too long, whatever fills it, and nothing is made of all of it", async () => {
  const normalize = vi.spyOn(String.prototype, "normalize");
  onTestFinished(() => normalize.mockRestore());
  const marks = "a\u0315\u0316".repeat(5000);
  const rows = await check(
    `id,name,region\n1,x${" ".repeat(16_000)}y,CN\n2,A,${marks}\n3,"A${"\n".repeat(15_000)}B",CN`,
  );
  expect(rows.map(({ outcome, field, reason }) => [outcome, field, reason])).toEqual([
    ["wrong", "name", "too-long"],
    ["wrong", "region", "region"],
    ["wrong", "name", "too-long"],
  ]);
  const longest = Math.max(...normalize.mock.contexts.map((text) => String(text).length));
  expect(longest).toBeLessThan(2100);
});
