import { networkOf } from "../http/client-address.ts";

const mostAddresses = 10_000;

/**
 * Client addresses that the library has refused for too many attempts, in memory: while one is refused,
 * a stranger's next attempt there costs the database no write. Of IPv6 it is the network, as the
 * library counts it. By the steady clock.
 */
export function createRefusedAddresses(steadyMs: () => number) {
  const untilMs = new Map<string, number>();
  return {
    refuse: (address: string, forMs: number): void => {
      if (untilMs.size >= mostAddresses) untilMs.clear();
      untilMs.set(networkOf(address), steadyMs() + forMs);
    },
    /** For how much longer an address is refused; 0 when it is not. */
    leftMs: (address: string): number => {
      const network = networkOf(address);
      const leftMs = (untilMs.get(network) ?? 0) - steadyMs();
      if (leftMs > 0) return leftMs;
      untilMs.delete(network);
      return 0;
    },
  };
}
export type RefusedAddresses = ReturnType<typeof createRefusedAddresses>;
