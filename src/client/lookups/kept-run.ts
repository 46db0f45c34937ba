import * as z from "zod/mini";
import { type DeviceStateRow, deviceStatesAnswer } from "#contract/device.ts";

/** One serial of a list: waiting while its answer is null. */
export interface Row {
  readonly serial: string;
  readonly answer: DeviceStateRow | null;
}

/** What of the list that was given is not among its rows. */
export interface LeftOut {
  readonly unusable: readonly string[];
  readonly repeated: number;
  readonly overLimit: number;
}

export interface Run {
  readonly leftOut: LeftOut;
  readonly rows: readonly Row[];
  /** `elsewhere`: another tab of this browser works through it. */
  readonly status: "idle" | "running" | "paused" | "elsewhere";
  /** Why it is waiting before it goes on, after the server or the platform could not be reached. */
  readonly waiting: Error | null;
}

export const nothingLeftOut: LeftOut = { unusable: [], repeated: 0, overLimit: 0 };
export const emptyRun: Run = { leftOut: nothingLeftOut, rows: [], status: "idle", waiting: null };

const stored = z.object({
  leftOut: z._default(
    // Lists of earlier versions say the last under another name.
    z.object({ unusable: z.array(z.string()), repeated: z.number(), overLimit: z._default(z.number(), 0) }),
    () => ({ unusable: [], repeated: 0, overLimit: 0 }),
  ),
  serials: z.array(z.string()),
  answers: deviceStatesAnswer.shape.rows,
});

/** The list as this browser keeps it. */
export function loadRun(key: string): Run {
  try {
    const { serials, answers, leftOut } = stored.parse(JSON.parse(localStorage.getItem(key) ?? "null"));
    const bySerial = new Map(answers.map((answer) => [answer.serial, answer]));
    const rows = serials.map((serial) => ({ serial, answer: bySerial.get(serial) ?? null }));
    return { ...emptyRun, leftOut, rows, status: rows.some(({ answer }) => !answer) ? "paused" : "idle" };
  } catch {
    // Nothing kept, or kept by another version: there is no list.
    return emptyRun;
  }
}

export function saveRun(key: string, { rows, leftOut }: Run): void {
  const serials = rows.map(({ serial }) => serial);
  const answers = rows.flatMap(({ answer }) => answer ?? []);
  try {
    localStorage.setItem(key, JSON.stringify({ serials, answers, leftOut }));
  } catch {
    // Storage is full or blocked: the list lasts as long as the page.
  }
}
