import { expect, test } from "vitest";
import { mostSerials, parseSerials as parseList } from "#sensor/serial-list.ts";

const parseSerials = (text: string) => {
  const { rows, ...rest } = parseList(text);
  return { serials: rows.map(({ serial }) => serial), ...rest };
};

test("one to a line, typed as people type: spaces, lower case, blank lines", () => {
  expect(parseSerials(" p2250 43056 \n\nP225-043-057\r\n")).toMatchObject({
    serials: ["P225043056", "P225-043-057"],
    repeated: 0,
    rejected: [],
  });
});

test.each([" ", ", ", "\t", ";", " | "])("several on a line, apart by %j, are all found", (apart) => {
  const lines = [
    ["P225043056", "p225043057", "P225043058"].join(apart),
    ["P225043059", "P225043060"].join(apart),
  ];
  expect(parseSerials(lines.join("\n"))).toMatchObject({
    serials: ["P225043056", "P225043057", "P225043058", "P225043059", "P225043060"],
    rejected: [],
  });
});

test("a date or a lot number beside a serial is not taken for another", () => {
  const lines = "2026-11-01,P225043056,LOT2026A77\n01.11.2026,P225043057,LOT2026A78";
  expect(parseSerials(lines).serials).toEqual(["P225043056", "P225043057"]);
});

test("serials in the middle of prose are found", () => {
  expect(parseSerials("Hello, my sensors are P225043056 and P225043057. Thanks!").serials).toEqual([
    "P225043056",
    "P225043057",
  ]);
  expect(parseSerials("S/N: P225043058").serials).toEqual(["P225043058"]);
});

test("in a CSV the column named so is read, whatever stands beside it", () => {
  const csv = "\ufeffpatient;Serial number;lot\nAnna 7;p225043056;L77\nBen 8;P225043057;L78\n";
  expect(parseSerials(csv)).toMatchObject({ serials: ["P225043056", "P225043057"], rejected: [] });
  expect(parseSerials("名称,序列号\n甲,P225043056").serials).toEqual(["P225043056"]);
});

test("a list of scanned codes gives their serials; a line that names none, or leaves doubt where it begins, is named", () => {
  const product = "0106971234567890";
  const lines = [
    `${product}1727080110LOT1\u001d21P225043056`,
    "(01)06971234567890(10)LOT1(21)P225043057",
    "https://id.example.org/01/06971234567890/21/P225043058",
    "https://vendor.example/s?SN=P225043059",
    "(01)06971234567890(10)LOT1",
    `${product}10LOT121P225043060`,
  ];
  const { serials, rejected } = parseSerials(lines.join("\n"));
  expect(serials).toEqual(["P225043056", "P225043057", "P225043058", "P225043059"]);
  expect(rejected.map(({ line }) => line)).toEqual([5, 6]);
});

test("each counts once, ten thousand times the same too, and the rest is said", () => {
  expect(parseSerials("P225043056\np225043056\nP225043056")).toMatchObject({
    serials: ["P225043056"],
    repeated: 2,
  });
  expect(parseSerials("P225043056\n".repeat(10_000))).toMatchObject({
    serials: ["P225043056"],
    repeated: 9999,
  });
});

test("prose and symbols are named with their line, and the good lines go through", () => {
  const { serials, rejected } = parseSerials("Hello, please look these up today\nP225043056\n###\n");
  expect(serials).toEqual(["P225043056"]);
  expect(rejected).toEqual([
    { line: 1, text: "Hello, please look these up today", cells: ["Hello", "please look these up today"] },
    { line: 3, text: "###", cells: [] },
  ]);
});

test("nothing, and control characters, are nothing", () => {
  expect(parseSerials("").serials).toEqual([]);
  expect(parseSerials("\u0007\u0000").serials).toEqual([]);
});

test("what is over 5,000 is counted", () => {
  const many = Array.from({ length: mostSerials + 3 }, (_, i) => `P${100000 + i}`).join("\n");
  const { serials, overLimit } = parseSerials(many);
  expect([serials.length, overLimit]).toEqual([mostSerials, 3]);
});

test("the list's own columns are kept, and of a serial that is there twice all that stands beside it", () => {
  const csv =
    'Shelf,Serial number,Batch,Note\nA1,P225043056,L77,"to call, today"\nA2,P225043057,L78,\nB9,p225043056,L77,again';
  expect(parseList(csv)).toMatchObject({
    columns: ["Shelf", "Batch", "Note"],
    rows: [
      { serial: "P225043056", lot: "L77", cells: ["A1 | B9", "L77", "to call, today | again"] },
      { serial: "P225043057", lot: "L78", cells: ["A2", "L78", ""] },
    ],
    repeated: 1,
  });
  expect(parseList("P225043056;shelf 4\nP225043057;shelf 5")).toMatchObject({
    columns: ["1", "2"],
    rows: [{ cells: ["P225043056", "shelf 4"] }, { cells: ["P225043057", "shelf 5"] }],
  });
  expect(parseList("P225043056\nP225043057").columns).toEqual([]);
});

