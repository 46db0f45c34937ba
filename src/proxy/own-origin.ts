const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a browser's Origin is ours: the public address, or the very address the request came to when that is this
 * machine's own (localhost and 127.0.0.1 are one program to the person who started it).
 */
export const createIsOwnOrigin =
  (publicUrl: string) =>
  (origin: string, request: Request): boolean => {
    const asked = new URL(request.url);
    return origin === publicUrl || (origin === asked.origin && loopback.has(asked.hostname));
  };
