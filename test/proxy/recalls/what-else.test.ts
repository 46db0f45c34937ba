import { expect, test } from "vitest";
import { isRecallOpen, type RecallShown } from "#contract/recalls.ts";
import { compareFile } from "#test/support/recall-reading.ts";

const [a, b, c, d] = ["P220000100", "P220000101", "P220000102", "P220000103"];

/** All that somebody reads before answering what is asked of a file. */
const shownIn = ({ questions }: RecallShown): string =>
  questions
    .flatMap(({ name, options, said }) => [
      name,
      ...options.flatMap(({ text, others, examples }) => [
        ...(text === null ? others : [text]),
        ...(text === null ? [] : examples.map((one) => one.text)),
      ]),
      ...(said?.columns.flatMap((column) => [String(column.name), ...column.values]) ?? []),
      ...(said?.texts.map(({ text }) => text) ?? []),
    ])
    .join("\n")
    .toLowerCase();

/** Files of which nothing that says "not recalled" is shown before a recall can begin. */
async function silentAmong(files: readonly { body: string; words: string }[]): Promise<string[]> {
  const silent: string[] = [];
  for (const { body, words } of files) {
    const { shown } = await compareFile(body);
    const isAsked = isRecallOpen(shown) && shownIn(shown).includes(words.toLowerCase());
    if (!isAsked) silent.push(body);
  }
  return silent;
}

const pairs = [
  ...[
    ["yes", "no"],
    ["YES", "NO"],
    ["Y", "N"],
    ["affected", "OK"],
    ["Recall", "Keep"],
    ["recall", "ok"],
  ],
  ...[
    ["ja", "nein"],
    ["是", "否"],
    ["X", "-"],
    ["defective", "good"],
    ["1", "0"],
    ["R-2", "K-1"],
  ],
  ...[
    ["affected", "unaffected"],
    ["oui", "non"],
    ["sí", "no"],
    ["да", "нет"],
    ["FAIL", "PASS"],
  ],
  ...[
    ["return", "n/a"],
    ["return", "none"],
    ["stop using", "use"],
  ],
] as [string, string][];
const styles: Record<string, (serial: string, word: string) => string> = {
  "the word behind the serial": (serial, word) => `${serial} ${word}`,
  "a lot between": (serial, word) => `${serial} TL2608B ${word}`,
  "the word before the serial": (serial, word) => `${word} ${serial}`,
  "a colon": (serial, word) => `${serial}: ${word}`,
  brackets: (serial, word) => `${serial} (${word})`,
  "a tabulator": (serial, word) => `${serial}\t${word}`,
  "lower case and the word behind": (serial, word) => `${serial.toLowerCase()} ${word}`,
  "groups and the word in front": (serial, word) => `${word} ${serial.slice(0, 4)}-${serial.slice(4)}`,
};
test.each(Object.entries(styles))("with %s, any pair of words is asked about", async (_, line) => {
  const files = pairs.map(([yes, no]) => ({
    body: `${line(a, yes)}\n${line(b, no)}\n${line(c, yes)}\n${line(d, no)}\n`,
    words: no,
  }));
  expect(await silentAmong(files)).toEqual([]);
});

const headings = [
  ...["Status", "Type", "Affected", "Recall", "Recall status", "Scope", "In scope", "Result", "Disposition"],
  ...["Action", "Category", "Class", "Code", "Remark", "Comment", "Note", "Group", "Decision", "Flag"],
  ...["Ship status", "QC", "Test", "Population", "Region", "State", "Condition", "Cat.", "Kat.", "Bewertung"],
  ...["状态", "备注", "类型", "结论", "处理", "Statut", "Estado", "Art", "Lot", "Batch", "Model", "Product"],
  ...["Description", "x", "", "Column1", "Affected lot", "Warehouse", "Customer", "Field action"],
  ...["Qty", "GTIN", "Expiry", "Produced", "No.", "Released on"],
];
const values = [
  ...[
    ["Yes", "No"],
    ["Affected", "Not affected"],
    ["A", "B"],
    ["K-1", "R-2"],
    ["1", "0"],
    ["Recall", "Control"],
  ],
  ...[
    ["RECALL", "KEEP"],
    ["Hit", "Clear"],
    ["Defective", "Good"],
    ["是", "否"],
    ["Return", "Use"],
    ["X", ""],
  ],
  ...[
    ["✓", "✗"],
    ["G4", "G7"],
    ["fail", "pass"],
    ["Betroffen", "Referenz"],
  ],
] as [string, string][];
test.each(values)("%s and %s are asked about under any heading", async (yes, no) => {
  const row = (serial: string, value: string) => `${serial},${value}\n`;
  const files = headings.map((heading) => ({
    body: `Serial number,${heading}\n${row(a, yes)}${row(b, no)}${row(c, yes)}${row(d, no)}`,
    words: no,
  }));
  expect(await silentAmong(files)).toEqual([]);
});