test("a code of the box gives the serial and its lot", () => {
  expect(parseList("(01)06971234567895(10)L42(21)P225043056").rows).toEqual([
    { serial: "P225043056", lot: "L42", cells: [] },
  ]);
});

test("of a serial that is there twice with different lots both are said", () => {
  const lines = "(01)06971234567895(10)TL2608A(21)P225043056\n(01)06971234567895(10)TL2608B(21)P225043056";
  expect(parseList(lines)).toMatchObject({ rows: [{ lot: "TL2608A | TL2608B" }], repeated: 1 });
  const inColumn = "Serial;Lot\n(01)06971234567895(10)TL2608B(21)P225043056;TL2608A";
  expect(parseList(inColumn)).toMatchObject({ rows: [{ lot: "TL2608A | TL2608B" }] });
  expect(parseList("Serial;Lot;Note\nnone;L7;x").rejected).toEqual([
    { line: 2, text: "none;L7;x", cells: ["L7", "x"] },
  ]);
});

test("the header tells the delimiter, however few lines have it", () => {
  const { serials, rejected } = parseSerials("Serial number;Lot\nP225043056;L7\nP225043060;\nnothing");
  expect(serials).toEqual(["P225043056", "P225043060"]);
  expect(rejected).toEqual([{ line: 4, text: "nothing", cells: [] }]);
});

test("the same serial ten thousand times is one, and a forgotten quote costs no line", () => {
  expect(parseList("P225043056\n".repeat(10_000))).toMatchObject({ rows: [{}], repeated: 9999 });
  const quoted = 'serial,note\nP225043056,"forgotten\nP225043057,good\nP225043058,good';
  expect(parseSerials(quoted).serials).toEqual(["P225043056", "P225043057", "P225043058"]);
});

test("a serial comes from the column of the serials, never from another, with its name or without", () => {
  const rows = [
    "P225043056;A;1;",
    "not a serial;X;3;",
    "=cmd|'/c calc'!A1;X;4;",
    ";LOT2026A77;5;",
    "P225043057;B;2;",
  ];
  const bad = ["not a serial X 3", "=cmd|'/c calc'!A1 X 4", "LOT2026A77 5"];
  for (const header of ["Serial;Name;Position;Note\n", ""]) {
    const { serials, rejected } = parseSerials(header + rows.join("\n"));
    expect(serials).toEqual(["P225043056", "P225043057"]);
    expect(rejected.map(({ text }) => text.replaceAll(";", " ").trim())).toEqual(bad);
  }
  expect(parseSerials("not a serial;X;3;\n=cmd|'/c calc'!A1;X;4;")).toMatchObject({
    serials: [],
    rejected: [{}, {}],
  });
  expect(parseSerials("1;12345\n2;12346\n3;none").serials).toEqual(["12345", "12346"]);
});

test("the columns' names are found behind comments and prose, which are named and no serials", () => {
  for (const before of [
    "# Recall 7 of 20.11.2026, from Anna\n",
    "Dear desk; please look these up\n\n# P225043099\n",
  ]) {
    const { columns, serials, rejected } = parseSerials(
      `${before}Shelf;S/N;Lot\n7;P225043056;L77\n8;none;L77\n`,
    );
    expect([columns, serials]).toEqual([["Shelf", "Lot"], ["P225043056"]]);
    expect(rejected.map(({ text }) => text)).toContain("8;none;L77");
    expect(rejected.some(({ text }) => text.includes("S/N"))).toBe(false);
  }
  const isNoHeader = "P225043056;nurse\nnone;sensor\nP225043057;nurse";
  expect(parseSerials(isNoHeader).serials).toEqual(["P225043056", "P225043057"]);
});

test("prose in which commas stand anywhere is read line by line", () => {
  const prose =
    "Anna has P225043056, thanks\nI have, besides, P225043057\nP225043058\nP225043059, P225043060";
  expect(parseSerials(prose).serials).toHaveLength(5);
});

