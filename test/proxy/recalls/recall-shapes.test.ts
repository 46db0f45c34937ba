import { expect, test } from "vitest";
import { askedOf, compareFile, known } from "#test/support/recall-reading.ts";

const [a, b, c, d, e] = ["P220000100", "P220000101", "P220000102", "P220000103", "P220000104"];
const x = "X999999999";

type Asks = [name: string, body: string | Uint8Array<ArrayBuffer>, asked: string[]];

const headings: Asks[] = [
  [
    "use and no use, with a mark of a page between",
    `Safe to use:\n${a}\n--- page 2 ---\n${b}\nDo not use:\n${c}\n`,
    ["section: Safe to use: 2/2, Do not use: 1/1"],
  ],
  ["in capitals", `EXEMPT:\n${a}\nSTOP USE:\n${b}\n`, ["section: EXEMPT: 1/1, STOP USE: 1/1"]],
  [
    "in German",
    `Nicht betroffen:\n${a}\nZurückzusenden:\n${b}\n`,
    ["section: Nicht betroffen: 1/1, Zurückzusenden: 1/1"],
  ],
  ["an annex", `Not affected\n${a}\nAnnex B\n${b}\n`, ["section: Not affected 1/1, Annex B 1/1"]],
  [
    "three",
    `Do not use:\n${a}\nSafe to use:\n${b}\nUnder investigation:\n${c}\n`,
    ["section: Do not use: 1/1, Safe to use: 1/1, Under investigation: 1/1"],
  ],
  [
    "another notice below a table",
    `Serial,Lot\n${a},L1\nPreviously recalled in FSN-11:\n${b},L1\n`,
    ["section:  1/1, Previously recalled in FSN-11: 1/1"],
  ],
  [
    "replacements",
    `Nicht betroffen:\n${a}\nErsatzgeräte:\n${b}\n`,
    ["section: Nicht betroffen: 1/1, Ersatzgeräte: 1/1"],
  ],
  ["更换序列号", `不受影响：\n${a}\n更换序列号：\n${b}\n`, ["section: 不受影响： 1/1, 更换序列号： 1/1"]],
  [
    "without a colon, below serials",
    `${a}\nReplacement devices\n${b}\n`,
    ["section:  1/1, Replacement devices 1/1"],
  ],
  [
    "in Polish",
    `Do zwrotu\n${a}\nPozostają w użyciu\n${b}\n`,
    ["section: Do zwrotu 1/1, Pozostają w użyciu 1/1"],
  ],
  ["in Russian", `Отозваны:\n${a}\nНе подлежат:\n${b}\n`, ["section: Отозваны: 1/1, Не подлежат: 1/1"]],
  ["in Japanese", `回収対象\n${a}\n対象外\n${b}\n`, ["section: 回収対象 1/1, 対象外 1/1"]],
  [
    "on two lines",
    `${a}\nGroup two\nstay with you\n${b}\n`,
    ["section:  1/1, Group two / stay with you 1/1"],
  ],
  ["with the lot", `${a}\nLot TL2601C may go on:\n${b}\n`, ["section:  1/1, Lot TL2601C may go on: 1/1"]],
  [
    "on the lines of their serials",
    `Not affected: ${a}, ${b}\nAffected: ${c}, ${d}\n`,
    ["section: Not affected: 1/2, Affected: 1/2"],
  ],
  ["of any words on its line", `Ersatz: ${a}; ${b}\n`, ["section: Ersatz: 1/2"]],
  ["of a label with more to it", `Replacement serials: ${a}\n`, ["section: Replacement serials: 1/1"]],
  [
    "on its line, for the lines below too",
    `Bleiben: ${a},\n${b}\nZurück: ${c}\n`,
    ["section: Bleiben: 2/2, Zurück: 1/1"],
  ],
];

