/** A stateless hash of two integers to 32 bits: the same pair gives the same number in every process. */
export function mix(key: number, index: number): number {
  let h = Math.imul(key ^ Math.imul(index | 0, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ index, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x27d4eb2d);
  return (h ^ (h >>> 15)) >>> 0;
}

export function keyOf(text: string, seed: number): number {
  let h = mix(seed, text.length);
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return h;
}

/** Uniform in [0, 1). */
export function unit(key: number, index: number): number {
  return mix(key, index) / 0x1_0000_0000;
}

export function between(low: number, high: number, key: number, index: number): number {
  return low + (high - low) * unit(key, index);
}

/** Roughly normal: mean 0, deviation 1, never beyond ±3.5. */
export function normal(key: number, index: number): number {
  const h = mix(key, index);
  return (unit(h, 1) + unit(h, 2) + unit(h, 3) + unit(h, 4) - 2) * 1.732;
}

/** Smooth noise along x, mean 0, within ±1: random values at the whole numbers, eased between them. */
export function smoothNoise(key: number, x: number): number {
  const cell = Math.floor(x);
  const part = x - cell;
  const from = unit(key, cell) * 2 - 1;
  const to = unit(key, cell + 1) * 2 - 1;
  return from + (to - from) * part * part * (3 - 2 * part);
}
