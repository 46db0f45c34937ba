import { crc32, deflateSync } from "node:zlib";

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

interface PngOptions {
  depth?: number;
  colourType?: number;
  interlacing?: number;
  more?: Buffer[];
  rows?: Buffer;
}

/** A PNG as an encoder that is not ours would write it; in one colour unless `rows` says otherwise. */
export function png(
  width: number,
  height: number,
  { depth = 8, colourType = 6, interlacing = 0, more = [], rows }: PngOptions = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType, 0, 0, interlacing], 8);
  const samples = [1, 0, 3, 1, 2, 0, 4][colourType] ?? 1;
  const row = Math.ceil((width * samples * depth) / 8) + 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...more,
    chunk("IDAT", deflateSync(rows ?? Buffer.alloc(row * height))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
export { chunk };

export const svg = (inner: string, more = 'viewBox="0 0 40 40"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${more}>${inner}</svg>`;
export const circle = '<circle cx="20" cy="20" r="16" fill="#7b1fa2"/>';