const columns: Asks[] = [
  ["Påvirket", `Serienummer;Påvirket\n${a};Ja\n${b};Nei\n`, ["status Påvirket: Ja 1/1, Nei 1/1"]],
  ["Sperre", `Serial,Sperre\n${a},gesperrt\n${b},frei\n`, ["status Sperre: gesperrt 1/1, frei 1/1"]],
  ["Freigegeben", `SN;Freigegeben\n${a};ja\n${b};nein\n`, ["status Freigegeben: ja 1/1, nein 1/1"]],
  ["ok", `SN,ok\n${a},no\n${b},yes\n`, ["status ok: no 1/1, yes 1/1"]],
  ["Status", `SN,Status\n${a},OK\n${b},NOK\n`, ["status Status: OK 1/1, NOK 1/1"]],
  ["Stato", `Matricola;Stato\n${a};ritirato\n${b};valido\n`, ["status Stato: ritirato 1/1, valido 1/1"]],
  ["対象", `シリアル番号,対象\n${a},○\n${b},×\n`, ["status 対象: ○ 1/1, × 1/1"]],
  ["리콜 대상", `일련번호,리콜 대상\n${a},예\n${b},아니오\n`, ["status 리콜 대상: 예 1/1, 아니오 1/1"]],
  [
    "Статус",
    `Серийный номер;Статус\n${a};отзыв\n${b};не подлежит\n`,
    ["status Статус: отзыв 1/1, не подлежит 1/1"],
  ],
  ["Risk class", `SN,Risk class\n${a},A\n${b},B\n`, ["status Risk class: A 1/1, B 1/1"]],
  [
    "Comment on one line",
    `SN,Comment\n${a},\n${b},please disregard - sent in error\n`,
    ["status Comment:  1/1, please disregard - sent in error 1/1"],
  ],
  ["no name", `${a},Ja\n${b},Nei\n`, ["status: Ja 1/1, Nei 1/1"]],
  ["an empty name", `SN,\n${a},keep\n${b},send back\n`, ["status: keep 1/1, send back 1/1"]],
  ["0 and 1", `SN,hold\n${a},0\n${b},1\n`, ["status hold: 0 1/1, 1 1/1"]],
  ["a name nobody knows", `Qwx,Zvb\n${a},K\n${b},R\n`, ["status Zvb: K 1/1, R 1/1"]],
  [
    "a cell on one line of many",
    `SN,Memo\n${`${a},\n`.repeat(400)}${b},void\n`,
    ["status Memo:  400/1, void 1/1"],
  ],
  [
    "a mark beside a status",
    `SN,Status\n${a},stop\n${b}*,stop\n${c},go\n* in quarantine, do not replace\n`,
    ["status Status: stop 2/2, go 1/1", "status: * 1/1"],
  ],
  [
    "JSON over several lines",
    JSON.stringify(
      [
        { sn: a, use: { now: "stop" } },
        { sn: b, use: { now: "go" } },
      ],
      null,
      2,
    ),
    ["status use.now: stop 1/1, go 1/1"],
  ],
  [
    "JSON on one line",
    JSON.stringify({
      items: [
        { sn: a, hold: true },
        { sn: b, hold: false },
      ],
    }),
    ["status hold: true 1/1, false 1/1"],
  ],
  [
    "JSON of groups",
    JSON.stringify({ recalled: [a, b], spared: [c] }),
    ["section: recalled: 2/2, spared: 1/1"],
  ],
  [
    "JSON by serial",
    JSON.stringify({ [a]: { use: "stop" }, [b]: { use: "go" } }),
    ["status use: stop 1/1, go 1/1"],
  ],
];

const ranges: Asks[] = [
  ["the end behind a hyphen", `${a} - 000104\n`, ["range:  1/5/5"]],
  ["two digits behind a hyphen", `${a}-04\n`, ["range:  1/5/5"]],
  ["xx", "P2200001xx\n", ["range:  1/100/100"]],
  ["stars", "P220000***\n", ["range:  1/1000/100"]],
  ["a cell", `SN,Lot\nP22000010X,L1\n`, ["range:  1/10/10"]],
];

const lines: Asks[] = [
  ["in a letter above a table", `Please keep ${a}.\nSerial,Lot\n${b},L1\n`, [`line: ${a} 1/1`]],
  ["in groups", `Keep p220-000-100 for us.\n${b}\n`, [`line: ${a} 1/1`]],
  ["beside the serial", `Serial,Lot\n${b},${a}\n`, [`line: ${a} 1/1`]],
  ["beside another maker's", `Serial,Lot\n${x},${a}\n`, [`line: ${a} 1/1`]],
  ["several on one line", `We kept ${a}, ${b} and ${c} here.\n${d}\n`, [`line: ${a} ${b} ${c} 1/3`]],
  ["once for all lines", `We kept ${a}.\nWe sold ${a}.\n${b}\n`, [`line: ${a} 1/1`]],
  ["only where it is not taken", `We kept ${a}.\n${a}\n`, []],
  ["with words behind", `${a} was sold\n${b}\n`, [`line: ${a} 1/1`]],
  ["in a code", `Return (01)06971234567895(21)${a} at once\n${b}\n`, [`line: ${a} 1/1`]],
  ["in a range of words", `From ${a} to ${c} they are sold.\n${d}\n`, [`line: ${a} ${c} ${b} 1/3`]],
];

