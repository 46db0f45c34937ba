import { type DeviceStateRow, mostSerialsAtOnce } from "#contract/device.ts";
import { minuteMs } from "#glucose/time.ts";
import { readDeviceStates } from "../api/devices.ts";
import { steadyMs } from "../clock.ts";
import { ApiError } from "../http.ts";
import { onClear } from "../local-data.ts";
import { untilRecovery } from "../outage.ts";
import { emptyRun, type LeftOut, loadRun, nothingLeftOut, type Row, type Run, saveRun } from "./kept-run.ts";
import { createTabLock } from "./tab-lock.ts";

const firstWaitMs = 1000;
const longestWaitMs = minuteMs;
const saveEveryMs = 2000;
/** After so many requests in a row without the platform it is not asked any more until somebody says so. */
const maxFailedRequests = 5;

/** Answers that asking again does not change. */
const final = new Set(["device-unknown", "platform-refused", "invalid-request"]);
export const isRetryable = ({ answer }: Row): boolean => answer?.ok === false && !final.has(answer.code);

/** Failures that are the moment's and not the serial's: worth asking again by themselves. */
const passing = new Set(["platform-unreachable", "platform-timeout", "platform-busy"]);

interface LoopOptions {
  get: () => Run;
  set: (change: Partial<Run>) => void;
  /** Whether the run is still the one that this loop was begun for. */
  isCurrent: () => boolean;
  sleep: (ms: number) => Promise<void>;
}

/** Looks up what has no answer, until everything has one or the run is paused. */
async function lookUpWaiting({ get, set, isCurrent, sleep }: LoopOptions): Promise<void> {
  let failedInARow = 0;
  const isLastTry = () => failedInARow + 1 >= maxFailedRequests;
  /** Waits longer each time; gives up by pausing, with the reason on screen. */
  const backOff = async (error: Error) => {
    if (isLastTry()) {
      const isLeft = get().rows.some((row) => !row.answer);
      return set({ status: isLeft ? "paused" : "idle", waiting: error });
    }
    set({ waiting: error });
    await sleep(Math.min(longestWaitMs, firstWaitMs * 2 ** failedInARow));
    failedInARow += 1;
  };
  while (isCurrent() && get().status === "running") {
    const waiting = get().rows.filter((row) => !row.answer);
    if (waiting.length === 0) return set({ status: "idle", waiting: null });
    try {
      const { rows } = await readDeviceStates(
        waiting.slice(0, mostSerialsAtOnce).map(({ serial }) => serial),
      );
      if (!isCurrent()) return;
      const failed = rows.flatMap((row) => (!row.ok && passing.has(row.code) ? row : []));
      const [first] = failed.length * 2 >= rows.length ? failed : [];
      // It is the platform that fails, not these serials: they keep waiting,
      // until it has been tried often enough.
      const answers = rows.filter((row) => row.ok || !first || isLastTry() || !failed.includes(row));
      set({ rows: withAnswers(get().rows, answers), waiting: null });
      if (first) await backOff(new ApiError(first.code, null));
      else failedInARow = 0;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!isCurrent()) return;
      await backOff(error);
    }
  }
}

function withAnswers(rows: readonly Row[], answers: readonly DeviceStateRow[]): Row[] {
  const bySerial = new Map(answers.map((answer) => [answer.serial, answer]));
  return rows.map((row) => ({ ...row, answer: bySerial.get(row.serial) ?? row.answer }));
}

/**
 * A list of look-ups, outside React: it goes on while the reader is on another page, and it survives a
 * reload. Each request names twenty serials and waits for the one before; after a failure the next one
 * waits twice as long, a minute at most.
 */
export function createRun(account: string, sleep = untilRecovery) {
  const key = `trendline-list-${account}`;
  const lock = createTabLock(key);
  const left = new AbortController();
  const { signal } = left;
  const listeners = new Set<() => void>();
  let run = loadRun(key);
  let savedAtMs = Number.NEGATIVE_INFINITY;
  let generation = 0;

  const get = () => run;
  function save() {
    savedAtMs = steadyMs();
    saveRun(key, run);
  }
  /** What another tab keeps is not kept again. */
  function show(next: Run) {
    run = next;
    for (const listener of listeners) listener();
  }
  function set(change: Partial<Run>) {
    show({ ...run, ...change });
    if (run.status !== "running" || steadyMs() - savedAtMs > saveEveryMs) save();
  }
  /**
   * Another tab may be at it: then this one follows what that one keeps, and knows at
   * once when it has ended or is closed.
   */
  async function follow() {
    const isHeld = await lock.isHeld();
    if (!isHeld || signal.aborted || run.status === "running" || run.status === "elsewhere") return;
    show({ ...loadRun(key), status: "elsewhere" });
    await lock.whenFree(() => run.status === "elsewhere" && show(loadRun(key)));
  }
  function work() {
    generation += 1;
    const own = generation;
    return lookUpWaiting({ get, set, isCurrent: () => own === generation, sleep });
  }
  async function start() {
    set({ status: "running", waiting: null });
    if (await lock.hold(work, () => show({ ...run, status: "paused" }))) await follow();
  }

  // What came since the last save is not lost by a reload.
  window.addEventListener("pagehide", () => run.status === "running" && save(), { signal });
  const onStorage = (event: StorageEvent) => {
    if (event.key !== key || run.status === "running") return;
    const { status } = run;
    show({ ...loadRun(key), ...(status === "elsewhere" && { status }) });
    void follow();
  };
  window.addEventListener("storage", onStorage, { signal });
  void follow();

  return {
    get,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin: (serials: readonly string[], leftOut: LeftOut = nothingLeftOut) => {
      run = { ...emptyRun, leftOut, rows: serials.map((serial) => ({ serial, answer: null })) };
      void start();
    },
    pause: () => set({ status: "paused", waiting: null }),
    resume: () => void start(),
    /** Its owner has left: it stops, and what is kept stays as it is. */
    leave: () => {
      generation += 1;
      run = emptyRun;
      left.abort();
    },
    /** Forgets the list. */
    cancel: () => {
      generation += 1;
      set(emptyRun);
    },
    /** Asks again for the rows that failed. */
    retryFailed: () => {
      set({ rows: run.rows.map((row) => (isRetryable(row) ? { ...row, answer: null } : row)) });
      void start();
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
