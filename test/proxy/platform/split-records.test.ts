import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRecords, splitRecords } from "#proxy/platform/split-records.ts";

const read = (text: string, most = 100) => {
  const bytes = new TextEncoder().encode(text);
  const split = splitRecords(bytes, most);
  if (split === null) return null;
  const around: unknown = JSON.parse(new TextDecoder().decode(split.around).replace(`"${split.mark}"`, ""));
  return { around, records: [...parseRecords(bytes, split.bounds)] };
};
const answer = (records: string) => `{"code":0,"msg":"","data":{"open_id":"ou","records":${records}}}`;

test("any list of records is found as it is, however it is written", () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
  );
  const record = fc.oneof(
    value,
    fc.constant(null),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("data", "records")),
      fc.oneof(value, fc.array(value)),
      {
        maxKeys: 4,
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 5 }),
      fc.string(),
      fc.boolean(),
      fc.constantFrom(0, 1, "\t"),
      (records, msg, isFirst, indent) => {
        const data = isFirst ? { records, open_id: msg } : { open_id: msg, records };
        const envelope = isFirst ? { data, code: 0, msg } : { msg, code: 0, data };
        const plain = JSON.parse(JSON.stringify(envelope)) as typeof envelope;
        expect(read(JSON.stringify(envelope, null, indent))).toEqual({
          around: { ...plain, data: { ...plain.data, records: [] } },
          records: plain.data.records,
        });
      },
    ),
  );
});

test.each([
  ["an empty list", answer("[ ]"), []],
  ["none", answer("null"), []],
  ["brackets and quotes within texts", answer('["],[{", "\\"]", "\\\\"]'), ["],[{", '"]', "\\"]],
  ["one that is no JSON", answer('[{"a":1}, nothing, {"b":2}]'), [{ a: 1 }, undefined, { b: 2 }]],
  ["one that is far too long", answer(`["${"x".repeat(5000)}",1]`), [undefined, 1]],
  ["one that nests too deep", answer('[{"a":[[1]]}, {"a":[[{}]]} ,1]'), [{ a: [[1]] }, undefined, 1]],
  ["a list of the same name that is not this one", '{"records":[1],"data":{"more":{"records":[2]}}}', []],
])("of an answer with %s the records are those", (_, text, records) => {
  expect(read(text)).toMatchObject({ records });
});

test.each([
  ["breaks off", answer("[1,2").slice(0, -2)],
  ["has nothing between two commas", answer("[1,,2]")],
  ["ends in a comma", answer("[1,]")],
])("an answer that %s is none", (_, text) => {
  expect(read(text)).toBeNull();
});

test("of more records than asked for one more is told, and no other one is looked at", () => {
  expect(read(answer("[1,2,3]"), 3)).toMatchObject({ records: [1, 2, 3] });
  expect(read(answer("[1,2,3,4,5,6]"), 3)).toMatchObject({ records: [1, 2, 3, 4] });
});
