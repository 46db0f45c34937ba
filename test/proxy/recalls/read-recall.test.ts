import { expect, test } from "vitest";
import type { RecallShown } from "#contract/recalls.ts";
import { askedOf, compareFile } from "#test/support/recall-reading.ts";

const [one, two, three, four] = ["P220000100", "P220000101", "P220000102", "P220000103"];

/** A file, what is asked of it, answers by the options' texts, and what is recalled then. */
type Case = [name: string, body: string, asked: string[], said: Record<string, boolean>, recalled: string[]];

const statuses: Case[] = [
  [
    "a column whether affected",
    `Serial number,Lot,Affected\n${one},L1,yes\n${two},L1,no\n${three},L1,yes\n${four},L1,\n`,
    ["status Affected: yes 2/2, no 1/1,  1/1"],
    { yes: true, no: false, "": false },
    [one, three],
  ],
  [
    "是否召回",
    `序列号,是否召回\n${one},是\n${two},否\n`,
    ["status 是否召回: 是 1/1, 否 1/1"],
    { 是: true, 否: false },
    [one],
  ],
  [
    "the only value no",
    `SN;In scope\n${one};no\n${two};no\n`,
    ["status In scope: no 2/2"],
    { no: false },
    [],
  ],
  [
    "betroffen",
    `Seriennummer;Betroffen\n${one};ja\n${two};nein\n`,
    ["status Betroffen: ja 1/1, nein 1/1"],
    { ja: true, nein: false },
    [one],
  ],
  [
    "concerné",
    `Numéro de série;Concerné\n${one};oui\n${two};non\n`,
    ["status Concerné: oui 1/1, non 1/1"],
    { oui: true, non: false },
    [one],
  ],
  [
    "afectado",
    `Número de serie;Afectado\n${one};sí\n${two};no\n`,
    ["status Afectado: sí 1/1, no 1/1"],
    { sí: true, no: false },
    [one],
  ],
  [
    "a status in words",
    `serial,status\n${one},Recalled\n${two},Not recalled\n${three},RECALLED\n`,
    ["status status: Recalled 2/2, Not recalled 1/1"],
    { Recalled: true, "Not recalled": false },
    [one, three],
  ],
  [
    "a status that only some rows have",
    `serial,status\n${one},recalled\n${two},in stock\n${three},\n`,
    ["status status: recalled 1/1, in stock 1/1,  1/1"],
    { recalled: true, "in stock": false, "": true },
    [one, three],
  ],
  [
    "a remark far down, in a column of any name",
    `serial,Ward\n${`${one},A\n`.repeat(400)}${two},not affected\n`,
    ["status Ward: not affected 1/1"],
    { "not affected": false },
    [one],
  ],
  [
    "no names of columns",
    `${one},L1\n${two},unaffected\n${three},不在召回范围\n`,
    ["status: L1 1/1, unaffected 1/1, 不在召回范围 1/1"],
    { L1: true, unaffected: false, 不在召回范围: false },
    [one],
  ],
  [
    "a name that says nothing of serials",
    `Article,Affected\n${one},yes\n${two},no\n`,
    ["status Affected: yes 1/1, no 1/1"],
    { yes: true, no: false },
    [one],
  ],
  [
    "words as programs write them",
    `serial,note\n${one},NOT_AFFECTED\n${two},NotAffected\n${three},\n`,
    ["status note: NOT_AFFECTED 1/1, NotAffected 1/1,  1/1"],
    { NOT_AFFECTED: false, NotAffected: false, "": true },
    [three],
  ],
  [
    "quoted cells",
    `"Serial","Excluded?"\n"${one}","Y"\n"${two}","N"\n`,
    ["status Excluded?: Y 1/1, N 1/1"],
    { Y: false, N: true },
    [two],
  ],
];

statuses.push(
  [
    "a mark that a footnote explains",
    `${one}*\n${two}\n* not affected\n`,
    ["status: * 1/1"],
    { "*": false },
    [two],
  ],
  [
    "lines of JSON",
    `{"sn":"${one}","isAffected":true}\n{"sn":"${two}","isAffected":false}\n`,
    ["status isAffected: true 1/1, false 1/1"],
    { true: true, false: false },
    [one],
  ],
  [
    "ranges with a status",
    `From,To,Affected\n${one},${three},yes\nP220000110,P220000112,no\n`,
    ["status Affected: yes 1/3, no 1/3", "range:  2/6/6"],
    { yes: true, no: false, "": true },
    [one, two, three],
  ],
);

