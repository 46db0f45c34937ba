import fc from "fast-check";
import { expect, test } from "vitest";
import { readingsOf } from "#glucose/reading-series.ts";
import { Failure } from "#proxy/failure.ts";
import type { Asked } from "#proxy/platform/asked.ts";
import { createTakeRecord } from "#proxy/platform/plain-records.ts";
import { newRows } from "#proxy/platform/record-rows.ts";
import { toRecords } from "#proxy/platform/records.ts";
import { parseRecords, splitRecords } from "#proxy/platform/split-records.ts";

const nowMs = 1_700_000_000_000;
const minuteMs = 60_000;

/**
 * What is made of a list of records, taken by their bytes where they are plain, or all of
 * them parsed and given to the schema.
 */
function read(list: string, expected: Asked, isTaking: boolean) {
  const bytes = new TextEncoder().encode(`{"code":0,"data":{"records":${list}}}`);
  const rows = newRows(1);
  const take = isTaking ? createTakeRecord(bytes, expected, rows) : undefined;
  const split = splitRecords(bytes, 1000, take);
  if (!split) return { taken: rows.count, found: null };
  const odd = [...parseRecords(bytes, split.bounds)].map((raw, i) => ({ raw, place: split.places[i] ?? 0 }));
  try {
    const { series, ...rest } = toRecords(rows, odd, expected);
    return { taken: rows.count, found: { count: split.count, readings: readingsOf(series), ...rest } };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { taken: rows.count, found: error.message };
  }
}

const spaces = fc.constantFrom("", "", "", "", "", "", " ", " ", "\n\t", " \r ", "\u00a0");
const digits = fc.stringMatching(/^-?\d{1,17}(\.\d{0,17})?([eE][+-]?\d{0,3})?$/);
const nastyNumbers = [
  ...["-0", "0", "00", "01", "1e3", "1E-2", "1.0", "1.", ".5", "-", "-1", "1.5", "2.0", "3", "1e400"],
  ...[
    "9007199254740993",
    "900719925474099.3",
    "1234567890123.4567",
    "0.1",
    "6.30",
    "1000",
    "1000.1",
    "-1000",
  ],
  ...["1500000", "1500001", "-0.0", "123456789012345", "1234567890123456", "+1", "0x1", "NaN", "Infinity"],
];
const nastyTexts = [
  ...['""', '"1"', '"P1"', '"\\u0050\\u0031"', '"P\\n"', '"Pé"', '"Ａ"', '"P\u007f"', '"P\u0001"', '"💉"'],
  ...['"\\ud800"', '"P1', "'P1'", `"${"P".repeat(64)}"`, `"${"P".repeat(65)}"`, `"${"x".repeat(4100)}"`],
];
const odd = fc.oneof(
  fc.constantFrom(
    ...nastyNumbers,
    ...nastyTexts,
    "null",
    "true",
    "false",
    "nul",
    "nulls",
    "{}",
    "[]",
    "[[1]]",
  ),
  fc.constantFrom('{"a":1}', "", "\ufeff1", "truefalse", '{"value":6.1}'),
  digits,
);
/** Mostly one that is fine. */
const mostly = (fine: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 60, arbitrary: fine }, { weight: 1, arbitrary: odd });
const times = fc.oneof(
  { weight: 8, arbitrary: fc.nat(40).map((minutes) => nowMs - minutes * minuteMs) },
  fc.constantFrom(nowMs + 5 * minuteMs, nowMs + 5 * minuteMs + 1, nowMs - 402 * 1440 * minuteMs, 0, -5),
  fc.nat(nowMs),
);
const member = (name: string, value: fc.Arbitrary<string>) =>
  fc.record({
    name: fc.oneof(
      { weight: 120, arbitrary: fc.constant(`"${name}"`) },
      fc.constantFrom(`"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}"`, name, `"${name}é"`, '"x"'),
    ),
    value: mostly(value),
    isThere: fc.integer({ min: 0, max: 60 }).map((chance) => chance > 0),
  });
