/** A JSON schema, as far as ours go. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
}

/** The same numbers for the same seed, so that what was found is found again. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T,
    chance: (share: number) => next() < share,
  };
}
export type Random = ReturnType<typeof createRandom>;

const texts = [
  ...[
    "",
    " ",
    "0",
    "-1",
    "null",
    "undefined",
    "true",
    "[]",
    "{}",
    "NaN",
    "../../etc/passwd",
    "%00",
    "%2e%2e%2f",
  ],
  ...[
    "\0",
    "a\0b",
    "\ud800",
    "\udfff x",
    "\u202e gnp",
    "\ufeff",
    "e\u0301".repeat(40),
    "𝄞",
    "王秀英",
    "ＡＢＣ１２３",
  ],
  ...["' or 1=1 --", '"; drop table patient; --', "$1", "%' or ''='", "{{7*7}}", "<script>alert(1)</script>"],
  ...[
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "x".repeat(201),
    "x".repeat(20_000),
    "\r\nx: y",
  ],
  ...[
    "9".repeat(400),
    "1e309",
    "0x10",
    "２０２６",
    "Europe/Berlin",
    "CN",
    "P225043056",
    "patients.print",
    "a@b.example",
  ],
];
const numbers = [
  ...[
    0,
    -0,
    1,
    -1,
    0.5,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    2 ** 53 + 2,
    1e21,
    -1e21,
    1e308,
    5e-324,
    8.64e15,
    8.64e15 + 1,
  ],
  ...[Date.UTC(2026, 10, 24), Date.UTC(9999, 11, 31), 100, 200, 201],
];

const hostile = (random: Random): unknown =>
  random.pick<() => unknown>([
    () => random.pick(texts),
    () => random.pick(numbers),
    () => random.pick([true, false, null]),
    () => Array.from({ length: random.pick([0, 1, 8, 60]) }, () => random.pick(texts)),
    () => ({ [random.pick(texts)]: random.pick(texts), ["__proto__"]: { admin: true } }),
    () => JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`),
  ])();

export const hostileText = (random: Random): string => random.pick(texts);

/** A value that a schema takes, or here and there one that it does not. */
export function valueFor(schema: Schema, random: Random, bad: number, known: readonly string[]): unknown {
  if (random.chance(bad)) return hostile(random);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return valueFor(random.pick(choices), random, bad, known);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => valueFor(one, random, bad, known)));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  if (type === "object") {
    const entries = Object.entries(schema.properties ?? {})
      .filter(([name]) => (schema.required?.includes(name) ? !random.chance(bad) : random.chance(0.5)))
      .map(([name, part]) => [name, valueFor(part, random, bad, known)]);
    return Object.fromEntries(entries);
  }
  if (type === "array")
    return Array.from({ length: random.pick([0, 1, 2, 5]) }, () =>
      valueFor(schema.items ?? {}, random, bad, known),
    );
  if (type === "number" || type === "integer") {
    const [low, high] = [schema.minimum ?? 0, schema.maximum ?? 1000];
    return random.chance(0.5) ? Math.round(low + random.next() * (high - low)) : random.pick(numbers);
  }
  if (type === "boolean") return random.chance(0.5);
  if (type === "null") return null;
  return random.chance(0.5) ? random.pick(known) : random.pick(texts);
}