const sections: Case[] = [
  [
    "long headings",
    `Serial numbers of recalled sensors\n${one}\n\nSerial numbers of sensors that are not recalled\n${two}\n`,
    ["section: Serial numbers of recalled sensors 1/1, Serial numbers of sensors that are not recalled 1/1"],
    {
      "Serial numbers of recalled sensors": true,
      "Serial numbers of sensors that are not recalled": false,
    },
    [one],
  ],
  [
    "a list",
    `${one}\nNot affected:\n${two}\n${three}\n`,
    ["section:  1/1, Not affected: 2/2"],
    { "": true, "Not affected:": false },
    [one],
  ],
  [
    "those above a heading that says recalled",
    `${one}\nRecalled:\n${two}\n`,
    ["section:  1/1, Recalled: 1/1"],
    { "": false, "Recalled:": true },
    [two],
  ],
  [
    "a list in Chinese",
    `${one}\n以下不受影响\n${two}\n`,
    ["section:  1/1, 以下不受影响 1/1"],
    { "": true, 以下不受影响: false },
    [one],
  ],
  [
    "both headings",
    `Recalled:\n${one}\n${two}\nNot recalled:\n${three}\nRecalled:\n${four}\n`,
    ["section: Recalled: 3/3, Not recalled: 1/1"],
    { "Recalled:": true, "Not recalled:": false },
    [one, two, four],
  ],
  [
    "a table",
    `Serial,Lot\n${one},L1\nNot affected,,\n${two},L1\n`,
    ["section:  1/1, Not affected 1/1"],
    { "": true, "Not affected": false },
    [one],
  ],
  [
    "a second table with its names",
    `Serial,Lot\n${one},L1\n\nThe following sensors are not affected.\nLot,Serial\nL2,${two}\n`,
    ["section:  1/1, The following sensors are not affected. 1/1"],
    { "": true, "The following sensors are not affected.": false },
    [one],
  ],
  [
    "above the first table",
    `Nicht betroffen:\nSN;Lot\n${one};1\nBetroffen:\nSN;Lot\n${two};1\n`,
    ["section: Nicht betroffen: 1/1, Betroffen: 1/1"],
    { "Nicht betroffen:": false, "Betroffen:": true },
    [two],
  ],
  [
    "fr",
    `${one}\nNon concernés :\n${two}\n`,
    ["section:  1/1, Non concernés : 1/1"],
    { "": true, "Non concernés :": false },
    [one],
  ],
  [
    "es",
    `${one}\nNo afectados\n${two}\n`,
    ["section:  1/1, No afectados 1/1"],
    { "": true, "No afectados": true },
    [one, two],
  ],
  [
    "all but some",
    `All sensors of lot 7 except the following:\n${one}\n`,
    ["section: All sensors of lot 7 except the following: 1/1"],
    { "All sensors of lot 7 except the following:": false },
    [],
  ],
  [
    "a list that goes on below its line",
    `${one}\nNot affected: ${two},\n${three}\n`,
    ["section:  1/1, Not affected: 2/2"],
    { "": true, "Not affected:": false },
    [one],
  ],
];

const columns: Case[] = [
  [
    "recalled and replacement",
    `Recalled SN,Replacement SN\n${one},${two}\n${three},${four}\n`,
    ["column: Recalled SN 2/2, Replacement SN 2/2"],
    { "Recalled SN": true, "Replacement SN": false },
    [one, three],
  ],
  [
    "a third that is not affected",
    `"Recalled SN","Replacement SN","Not affected"\n"${one}","${two}","${three}"\n`,
    ["column: Recalled SN 1/1, Replacement SN 1/1, Not affected 1/1"],
    { "Recalled SN": true, "Replacement SN": false, "Not affected": false },
    [one],
  ],
  [
    "names that say nothing",
    `Old,New\n${one},${two}\n`,
    ["column: Old 1/1, New 1/1"],
    { Old: true, New: false },
    [one],
  ],
  [
    "the plain name second",
    `Replacement serial number,Serial number\n${one},${two}\n`,
    ["column: Replacement serial number 1/1, Serial number 1/1"],
    { "Replacement serial number": false, "Serial number": true },
    [two],
  ],
  [
    "two that are both recalled",
    `Left serial;Right serial\n${one};${two}\n`,
    ["column: Left serial 1/1, Right serial 1/1"],
    { "Left serial": true, "Right serial": true },
    [one, two],
  ],
  [
    "旧序列号",
    `旧序列号,新序列号\n${one},${two}\n`,
    ["column: 旧序列号 1/1, 新序列号 1/1"],
    { 旧序列号: true, 新序列号: false },
    [one],
  ],
];