for (const [kind, table] of Object.entries({ headings, columns, ranges, lines }))
  test.each(table)(`of ${kind}, %s: it is asked`, async (_, body, asked) => {
    expect(askedOf((await compareFile(body)).shown.questions)).toEqual(asked);
  });

const ordinary: Asks[] = [
  ["a heading above all", `Recall list, May\n${a}\n${b}\n`, [a, b]],
  [
    "marks of pages and totals",
    `Recall list\n${a}\nPage 2 of 3\n${b}\n- 3 -\n${c}\n第2页\n${d}\nTotal: 4\n${e}\n`,
    [a, b, c, d, e],
  ],
  ["names of columns on each page", `Serial,Lot\n${a},L1\nSerial,Lot\n${b},L2\n`, [a, b]],
  ["lines of dashes", `${a}\n-----\n${b}\n=====\n${c}\n`, [a, b, c]],
  ["labels", `Serials: ${a}, ${b}\nS/N: ${c}\n`, [a, b, c]],
  [
    "lots, codes, dates and products",
    `Serial,Lot,GTIN,Date,Product\n${a},TL2601C,06971234567895,2026-05-01,Sensor\n${b},TL2602A,06971234567896,2026-05-02,Kit\n`,
    [a, b],
  ],
  ["wards and hospitals", `SN;Station;Krankenhaus\n${a};A;Nord\n${b};B;Süd\n`, [a, b]],
  ["客户和型号", `序列号,客户,型号\n${a},甲,标准\n${b},乙,儿童\n`, [a, b]],
  ["people", `SN,Contact,Phone\n${a},Ann,12\n${b},Bo,13\n`, [a, b]],
  ["one value", `SN,Zvb\n${a},K\n${b},K\n`, [a, b]],
  ["codes under any name", `SN,Zvb\n${a},K-1\n${b},R-2\n`, [a, b]],
  ["numbers of lines", `Nr.;Seriennummer\n1;${a}\n2;${b}\n`, [a, b]],
  [
    "many values",
    `SN,Zvb\n${known
      .slice(0, 20)
      .map((one, i) => `${one},word ${"abcdefghijklmnopqrst"[i]}`)
      .join("\n")}\n`,
    known.slice(0, 20),
  ],
  ["JSON of serials", JSON.stringify([a, b], null, 2), [a, b]],
  [
    "JSON of lots with their serials",
    JSON.stringify([
      { lot: "L1", serials: [a, b] },
      { lot: "L2", serials: [c] },
    ]),
    [a, b, c],
  ],
  ["brackets that are no JSON", `[${a}]\n[${b}]\n`, [a, b]],
  ["UTF-16 without its mark", new Uint8Array(Buffer.from(`Serial,Lot\n${a},L1\n`, "utf16le")), [a]],
  ["UTF-16 the other way", new Uint8Array(Buffer.from(`序列号,批号\n${a},L1\n`, "utf16le").swap16()), [a]],
  ["a hyphen within a serial", "P220-000-100\nX220-000-300\n", [a]],
];

test.each(ordinary)("%s: nothing is asked", async (_, body, recalled) => {
  const { shown, noted } = await compareFile(body);
  expect([askedOf(shown.questions), noted]).toEqual([[], recalled]);
});

test("what is answered of a line that was not taken decides about it", async () => {
  const body = `Please keep ${a}.\n${b}\n`;
  const yes = await compareFile(body, { [a]: true });
  expect([yes.noted, yes.unusable, yes.shown.notTakenOursCount]).toEqual([[a, b], 0, 0]);
  const no = await compareFile(body, { [a]: false });
  expect([no.noted, no.unusable, no.shown.notTakenOursCount]).toEqual([[b], 1, 1]);
});

test("beyond twelve lines the rest is asked together", async () => {
  const body = known
    .slice(0, 20)
    .map((one) => `We kept ${one}.\n`)
    .join("");
  const { shown } = await compareFile(body);
  expect(shown.questions[0]?.options).toHaveLength(13);
  expect(shown.questions[0]?.options.at(-1)).toMatchObject({ text: null, lines: 8, ours: 8 });
  expect((await compareFile(body, { "…": true })).noted).toEqual(known.slice(12, 20));
});

