import { expect, test } from "vitest";
import { likelySerials, withoutName } from "#sensor/likely-serials.ts";
import { readTyped, resembles } from "#sensor/typed-serials.ts";

const serialsOf = (list: readonly { serial: string }[]) => list.map(({ serial }) => serial);

test.each([
  ..."‐‑‒–—―−﹘－".split("").map((dash) => ["P225", "043", "056"].join(dash)),
  "P225/043/056",
  "P225\\043\\056",
  "P225|043|056",
  "P225·043·056",
  "P225•043•056",
  "P225／043／056",
  "P225:043:056",
  "P225*043*056",
  "P225 – 043 – 056",
  "(P225) 043/056",
])("marks between the groups of %s are as hyphens", (typed) => {
  const { found, unsure } = readTyped(typed);
  expect([serialsOf(found).map((serial) => serial.replaceAll("-", "")), unsure]).toEqual([
    ["P225043056"],
    [],
  ]);
});

test.each([
  "P225\u00a0043\u2009056",
  "P225\u3000043\u202f056",
  "Ｐ２２５０４３０５６",
  "P225\u200b043\u00ad056",
])("spaces, invisible characters and full width of %j leave the serial as it is", (typed) => {
  expect(serialsOf(readTyped(typed).found)).toEqual(["P225043056"]);
});

test.each([
  ["Р225043056", ["P225043056"]],
  ["Ρ225043056", ["P225043056"]],
  ["р225043056", ["P225043056"]],
  ["P225О43О56", ["P225043056", "P225O43O56"]],
  ["Р225–043–056", ["P225-043-056"]],
  ["P٢٢٥٠٤٣٠٥٦", ["P225043056"]],
  ["P२२५०४३०५६", ["P225043056"]],
])(
  "a letter or digit of another alphabet in %s is offered as what it looks like, and not taken",
  (typed, offers) => {
    const { found, unsure, doubt } = readTyped(typed);
    expect([found, serialsOf(unsure), doubt]).toEqual([[], offers, "letters"]);
  },
);

test.each([
  "https://vendor.example/s#P225043056",
  "https://vendor.example/s?P225043056",
  "https://vendor.example/#/s/P225043056",
  "https://vendor.example/s?id=p225043056&lang=en",
])("of the address %s what can be a serial is offered", (typed) => {
  expect(readTyped(typed)).toMatchObject({ found: [], unsure: [{ serial: "P225043056" }], doubt: "words" });
});

test.each([
  "您好，我的传感器编号是P225043056",
  "P225043056这个坏了",
  "Здравствуйте, мой сенсор P225043056",
  "センサーはP225043056です",
  "Hello, my sensor is P225043056",
])("a serial in the sentence %s is offered", (typed) => {
  expect(readTyped(typed)).toMatchObject({ found: [], unsure: [{ serial: "P225043056" }], doubt: "words" });
});

test.each([
  "序列号P225043056",
  "传感器序列号：P225043056",
  "编号 P225043056",
  "SN: P225043056",
  "ＳＮ：P225043056",
])("its name alone beside it, as in %s, is no sentence", (typed) => {
  expect(serialsOf(readTyped(typed).found)).toEqual(["P225043056"]);
});

test("a range is two serial numbers, and a serial behind its name is offered without", () => {
  for (const range of ["P225043050 - P225043057", "P225043050–P225043057", "P225043050 to P225043057"])
    expect(serialsOf(readTyped(range).found)).toEqual(["P225043050", "P225043057"]);
  for (const glued of ["SNP225043056", "SERIALP225043056", "SN225043056", "SN-P225043056", "NOP225043056"]) {
    expect(likelySerials(glued, 12)).toContain(glued.replace(/^(SN|SERIAL|NO)-?/, ""));
    expect(serialsOf(readTyped(glued).found)).toEqual([glued]);
  }
  expect([withoutName("P225043056"), withoutName("SN12")]).toEqual([null, null]);
});

test("what is nothing of the sort stays what it was", () => {
  for (const typed of ["", "Anna", "李娜", "Ольга", "LT#26", "###", "2026/11/29 08:00", "А".repeat(300_000)])
    expect([typed.slice(0, 20), readTyped(typed).found]).toEqual([typed.slice(0, 20), []]);
});

test.each([
  ["LOT123", "lot"],
  ["Batch-12", "lot"],
  ["批号 TL2608B", "lot"],
  ["06971234567895", "product"],
  ["6971234567895", "product"],
  ["012345678905", "product"],
  ["2026-11-29", "date"],
  ["20261129", "date"],
  ["2027/08", "date"],
  ["29.11.2026", "date"],
  ["29-11-26", "date"],
  ["29 Nov 2026", "date"],
  ["2026年11月29日", "date"],
  ["13800138000", "phone"],
  ["138 0013 8000", "phone"],
  ["+86 138 0013 8000", "phone"],
  ["010-62345678", "phone"],
  ["P225043056", null],
  ["225043056", null],
  ["LT2610A3F7", null],
  ["clinic-0031", null],
  ["P225-043-056", null],
])("%s looks like %s", (text, as) => {
  expect(resembles(text)).toBe(as);
});

test.each([
  "S/N: P2250 43056",
  "SN P2250 43056",
  "Serial number: P2250-43056",
  "Serial No. P22504 3056",
  "序列号：P2250 43056",
  "ＳＮ：P2250 43056",
  "S/N: P225 043 056",
])("pieces of a serial behind its name alone, as in %s, are one", (typed) => {
  const { found, unsure } = readTyped(typed);
  expect([serialsOf(found).map((serial) => serial.replaceAll("-", "")), unsure]).toEqual([
    ["P225043056"],
    [],
  ]);
});

test.each([
  "P2250 43056 lot TL2608B",
  "lot TL2608B, P2250 43056",
  "LOT: TL2608B SN P2250 43056",
  "S/N: P2250 43056 lot TL2608B",
  "P2250 43056 批号 TL2608B",
  "S/N: P2250 43056, Anna called",
  "P2250 43056 does not start",
])("pieces of a serial beside something else, as in %s, are offered together, and no lot", (typed) => {
  const { found, unsure, doubt } = readTyped(typed);
  expect([found, serialsOf(unsure), doubt]).toEqual([[], ["P225043056"], "words"]);
});

test("two serials in pieces are offered one by one", () => {
  for (const typed of ["S/N: P2250 43056 P2250 43057", "P2250 43056 P2250 43057"])
    expect(serialsOf(readTyped(typed).unsure)).toEqual(["P225043056", "P225043057"]);
});

test.each([
  ["Hello, my sensor is P225043056 and my phone 138 0013 8000", ["P225043056"]],
  ["P225043056 ran until 2026 11 29, she says", ["P225043056"]],
  ["SN: P225043056 lot TL2608B", ["P225043056"]],
  ["SN: 1234", ["1234"]],
])("of %s nothing is put together", (typed, serials) => {
  const { found, unsure } = readTyped(typed);
  expect(serialsOf([...found, ...unsure])).toEqual(serials);
});