const five = [one, two, three, four, "P220000104"];
const range = (line: string): Case => [line, `${line}\n`, ["range:  1/5/5"], { "": true }, five];
const ranges: Case[] = [
  ...[
    `${one} - P220000104`,
    `${one}-P220000104`,
    `${one} to P220000104`,
    `${one}–P220000104`,
    `${one} 至 P220000104`,
    `${one}~P220000104`,
    `${one}..P220000104`,
    `${one} through P220000104`,
    `${one} bis P220000104`,
    `from ${one} to P220000104`,
    `between ${one} and P220000104`,
    `从${one}到P220000104`,
    `SN: ${one} - P220000104`,
    `Serials: ${one} - P220000104`,
    `p220000100 to p220000104`,
    `${one}–104`,
    `"${one} - P220000104"`,
    `From,To\n${one},P220000104`,
    `First serial;Last serial;Lot\n${one};P220000104;7`,
    `起始序列号,结束序列号\n${one},P220000104`,
    `Serial number,Lot\n${one} - P220000104,L1`,
  ].map(range),
  ["a first and a quantity", `First serial,Quantity\n${one},5\n`, ["range:  1/5/5"], { "": true }, five],
  ["only the first", `Serial,Qty\n${one},5\n`, ["range:  1/5/5"], { "": false }, [one]],
  ["only the two", `${one} - P220000104\n`, ["range:  1/5/5"], { "": false }, [one, "P220000104"]],
];

const undoubted: [name: string, body: string, recalled: string[], notTaken?: number[]][] = [
  ["serials on one line", `Serials: ${one}, ${two}; ${three}\n`, [one, two, three]],
  [
    "serials behind a label",
    `Affected serial numbers: ${one} and ${two}\n序列号：${three}、${four}\n`,
    [one, two, three, four],
  ],
  ["a formula", `Serial,Lot\n="${one}",L1\n`, [one]],
  ["a formula in quotes", `Serial,Lot\n"=""${one}""",L1\n`, [one]],
  ["an apostrophe", `Serial,Lot\n'${one},L1\n`, [one]],
  ["a star", `Serial,Lot\n${one}*,L1\n`, [one]],
  ["a full stop", `Serial,Lot\n${one}.,L1\n`, [one]],
  ["curly quotes and brackets", `“${one}”\n[${two}]\n• ${three}\n`, [one, two, three]],
  [
    "a word behind",
    `${one} (recalled)\n${two} – recalled\n${three} recalled\n${four}（召回）\n`,
    [one, two, three, four],
  ],
  ["a word behind in a column", `serial\n${one} (recalled)\n${two} - affected\n`, [one, two]],
  ["all affected", `serial,affected\n${one},yes\n${two},yes\n`, [one, two]],
  ["a status that says nothing of it", `serial,status\n${one},shipped\n${two},in stock\n`, [one, two]],
  ["dates of the recall", `serial,Recall date\n${one},2026-05-01\n${two},2026-05-02\n`, [one, two]],
  [
    "a heading that is only of recalled ones",
    `Affected:\n${one}\nRecalled as well:\n${two}\n`,
    [one, two],
    [1, 3],
  ],
  ["a sentence about something else", `Lot L9 is not affected by this notice.\n${one}\n`, [one], [1]],
  ["a heading without anything below", `${one}\nNot affected:\nnone\n`, [one], [2, 3]],
  ["a column of the same serials", `Serial,Serial (scanned)\n${one},${one}\n${two},${two}\n`, [one, two]],
  ["lots that look like serials", `Serial,Lot\n${one},P230000101\n`, [one]],
  ["quantities of one", `Serial,Qty\n${one},1\n${two},1\nTotal,2\n`, [one, two], [4]],
  ["a star without a footnote", `${one}*\n${two}\n`, [one, two]],
  ["a range of one", `${one} - ${one}\n`, [one]],
  ["two serials without a range", `${three}/${four}\n`, [three, four]],
  ["groups", `P220-000-100\nP2200 00101\n`, [one, two]],
  ["a date behind", `${one} - 2026-05-01\n`, [one]],
];

