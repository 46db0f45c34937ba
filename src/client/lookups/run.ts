import * as z from "zod/mini";
import { type DeviceStateRow, deviceStatesAnswer, mostSerialsAtOnce } from "#contract/device.ts";
import { minuteMs } from "#glucose/time.ts";
import { readDeviceStates } from "../api/devices.ts";
import { steadyMs } from "../clock.ts";
import { ApiError } from "../http.ts";
import { onClear } from "../local-data.ts";
import { untilRecovery } from "../outage.ts";

/** One serial of a list: waiting while its answer is null. */
export interface Row {
  readonly serial: string;
  readonly answer: DeviceStateRow | null;
}

/** What of the list that was given is not among its rows. */
export interface LeftOut {
  readonly unusable: readonly string[];
  readonly repeated: number;
  readonly beyond: number;
}

export interface Run {
  readonly leftOut: LeftOut;
  readonly rows: readonly Row[];
  /** `elsewhere`: another tab of this browser works through it. */
  readonly status: "idle" | "running" | "paused" | "elsewhere";
  /** Why it is waiting before it goes on, after the server or the platform could not be reached. */
  readonly waiting: Error | null;
}

const nothing: LeftOut = { unusable: [], repeated: 0, beyond: 0 };
const stored = z.object({
  leftOut: z._default(
    z.object({ unusable: z.array(z.string()), repeated: z.number(), beyond: z.number() }),
    () => ({ unusable: [], repeated: 0, beyond: 0 }),
  ),
  serials: z.array(z.string()),
  answers: deviceStatesAnswer.shape.rows,
});
const emptyRun: Run = { leftOut: nothing, rows: [], status: "idle", waiting: null };
const longestWaitMs = minuteMs;
const saveEveryMs = 2000;
/** After so many requests in a row without the platform it is not asked any more until somebody says so. */
const maxFailedRequests = 5;

/** Answers that asking again does not change. */
const final = new Set(["device-unknown", "platform-refused", "invalid-request"]);
export const isRetryable = ({ answer }: Row): boolean => answer?.ok === false && !final.has(answer.code);

/** Failures that are the moment's and not the serial's: worth asking again by themselves. */
const passing = new Set(["platform-unreachable", "platform-timeout", "platform-busy"]);

/**
 * A list of look-ups, outside React: it goes on while the reader is on another page, and it survives a reload. Each request names
 * twenty serials and waits for the one before; after a failure the next one waits twice as long, a minute at most.
 */
