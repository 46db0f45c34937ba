import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSerial } from "#contract/serial.ts";
import { elementsOf, isSoundGtin } from "#sensor/gs1.ts";
import { likelySerials } from "#sensor/likely-serials.ts";
import { readSerials } from "#sensor/serials.ts";

interface Case {
  from: string;
  text: string;
  serial?: string | null;
  serials?: string[];
  offer?: string;
  say?: string;
  gtin?: string;
  lot?: string;
  expiry?: string;
  producedOn?: string;
}
const file = new URL("../fixtures/scanned.json", import.meta.url);
const scanned: Case[] = JSON.parse(readFileSync(file, "utf8"));

const gs = "\u001d";
const product = "0106971234567890";
const box = { gtin: "06971234567890", lot: null, expiry: null, producedOn: null };
const foundIn = (text: string) => readSerials(text).found.map(({ serial }) => serial);

test.each(scanned)("$from", ({ text, serial, serials, offer, say, gtin, lot, expiry, producedOn }) => {
  const read = readSerials(text);
  const [first] = read.found;
  if (serials) expect(foundIn(text)).toEqual(serials);
  else if (serial) expect(foundIn(text)).toEqual([serial]);
  if (gtin) expect(first?.box?.gtin).toBe(gtin);
  if (lot) expect(first?.box?.lot).toBe(lot);
  if (expiry) expect(first?.box?.expiry).toBe(expiry);
  if (producedOn) expect(first?.box?.producedOn).toBe(producedOn);
  if (say) expect(read).toMatchObject({ found: [], unsure: [], without: { ...box, lot: "LOT123" } });
  // It may be one that is so written: it is asked for first, and the other offered when nobody knows it.
  if (offer) {
    expect(first?.serial).toBe(text);
    expect(likelySerials(text, 1)).toEqual([offer]);
  }
});

test.each([
  ["a bare serial", "P225043056"],
  ["in lower case and groups", " p225 043 056\n"],
  ["spelled out", "P 2 2 5 0 4 3 0 5 6"],
  ["in full width", "Ｐ２２５０４３０５６"],
  ["with invisible characters", "\u200bP2250\u00ad43056\ufeff"],
  ["with control characters of a scanner", "\u0002P225043056\u0003\r\n"],
  ["with the symbology of a plain code before", "]C0P225043056"],
  ["with its name before", "S/N: P225043056"],
  ["with its name, in groups, a lot behind", "SN P225 0430 56 LOT L77"],
  ["with its name in Chinese", "序列号：P225043056 批号：L2026077"],
  ["GS1 in brackets of full width", "（０１）０６９７１２３４５６７８９０（２１）Ｐ２２５０４３０５６"],
  ["GS1 in brackets with spaces and lines", "(01) 06971234567890\n(17) 270801\n(21) P225 043 056"],
  ["GS1 in brackets with words around", "My sensor: (01)06971234567890(21)P225043056 thank you"],
  ["GS1 in square brackets", "[01]06971234567890[21]P225043056"],
  ["GS1 with spaces for brackets", "01 06971234567890 17 270801 21 P225043056"],
  ["GS1 with spaces for separators", `${product} 17270801 10LOT123 21P225043056`],
  ["GS1 in small letters, as with the shift lock on", `]D2${product}10lot123${gs}21p225043056`],
  ["its separator as ^]", `]d2${product}10LOT123^]21P225043056`],
  ["its separator as {GS}", `]Q3${product}10LOT123{GS}21P225043056`],
  ["its separator as a picture", `${product}10LOT123\u241d21P225043056`],
  ["a separator where none is needed", `${gs}${product}${gs}17270801${gs}21P225043056`],
  ["the symbology on a German keyboard", `üd2${product}21P225043056`],
  [
    "identifiers of three and four digits before",
    `${product}240ABC${gs}3012${gs}70032708011200${gs}21P225043056`,
  ],
  ["measures and places before", `${product}3103001234412697123456789021P225043056`],
  ["what belongs to another product before", `0206971234567890${"37"}5${gs}21P225043056`],
  ["in the middle", `${product}21P225043056${gs}10LOT123${gs}17270801`],
  ["an address that ends in it", "https://vendor.example/s/P225043056/"],
  ["an address without https", "vendor.example/s?sn=p225043056"],
  ["an address in capitals", "HTTPS://VENDOR.EXAMPLE/S?SN=P225043056"],
  ["an address with it behind #", "https://vendor.example/app#/check?serial=P225043056"],
  ["an address that holds a GS1 code", `https://vendor.example/u?c=${product}21P225043056`],
  ["a Digital Link below a path", "https://vendor.example/de/01/6971234567890/22/A/21/P225043056"],
  ["a Digital Link with it behind ?", "https://id.example.org/01/06971234567890?17=270801&21=P225043056"],
  ["a Digital Link in a sentence", "See https://id.example.org/01/06971234567890/21/P225043056."],
  ["JSON", '{"type":"cgm","data":{"sn":"P225043056","lot":"L1"}}'],
])("%s", (_, text) => {
  expect(readSerials(text)).toMatchObject({ found: [{ serial: "P225043056" }], unsure: [], without: null });
  expect(foundIn(text)).toHaveLength(1);
});