test("so they are in lines of JSON and in one JSON", async () => {
  const files = headings.filter(Boolean).flatMap((heading) =>
    values.map(([yes, no]) => {
      const rows = [a, b, c, d].map((sn, i) => ({ sn, [heading]: i % 2 === 0 ? yes : no }));
      return heading.length % 2 === 0
        ? { body: JSON.stringify(rows), words: no }
        : { body: rows.map((row) => JSON.stringify(row)).join("\n"), words: no };
    }),
  );
  expect(await silentAmong(files)).toEqual([]);
});

const remarks = [
  ...[
    "- OK, do not recall",
    "OK",
    "not affected",
    "NOT AFFECTED",
    "n/a",
    "no",
    "good",
    "released",
    "(released)",
  ],
  ...[
    "– may be used",
    "safe",
    "cleared",
    "false alarm",
    "already returned",
    "see note 2",
    "removed from recall",
  ],
  ...[
    "withdrawn",
    "struck out",
    "passed retest",
    "retest: pass",
    "不召回",
    "合格",
    "正常",
    "nicht betroffen",
  ],
  ...[
    "in Ordnung",
    "non concerné",
    "no afectado",
    "не затронут",
    "対象外",
    "x",
    "✗",
    "✓",
    "2)",
    "†",
    "**",
    "[2]",
  ],
  ...["#", "?", "- tbc", "- to be confirmed", "void", "ok to use", "does not apply", "exempt"],
  ...["except this one", "unaffected", "B", "N", "0", "1", "-"],
];
test.each([" ", "\t", ", ", " ; "])(
  "a remark behind %j on one line of a list is asked about",
  async (apart) => {
    const files = remarks.map((remark) => ({
      body: `${a}\n${b}${apart}${remark}\n${c}\n${d}\n`,
      words: remark,
    }));
    expect(await silentAmong(files)).toEqual([]);
  },
);
test("so is one on every line", async () => {
  const said = remarks.filter((remark) => /\p{L}{2}/u.test(remark));
  const files = said.map((remark) => ({ body: `${a} ${remark}\n${b} ${remark}\n`, words: remark }));
  expect(await silentAmong(files)).toEqual([]);
});

test("so are signs before serials", async () => {
  const signs = [
    ...[
      ["- [x]", "- [ ]"],
      ["☒", "☐"],
      ["✓", "✗"],
      ["", "//"],
      ["+", "-"],
      ["", "#"],
      ["", ">"],
      ["", "~~"],
      ["1", "2"],
    ],
  ] as [string, string][];
  const files = signs.map(([yes, no]) => ({
    body: `${yes} ${a}\n${no} ${b}\n${yes} ${c}\n${no} ${d}\n`,
    words: no,
  }));
  expect(await silentAmong(files)).toEqual([]);
});

