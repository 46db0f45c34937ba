import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Clock } from "./clock.ts";
import { type Credentials, newCredentials, resumeSandbox, stateOfScene } from "./resume.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";
import type { Scene } from "./scene.ts";
import { readState, writeState } from "./state-file.ts";

const markEveryMs = 30_000;

/** In the data folder, what is the sandbox's own. */
export const stateFileIn = (folder: string): string => join(folder, "sandbox-state.json");
export const usersFileIn = (folder: string): string => join(folder, "sandbox-users.jsonl");

export interface OpenOptions {
  folder: string;
  /** Null: as before, at first that of the machine. */
  speed: number | null;
  /** Null: as before, at first made up. */
  credentials?: Credentials | null;
  replayDir: string | null;
  machineNow?: () => number;
  begin?: SandboxOptions["begin"];
  /** Told what a person should know. */
  warn?: (words: string) => void;
}

export interface OpenSandbox {
  sandbox: Sandbox;
  clock: Clock;
  credentials: Credentials;
  /** How it stands to the sandbox before it, in a sentence or two; empty for one that is as new. */
  words: string;
  close(): void;
}

/** The sandbox of a folder: the one that was there, at the same moment, or a new one. */
export function openSandbox(options: OpenOptions): OpenSandbox {
  const { folder, speed, replayDir, machineNow = Date.now, begin, warn = console.warn } = options;
  const file = stateFileIn(folder);
  const before = readState(file, warn);
  const { appId, appSecret } = options.credentials ?? before ?? newCredentials();
  let isKept = true;
  function keep(): void {
    try {
      writeState(file, state());
      isKept = true;
    } catch (error) {
      if (isKept) warn(`What is done to the sandbox is not kept: ${(error as Error).message}`);
      isKept = false;
    }
  }
  const { sandbox, clock, state, words } = resumeSandbox({
    before,
    speed,
    credentials: { appId, appSecret },
    usersFile: usersFileIn(folder),
    replayDir: replayDir ? resolve(replayDir) : undefined,
    machineNow,
    changed: keep,
    begin,
    warn,
  });
  keep();
  const marking = setInterval(keep, markEveryMs).unref();
  return {
    sandbox,
    clock,
    credentials: { appId, appSecret },
    words,
    close() {
      clearInterval(marking);
      keep();
    },
  };
}

/** In the place of the sandbox that was in the folder, and that is closed: the next one that is opened there. */
export function writeScene(folder: string, scene: Scene, credentials: Credentials): void {
  rmSync(usersFileIn(folder), { force: true });
  writeState(stateFileIn(folder), stateOfScene(scene, credentials, Date.now()));
}
