import fc from "fast-check";
import { expect, test } from "vitest";
import { readingsOf } from "#glucose/reading-series.ts";
import { Failure } from "#proxy/failure.ts";
import { recordsOf } from "#proxy/platform/records-answer.ts";
import { wireRecord } from "#test/support/platform.ts";

const nowMs = 1_700_000_000_000;
const timeOf = (index: number) => nowMs - 3_600_000 + index * 180_000;
/** Names no owner. */
const record = (index: number, change = {}) =>
  JSON.stringify(
    wireRecord({ open_id: undefined, measured_at: timeOf(index), package_num: index, ...change }),
  );

/** What is made of an answer, or the code of the Failure and its words. */
function read(text: string, httpStatus = 200) {
  const bytes = new TextEncoder().encode(text);
  try {
    const { openId, series, leftOut } = recordsOf({ path: "/", httpStatus, bytes }, { nowMs });
    return { openId, times: readingsOf(series).map(({ timeMs }) => timeMs), leftOut };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.code, words: error.message };
  }
}
const answer = (list: string, beside = "") =>
  `{"code":0,"msg":"","data":{"open_id":"ou_1","records":${list}${beside}}}`;
const three = `[${record(1)},${record(2)},${record(3)}]`;

test.each([
  [
    "another data of another name",
    `{"code":0,"data":{"open_id":"q","records":${three}},"d\\u0061ta":{"open_id":"p","records":[]}}`,
  ],
  [
    "another data",
    `{"code":0,"data":{"open_id":"q","records":${three}},"data":{"open_id":"p","records":[]}}`,
  ],
  ["another list of another name", answer(three, ',"record\\u0073":[]')],
  ["another list", answer(three, `,"records":[${record(4)}]`)],
  ["no list after the list", answer(three, ',"records":null')],
  ["no data after the data", `{"code":0,"data":{"open_id":"q","records":${three}},"data":null}`],
])("an answer that also has %s is nobody's readings", (_, text) => {
  expect(read(text)).toMatchObject({ code: "platform-malformed" });
});

test("a list whose name is written with escapes is read", () => {
  for (const [name, data] of [
    ["records", "d\\u0061ta"],
    ["record\\u0073", "data"],
  ])
    expect(read(`{"code":0,"msg":"","${data}":{"open_id":"ou_1","${name}":${three}}}`)).toMatchObject({
      openId: "ou_1",
      times: [timeOf(1), timeOf(2), timeOf(3)],
    });
});

test.each([
  ["details that nest deep", '"error":{"a":{"b":{"c":{"d":{"e":{"f":{}}}}}}}'],
  ["two lists", '"data":{"records":[],"records":[]}'],
  ["two envelopes", '"data":{"records":[1]},"data":{"records":[2]}'],
  ["records that nest deep", '"data":{"records":[{"a":{"b":{"c":{"d":{}}}}}]}'],
  ["more records than any history", `"data":{"records":[${"0,".repeat(150_001)}0]}`],
])("a refusal with %s is a refusal, whatever its HTTP status", (_, rest) => {
  for (const httpStatus of [200, 403, 429, 503])
    expect(read(`{"code":1002,"msg":"no",${rest}}`, httpStatus)).toMatchObject({ code: "platform-refused" });
});

test("one record that nests too deep is left out and counted, as one of four kilobytes is", () => {
  const deep = record(4, { ext: { a: { b: { c: {} } } } });
  const long = record(5, { note: "x".repeat(4096) });
  expect(read(answer(`[${record(1)},${deep},${long},${record(2)}]`))).toMatchObject({
    times: [timeOf(1), timeOf(2)],
    leftOut: { malformed: 2 },
  });
});

test("whatever nests deep beside the list does not matter", () => {
  const deep = `${'{"a":['.repeat(10_000)}${"]}".repeat(10_000)}`;
  const good = { openId: "ou_1", times: [timeOf(1), timeOf(2), timeOf(3)], leftOut: { malformed: 0 } };
  expect(read(answer(three, `,"page":${deep}`))).toMatchObject(good);
  expect(read(`{"trace":${deep},${answer(three).slice(1)}`)).toMatchObject(good);
});