test("of many headings those that say something of being recalled are asked one by one, the others together", async () => {
  const groups = known.slice(0, 40).map((one, i) => `Box ${i} here:\n${one}\n`);
  const { shown } = await compareFile(`${groups.join("")}Not affected:\n${known[40]}\n`);
  const options = shown.questions[0]?.options ?? [];
  expect(options.map(({ text }) => text).slice(11)).toEqual(["Box 11 here:", null, "Not affected:"]);
  expect(options.find(({ text }) => text === null)).toMatchObject({
    ours: 28,
    othersCount: 28,
    others: ["Box 12 here:", "Box 13 here:", "Box 14 here:"],
  });
});

test("a sensor on a line that is recalled and on one that is left out stays recalled, and is counted", async () => {
  const body = `Not affected:\n${a}\n${b}\nAffected:\n${a}\n${c}\n`;
  const { noted, shown } = await compareFile(body, { "Not affected:": false, "Affected:": true });
  expect([noted, shown.inBoth]).toEqual([[a, c], 1]);
});

test.each([
  ["a table", "Lot,Product,Qty\nTL2601C,Sensor,197\nTL2602A,Sensor,20\n", ["TL2601C", "TL2602A"]],
  ["a list on a line", "Lots recalled: TL2601C, TL2602A\n", ["TL2601C", "TL2602A"]],
  ["one a line", "tl2601c\nTL2699Z\n", ["TL2601C"]],
  ["a first and a quantity", "First,Quantity\nTL2601C,197\n", ["TL2601C"]],
  ["a first and a last", "From,To\nTL2601C,TL2602A\n", ["TL2601C", "TL2602A"]],
])("lots of ours in %s are named, nothing is asked, and none is a serial", async (_, body, lots) => {
  const { shown, lines, unusable, notOurs, noted } = await compareFile(body);
  expect([shown.lots.map(({ lot }) => lot), shown.questions, noted]).toEqual([lots, [], []]);
  expect(lines - unusable).toBe(notOurs);
  expect(notOurs).toBe(body.includes("TL2699Z") ? 1 : 0);
});

test("lots beside serials are not told", async () => {
  expect((await compareFile(`Serial,Lot\n${a},TL2601C\nP230000100,TL2601C\n`)).shown.lots).toEqual([]);
});

test("what lacks its first letter and two without anything between them only look like ours", async () => {
  const { alike, alikeCount, noted } = await compareFile(`220000100\n${b}${c}\n${d}\n999000100\n`);
  expect([alikeCount, noted]).toEqual([2, [d]]);
  expect(alike.map(({ line, serial }) => [line, serial])).toEqual([
    [1, a],
    [2, b],
  ]);
});

test("JSON of more than 20 MB is refused", async () => {
  await expect(compareFile(`[\n"${"x".repeat(20_000_001)}"\n]`)).rejects.toMatchObject({
    details: { fields: [{ field: "file", reason: "json-large" }] },
  });
});

test.each([
  [
    "objects of ever other keys",
    JSON.stringify(Array.from({ length: 5000 }, (_, i) => ({ [`k${i}`]: "x" }))),
  ],
  [
    "much said of each of very many",
    JSON.stringify([
      {
        ...Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, "x"])),
        serials: Array.from({ length: 3000 }, (_, i) => `P${i}`),
      },
    ]),
  ],
])("JSON of %s is refused before its cells are made", async (_, body) => {
  await expect(compareFile(body)).rejects.toMatchObject({
    details: { fields: [{ field: "file", reason: "json-large" }] },
  });
});

test("a line that is longer than any is read is refused, so that nothing behind its beginning is lost", async () => {
  const onOneLine = (count: number) => `${`${x},`.repeat(count)}${a}\n`;
  expect((await compareFile(onOneLine(5000))).noted).toEqual([a]);
  for (const body of [onOneLine(7000), `Serial\n${b}\n${onOneLine(20_000)}`])
    await expect(compareFile(body)).rejects.toMatchObject({
      details: { fields: [{ field: "file", reason: "long-line" }] },
    });
});

test("of very many words only some are looked up as lots", async () => {
  const words = Array.from({ length: 12_000 }, (_, i) => `w${i}`);
  const lines = Array.from({ length: 12 }, (_, i) => words.slice(i * 1000, (i + 1) * 1000).join(" "));
  const { shown } = await compareFile(`Lots:\nTL2601C\n${lines.join("\n")}\n`);
  expect(shown.lots.map(({ lot }) => lot)).toEqual(["TL2601C"]);
});

/** Serials of ours as they stand in a text, also in groups and lower case. */
const namedIn = (body: string) => {
  const plain = body.toUpperCase().replace(/(?<=[P\d])[- ](?=\d)/g, "");
  return known.filter((serial) => new RegExp(`(?<![A-Z0-9])${serial}(?![A-Z0-9])`).test(plain));
};