const list = `${a}\n${b}\n${c}\n`;
const table = `Serial,Lot\n${a},L1\n${b},L2\n`;
const statements: [words: string, body: string][] = [
  ...["Correction: delete ", "Please ignore ", "Erratum,"].map((words): [string, string] => [
    words.trim(),
    `${list}${words}${b}\n`,
  ]),
  ["不在召回范围", `${list}更正：${b} 不在召回范围\n`],
  ...[
    "All of the above have been released by QA and are not recalled",
    "The serial numbers below have been checked and may stay in use:",
    "Lines 2 and 3 are not affected",
    "Only the serial numbers marked yellow are affected.",
    "不受召回影响的序列号",
    "List of sensors NOT affected by FSN-12",
    "Nicht betroffene Seriennummern",
    "Released serial",
  ].flatMap((words): [string, string][] => [
    [words, `${words}\n${list}`],
    [words, `${list}${words}\n`],
  ]),
  ["only lot L1 is affected", `${table}Only lot L1 is affected\n`],
  ["Affected: produced before 1 Sep", `${table}Affected: produced before 1 Sep\n`],
  ["A1 = recall, B2 = no action", `Serial,Code\n${a},A1\n${b},B2\n\nA1 = recall, B2 = no action\n`],
  ["Not affected serial number", `Not affected serial number,Lot\n${a},L1\n${b},L1\n`],
  ["Released serial", `Released serial,Lot\n${a},L1\n${b},L1\n`],
  ["Released", `Serial,Recalled\n${a},x\n\nSerial,Released\n${b},x\n`],
  ["Released on", `Serial;Recalled on\n${a};3.11.\nSerial;Released on\n${b};4.11.\n`],
  ["released", `Serial,Status\n${a},released\n${b},released\n`],
  ["no", `Serial,Affected\n${a},No\n${b},No\n`],
  ["OK", `Serial,${a},${b},${c}\nStatus,Recall,OK,Recall\n`],
  ["keep", JSON.stringify({ [a]: "recall", [b]: "keep" })],
  ["not affected", JSON.stringify({ not_affected: [a, b] })],
  ["exclude", JSON.stringify({ serials: [a, b, c], exclude: [b] })],
  ["ok", `{"affected":["${a}","${b}"],"ok":["${c}"`],
  ["recall=0", `https://v.example/s?sn=${a}&recall=1\nhttps://v.example/s?sn=${b}&recall=0\n`],
  ["affected=false", `sn=${a};affected=true\nsn=${b};affected=false\n`],
  ["no", `Serial number\n${list}Affected\nyes\nno\nyes\n`],
  ["0", `Serial number\n${list}Affected\n1\n0\n1\n`],
  [
    "to keep",
    `Serial,Status\n${"abcdefghijklmn"
      .split("")
      .map((x, i) => `P2200001${10 + i},defect ${x}\n`)
      .join("")}${b},to keep\n`,
  ],
  [
    "good stock",
    `Serial,Lot,Memo\n${Array.from({ length: 2000 }, (_, i) => `X${200_000_000 + i},TL2601C,code ${i}\n`).join("")}${b},TL2601C,good stock\n`,
  ],
  [
    "void",
    `Serial,Lot\n${Array.from({ length: 6000 }, (_, i) => `X${200_000_000 + i},TL${i}C\n`).join("")}${b},void\n`,
  ],
  ["void", `${Array.from({ length: 6000 }, (_, i) => `X${200_000_000 + i} TL${i}C\n`).join("")}${b} void\n`],
  [
    "do not recall",
    `${list}${a}, ${b}, ${c} and twelve more words that make the line very long, longer than any line that is shown elsewhere, so long that its end may be lost: do not recall\n`,
  ],
];
test.each(["=>", "->", "=", "/", "+", "<", ">", "!", "≠", "✗", "⇒", "replaces", "statt", "代替"])(
  "so is what stands between two serials of every line: %s",
  async (sign) => {
    const lines = `${a} ${sign} ${b}\n${c} ${sign} ${d}\n`;
    expect(await silentAmong([{ body: lines, words: sign }])).toEqual([]);
    expect(await silentAmong([{ body: `${a} ${sign} ${b}`, words: sign }])).toEqual([]);
  },
);

test("so are brackets and signs about one of several on a line", async () => {
  const files = [`(${b})`, `[${b}]`, `*${b}*`, `-${b}`, `~${b}`, `_${b}_`].map((one) => `${a}, ${one}, ${c}`);
  for (const body of files) expect(isRecallOpen((await compareFile(body)).shown), body).toBe(true);
});

test.each(["¹", "²", "³", "⁴", "¹²"])(
  "a raised figure is a footnote's mark and no digit: %s",
  async (mark) => {
    const { shown, noted } = await compareFile(`${a}\n${b}${mark}\n`);
    expect(noted).toEqual([a, b]);
    expect(shownIn(shown)).toContain(mark);
    expect(isRecallOpen(shown)).toBe(true);
  },
);

test.each([";", "\t", ","])(
  "two columns of serials without names are asked about, set apart by %j",
  async (by) => {
    const { shown } = await compareFile(`${a}${by}${b}\n${c}${by}${d}\n`);
    expect(shown.questions.map(({ kind, options }) => [kind, ...options.map(({ text }) => text)])).toEqual([
      ["column", "#1", "#2"],
    ]);
  },
);

test("so is a lot with a word behind it", async () => {
  const files = ["TL2608B-OK", "TL2608B/REF", "TL2608B_NA"].map((words) => ({
    body: `Serial,Lot\n${a},TL2608B\n${b},${words}\n`,
    words,
  }));
  expect(await silentAmong(files)).toEqual([]);
});

test("so is any statement, above, below or beside the serials", async () => {
  expect(await silentAmong(statements.map(([words, body]) => ({ words, body })))).toEqual([]);
});