test("what stands on the box comes with it, an expiry of day 00 as the last of its month", () => {
  expect(readSerials(`${product}17280200${"11260801"}10LOT-7/a${gs}21P225043056`).found).toEqual([
    {
      serial: "P225043056",
      box: { gtin: "06971234567890", lot: "LOT-7/a", expiry: "2028-02-29", producedOn: "2026-08-01" },
    },
  ]);
  expect(
    readSerials("https://id.example.org/01/6971234567890/10/LOT%2F1/21/P225%2D043?17=270800").found,
  ).toEqual([{ serial: "P225-043", box: { ...box, lot: "LOT/1", expiry: "2027-08-31" } }]);
  const typed = readSerials("(01)06971234567890(17)2027-08-01(10)LOT 123(21)P225043056");
  expect(typed.found[0]?.box).toEqual({ ...box, lot: "LOT123", expiry: "2027-08-01" });
});

test.each([
  ["the product", "]E06971234567890", "06971234567890", null],
  ["product and lot", `${product}10LOT123`, "06971234567890", "LOT123"],
  ["a Digital Link of the product", "https://id.example.org/01/06971234567890/10/L1", "06971234567890", "L1"],
  ["an address", "https://vendor.example/instructions", null, null],
  ["a compressed Digital Link", "https://id.gs1.org/AQnYUc1gmiERBhQhutc1234", null, null],
  ["JSON", '{"lot":"LOT12345"}', null, null],
])("a code that names %s has no serial number and is not taken for one", (_, text, gtin, lot) => {
  expect(readSerials(text)).toMatchObject({ found: [], unsure: [], without: { gtin, lot } });
});

test("where a scanner has dropped the separators, what may be the serial is not taken but offered", () => {
  const read = readSerials("0106971234567890112608011727080110LOT12321P225043056");
  expect(read).toMatchObject({ found: [], doubt: "separator", without: null });
  expect(read.unsure).toEqual([
    {
      serial: "P225043056",
      box: { gtin: "06971234567890", lot: "LOT123", expiry: "2027-08-01", producedOn: "2026-08-01" },
    },
  ]);
  expect(readSerials(`${product}10LOT21A521P225043056`).unsure.map(({ serial }) => serial)).toEqual([
    "P225043056",
    "A521P225043056",
  ]);
  expect(readSerials(`${product}21P2250430561727080110LOT123`)).toMatchObject({
    found: [],
    unsure: [{ serial: "P225043056" }, { serial: "P22504305617270801" }],
  });
});

test("a number that may be a product's or a serial is the product's, and offered as a serial", () => {
  expect(readSerials(product)).toMatchObject({
    found: [],
    unsure: [{ serial: product }],
    doubt: "product",
    without: { gtin: "06971234567890" },
  });
});

test("what begins like a product's number and goes on like none is not taken for a serial by itself", () => {
  expect(readSerials(`${product}XYZ`)).toMatchObject({
    found: [],
    unsure: [{ serial: `${product}XYZ` }],
    doubt: "product",
  });
  expect(readSerials(`${product}XYZ${gs}21P225043056`)).toMatchObject({
    found: [],
    unsure: [{ serial: "P225043056" }],
    doubt: "separator",
  });
});

test("dates that do not exist are no fields: it is no GS1 code then", () => {
  expect(elementsOf("17271301")).toBeNull();
  expect(elementsOf("17270230")).toBeNull();
  expect(elementsOf("1727")).toBeNull();
  expect(elementsOf("01069712345A7890")).toBeNull();
});

test("several in one paste are all found, each once, codes and plain ones", () => {
  expect(foundIn("P225043056, P225043057\nP225043056")).toEqual(["P225043056", "P225043057"]);
  expect(foundIn(`]d2${product}21P225043056]d2${product}21P225043057`)).toEqual(["P225043056", "P225043057"]);
  expect(foundIn(`${product}21P225043056\n${product}21P225043057`)).toEqual(["P225043056", "P225043057"]);
  expect(foundIn("(01)06971234567890(21)P225043056(01)06971234567890(21)P225043057")).toEqual([
    "P225043056",
    "P225043057",
  ]);
  expect(foundIn(`${product}21P225043056 P225043057`)).toEqual(["P225043056", "P225043057"]);
  expect(foundIn(`(01)06971234567890(10)LOT123\n${product}21P225043057`)).toEqual(["P225043057"]);
  expect(foundIn("P225043056 ".repeat(10_000))).toEqual(["P225043056"]);
});

