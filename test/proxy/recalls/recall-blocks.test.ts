import { expect, test } from "vitest";
import { askedOf, compareFile } from "#test/support/recall-reading.ts";

const [a, b, c] = ["P220000100", "P220000101", "P220000102"];

/** Of two sensors the second is not recalled. */
test.each([
  "Affected",
  "Status",
  "Recall",
  "Result",
  "Decision",
  "Betroffen",
  "受影响",
  "是否召回",
  "Disposition",
])("what %s says on a line below the serial is of that serial, and asked", async (name) => {
  for (const body of [
    `Serial: ${a}\n${name}: yes\nSerial: ${b}\n${name}: no\n`,
    `Serial: ${a}\n${name}: yes\n\nSerial: ${b}\n${name}: no\n`,
    `Serial: ${a}\n\n${name}: yes\n\nSerial: ${b}\n\n${name}: no\n`,
    `- serial: ${a}\n  ${name}: yes\n- serial: ${b}\n  ${name}: no\n`,
    `序列号：${a}\n${name}：yes\n序列号：${b}\n${name}：no\n`,
    `sn = ${a}\n${name} = yes\nsn = ${b}\n${name} = no\n`,
    `- SN: ${a}\n- ${name}: yes\n- SN: ${b}\n- ${name}: no\n`,
    `${name}: yes\nSN: ${a}\n${name}: no\nSN: ${b}\n`,
    `${name}: yes\nSN: ${a}\n\n${name}: no\nSN: ${b}\n`,
    `Letter of May\n\nSN: ${a}\nLot: TL2601C\n${name}: yes\n\nSN: ${b}\nLot: TL2601C\n${name}: no\n\nKind regards\n`,
  ]) {
    const { shown } = await compareFile(body);
    expect([body, askedOf(shown.questions)]).toEqual([body, [`status ${name}: yes 1/1, no 1/1`]]);
    expect((await compareFile(body, { yes: true, no: false })).noted).toEqual([a]);
  }
});

test("lines keep their numbers, a fact that only some have and words without a name are asked too", async () => {
  const body = `Of May\n\nSN: ${a}\nAffected: yes\n\nSN: ${b}\nAffected: yes\nNote: on hold\n\nSN: ${c}\nAffected: yes\nplease keep\n`;
  const { shown } = await compareFile(body);
  expect(shown.taken.map(({ line, serials }) => [line, serials])).toEqual([
    [4, [a]],
    [8, [b]],
    [12, [c]],
  ]);
  expect(askedOf(shown.questions)).toEqual(["status Note: on hold 1/1,  1/1"]);
  const said = shown.questions.find(({ kind }) => kind === "else")?.said;
  expect(said?.columns.map(({ name, values }) => [name, values])).toEqual([
    ["Affected", ["yes"]],
    [4, ["please keep"]],
  ]);
});

test.each([
  ["the last has none", `SN: ${a}\nStatus: no\nSN: ${b}\nStatus: yes\nSN: ${c}\n`],
  ["only one has it", `SN: ${a}\nStatus: no\nSN: ${b}\nSN: ${c}\n`],
  ["it is said of several", `SN: ${a}\nSN: ${b}\nStatus: no\nSN: ${c}\nStatus: yes\n`],
  ["far down another order", `${`SN: ${a}\nStatus: yes\n`.repeat(400)}Status: no\nSN: ${b}\n`],
  [
    "a block without a serial",
    `SN: ${a}\nStatus: no\n\nSN: ${b}\nStatus: yes\n\n${"SN: X200000001\nStatus: x\n\n".repeat(200)}Status: no\n`,
  ],
])("where %s nobody can know which is whose: the file is refused in words", async (_, body) => {
  await expect(compareFile(body)).rejects.toMatchObject({
    details: { fields: [{ field: "file", reason: "blocks" }] },
  });
});

test.each([
  ["labels", `SN: ${a}\nSN: ${b}\n`, []],
  ["what is said of all above", `Recall: FSN 12\nDate: 2026-05-01\nSN: ${a}\nSN: ${b}\n`, []],
  [
    "headings with a colon in them",
    `Status: recall\nSN: ${a}\nSN: ${b}\nStatus: released\nSN: ${c}\n`,
    ["section: Status: recall 2/2, Status: released 1/1"],
  ],
  ["blocks of lots", `SN: ${a}\nLot: TL2601C\nSN: ${b}\nLot: TL2602A\n`, []],
])("%s are as they were", async (_, body, asked) => {
  const { shown, noted } = await compareFile(body);
  expect(askedOf(shown.questions)).toEqual(asked);
  expect(noted).toEqual(body.includes(c) ? [a, b, c] : [a, b]);
});
