/** As Node's: an abort ends the wait with an error. */
function wait<T>(ms: number, value?: T, { signal }: { signal?: AbortSignal } = {}): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  if (signal?.aborted) {
    reject(signal.reason);
    return promise;
  }
  const timer = globalThis.setTimeout(() => resolve(value as T), ms);
  const giveUp = () => {
    clearTimeout(timer);
    reject(signal?.reason);
  };
  signal?.addEventListener("abort", giveUp, { once: true });
  return promise.finally(() => signal?.removeEventListener("abort", giveUp));
}

export { wait as setTimeout };

export const setImmediate = <T>(value?: T): Promise<T> =>
  new Promise((done) => globalThis.setImmediate(() => done(value as T)));