const written = (name: string) =>
  fc
    .nat(name.length - 1)
    .map((at) => `"${name.slice(0, at)}\\u00${name.charCodeAt(at).toString(16)}${name.slice(at + 1)}"`);
const member = (name: string, values: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: fc.constant(`"${name}"`) }, written(name)),
      fc.constantFrom(":", " : "),
      values,
    )
    .map((parts) => parts.join(""));
/** Has each of its members, or two of a name. */
const object = (...members: fc.Arbitrary<string>[]) =>
  fc
    .tuple(fc.tuple(...members), fc.array(fc.oneof(...members), { maxLength: 2 }))
    .map((all) => all.flat())
    .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }))
    .map((some) => `{${some.join()}}`);
const list = fc
  .array(fc.oneof(fc.nat(9).map(String), fc.constantFrom("deep", "text")), { maxLength: 4 })
  .map((items) =>
    items.map((item) => {
      if (item === "deep") return '{"data":{"records":[{"a":[[[]]]}]}}';
      return item === "text" ? '"],\\"records\\":[{"' : record(Number(item));
    }),
  )
  .map((items) => `[${items.join(" ,")}]`);
const data = object(
  member("open_id", fc.constantFrom('"p"', '"q"')),
  member("records", fc.oneof(list, list, fc.constantFrom("null", "{}", "1"))),
  member("page", fc.constantFrom('{"records":[1]}', "[[1],[2]]", '{"data":{"records":[1]}}')),
);
const envelope = object(
  member("code", fc.constantFrom("0", "0", "1002")),
  member("data", fc.oneof(data, data, data, fc.constantFrom("null", "[[1],[2]]"))),
  member("meta", fc.oneof(data, list)),
);
/** A piece of it left out, or written twice. */
const mutated = fc
  .tuple(envelope, fc.nat(), fc.nat(40), fc.constantFrom(0, 2))
  .map(([text, at, size, times]) => {
    const from = at % text.length;
    const piece = text.slice(from, from + size);
    return text.slice(0, from) + piece.repeat(times) + text.slice(from + size);
  });

interface Parsed {
  code?: unknown;
  data?: { open_id?: unknown; records?: unknown } | null;
}
const parsedOf = (text: string): Parsed | null => {
  try {
    return (JSON.parse(text) as Parsed | null) ?? {};
  } catch {
    return null;
  }
};

const failures = new Map<unknown, string>([
  [1001, "platform-unauthorized"],
  [1002, "platform-refused"],
]);

test("an answer means what it means to JSON.parse as a whole, or nothing, however often and however its names are written", () => {
  let readable = 0;
  fc.assert(
    fc.property(fc.oneof(envelope, mutated), (text) => {
      const found = read(text);
      const whole = parsedOf(text);
      if (!whole) {
        // A record that is no JSON is left out by itself.
        if (!found.code) expect(found.leftOut?.malformed).toBeGreaterThan(0);
        return;
      }
      if (Number.isInteger(whole.code) && whole.code !== 0) {
        expect(found.code).toBe(failures.get(whole.code) ?? "platform-error");
        return;
      }
      if (found.code) {
        expect(found.code).toBe("platform-malformed");
        return;
      }
      readable += 1;
      const records = (whole.data?.records ?? []) as { measured_at?: unknown }[];
      expect([whole.code, found.openId]).toEqual([0, whole.data?.open_id ?? null]);
      const times = new Set(records.map(({ measured_at }) => measured_at));
      expect(times).toEqual(new Set([...times, ...(found.times ?? [])]));
      const { malformed = 0, duplicates = 0, contradicting = 0 } = found.leftOut ?? {};
      expect((found.times?.length ?? 0) + malformed + duplicates + contradicting).toBe(records.length);
    }),
    { numRuns: 3000 },
  );
  expect(readable).toBeGreaterThan(300);
});
