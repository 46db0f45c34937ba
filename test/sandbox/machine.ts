import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type OpenSandbox, openSandbox } from "#sandbox/open.ts";
import { credentials, type Partner, partnerOf, someDayMs } from "./partner.ts";

export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export type Started = OpenSandbox & Partner;

/** A machine on which sandboxes of a folder run one after the other, each until it is killed. */
export function machine(folder = newFolder()) {
  let machineMs = someDayMs;
  const said: string[] = [];
  return {
    said,
    get machineMs() {
      return machineMs;
    },
    pass: (ms: number) => {
      machineMs += ms;
    },
    /** With what is in the folder at this moment, as after kill -9 of the one before. */
    start(speed: number | null = null, replayDir: string | null = null): Started {
      const own = newFolder();
      cpSync(folder, own, { recursive: true });
      rmSync(folder, { recursive: true });
      cpSync(own, folder, { recursive: true });
      const opened = openSandbox({
        folder,
        speed,
        credentials,
        replayDir,
        machineNow: () => machineMs,
        warn: (words) => said.push(words),
      });
      onTestFinished(() => opened.close());
      return { ...opened, ...partnerOf(opened.sandbox.fetch, opened.clock.now) };
    },
    folder,
  };
}