test.each(
  [...headings, ...columns, ...ranges, ...lines, ...ordinary].filter(([, body]) => typeof body === "string"),
)("of %s no sensor of ours is lost: what is not taken is asked", async (_, body) => {
  const { shown, noted } = await compareFile(body);
  const asked = shown.questions.flatMap(({ kind, options }) =>
    kind === "line" ? options.flatMap(({ text }) => text?.split(" ") ?? []) : [],
  );
  expect([...noted, ...asked]).toEqual(expect.arrayContaining(namedIn(String(body))));
});

test("what lines only look like is asked, and what is answered decides", async () => {
  const body = `P22O000100\n220000101\n${c}\n`;
  const open = await compareFile(body);
  expect(askedOf(open.shown.questions)).toEqual([`alike: ${a} 1/1, ${b} 1/1`]);
  expect(open.shown.questions[0]?.options[1]?.examples).toEqual([{ line: 2, text: "220000101" }]);
  expect(open.shown.notKnown).toEqual([
    { line: 1, text: "P22O000100" },
    { line: 2, text: "220000101" },
  ]);
  expect((await compareFile(body, { [a]: true, [b]: false })).noted).toEqual([a, c]);
});

test("of many that lines look like the rest is asked together, and all of it is recalled then", async () => {
  const { shown } = await compareFile(known.map((one) => `${one.slice(1)}\n`).join(""));
  expect(shown.questions[0]?.options.at(-1)).toMatchObject({ text: null, ours: 88 });
  const yes = await compareFile(known.map((one) => `${one.slice(1)}\n`).join(""), { "…": true });
  expect(yes.noted).toEqual(known.slice(12));
});

test("cells that are empty below different values are told apart, as merged cells leave them", async () => {
  const body = `Affected,Serial\nYes,${a}\n,${b}\nNo,${c}\n,${d}\n`;
  const { shown } = await compareFile(body);
  expect(shown.questions[0]?.options.map(({ text, below, ours }) => [text, below, ours])).toEqual([
    ["Yes", undefined, 1],
    ["", "Yes", 1],
    ["No", undefined, 1],
    ["", "No", 1],
  ]);
});

test("a serial number in two cells or over two lines is seen in what is not known here", async () => {
  const { shown } = await compareFile(`${a.slice(0, 5)}\n${a.slice(5)}\n${b}\n`);
  expect(shown.notKnown).toEqual([
    { line: 1, text: "P2200" },
    { line: 2, text: "00100" },
  ]);
});

test("sensors that stand both where it is recalled and where it is left out are named", async () => {
  const body = `Not affected:\n${a}\n${b}\nAffected:\n${a}\n`;
  const { shown } = await compareFile(body, { "Not affected:": false, "Affected:": true });
  expect([shown.inBoth, shown.inBothSerials]).toEqual([1, [a]]);
});

test.each([
  ["a percent sign", "P22000010%\n", 10],
  ["any digit in brackets", "P22000010[0-9]\n", 10],
  ["a star for all that follows", "P2200001*\n", 100],
])("%s is asked as a range", async (_, line, serials) => {
  expect(askedOf((await compareFile(line)).shown.questions)).toEqual([`range:  1/${serials}/${serials}`]);
});

test("the head of each page is the heading of all, and is asked once", async () => {
  const { shown } = await compareFile(`Notice FSN-11   page 1\n${a}\nNotice FSN-11   page 2\n${b}\n`);
  expect(askedOf(shown.questions)).toEqual([]);
  expect(shown.questions[0]?.said?.texts).toEqual([{ line: 1, text: "Notice FSN-11", more: 1 }]);
});

test("words in windows-1252 and in GB18030 are read as what they are", async () => {
  const german = await compareFile(
    new Uint8Array(
      Buffer.from(`Betroffene Geräte\n${a}\nGeprüft, größtenteils nicht betroffen:\n${b}\n`, "latin1"),
    ),
  );
  expect(german.shown.questions[0]?.options.map(({ text }) => text)).toEqual([
    "Betroffene Geräte",
    "Geprüft, größtenteils nicht betroffen:",
  ]);
  const chinese = [...[0xd5, 0xd9, 0xbb, 0xd8], ...Buffer.from(`\n${a}\n`)];
  const { shown } = await compareFile(new Uint8Array(chinese));
  expect(shown.questions[0]?.said?.texts).toEqual([{ line: 1, text: "召回", more: 0 }]);
});
