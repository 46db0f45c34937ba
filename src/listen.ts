import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

const parentId = process.ppid;
const parentLookMs = 250;

/** Why a port could not be listened on; `variable` is the setting that says which. */
interface ListenFailure extends NodeJS.ErrnoException {
  port: number;
  variable: "PORT" | "SANDBOX_PORT";
}

/** Answers with the address. */
export const listen = (
  server: Server,
  variable: ListenFailure["variable"],
  port: number,
  host: string,
  refused: (err: Error) => void,
): Promise<string> =>
  new Promise((done, reject) => {
    const fail = (error: Error) => reject(Object.assign(error, { variable }));
    server.once("error", fail);
    server.listen(port, host, () => {
      // A connection that cannot be accepted, for want of file descriptors for instance, is nobody's end.
      server.off("error", fail).on("error", refused);
      const { address, port: taken, family } = server.address() as AddressInfo;
      const shown = address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address;
      done(`http://${family === "IPv6" && shown === address ? `[${address}]` : shown}:${taken}`);
    });
  });

/** What to do about a taken port; null for any other failure. */
export function takenPort(error: unknown, command: string): string | null {
  const { code, port, variable } = error as Partial<ListenFailure>;
  if (code !== "EADDRINUSE" || !variable) return null;
  const free = { PORT: 4180, SANDBOX_PORT: 0 }[variable];
  return `Port ${port} is taken. Stop the other program, or choose another port: ${variable}=${free} ${command}`;
}

/**
 * npm runs us in a shell that hands no signal on: where npm was told to end, it and the
 * shell are gone, and nobody tells us.
 */
export function whenParentIsGone(act: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const looking = setInterval(() => {
    if (process.ppid === parentId) return;
    clearInterval(looking);
    act();
  }, parentLookMs).unref();
}
