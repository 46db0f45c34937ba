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
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let from = 0, to = 0; from < raw.length; from += rowBytes + 1, to += rowBytes) {
    const filter = raw[from] ?? 5;
    if (filter > 4) return null;
    const row = rows.subarray(to, to + rowBytes);
    for (let i = 0; i < rowBytes; i += 1) {
      const left = i < pixelBytes ? 0 : (row[i - pixelBytes] as number);
      const up = above[i] as number;
      let predicted = 0;
      if (filter === 1) predicted = left;
      else if (filter === 2) predicted = up;
      else if (filter === 3) predicted = (left + up) >> 1;
      else if (filter === 4)
        predicted = paeth(left, up, i < pixelBytes ? 0 : (above[i - pixelBytes] as number));
      row[i] = (raw[from + 1 + i] as number) + predicted;
    }
    above = row;
  }
  return rows;
}

function paeth(left: number, above: number, corner: number): number {
  const byLeft = Math.abs(above - corner);
  const byAbove = Math.abs(left - corner);
  const byCorner = Math.abs(left + above - 2 * corner);
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
  const [palette, transparent] = [of("PLTE"), of("tRNS")];
  const most = 2 ** Math.min(depth, 8) - 1;
  const isIndexed = colourType === 3;
  const rgb = new Uint8Array(width * height * 3);
  /** Of two bytes the first: the other is less than what is seen. */
  const sample = (row: number, index: number): number => {
    const bit = index * depth;
    const byte = rows[row * rowBytes + (bit >> 3)] ?? 0;
    return depth >= 8 ? byte : (byte >> (8 - depth - (bit & 7))) & most;
  };
  const alphaOf = (row: number, first: number): number => {
    if (isIndexed) return transparent?.[sample(row, first)] ?? 255;
    if (samples % 2 === 0) return sample(row, first + samples - 1);
    if (!transparent) return 255;
    for (let one = 0; one < samples; one += 1)
      if (sample(row, first + one) !== transparent[one * 2 + (depth === 16 ? 0 : 1)]) return 255;
    return 0;
  };
  for (let row = 0, to = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const first = column * samples;
      const alpha = alphaOf(row, first);
      for (let part = 0; part < 3; part += 1, to += 1) {
        const value = isIndexed
          ? (palette?.[sample(row, first) * 3 + part] ?? 0)
          : (sample(row, first + (samples < 3 ? 0 : part)) * 255) / most;
        rgb[to] = Math.round((value * alpha) / 255 + 255 - alpha);
      }
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
