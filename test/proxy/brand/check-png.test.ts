import { expect, test } from "vitest";
import { checkPng } from "#proxy/brand/check-png.ts";
import { chunk, png } from "./pictures.ts";

const side = 16;
type Pixel = readonly number[];

/** Rows as an encoder filters them, each row by the next of PNG's five ways. */
function filtered(at: (x: number, y: number) => Pixel): Buffer {
  const plain = Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => at(x, y)).flat(),
  );
  const bytes = at(0, 0).length;
  return Buffer.from(
    plain.flatMap((row, y) => {
      const above = plain[y - 1] ?? row.map(() => 0);
      const way = y % 5;
      return [
        way,
        ...row.map((value, i) => {
          const [a = 0, b = 0, c = 0] = [row[i - bytes], above[i], above[i - bytes]];
          const guess = a + b - c;
          const nearest = [a, b, c].toSorted((p, q) => Math.abs(guess - p) - Math.abs(guess - q))[0] ?? 0;
          return (value - ([0, a, b, Math.floor((a + b) / 2), nearest][way] ?? 0)) & 255;
        }),
      ];
    }),
  );
}

function pixelsOf(file: Buffer): (x: number, y: number) => number[] {
  const read = checkPng("logo.png", file);
  if ("no" in read) throw new Error(read.no.code);
  const { rgb, width } = read.is;
  return (x, y) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

test("every pixel is what was written, however its row was filtered", () => {
  const colour = (x: number, y: number) => [x * 16, y * 16, (x * y) & 255];
  const shown = pixelsOf(png(side, side, { colourType: 2, rows: filtered(colour) }));
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) expect(shown(x, y)).toEqual(colour(x, y));
});

const row = (bytes: readonly number[]) => [0, ...Array.from({ length: side }, () => bytes).flat()];
const rows = (bytes: readonly number[]) => Buffer.from(Array.from({ length: side }, () => row(bytes)).flat());
const palette = chunk("PLTE", Buffer.from([255, 0, 0, 0, 0, 255]));

test.each<[what: string, file: Buffer, shown: number[]]>([
  ["half transparent red", png(side, side, { rows: rows([255, 0, 0, 128]) }), [255, 127, 127]],
  ["what is not there", png(side, side, { rows: rows([9, 9, 9, 0]) }), [255, 255, 255]],
  ["grey with alpha", png(side, side, { colourType: 4, rows: rows([0, 128]) }), [127, 127, 127]],
  [
    "grey of two bytes",
    png(side, side, { colourType: 0, depth: 16, rows: rows([128, 255]) }),
    [128, 128, 128],
  ],
  [
    "a colour that stands for nothing",
    png(side, side, {
      colourType: 2,
      rows: rows([1, 2, 3]),
      more: [chunk("tRNS", Buffer.from([0, 1, 0, 2, 0, 3]))],
    }),
    [255, 255, 255],
  ],
  ["a palette's second", png(side, side, { colourType: 3, rows: rows([1]), more: [palette] }), [0, 0, 255]],
  [
    "a palette's transparent first",
    png(side, side, { colourType: 3, rows: rows([0]), more: [palette, chunk("tRNS", Buffer.from([0]))] }),
    [255, 255, 255],
  ],
])("%s is on white what it is on a white page", (_, file, shown) => {
  expect(pixelsOf(file)(3, 3)).toEqual(shown);
});

test("four grey pixels in a byte are four", () => {
  const packed = Buffer.from(Array.from({ length: side }, () => [0, 0b00_01_10_11, 0, 0, 0]).flat());
  const shown = pixelsOf(png(side, side, { colourType: 0, depth: 2, rows: packed }));
  expect([0, 1, 2, 3].map((x) => shown(x, 5)[0])).toEqual([0, 85, 170, 255]);
});
