import * as z from "zod";

export function isIP(address: string): 0 | 4 | 6 {
  if (z.ipv4().safeParse(address).success) return 4;
  return z.ipv6().safeParse(address).success ? 6 : 0;
}

/** Nobody stands between a tab and its own worker. */
export class BlockList {
  addAddress(): void {}
  addSubnet(): void {}
  check(): boolean {
    return false;
  }
}