export function createRun(account: string, sleep = untilRecovery) {
  const key = `trendline-list-${account}`;
  const listeners = new Set<() => void>();
  let run = load();
  let savedAtMs = Number.NEGATIVE_INFINITY;
  let generation = 0;

  function load(): Run {
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
  function save() {
    savedAtMs = steadyMs();
    const answers = run.rows.flatMap(({ answer }) => answer ?? []);
    try {
      const serials = run.rows.map(({ serial }) => serial);
      localStorage.setItem(key, JSON.stringify({ serials, answers, leftOut: run.leftOut }));
    } catch {
      // Storage is full or blocked: the list lasts as long as the page.
    }
  }
  /** What another tab keeps is not kept again. */
  function show(next: Run) {
    run = next;
    for (const listener of listeners) listener();
  }
  function set(change: Partial<Run>) {
    const next = { ...run, ...change };
    show(next);
    if (next.status !== "running" || steadyMs() - savedAtMs > saveEveryMs) save();
  }
  function answer(answers: readonly DeviceStateRow[]) {
    const bySerial = new Map(answers.map((row) => [row.serial, row]));
    return run.rows.map((row) => ({ ...row, answer: bySerial.get(row.serial) ?? row.answer }));
  }

  /** Another tab may be at it: then this one follows what that one keeps, and knows at once when it has ended or is closed. */
  async function follow() {
    const { locks } = navigator as Partial<Navigator>;
    const isHeld = (await locks?.query())?.held?.some(({ name }) => name === key);
    if (!locks || !isHeld || run.status === "running" || run.status === "elsewhere") return;
    show({ ...load(), status: "elsewhere" });
    await locks.request(key, () => {
      if (run.status === "elsewhere") show(load());
    });
  }
  let isHolding = false;
  let working = Promise.resolve();
  /** Only one tab works through a list; one that holds the lock is not disturbed. */
  async function work() {
    const { locks } = navigator as Partial<Navigator>;
    if (!locks || isHolding) {
      working = workAlone();
      return working;
    }
    await locks.request(key, { ifAvailable: true }, async (lock) => {
      if (!lock) return show({ ...run, status: "paused" });
      isHolding = true;
      working = workAlone();
      let ended: Promise<void>;
      do {
        ended = working;
        await ended;
      } while (ended !== working);
      isHolding = false;
    });
    await follow();
  }

  async function workAlone() {
    generation += 1;
    const own = generation;
    let waitMs = 1000;
    let failedInARow = 0;
    /** Waits longer each time; gives up by pausing, with the reason on screen. */
    const backOff = async (error: Error) => {
      failedInARow += 1;
      if (failedInARow >= maxFailedRequests) {
        const isLeft = run.rows.some((row) => !row.answer);
        return set({ status: isLeft ? "paused" : "idle", waiting: error });
      }
      set({ waiting: error });
      await sleep(waitMs);
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    };
    const isCurrent = () => own === generation && run.status === "running";
    while (isCurrent()) {
      const serials = run.rows
        .filter((row) => !row.answer)
        .slice(0, mostSerialsAtOnce)
        .map(({ serial }) => serial);
      if (serials.length === 0) return set({ status: "idle", waiting: null });
      try {
        const { rows } = await readDeviceStates(serials);
        if (own !== generation) return;
        const failed = rows.flatMap((row) => (!row.ok && passing.has(row.code) ? row : []));
        const [first] = failed.length * 2 >= rows.length ? failed : [];
        // It is the platform that fails, not these serials: they keep waiting, until it has been tried often enough.
        const isLastTry = failedInARow + 1 >= maxFailedRequests;
        const answers = rows.filter((row) => row.ok || !first || isLastTry || !failed.includes(row));
        set({ rows: answer(answers), waiting: null });
        if (first) await backOff(new ApiError(first.code, null));
        else {
          failedInARow = 0;
          waitMs = 1000;
        }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (own !== generation) return;
        await backOff(error);
      }
    }
  }
  // What came since the last save is not lost by a reload.
  window.addEventListener("pagehide", () => run.status === "running" && save());
  window.addEventListener("storage", (event) => {
    if (event.key !== key || run.status === "running") return;
    const { status } = run;
    show({ ...load(), ...(status === "elsewhere" && { status }) });
    void follow();
  });
  void follow();
  const start = () => {
    set({ status: "running", waiting: null });
    void work();
  };

  return {
    get: () => run,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin: (serials: readonly string[], leftOut: LeftOut = nothing) => {
      run = { ...emptyRun, leftOut, rows: serials.map((serial) => ({ serial, answer: null })) };
      start();
    },
    pause: () => set({ status: "paused", waiting: null }),
    resume: start,
    /** Its owner has left: it stops, and what is kept stays as it is. */
    leave: () => {
      generation += 1;
      run = emptyRun;
    },
    /** Forgets the list. */
    cancel: () => {
      generation += 1;
      set(emptyRun);
    },
    /** Asks again for the rows that failed. */
    retryFailed: () => {
      set({ rows: run.rows.map((row) => (isRetryable(row) ? { ...row, answer: null } : row)) });
      start();
    },
  };
}

export type RunStore = ReturnType<typeof createRun>;

const stores = new Map<string, RunStore>();
onClear(() => {
  for (const store of stores.values()) store.leave();
  stores.clear();
});

/** The list of an account on this browser. */
export function runOf(account: string): RunStore {
  const store = stores.get(account) ?? createRun(account);
  stores.set(account, store);
  return store;
}
