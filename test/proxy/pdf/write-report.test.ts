import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { messagesIn } from "#proxy/pdf/words.ts";
import { writeReport } from "#proxy/pdf/write-report.ts";
import { caseReport } from "#report/case-report.ts";
import type { Report, TextBlock, TextReport } from "#report/report.ts";
import { sheetWords } from "#report/sheet-words.ts";
import { someCase } from "#test/support/cases.ts";
import { readPdf } from "#test/support/pdf.ts";
import type { Language } from "#words/language.ts";

const atMs = Date.UTC(2026, 10, 20, 9, 30);
const write = (report: Report, paper: "a4" | "letter" = "a4") =>
  writeReport(
    report,
    paper,
    sheetWords(messagesIn(report.language, "ui"), messagesIn(report.language, "report"), report.language),
  );
const reportOf = (...blocks: TextBlock[]): TextReport => ({
  language: "en",
  title: "Case <1> & 2",
  changedAtMs: atMs,
  blocks,
});
const paragraph = (text: string): TextBlock => ({ kind: "paragraph", text });

const textsOf = (block: TextBlock): string[] => {
  if (block.kind === "lines") return block.lines.flatMap(({ name, value }) => [name, value]);
  if (block.kind === "entries") return block.entries.flatMap(({ head, texts }) => [head, ...texts]);
  return [block.text];
};

const someone = { id: "agent", name: "Sam Łukaszewicz" };
const full = someCase({
  callerName: "李雷",
  callerAddress:
    "浙江省杭州市西湖区文三路 90 号，东软创业大厦（A 座）1208 室\nŁódź, Źródlana 5 · Ελλάδα άλφα · Москва",
  nature: "It fell off; “third” one.\n".repeat(90),
  vendorNumber: `V-${"0123456789".repeat(11)}`,
  box: { gtin: "06901234567892", lot: "A1", expiry: "2027-04-01", producedOn: null },
  furtherCalls: Array.from({ length: 40 }, (_, day) => ({
    id: `call-${day}`,
    number: day + 2,
    atMs: atMs + day * 86_400_000,
    by: someone,
    caller: day % 2 ? "韩梅梅" : null,
    said: `Call ${day}: the adhesive came loose. ${"传感器脱落。".repeat(day)}`,
  })),
});

test.each<Language>(["en", "zh-CN"])(
  "in %s every line of a case is read back out of the file",
  async (language) => {
    const report = caseReport(
      full,
      { t: messagesIn(language, "cases"), language, zone: "Europe/Berlin" },
      atMs,
    );
    const { beside, says } = await readPdf(await write(report, "letter"));
    const texts = report.blocks.flatMap(textsOf);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((words) => !says(words))).toEqual([]);
    expect(beside.length).toBeGreaterThan(4);
    const ui = messagesIn(language, "ui");
    expect(beside).toEqual(
      beside.map((_, index) =>
        `${report.title}${ui("sheet.pageOf", { page: index + 1, pages: beside.length })}`.replace(/\s/g, ""),
      ),
    );
  },
);

test("the same report has the same bytes, and another time or paper others", async () => {
  const report = reportOf(paragraph("It fell off. 传感器脱落。"));
  const first = await write(report);
  expect((await write(report)).equals(first)).toBe(true);
  expect((await write({ ...report, changedAtMs: atMs + 1000 })).equals(first)).toBe(false);
  expect((await write(report, "letter")).equals(first)).toBe(false);
});

test("what no font has is a box that is told of below, and what has no ink leaves none", async () => {
  const { says } = await readPdf(await write(reportOf(paragraph("Ren 😀 𠮷 مح \u2068Łź\u2069"))));
  expect(says("Ren □ □ □□ Łź")).toBe(true);
  expect(
    says("□ stands for what the fonts of this file cannot show: U+1F600, U+20BB7, U+0645, U+062D."),
  ).toBe(true);
  expect((await readPdf(await write(reportOf(paragraph("李雷 Łź"))))).says("□")).toBe(false);
});

test.each([
  ["a long word", "W".repeat(400)],
  ["a long Chinese text", "传感器，".repeat(200)],
  ["a name from right to left", "مُحَمَّد ".repeat(30)],
  ["emoji", "👩‍👩‍👧‍👦".repeat(60)],
])("%s stays between the margins", async (_, words) => {
  const line = { name: words.slice(0, 120), value: words, isMissing: false };
  const file = await getDocumentProxy(
    new Uint8Array(
      await write({
        ...reportOf({ kind: "lines", lines: [line] }, paragraph(words)),
        title: words.slice(0, 120),
      }),
    ),
  );
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items)
      if ("str" in item && item.str.trim() !== "") {
        expect(item.transform[4]).toBeGreaterThanOrEqual(53.9);
        expect(item.transform[4] + item.width).toBeLessThanOrEqual(595.28 - 53.9);
      }
  }
});

test("it is tagged for being read aloud, in its language, and page numbers are no part of what is read", async () => {
  const lines = [{ name: "Name", value: "Li Lei", isMissing: false }];
  const entries = [{ head: "20 Nov", texts: ["again"] }];
  const file = await getDocumentProxy(
    new Uint8Array(
      await write(
        reportOf({ kind: "heading", text: "Record" }, { kind: "lines", lines }, { kind: "entries", entries }),
      ),
    ),
  );
  const roles = (node: { role: string; children: unknown[] }): unknown[] => [
    node.role,
    ...node.children.flatMap((child) =>
      typeof child === "object" && child && "role" in child ? [roles(child as typeof node)] : [],
    ),
  ];
  const tree = await (await file.getPage(1)).getStructTree();
  expect(roles(tree)).toEqual([
    "Root",
    ["Document", ["H1"], ["H2"], ["Table", ["TR", ["TH"], ["TD"]]], ["L", ["LI", ["LBody", ["P"], ["P"]]]]],
  ]);
  const { info } = await file.getMetadata();
  expect(info).toMatchObject({ Language: "en", CreationDate: "D:20261120093000Z", Title: "Case  1    2" });
});
