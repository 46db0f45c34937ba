/** Whether a text is among up to so many: sixteen bytes for each, and wrong about one in 10^12 that is not. */
export interface SerialIndex {
  add(text: string): void;
  has(text: string): boolean;
  /** Another number below `slots` for each that was added; -1 for what was not. */
  placeOf(text: string): number;
  readonly slots: number;
}

/** Two halves of a key; the first is never 0. */
let high = 0;
let low = 0;
function hash(text: string): void {
  high = 0x811c9dc5;
  low = 0x9747b28c;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ (code + i), 0x5bd1e995);
    low ^= low >>> 15;
  }
  high = (high ^ (high >>> 16)) >>> 0 || 1;
  low >>>= 0;
}

/** 53 bits of a text: of three million others one in 10^9 has the same. */
export function fingerprintOf(text: string): number {
  hash(text);
  return high * 2 ** 21 + (low >>> 11);
}

export function createSerialIndex(most: number): SerialIndex {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(1024, most * 1.5)));
  // A first half of 0 is an empty slot.
  const first = new Uint32Array(slots);
  const second = new Uint32Array(slots);
  /** The slot that has the key, or the empty one where it belongs. */
  const slotOf = () => {
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & (slots - 1);
    while (first[slot] !== 0 && (first[slot] !== high || second[slot] !== low))
      slot = (slot + 1) & (slots - 1);
    return slot;
  };
  let left = slots - 1;
  return {
    add: (text) => {
      hash(text);
      const slot = slotOf();
      if (first[slot] !== 0) return;
      if (left === 0) throw new Error("more serials than there is room for");
      left -= 1;
      first[slot] = high;
      second[slot] = low;
    },
    has: (text) => {
      hash(text);
      return first[slotOf()] !== 0;
    },
    placeOf: (text) => {
      hash(text);
      const slot = slotOf();
      return first[slot] === 0 ? -1 : slot;
    },
    slots,
  };
}