const ofLines = ({ questions }: RecallShown) =>
  questions.filter(({ kind }) => kind !== "else").flatMap(({ options }) => options);
const cases = { statuses, sections, columns, ranges };
for (const [kind, table] of Object.entries(cases))
  test.each(table)(
    `of ${kind}, %s: it is asked, and what is answered decides`,
    async (_, body, asked, said, recalled) => {
      const open = await compareFile(body);
      expect(askedOf(open.shown.questions)).toEqual(asked);
      expect(ofLines(open.shown).map(({ isRecalled }) => isRecalled)).not.toContain(true);
      const answered = await compareFile(body, said);
      expect(answered.noted).toEqual(recalled);
      expect(askedOf(answered.shown.questions)).toEqual(asked);
      expect(ofLines(answered.shown).map(({ isRecalled }) => isRecalled)).toEqual(
        ofLines(open.shown).map(({ text }) => said[text ?? "…"]),
      );
    },
  );

test.each(undoubted)("%s: nothing is asked of some lines", async (_, body, recalled, notTaken = []) => {
  const { shown, noted } = await compareFile(body);
  expect(askedOf(shown.questions)).toEqual([]);
  expect(noted).toEqual(recalled);
  expect(shown.notTaken.map(({ line }) => line)).toEqual(notTaken);
});

test.each([
  ["the last before the first", `${three} - ${one}`, "range-order", true],
  ["another width", `${one} to P2200001040`, "range-shape", true],
  ["other letters", `${one} to Q220000104`, "range-shape", true],
  ["more than any recall names", "P220000000 - P229999999", "range-large", true],
  ["serials that are not ours", "P230000104 - P230000100", "range-order", false],
])("a range of %s is not taken, and it is said why", async (_, line, reason, serialsNamed) => {
  const { shown, noted, unusable } = await compareFile(`${four}\n${line}\n`);
  expect([noted, unusable]).toEqual([[four], 1]);
  // Only the sensors of ours that it names may be recalled.
  expect(shown.questions.map(({ kind }) => kind)).toEqual(serialsNamed ? ["line"] : ["else"]);
  expect(shown.notTaken).toEqual([{ line: 2, text: line, reason }]);
});

test("all ranges of a file together are bounded", async () => {
  const lines = ["P300000000 - P301999999", "P310000000 - P311999999", `${one} - ${two}`];
  const { shown } = await compareFile(lines.join("\n"));
  expect(askedOf(shown.questions)).toEqual(["range:  2/2000002/2"]);
  expect(shown.notTaken).toMatchObject([{ line: 2, reason: "range-large" }]);
});

test("what is between the ends of a recalled range and not known here is noticed later, and else is not", async () => {
  const file = "P220000198 - P220000203\n";
  const all = await compareFile(file, { "": true });
  expect(all.noted).toEqual(["P220000198", "P220000199"]);
  expect(all.shown.taken[0]?.serials).toEqual(["P220000198", "P220000199"]);
  expect(["P220000200", "P220000203", "P220000204"].map(all.isKept)).toEqual([true, true, false]);
  const ends = await compareFile(file, { "": false });
  expect(ends.noted).toEqual(["P220000198"]);
  expect(["P220000202", "P220000203"].map(ends.isKept)).toEqual([false, true]);
});

