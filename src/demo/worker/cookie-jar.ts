/** Name, value, and when it ends; null: with the demonstration. */
export type Cookie = readonly [name: string, value: string, endsMs: number | null];

const attributeOf = (attributes: readonly string[], name: string): string | undefined =>
  attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);

function endOf(attributes: readonly string[], nowMs: number): number | null {
  const maxAge = attributeOf(attributes, "max-age");
  if (maxAge !== undefined) return nowMs + Number(maxAge) * 1000;
  const expires = attributeOf(attributes, "expires");
  return expires === undefined ? null : Date.parse(expires);
}

/** The cookies of all tabs. The pages never see them. */
export function createCookieJar(kept: readonly Cookie[], now: () => number) {
  const jar = new Map(kept.map((cookie) => [cookie[0], cookie]));
  const alive = () => [...jar.values()].filter(([, , endsMs]) => endsMs === null || endsMs > now());
  return {
    /** As a request has it; null where there is none. */
    header: (): string | null =>
      alive()
        .map(([name, value]) => `${name}=${value}`)
        .join("; ") || null,
    take(headers: Headers): void {
      for (const line of headers.getSetCookie()) {
        const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
        const name = pair.slice(0, pair.indexOf("="));
        jar.set(name, [name, pair.slice(name.length + 1), endOf(attributes, now())]);
      }
    },
    all: alive,
  };
}
