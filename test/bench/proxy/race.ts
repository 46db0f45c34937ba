import { median } from "../figures.ts";
import type { Measured } from "./load.ts";

export interface Raced extends Measured {
  slowest: number;
  fastest: number;
}

/**
 * Medians of interleaved rounds, by name, and how far they are apart; a round before them counts for nothing.
 */
export async function race<Name extends string>(
  rounds: number,
  loads: Record<Name, () => Promise<Measured>>,
): Promise<Record<Name, Raced>> {
  const names = Object.keys(loads) as Name[];
  const all = new Map<Name, Measured[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, list] of all) {
      const measured = await loads[name]();
      if (round > 0) list.push(measured);
    }
  const raced = [...all].map(([name, list]) => {
    const of = (key: keyof Measured) => median(list.map((one) => one[key]));
    return [
      name,
      {
        perSecond: of("perSecond"),
        p50Ms: of("p50Ms"),
        p99Ms: of("p99Ms"),
        bytes: of("bytes"),
        cpuUs: of("cpuUs"),
        requests: list.reduce((sum, { requests }) => sum + requests, 0),
        slowest: Math.min(...list.map(({ perSecond }) => perSecond)),
        fastest: Math.max(...list.map(({ perSecond }) => perSecond)),
      },
    ] as const;
  });
  return Object.fromEntries(raced) as Record<Name, Raced>;
}

export const line = (
  name: string,
  { perSecond, p50Ms, p99Ms, bytes, cpuUs, requests, slowest, fastest }: Raced,
): void =>
  console.log(
    `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(6)} a second (${slowest.toFixed(0)}–${fastest.toFixed(0)}, n ${requests})  p50 ${p50Ms.toFixed(1).padStart(6)} ms  p99 ${p99Ms.toFixed(1).padStart(6)} ms  ${bytes.toFixed(0).padStart(9)} bytes  ${cpuUs.toFixed(0).padStart(6)} µs of the processor`,
  );

export const ratio = (what: string, one: Measured, other: Measured): void =>
  console.log(
    `  ${what}: ${(one.perSecond / other.perSecond).toFixed(2)} × the requests, ${(other.cpuUs / one.cpuUs).toFixed(2)} × by the processor, ${(one.bytes / other.bytes).toFixed(3)} × the bytes`,
  );