test("beside one of ours on its line and in groups, what is not known here is noticed later", async () => {
  const { isKept } = await compareFile(
    `${one} P220000300\nP220-000-301\nP220000302.\nP220000303 (recalled)\n`,
  );
  expect(["P220000300", "P220000301", "P220000302", "P220000303"].map(isKept)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test("lines left out by answers are counted, and are neither noted nor noticed later", async () => {
  const body = `serial,affected\n${one},yes\nP220000300,no\n${two},no\n`;
  const { shown, noted, isKept, lines, unusable, notOurs, repeated } = await compareFile(body, {
    yes: true,
    no: false,
  });
  expect({ lines, unusable, notOurs, repeated, leftOut: shown.leftOut }).toEqual({
    lines: 3,
    unusable: 0,
    notOurs: 0,
    repeated: 0,
    leftOut: 2,
  });
  expect([noted, isKept("P220000300")]).toEqual([[one], false]);
});

test("a line is recalled only if nothing that is said of it leaves it out", async () => {
  const body = `SN,Affected\n${one},yes\n${two},no\nNot affected:\n${three},yes\n`;
  const said = { yes: true, no: false, "Not affected:": false };
  expect((await compareFile(body, said)).noted).toEqual([one]);
  expect((await compareFile(body, { ...said, "Not affected:": true })).noted).toEqual([one, three]);
});

test("what is answered of a part of the questions leaves the rest open", async () => {
  const { shown } = await compareFile(`SN,Affected\n${one},yes\n${two},no\n`, { no: false });
  expect(shown.questions[0]?.options.map(({ isRecalled }) => isRecalled)).toEqual([null, false]);
});

test("an answer to what the file does not ask is refused", async () => {
  const refused = compareFile(`${one}\n`, { abc: true });
  await expect(refused).rejects.toMatchObject({
    details: { fields: [{ field: "answers", reason: "unknown" }] },
  });
});

test("of many values those that say something of being recalled are told apart, the others are one", async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `P2200001${String(i).padStart(2, "0")},remark ${i}`);
  const { shown } = await compareFile(`serial,status\n${rows.join("\n")}\nP220000199,not affected\n`);
  const [question] = shown.questions;
  expect(question?.options).toHaveLength(8);
  expect(question?.options.find(({ text }) => text === null)).toMatchObject({ lines: 44, ours: 44 });
  expect(question?.options.find(({ text }) => text === "not affected")).toMatchObject({ lines: 1, ours: 1 });
});

test("sensors of ours are counted once for an option, however often they stand there", async () => {
  const { shown } = await compareFile(`${one}\nNot affected:\n${two}\n${two}\n${three}\nP220000300\n`);
  expect(askedOf(shown.questions)).toEqual(["section:  1/1, Not affected: 4/2"]);
  expect(shown.questions[0]?.options[1]?.examples).toEqual([
    { line: 3, text: two },
    { line: 4, text: two },
    { line: 5, text: three },
  ]);
});

test.each([
  ["in a sentence", `Sensors such as ${one} need not be sent back.`],
  ["in groups", "Please keep P220 000 100 for us, it is fine."],
  ["with hyphens", "Please keep P220-000-100 for us, it is fine."],
  ["with something behind it", `${one}-Q60`],
  ["in brackets with other words", `${one} (see the letter)`],
  ["between the ends of a range in words", "All sensors from P220000050 to P220000150 were sold."],
])("a line not taken that names a sensor of ours %s is told first", async (_, line) => {
  const words = "The sensor X999999999 is sold elsewhere.\n".repeat(30);
  const { shown, unusable } = await compareFile(`${words}${line}\n${four}\n`);
  expect([unusable, shown.notTakenOursCount]).toEqual([31, 1]);
  expect(shown.notTakenOurs).toEqual([{ line: 31, text: line }]);
});

test("of the lines not taken that name sensors of ours the first hundred are shown, and all are counted", async () => {
  const { shown } = await compareFile(`${four}\n${`We kept ${one} here.\n`.repeat(150)}`);
  expect([shown.notTakenOurs.length, shown.notTakenOursCount]).toEqual([100, 150]);
});

test("a letter of nothing but sentences is shown as it was read, and without any serial is refused", async () => {
  const { shown, lines, unusable } = await compareFile(`Dear all,\nplease return ${one} to us.\n`);
  expect([lines, unusable, shown.notTakenOurs]).toEqual([
    2,
    2,
    [{ line: 2, text: `please return ${one} to us.` }],
  ]);
  await expect(compareFile("Dear all,\ngood morning.\n")).rejects.toMatchObject({
    details: { fields: [{ field: "file", reason: "no-serials" }] },
  });
});