test("serials in prose are for a person to decide", () => {
  expect(readSerials("Hello, my sensors are P225043056 and P225043057. Thanks!")).toMatchObject({
    found: [],
    unsure: [{ serial: "P225043056" }, { serial: "P225043057" }],
    doubt: "words",
  });
  expect(readSerials("P225043056 box")).toMatchObject({ found: [], unsure: [{ serial: "P225043056" }] });
  expect(readSerials("I have (10) sensors here")).toMatchObject({ found: [], unsure: [], without: null });
});

test("a letter of another alphabet is not left out of a serial", () => {
  expect(readSerials("P225043O5б").found).toEqual([]);
  expect(readSerials("P225043056é").found).toEqual([]);
  expect(readSerials("序列号P225043056的传感器")).toMatchObject({ found: [{ serial: "P225043056" }] });
});

test("words with a number among them are no serial in groups", () => {
  for (const text of ["Recall 2026 letter", "Field safety notice 12", "lot 5 was opened", "please call 12"])
    expect([text, readSerials(text).found]).toEqual([text, []]);
  for (const text of ["P225 043 056", "p225 0430 56", "ABC 123 456"])
    expect(readSerials(text).found.map(({ serial }) => serial)).toEqual([
      text.replaceAll(" ", "").toUpperCase(),
    ]);
});

test("one that nobody knows may be another one: digits for letters, without hyphens and scanner's remains", () => {
  expect(likelySerials("P225O43056", 20)[0]).toBe("P225043056");
  expect(likelySerials("PZ2SO43OS6", 20)[0]).toBe("P225043056");
  expect(likelySerials("LT261OA3F7", 20)).toContain("LT2610A3F7");
  expect(likelySerials("LT26I0ASF7", 20)).toContain("LT2610ASF7");
  expect(likelySerials("8225043056", 20)).toContain("B225043056");
  expect(likelySerials("P225-043-056", 20)[0]).toBe("P225043056");
  expect(likelySerials("21P225043056", 20)[0]).toBe("P225043056");
  expect(likelySerials("P22504305610LOT123", 20)[0]).toBe("P225043056");
  expect(likelySerials("PPPP", 20)).toEqual([]);
  expect(likelySerials("O".repeat(64), 20)).toHaveLength(20);
});

test("the check digit of a GTIN tells one misread", () => {
  expect(isSoundGtin("06971234567895")).toBe(true);
  expect(isSoundGtin("06971234567890")).toBe(false);
});

test("whatever comes, what is found are serial numbers, and no text is too odd to read", () => {
  const part = fc.constantFrom(
    "01",
    "06971234567890",
    "10",
    "21",
    "17270801",
    "(21)",
    "P225043056",
    gs,
    " ",
    "\n",
    "]d2",
    "/",
    "?",
    "{",
    "https://",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const { found, unsure } = readSerials(typed);
      for (const { serial } of [...found, ...unsure]) expect(parseSerial(serial)).toBe(serial);
    }),
  );
});

test("an element string of any fields, with its separators, is read back", () => {
  const value = fc.stringMatching(/^[A-Z0-9]{1,20}$/);
  const fields = fc.record({
    lot: value,
    serial: value,
    count: fc.integer({ min: 1, max: 99_999_999 }),
    order: fc.shuffledSubarray(["10", "21", "30", "17", "240"], { minLength: 5 }),
  });
  fc.assert(
    fc.property(fields, ({ lot, serial, count, order }) => {
      const values: Record<string, string> = { "10": lot, "21": serial, "30": String(count), "240": lot };
      const parts = order.map((field) => (field === "17" ? "17270801" : `${field}${values[field]}${gs}`));
      expect(readSerials(`]d2${product}${parts.join("")}`).found).toEqual([
        { serial, box: { ...box, lot, expiry: "2027-08-01" } },
      ]);
    }),
  );
});

test("two codes of one sensor give what either of them says of its box; of two that contradict each other the first", () => {
  const code = (more: string) => `(01)06971234560018${more}(21)P225043056`;
  const boxIn = (...codes: string[]) => readSerials(codes.join("\n")).found[0]?.box;
  const whole = { gtin: "06971234560018", lot: "L1", producedOn: "2026-08-01", expiry: null };
  expect(boxIn(code("(11)260801"), code("(10)L1"))).toEqual(whole);
  expect(boxIn(code("(10)L1"), code("(11)260801"))).toEqual(whole);
  expect(boxIn(code("(10)L1(11)260801"), code("(10)L2"))).toEqual(whole);
  expect(boxIn(code("(10)L2"), code("(10)L1(11)260801"))).toMatchObject({ lot: "L2", producedOn: null });
});
