import { spawn } from "node:child_process";
import process from "node:process";
import { serverFile } from "./built.ts";

/** Young garbage is collected before it is much. */
const args = ["--max-semi-space-size=8", serverFile];
/** glibc otherwise keeps 40 MB of what was given back, for each thread some; the image sets the same. */
const memory = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "65536" };

/**
 * `npm start`, once all is built: becomes the server, for which these variables have to be there before it is
 * a process. Windows knows no such becoming, nor glibc.
 */
const env = { ...memory, ...process.env };
if (process.platform !== "win32" && process.execve)
  process.execve(process.execPath, [process.execPath, ...args], env);
spawn(process.execPath, args, { env, stdio: "inherit" }).on("exit", (code) => process.exit(code ?? 1));
