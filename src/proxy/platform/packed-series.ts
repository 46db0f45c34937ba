import { deflateRawSync, inflateRawSync } from "node:zlib";
import { newSeries, type ReadingSeries } from "#glucose/reading-series.ts";

/** A series in some two bytes a reading. */
export interface PackedSeries {
  readonly length: number;
  readonly serials: readonly string[];
  readonly bytes: Uint8Array;
  /** Values are kept as whole tenths, or where any is none, as they are. */
  readonly values: Float64Array | null;
}

const tenthsOf = (valueMmolL: number) => Math.round(valueMmolL * 10);

/** Whole numbers, small ones in one byte. */
function createWriter(room: number) {
  let bytes = new Uint8Array(room);
  let at = 0;
  return {
    write(number: number): void {
      if (at + 8 > bytes.length) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      let rest = number < 0 ? -2 * number - 1 : 2 * number;
      // Beyond 31 bits the operators of whole numbers would cut it off.
      for (; rest > 0x7fff_ffff; rest = Math.floor(rest / 128)) {
        bytes[at] = 128 + (rest % 128);
        at += 1;
      }
      for (; rest > 127; rest >>>= 7) {
        bytes[at] = 128 | rest;
        at += 1;
      }
      bytes[at] = rest;
      at += 1;
    },
    written: () => bytes.subarray(0, at),
  };
}

function createReader(bytes: Uint8Array) {
  let at = 0;
  return (): number => {
    let [rest, scale] = [0, 1];
    let byte = bytes[at] as number;
    for (; byte > 127; byte = bytes[at] as number) {
      rest += (byte - 128) * scale;
      scale *= 128;
      at += 1;
    }
    rest += byte * scale;
    at += 1;
    return rest % 2 === 0 ? rest / 2 : -(rest + 1) / 2;
  };
}

/** Their steps are nearly the same from one reading to the next. */
const steady = ["timeMs", "packet"] as const;
const others = ["uploadDelayMin", "trend", "sensor", "warmUp"] as const;

export function packSeries(series: ReadingSeries): PackedSeries {
  const { length, serials, valueMmolL } = series;
  const { write, written } = createWriter(1024 + length * 8);
  for (const column of steady) {
    const numbers = series[column];
    let last = 0;
    let step = 0;
    for (let index = 0; index < length; index += 1) {
      const number = numbers[index] as number;
      write(number - last - step);
      step = number - last;
      last = number;
    }
  }
  for (const column of others) {
    const numbers = series[column];
    let last = 0;
    for (let index = 0; index < length; index += 1) {
      const number = numbers[index] as number;
      write(number - last);
      last = number;
    }
  }
  const isInTenths = valueMmolL.every((value) => tenthsOf(value) / 10 === value);
  let last = 0;
  for (let index = 0; isInTenths && index < length; index += 1) {
    const tenths = tenthsOf(valueMmolL[index] as number);
    write(tenths - last);
    last = tenths;
  }
  const bytes = deflateRawSync(written(), { level: 1 });
  return { length, serials, bytes, values: isInTenths ? null : valueMmolL.slice() };
}

export function unpackSeries({ length, serials, bytes, values }: PackedSeries): ReadingSeries {
  const series = newSeries(length, serials);
  const read = createReader(inflateRawSync(bytes));
  for (const column of steady) {
    let [last, step] = [0, 0];
    for (let index = 0; index < length; index += 1) {
      step += read();
      last += step;
      series[column][index] = last;
    }
  }
  for (const column of others) {
    let last = 0;
    for (let index = 0; index < length; index += 1) {
      last += read();
      series[column][index] = last;
    }
  }
  if (values) series.valueMmolL.set(values);
  let tenths = 0;
  for (let index = 0; index < (values ? 0 : length); index += 1) {
    tenths += read();
    series.valueMmolL[index] = tenths / 10;
  }
  return series;
}
