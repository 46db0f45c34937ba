import { expect, test } from "vitest";
import { templateRows } from "#client/imports/template.ts";
import { toCsv } from "#client/ui/csv.ts";
import { checkRows } from "#proxy/imports/check-rows.ts";
import { readTable } from "#proxy/imports/read-table.ts";

const nobody = async () => new Map();
const check = async (text: string, findHere: Parameters<typeof checkRows>[1] = nobody) =>
  checkRows(await readTable(text), findHere);

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

test("what is wrong is named by field and reason, and the good rows around it stay good", async () => {
  const rows = await check(
    [
      "id,name,region,tz,tags",
      ",A",
      "2,",
      `3,${"x".repeat(121)}`,
      `${"4".repeat(65)},A`,
      "5,A,China",
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

test("a row that cannot be registered keeps what was in its cells, tags too", async () => {
  const [row] = await check("id,name,region,tz,tags\n,A,SE,Europe/Stockholm,type 1|pump");
  expect(row).toMatchObject({
    ...{ outcome: "wrong", name: "A", region: "SE", timeZone: "Europe/Stockholm" },
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
