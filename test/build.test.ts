import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";

let cwd = "";
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** A checkout of its own, in a folder with a space, without what is built. */
function checkout(): void {
  cwd = mkdtempSync(join(tmpdir(), "trendline build-"));
  for (const name of ["src", "package.json", "package-lock.json", "tsconfig.json"])
    cpSync(name, join(cwd, name), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(cwd, "node_modules"));
}

const run = (command: string) => spawnSync(command, { cwd, shell: true, encoding: "utf8" });
const build = () => run(`"${process.execPath}" src/build.ts server --if-needed`);
/** What the entry names, below dist/server. */
const built = () => /\w{16}/.exec(readFileSync(join(cwd, "dist/server/server.js"), "utf8"))?.[0] ?? "";

function change(path: string): void {
  const file = join(cwd, path);
  const { atime, mtime } = statSync(file);
  writeFileSync(file, `${readFileSync(file, "utf8")}\nexport const another = 1;\n`);
  // As an unpacked archive leaves it.
  utimesSync(file, atime, mtime);
}

test("the server is built once, and anew when its sources are others, whatever their times say", () => {
  checkout();
  expect(build().stdout).toContain("Building the server");
  expect(build().stdout).toBe("");
  // Another user than the one who built it may run it, as in an image.
  expect(statSync(join(cwd, "dist/server", built())).mode & 0o777).toBe(0o777 & ~process.umask());
  for (const file of ["src/proxy/log.ts", "src/sensor/verdict.ts"]) {
    change(file);
    expect(build().stdout).toContain("Building the server");
  }
});

test("a build beside a running server leaves it all that it is from", () => {
  checkout();
  build();
  const before = built();
  change("src/proxy/platform/records-thread.ts");
  build();
  expect(built()).not.toBe(before);
  for (const file of ["server.js", "platform/records-thread.js", "auth/guessable-thread.js"])
    expect(existsSync(join(cwd, "dist/server", before, file))).toBe(true);
});

test.skipIf(process.platform === "win32")(
  "a build that breaks off, on a full disk for instance, says so, leaves nothing behind and is made again",
  () => {
    checkout();
    // The server is larger than any file may be here.
    const broken = run(`ulimit -f 1500; trap '' XFSZ; "${process.execPath}" src/build.ts server --if-needed`);
    expect([broken.status, broken.stderr]).toEqual([1, expect.stringContaining("Trendline was not built.")]);
    expect(globSync("dist/**/*.js", { cwd })).toEqual([]);
    expect(build().status).toBe(0);
    expect(existsSync(join(cwd, "dist/server", built(), "server.js"))).toBe(true);
  },
);
