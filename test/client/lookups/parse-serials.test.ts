import { expect, test } from "vitest";
import { mostSerials, parseSerials } from "#client/lookups/parse-serials.ts";

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
    { line: 1, text: "Hello  please look these up today" },
    { line: 3, text: "###" },
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
