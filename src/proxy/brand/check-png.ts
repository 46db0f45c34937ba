import { crc32, deflateSync, inflateSync } from "node:zlib";
import { no, type Read } from "./brand.ts";

export interface Pixels {
  width: number;
  height: number;
  /** Red, green and blue of each, on white. */
  rgb: Uint8Array<ArrayBuffer>;
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const fewestPx = 16;
const mostPx = 2048;

/** How many samples a pixel has, by the type of colour, and with how many bits they may be written. */
const colourTypes: Record<number, { samples: number; depths: readonly number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

interface Chunk {
  type: string;
  data: Buffer;
}

/** Every chunk, whole and as its checksum says; null where a part is missing or another. */
function chunksOf(png: Buffer): Chunk[] | null {
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length; ) {
    if (at + 12 > png.length) return null;
    const length = png.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > png.length || crc32(png.subarray(at + 4, end)) !== png.readUInt32BE(end)) return null;
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, end) });
    at = end + 4;
    if (type === "IEND") return at === png.length ? chunks : null;
  }
  return null;
}

/** Takes back what each row was filtered by (PNG 9); null where a row says that it is filtered in no way there is. */
function unfilter(raw: Buffer, rowBytes: number, pixelBytes: number): Buffer | null {
  const rows = Buffer.alloc((raw.length / (rowBytes + 1)) * rowBytes);
  for (let row = 0; row * (rowBytes + 1) < raw.length; row += 1) {
    const from = row * (rowBytes + 1);
    const to = row * rowBytes;
    const filter = raw[from] ?? 5;
    if (filter > 4) return null;
    for (let i = 0; i < rowBytes; i += 1) {
      const left = i < pixelBytes ? 0 : (rows[to + i - pixelBytes] ?? 0);
      const above = row === 0 ? 0 : (rows[to + i - rowBytes] ?? 0);
      const corner = row === 0 || i < pixelBytes ? 0 : (rows[to + i - rowBytes - pixelBytes] ?? 0);
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      rows[to + i] = (raw[from + 1 + i] ?? 0) + predicted;
    }
  }
  return rows;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [byLeft, byAbove, byCorner] = [
    Math.abs(guess - left),
    Math.abs(guess - above),
    Math.abs(guess - corner),
  ];
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

interface Header {
  width: number;
  height: number;
  depth: number;
  colourType: number;
}

/** On white, since paper has no other ground. */
function onWhite(rows: Buffer, header: Header, rowBytes: number, of: (type: string) => Buffer | undefined) {
  const { width, height, depth, colourType } = header;
  const samples = colourTypes[colourType]?.samples ?? 1;
  const palette = of("PLTE");
  const transparent = of("tRNS");
  const most = 2 ** Math.min(depth, 8) - 1;
  const rgb = new Uint8Array(width * height * 3);
  const sample = (row: number, index: number): number => {
    const bit = index * depth;
    const byte = rows[row * rowBytes + (bit >> 3)] ?? 0;
    return depth >= 8 ? byte : (byte >> (8 - depth - (bit & 7))) & most;
  };
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const own = Array.from({ length: samples }, (_, one) => sample(row, column * samples + one));
      const [first = 0] = own;
      const scaled = own.map((value) => (value * 255) / most);
      const [red = 0, green = 0, blue = 0] =
        colourType === 3
          ? [0, 1, 2].map((part) => palette?.[first * 3 + part] ?? 0)
          : samples < 3
            ? [scaled[0] ?? 0, scaled[0] ?? 0, scaled[0] ?? 0]
            : scaled;
      const key = depth === 16 ? 0 : 1;
      const isKeyed =
        transparent && colourType !== 3 && own.every((value, one) => transparent[one * 2 + key] === value);
      const alpha =
        colourType === 3
          ? (transparent?.[first] ?? 255)
          : samples % 2 === 0
            ? (scaled.at(-1) ?? 255)
            : isKeyed
              ? 0
              : 255;
      const to = (row * width + column) * 3;
      for (const [part, value] of [red, green, blue].entries())
        rgb[to + part] = Math.round((value * alpha) / 255 + 255 - alpha);
    }
  return rgb;
}

/** A PNG that is whole and that every browser and every PDF can show; every pixel of it is there. */
export function checkPng(file: string, bytes: Uint8Array): Read<Pixels> {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = chunksOf(png);
  const damaged = no("damaged", file);
  const header = chunks?.[0];
  if (!chunks || header?.type !== "IHDR" || header.data.length !== 13) return damaged;
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  if (Math.min(width, height) < fewestPx || Math.max(width, height) > mostPx)
    return no("picture-size", file, { width, height, fewest: fewestPx, most: mostPx });
  const [depth = 0, colourType = 9, packing, filtering, interlacing] = header.data.subarray(8);
  const colours = colourTypes[colourType];
  if (!colours?.depths.includes(depth) || packing !== 0 || filtering !== 0) return damaged;
  if (chunks.some(({ type }) => type === "acTL")) return no("moving", file);
  if (interlacing !== 0) return no("interlaced", file);
  const of = (type: string) => chunks.find((chunk) => chunk.type === type)?.data;
  if (colourType === 3 && !of("PLTE")) return damaged;
  const rowBytes = Math.ceil((width * colours.samples * depth) / 8);
  const expected = height * (rowBytes + 1);
  try {
    const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
    const raw = inflateSync(packed, { maxOutputLength: expected });
    const rows =
      raw.length === expected &&
      unfilter(raw, rowBytes, Math.max(1, Math.ceil((colours.samples * depth) / 8)));
    if (!rows) return damaged;
    return { is: { width, height, rgb: onWhite(rows, { width, height, depth, colourType }, rowBytes, of) } };
  } catch {
    // Of zlib: what is packed is not whole, or more than such a picture has.
    return damaged;
  }
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const around = Buffer.alloc(4);
  around.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([around, named, sum]);
}

/** Pixels as a PNG that pdfkit embeds as it is. */
export function writePng({ width, height, rgb }: Pixels): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let row = 0; row < height; row += 1)
    rows.set(rgb.subarray(row * width * 3, (row + 1) * width * 3), row * (width * 3 + 1) + 1);
  return new Uint8Array(
    Buffer.concat([
      pngSignature,
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(rows)),
      chunk("IEND", new Uint8Array()),
    ]),
  );
}
