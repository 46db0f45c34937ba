export interface Memory {
  /** The heap after a collection and what buffers hold outside it, MB. */
  heldMb: number;
  rssMb: number;
}

/** Measures a server that was started with --inspect, over the address it printed. */
export async function createMemoryProbe(inspectorUrl: string) {
  const socket = new WebSocket(inspectorUrl);
  await new Promise((done, fail) => {
    socket.addEventListener("open", done, { once: true });
    socket.addEventListener("error", fail, { once: true });
  });
  let id = 0;
  const call = (method: string, params: object = {}): Promise<{ result: { value: string } }> => {
    id += 1;
    const own = id;
    const { promise, resolve } = Promise.withResolvers<{ result: { value: string } }>();
    const hear = ({ data }: MessageEvent) => {
      const message = JSON.parse(String(data)) as { id?: number; result: { result: { value: string } } };
      if (message.id !== own) return;
      socket.removeEventListener("message", hear);
      resolve(message.result);
    };
    socket.addEventListener("message", hear);
    socket.send(JSON.stringify({ id: own, method, params }));
    return promise;
  };
  return {
    measure: async (): Promise<Memory> => {
      await call("HeapProfiler.collectGarbage");
      const expression = "JSON.stringify(process.memoryUsage())";
      const { result } = await call("Runtime.evaluate", { expression });
      const { heapUsed, external, rss } = JSON.parse(result.value) as NodeJS.MemoryUsage;
      return { heldMb: (heapUsed + external) / 1e6, rssMb: rss / 1e6 };
    },
    close: () => socket.close(),
  };
}