test.each([
  "Seriennummer",
  "Numéro de série",
  "Nº de serie",
  "Серийный номер",
  "Matricola",
  "シリアル番号",
  "Device ID",
  "Gerät",
  "编码",
])("the line above the first serial has the columns' names, as %s", (name) => {
  for (const [above, first] of [
    ["", 1],
    ["Delivery of November\n\n", 3],
  ] as const) {
    const list = parseList(
      `${above}Product;Lot;${name};Note\nCGM;L7;P225043056;a\nCGM;L7;P225043057;\nCGM;L8;none;b`,
    );
    expect(list).toMatchObject({
      columns: ["Product", "Lot", "Note"],
      rows: [
        { serial: "P225043056", lot: "L7", cells: ["CGM", "L7", "a"] },
        { serial: "P225043057", lot: "L7", cells: ["CGM", "L7", ""] },
      ],
      header: { line: first, text: `Product, Lot, ${name}, Note` },
    });
    expect(list.rejected.map(({ text }) => text)).toEqual([
      ...(above ? ["Delivery of November"] : []),
      "CGM;L8;none;b",
    ]);
  }
  const alone = parseList(`${name}\nP225043056\n`);
  expect([alone.rows.length, alone.rejected, alone.columns]).toEqual([1, [], []]);
  expect(parseList(`${name},Charge\nP225043056,L1`)).toMatchObject({ columns: ["Charge"], rejected: [] });
});

test("of two columns of serials the one that is named so is read, in any language", () => {
  const list = parseList("Pos;Seriennummer;Ersatz\n1;P225043056;P225043060\n2;P225043057;P225043061");
  expect(list.rows.map(({ serial }) => serial)).toEqual(["P225043056", "P225043057"]);
  expect(list.columns).toEqual(["Pos", "Ersatz"]);
});

test("a line that only lacks its serial, prose or an amount is no line of names", () => {
  for (const line of ["none;ward", "P22504305;nurse", "sensor lost, please help!;nurse", "x;3"]) {
    const { header, columns } = parseList(`${line}\nP225043056;nurse\nP225043057;nurse`);
    expect([header, columns]).toEqual([null, ["1", "2"]]);
  }
});

test.each([
  "P225043050 - P225043057",
  "P225043050-P225043057",
  "P225043050–P225043057",
  "from P225043050 to P225043057",
  "p225-043-050 bis p225-043-057",
  "P225043050～P225043057",
  "从P225043050至P225043057",
  "P225043050…P225043057",
  "P225043050 -> P225043057",
  "P225043050-->P225043057",
  "P225043050 => P225043057",
  "P225043050 ⇒ P225043057",
])("of the range %s the two that are named are taken, and it is said that those between are not", (line) => {
  const { rows, ranges } = parseList(`P225043040\n${line}`);
  expect(rows.map(({ serial }) => serial.replaceAll("-", ""))).toEqual([
    "P225043040",
    "P225043050",
    "P225043057",
  ]);
  expect(ranges).toEqual([{ line: 2, text: line, between: 6 }]);
});

test("two that follow each other, or are of another kind, and a serial in groups are no range", () => {
  for (const line of [
    "P225043050 - P225043051",
    "P225043050 - L225043057",
    "P225-043-050",
    "P225043050 P225043057",
  ])
    expect(parseList(line).ranges).toEqual([]);
});

test.each(["S/N: P2250 43056", "serial no. P2250-43056", "SN P22504 3056"])(
  "the line %s is one serial number in pieces",
  (line) => {
    const { rows } = parseList(`P225043040\n${line}`);
    expect(rows.map(({ serial }) => serial.replaceAll("-", ""))).toEqual(["P225043040", "P225043056"]);
  },
);

test("that another column has serial numbers too is told, with the one that is read", () => {
  const { rows, column } = parseList("Old SN,New SN\nP225043056,P225043061\nP225043057,P225043062");
  expect(rows.map(({ serial }) => serial)).toEqual(["P225043056", "P225043057"]);
  expect(column).toEqual({ name: "Old SN", others: ["New SN"] });
  expect(
    parseList("SN,Note,Replaced by\nP225043056,ok,P225-043-061\nP225043057,ok,\nP225043058,ok,P225043062")
      .column,
  ).toEqual({ name: "SN", others: ["Replaced by"] });
});

test.each([
  "SN,Lot\nP225043056,TL2608B\nP225043057,TL2608C",
  "SN,Date,Qty\nP225043056,2026-11-29,1\nP225043057,2026-11-29,2",
  "SN,Note\nP225043056,nurse\nP225043057,instead of P225043058",
  "P225043056,P225043061\nP225043057,P225043062",
  "P225043056\nP225043057",
])(
  "of a list with one column of serial numbers, or in which all are read, nothing of the kind: %j",
  (text) => {
    expect(parseList(text).column).toBeNull();
  },
);
