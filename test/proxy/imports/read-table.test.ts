import Papa from "papaparse";
import { expect, onTestFinished, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { readFile } from "#proxy/imports/read-file.ts";
import { readTable } from "#proxy/imports/read-table.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
/** 张伟, 李娜, 王芳 in GB2312. */
const gb = {
  zhang: [0xd5, 0xc5, 0xce, 0xb0],
  li: [0xc0, 0xee, 0xc4, 0xc8],
  header: [0xd0, 0xd5, 0xc3, 0xfb],
};
const bytesOf = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...utf8(part)] : part)));

const reasonOf = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
    return "usable";
  } catch (error) {
    return error instanceof Failure ? error.details.fields?.[0]?.reason : error;
  }
};
const rowsOf = async (text: string) => (await readTable(text)).rows.map(({ row, cells }) => [row, ...cells]);

test("UTF-8 with and without its mark, and GB18030, are told apart and read", () => {
  expect(readFile(utf8("id,姓名\n1,张伟"))).toEqual({ encoding: "utf-8", text: "id,姓名\n1,张伟" });
  expect(readFile(utf8("\ufeffid,name"))).toEqual({ encoding: "utf-8-bom", text: "id,name" });
  expect(readFile(bytesOf("id,", gb.header, "\n1,", gb.zhang, "\n2,", gb.li))).toEqual({
    encoding: "gb18030",
    text: "id,姓名\n1,张伟\n2,李娜",
  });
});

test("a name beyond GB2312 does not spoil a file of GB18030", () => {
  const four = [0x82, 0x35, 0x87, 0x33];
  const { encoding, text } = readFile(bytesOf("id,name\n1,", gb.zhang, gb.li, "\n2,", gb.li, four));
  expect([encoding, text.startsWith("id,name\n1,张伟李娜\n2,李娜")]).toEqual(["gb18030", true]);
});

/** 김민수 and 박지영 in EUC-KR, 山田太郎 and 佐藤花子 in EUC-JP, ﾔﾏﾀﾞ in Shift_JIS, 陳 and 林 in Big5. */
const korean = [0xb1, 0xe8, 0xb9, 0xce, 0xbc, 0xf6];
const japanese = [0xbb, 0xb3, 0xc5, 0xc4, 0xc2, 0xc0, 0xcf, 0xba];
const halfWidth = [0xd4, 0xcf, 0xc0, 0xde];
const big5 = [0xb3, 0xaf, 0xaa, 0x4c];

test.each([
  ["EUC-KR", bytesOf("id,name\n1,", korean, "\n2,", korean)],
  ["EUC-KR with a header", bytesOf("id,", [0xc0, 0xcc, 0xb8, 0xa7], "\n1,", korean)],
  ["EUC-JP", bytesOf("id,name\n1,", japanese)],
  ["Shift_JIS in half width", bytesOf("id,name\n1,", halfWidth)],
  ["Big5", bytesOf("id,name\n1,", big5)],
  ["Latin-1", latin1("id,name\n1,Müller\n2,Bergström\n3,Zoë")],
  ["Windows-1251", bytesOf("id,name\n1,", [0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2])],
])("a file in %s is not read as Chinese", async (_, bytes) => {
  expect(
    await reasonOf(async () => {
      const { text, encoding } = readFile(bytes);
      await readTable(text, encoding);
    }),
  ).toBe("encoding");
});

test("the line that tells a spreadsheet the separator is obeyed, and is no row", async () => {
  const table = await readTable('sep=;\r\nid;name\r\n1;"A, B"');
  expect([table.delimiter, table.rows]).toEqual([";", [{ row: 2, cells: ["1", "A, B"], fault: null }]]);
});

