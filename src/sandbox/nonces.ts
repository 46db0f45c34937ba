/** Remembers nonces for as long as a request that carries one could still be taken for new. */
export interface Nonces {
  /** False when the nonce has been used. */
  use(nonce: string, requestMs: number, nowMs: number): boolean;
  clear(): void;
}

export const signatureLifeMs = 5 * 60_000;

export function createNonces(): Nonces {
  const forgetAtMs = new Map<string, number>();
  let nextSweepMs = 0;
  return {
    use(nonce, requestMs, nowMs) {
      if (nowMs >= nextSweepMs) {
        for (const [old, atMs] of forgetAtMs) if (atMs < nowMs) forgetAtMs.delete(old);
        nextSweepMs = nowMs + 60_000;
      }
      if ((forgetAtMs.get(nonce) ?? 0) >= nowMs) return false;
      forgetAtMs.set(nonce, Math.max(requestMs, nowMs) + signatureLifeMs);
      return true;
    },
    clear: () => forgetAtMs.clear(),
  };
}