const below = [
  ...["Above: not affected", "↑ not recalled", "These are not affected.", "(not affected)", "以上不召回"],
  ...["= reference lot", "Total not affected: 2", "Subtotal released 2", "The above 2 units: keep"],
  ...["^ these are not affected", "Not affected", "The sensors above are fine and stay in use."],
];
test("so is a heading that stands below its group", async () => {
  const files = below.flatMap((words) => [
    { words, body: `${a}\n${b}\nAbove: affected\n${c}\n${d}\n${words}\n` },
    { words, body: `${a}\n${b}\n${words}\n${c}\n${d}\nThe ones above: affected\n` },
    { words, body: `Serial\n${a}\n${b}\nRecalled\n\nSerial\n${c}\n${d}\n${words}\n` },
  ]);
  expect(await silentAmong(files)).toEqual([]);
});

test.each(["The above 2 units: return", "Above: affected", "以上召回", "^ recalled", "↑ recalled"])(
  "%s is never asked as the heading of what comes after it",
  async (words) => {
    const { shown } = await compareFile(`${a}\n${b}\n${words}\n${c}\n${d}\n${words}\n`);
    expect(shown.questions.map(({ kind }) => kind)).toEqual(["else"]);
  },
);

test.each([
  ["one a line", list],
  ["lines that are blank", `\n${a}\n\n\n${b}\n`],
  ["a plain name above", `Serial number\n${list}`],
  ["Seriennummer", `Seriennummer\n${list}`],
  ["序列号", `序列号\n${list}`],
  ["Numéro de série", `Numéro de série\n${list}`],
  ["labels", `SN: ${a}\nSerial number: ${b}\n序列号：${c}\n`],
  ["on one line", `${a},${b};${c} ${d}\n`],
  ["label and list", `Serial numbers: ${a}, ${b} and ${c}\n`],
  ["quoted, as a formula, as text", `Serial\n"${a}"\n="${b}"\n'${c}\n`],
  [
    "lower case and groups",
    `${a.toLowerCase()}\n${b.slice(0, 4)} ${b.slice(4)}\n${c.slice(0, 4)}-${c.slice(4)}\n`,
  ],
  ["numbered", `1. ${a}\n2. ${b}\n3. ${c}\n`],
  ["with points", `• ${a}\n• ${b}\n• ${c}\n`],
  ["with pages", `${a}\nPage 1 of 2\n${b}\n- 2 -\n${c}\n第3页\n${d}\n`],
  ["with a count of all", `${a}\n${b}\nTotal: 2\n`],
  ["with dashes", `${a}\n-----\n${b}\n=====\n`],
  ["wrapped", `${a}; ${b};\n${c}; ${d}\n`],
  ["a table of one column with commas behind", `Serial,,\n${a},,\n${b},,\n`],
  [
    "a table of lots, days and codes",
    `Serial,Lot,Expiry,GTIN\n${a},TL2601C,2027-05-01,06971234567895\n${b},TL2602A,2027-06-01,06971234567895\n`,
  ],
  ["numbers of rows and counts", `No.,Serial,Qty\n1,${a},1\n2,${b},1\nTotal,,2\n`],
  ["one lot", `Serial,Lot\n${a},L1\n${b},L1\n`],
  ["JSON", JSON.stringify([a, b, c])],
  [
    "JSON of rows",
    JSON.stringify(
      [
        { sn: a, lot: "TL2601C" },
        { sn: b, lot: "TL2602A" },
      ],
      null,
      2,
    ),
  ],
  ["lines of JSON", `{"sn":"${a}"}\n{"sn":"${b}"}\n`],
  [
    "codes of boxes",
    `(01)06971234567890(17)270801(10)LOT123(21)${a}\n(01)06971234567890(17)270801(10)LOT124(21)${b}\n`,
  ],
  ["addresses of boxes", `https://id.example.org/01/06971234567890/21/${a}\n`],
])("of serial numbers and nothing else, %s: nothing is asked", async (_, body) => {
  expect((await compareFile(body)).shown.questions).toEqual([]);
});

test("what else is said is answered by no for all of it, and by nothing else", async () => {
  const body = `${a}\n${b}\nPlease note: ${b} was ours.\nKind regards\n`;
  const { shown } = await compareFile(body);
  const own = shown.questions.find(({ kind }) => kind === "else");
  expect(own?.said?.texts).toEqual([
    { line: 3, text: `Please note: ${b} was ours.`, more: 0 },
    { line: 4, text: "Kind regards", more: 0 },
  ]);
  const key = own?.options[0]?.key ?? "";
  expect(isRecallOpen((await compareFile(body, { [key]: false })).shown)).toBe(true);
  expect(isRecallOpen((await compareFile(body, { [key]: true })).shown)).toBe(false);
  await expect(compareFile(`${body}But not ${a}.\n`, { [key]: true })).rejects.toMatchObject({
    details: { fields: [{ field: "answers", reason: "unknown" }] },
  });
});

