type Callback<R> = (error: unknown, result: R) => void;

export const promisify =
  <G extends unknown[], R>(act: (...given: [...G, Callback<R>]) => void) =>
  (...given: G): Promise<R> =>
    new Promise((done, failed) => {
      act(...given, (error, result) => (error ? failed(error) : done(result)));
    });

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Of plain data, maps and sets. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof Map || a instanceof Set) return isDeepStrictEqual([...a], [...(b as Iterable<unknown>)]);
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) &&
        isDeepStrictEqual((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
    )
  );
}

export const TextDecoder = globalThis.TextDecoder;
