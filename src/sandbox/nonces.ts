/** Remembers nonces for as long as a request that carries one could still be taken for new. */
export interface Nonces {
  /** False when the nonce has been used. Whatever was signed `lifeMs` ago is too old by now. */
  use(nonce: string, requestMs: number, nowMs: number, lifeMs: number): boolean;
  clear(): void;
}

export const signatureLifeMs = 5 * 60_000;

export function createNonces(): Nonces {
  const signedAtMs = new Map<string, number>();
  let nextSweepMs = 0;
  return {
    use(nonce, requestMs, nowMs, lifeMs) {
      if (nowMs >= nextSweepMs) {
        for (const [old, atMs] of signedAtMs) if (atMs < nowMs - lifeMs) signedAtMs.delete(old);
        nextSweepMs = nowMs + 60_000;
      }
      if ((signedAtMs.get(nonce) ?? Number.NEGATIVE_INFINITY) >= nowMs - lifeMs) return false;
      signedAtMs.set(nonce, requestMs);
      return true;
    },
    clear: () => signedAtMs.clear(),
  };
}