test("of a column that is asked nothing is asked again", async () => {
  const { shown } = await compareFile(`Serial,Lot,Affected\n${a},TL2601C,yes\n${b},TL2602A,no\n`);
  expect(shown.questions.map(({ kind }) => kind)).toEqual(["status"]);
});

test("of very much that is said the words come first, and the rest is counted", async () => {
  const rows = Array.from(
    { length: 300 },
    (_, i) =>
      `X${200_000_000 + i},${String.fromCharCode(65 + (i % 26))}${i},${i % 100 === 99 ? `word${"a".repeat(i / 99)}` : i}`,
  );
  const lines = Array.from(
    { length: 400 },
    (_, i) => `note ${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`,
  );
  const { shown } = await compareFile(
    `Serial,Code,Memo\n${a},A,B\n${rows.join("\n")}\n${lines.join("\n")}\n`,
  );
  const said = shown.questions.find(({ kind }) => kind === "else")?.said;
  expect(said?.texts).toHaveLength(200);
  expect(said?.moreTexts).toBe(200);
  expect(said?.columns.map(({ name, values }) => [name, values.length <= 200])).toEqual([
    ["Code", true],
    ["Memo", true],
  ]);
  expect(said?.columns[1]?.values.slice(0, 3)).toEqual(["B", "worda", "wordaa"]);
});

const lettersOf = (i: number) => String.fromCharCode(97 + Math.floor(i / 26), 97 + (i % 26));
const saidIn = async (body: string) =>
  (await compareFile(body)).shown.questions.find(({ kind }) => kind === "else")?.said;

test("of 150 customers, as many lines of a letter and a remark of 900 characters every one can be read", async () => {
  const remark = `${"the pump was changed and ".repeat(35)}cleared by quality`;
  const rows = Array.from({ length: 150 }, (_, i) => `X${200_000_000 + i},clinic ${lettersOf(i)} ltd`);
  const letter = Array.from({ length: 150 }, (_, i) => `Dear ${lettersOf(i)}`);
  const said = await saidIn(
    `Serial,Customer\n${a},cleared by quality\n${rows.join("\n")}\n${b},${remark}\n${letter.join("\n")}\n`,
  );
  expect(said?.columns[0]?.values).toHaveLength(152);
  expect(said?.columns[0]?.values).toContain(remark);
  expect(said?.texts.map(({ text }) => text)).toEqual(expect.arrayContaining(letter));
  expect([said?.columns[0]?.more, said?.moreTexts, said?.isCut]).toEqual([0, 0, false]);
});

test("that not all is shown is said: of too many, of one that is too long, and of those told apart by digits", async () => {
  const many = Array.from({ length: 260 }, (_, i) => `X${200_000_000 + i},clinic ${lettersOf(i)} ltd`);
  const numbered = Array.from({ length: 260 }, (_, i) => `X${200_000_000 + i},clinic no ${i}`);
  const table = (rows: readonly string[]) => `Serial,Customer\n${a},north\n${rows.join("\n")}\n`;
  expect(await saidIn(table(many))).toMatchObject({ columns: [{ more: 61 }], isCut: true });
  expect(await saidIn(table(numbered))).toMatchObject({
    columns: [{ values: ["north", "clinic no 0"], more: 259 }],
    isCut: true,
  });
  expect(await saidIn(`${a}\n${"word ".repeat(210)}but not ${b}\n`)).toMatchObject({ isCut: true });
  expect(await saidIn(`Serial,${"word ".repeat(30)}\n${a},north\n`)).toMatchObject({ isCut: true });
});

test("what is kept of it is bounded in all, and what stands in few words is kept beside long texts", async () => {
  const names = Array.from({ length: 12 }, (_, i) => `Remark ${lettersOf(i)}`);
  const rows = Array.from({ length: 200 }, (_, i) =>
    [`X${200_000_000 + i}`, ...names.map(() => `${lettersOf(i)} ${"word ".repeat(150)}`)].join(","),
  );
  const said = await saidIn(
    `Serial,${names.join(",")}\n${a},${names.map(() => "north").join(",")}\n${rows.join("\n")}\nExcept ours\n`,
  );
  expect(JSON.stringify(said).length).toBeLessThan(200_000);
  expect(said?.isCut).toBe(true);
  expect(said?.columns.every(({ values }) => values.includes("north"))).toBe(true);
  expect(said?.texts.map(({ text }) => text)).toContain("Except ours");
});