test.each([
  ["a Chinese character cut in half", bytesOf("id,name\n1,", [0xd5]), "encoding"],
  ["UTF-16", Uint8Array.from([0xff, 0xfe, 0x69, 0, 0x64, 0]), "utf-16"],
  ["UTF-16 the other way round", Uint8Array.from([0xfe, 0xff, 0, 0x69]), "utf-16"],
  ["NUL bytes", utf8("id,name\n1,A\0B"), "binary"],
  ["a PDF", utf8("%PDF-1.7 …"), "binary"],
  ["a workbook", bytesOf("PK", [3, 4], "…"), "workbook"],
  ["an old workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), "workbook"],
  ["no bytes", new Uint8Array(), "blank"],
])("%s is refused with its reason", async (_, bytes, reason) => {
  expect(await reasonOf(() => readFile(bytes))).toBe(reason);
});

test.each([
  [",", "id,name\n1,A"],
  [";", "id;name\n1;A"],
  ["\t", "id\tname\n1\tA"],
])("the delimiter %j is found by the header", async (delimiter, text) => {
  const table = await readTable(text);
  expect([table.delimiter, table.rows.map(({ cells }) => cells)]).toEqual([delimiter, [["1", "A"]]]);
});

test("columns come in any order, language, case and punctuation; others are named and ignored", async () => {
  const { columns } = await readTable("Ward, TIME-ZONE ,姓　名,Partner_UID,Country,Tags\nx");
  expect(columns).toEqual([
    { header: "Ward", field: null },
    { header: "TIME-ZONE", field: "timeZone" },
    { header: "姓　名", field: "name" },
    { header: "Partner_UID", field: "partnerUid" },
    { header: "Country", field: "region" },
    { header: "Tags", field: "tags" },
  ]);
  const chinese = await readTable("合作方用户 ID；,姓名,地区,时区,标签\n1,A");
  expect(chinese.columns.map(({ field }) => field)).toEqual([
    "partnerUid",
    "name",
    "region",
    "timeZone",
    "tags",
  ]);
});

test("a needed column that is missing or there twice is named with what was found", async () => {
  const fields = async (text: string) => {
    const failure = await readTable(text).catch((error: unknown) => error);
    return (failure as Failure).details.fields;
  };
  expect(await fields("first name,ward\nA,B")).toEqual([
    { field: "file", reason: "columns" },
    { field: "partnerUid", reason: "missing" },
    { field: "name", reason: "missing" },
    { field: "found", reason: "first name" },
    { field: "found", reason: "ward" },
  ]);
  expect((await fields("id,patient id,name\n1,2,A"))?.[1]).toEqual({
    field: "partnerUid",
    reason: "doubled",
  });
});

test("blanks alone are blank, a header alone is empty; 20,000 rows are read and one more is too many", async () => {
  expect(await reasonOf(() => readTable(" \n"))).toBe("blank");
  expect(await reasonOf(() => readTable("id,name\n\n,\n"))).toBe("empty");
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i},A`).join("\n");
  expect((await readTable(`id,name\n${lines}\n`)).rows).toHaveLength(20_000);
  expect(await reasonOf(() => readTable(`id,name\n${lines}\n20000,A`))).toBe("too-many");
});

test("rows are numbered as a spreadsheet does, whatever ends a line", async () => {
  expect(await rowsOf('id,name\r\n1,A\r\n\r\n,\r\n2,"B\r\nC"\r3,D')).toEqual([
    [2, "1", "A"],
    [5, "2", "B\nC"],
    [6, "3", "D"],
  ]);
});

test("a large file's line ends are read in parts, one of two characters in one part", async () => {
  const lengths: number[] = [];
  const { replace } = String.prototype;
  const spy = vi.spyOn(String.prototype, "replace").mockImplementation(function watched(
    this: string,
    ...change: Parameters<typeof replace>
  ) {
    if (change[0] instanceof RegExp && change[0].global) lengths.push(this.length);
    return replace.apply(this, change);
  });
  onTestFinished(() => spy.mockRestore());
  const header = "id,name\r\n";
  for (const at of [65_534, 65_535, 65_536]) {
    const blanks = at - header.length;
    const read = await rowsOf(`${header}${"\r".repeat(blanks)}\r\n1,A\r\n2,B${"\r".repeat(100_000)}`);
    expect(read).toEqual([
      [blanks + 3, "1", "A"],
      [blanks + 4, "2", "B"],
    ]);
  }
  expect(Math.max(...lengths)).toBeLessThan(70_000);
});

test("quotes hold delimiters, quotes and line breaks, and may be missing", async () => {
  expect(await rowsOf('id,name\n1,"A, ""B"""\n2,O"Hara')).toEqual([
    [2, "1", 'A, "B"'],
    [3, "2", 'O"Hara'],
  ]);
});

test("a quote that is not closed costs its own row only", async () => {
  const text = `id,name\n1,A\n2,"B\n3,C\n4,"D" x\n5,E\n${"6,F\n".repeat(5000)}`;
  const { rows } = await readTable(text);
  expect(rows).toHaveLength(5005);
  expect(rows.filter(({ fault }) => fault === "quotes").map(({ row, cells }) => [row, ...cells])).toEqual([
    [3, "2", "B"],
    [5, "4", "D x"],
  ]);
});

test("what may be the rest of a row with a forgotten quote is no row, and two such rows are not one person", async () => {
  const faults = async (text: string) => (await readTable(text)).rows.map(({ row, fault }) => [row, fault]);
  expect(await faults('id,name,region\n1,"A\nB"x,CN\n2,C,CN\n')).toEqual([
    [2, "quotes"],
    [3, "quotes"],
    [4, null],
  ]);
  expect(await faults('id,name,region\n1,"A,CN\n2,B",CN\n3,C,CN')).toEqual([
    [2, "two-rows"],
    [3, null],
  ]);
  expect(await faults('id,name,region\n1,"A\n2,B",CN')).toEqual([[2, "two-rows"]]);
});

test("a line break and a comma within one quoted name are no second row", async () => {
  const { rows } = await readTable('id,name,region\nz-1,"Garcia\nLopez, Ana",FR\nz-2,B,FR');
  expect(rows).toEqual([
    { row: 2, cells: ["z-1", "Garcia\nLopez, Ana", "FR"], fault: null },
    { row: 3, cells: ["z-2", "B", "FR"], fault: null },
  ]);
});

test("a file of forgotten quotes only is read in a moment", async () => {
  const { Parser } = Papa;
  let looked = 0;
  const spy = vi.spyOn(Papa, "Parser").mockImplementation(function watched(config) {
    const parser = new Parser(config);
    const parse = parser.parse.bind(parser);
    parser.parse = (text: string, ...rest) => {
      looked += text.length;
      return parse(text, ...rest);
    };
    return parser;
  });
  onTestFinished(() => spy.mockRestore());
  const { rows } = await readTable(`id,name\n${'1,"A"x\n'.repeat(20_000)}`);
  expect(rows.every(({ fault }) => fault === "quotes")).toBe(true);
  // A window of the text for each row, and not all that follows it.
  expect(looked).toBeLessThan(20_001 * 2048);
});