const members = fc.tuple(
  member("device_sn", fc.constantFrom('"P1"', '"P1"', '"P1"', '"p1"', '"P2"')),
  member("open_id", fc.constantFrom('"ou_1"', '"ou_1"', '"ou_1"', '"ou_1"', '"ou_2"')),
  member("type", fc.constantFrom("1", "2", "2", "2", "2", "2")),
  member(
    "value",
    fc.integer({ min: 10, max: 300 }).map((tenths) => String(tenths / 10)),
  ),
  member("trend", fc.constantFrom("0", "1", "20", "null", "-1000", "1001")),
  member("package_num", fc.oneof(fc.nat(30).map(String), fc.constant("null"))),
  member("measured_at", times.map(String)),
  member("app_received_at", fc.oneof(times.map(String), fc.constantFrom("null", "0"))),
  member("app_id", fc.constantFrom('"app"', "1", "true", "null")),
);
const again = fc.oneof({ weight: 20, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(8) });
const record = fc
  .record({ members, again, isShuffled: fc.boolean(), space: spaces })
  .chain(({ members: all, again, isShuffled, space }) => {
    const there = all.filter(({ isThere }) => isThere);
    const some = again === null ? there : [...there, all[again] as (typeof all)[number]];
    const order = isShuffled ? fc.shuffledSubarray(some, { minLength: some.length }) : fc.constant(some);
    return order.map((list) => {
      const inner = list.map(({ name, value }) => `${space}${name}${space}:${space}${value}${space}`);
      return `{${inner.join()}}`;
    });
  });
/** A piece of it left out, or written twice. */
const mutated = fc
  .tuple(record, fc.nat(), fc.nat(12), fc.constantFrom(0, 2))
  .map(([text, at, size, count]) => {
    const from = at % text.length;
    return text.slice(0, from) + text.slice(from, from + size).repeat(count) + text.slice(from + size);
  });
const list = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: record },
      { weight: 1, arbitrary: mutated },
      { weight: 1, arbitrary: odd },
    ),
    { maxLength: 12 },
  )
  .chain((records) => fc.constantFrom(",", " ,", ",\n ").map((comma) => `[${records.join(comma)}]`));
const expected: fc.Arbitrary<Asked> = fc.constantFrom(
  { nowMs },
  { nowMs, openId: "ou_1" },
  { nowMs, serial: "p1" },
  { nowMs, openId: "ou_1", range: { startMs: nowMs - 30 * minuteMs, endMs: nowMs - 5 * minuteMs } },
);

test("records taken by their bytes are what the parser and the schema make of them, and so are all that are left out", () => {
  let [taken, records] = [0, 0];
  fc.assert(
    fc.property(list, expected, (text, asked) => {
      const fast = read(text, asked, true);
      expect(fast.found).toEqual(read(text, asked, false).found);
      taken += fast.taken;
      if (fast.found && typeof fast.found === "object") records += fast.found.count;
    }),
    { numRuns: 10_000 },
  );
  // Neither way is the only one that was tried.
  expect(taken).toBeGreaterThan(records * 0.2);
  expect(taken).toBeLessThan(records * 0.9);
});

test("a decimal number is the one that the parser reads, to the last bit", () => {
  const plain = fc
    .tuple(fc.nat(999), fc.integer({ min: 1, max: 12 }), fc.nat(999_999_999_999), fc.boolean())
    .map(([whole, places, part, isNegative]) => {
      const decimals = String(part).padStart(places, "0").slice(0, places);
      return `${isNegative ? "-" : ""}${whole}.${decimals}`;
    });
  fc.assert(
    fc.property(plain, (text) => {
      const { taken, found } = read(
        `[{"device_sn":"P1","type":2,"value":${text},"measured_at":${nowMs}}]`,
        { nowMs },
        true,
      );
      expect(taken).toBe(1);
      expect(found).toMatchObject({ readings: [{ valueMmolL: JSON.parse(text) as number }] });
    }),
    { numRuns: 5000 },
  );
});

test("a hundred sensors are taken, one more is too many", () => {
  const of = (sensors: number) =>
    `[${Array.from(
      { length: sensors },
      (_, i) => `{"device_sn":"S${i}","type":2,"value":5,"measured_at":${nowMs - i * minuteMs}}`,
    ).join()}]`;
  expect(read(of(100), { nowMs }, true)).toMatchObject({ taken: 100, found: { readings: { length: 100 } } });
  expect(read(of(101), { nowMs }, true).found).toContain("too many sensors");
});
