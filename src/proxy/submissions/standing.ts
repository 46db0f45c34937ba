import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { dayMs } from "#glucose/time.ts";
import type { JobRunner } from "../jobs/run.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { PatientStore } from "../store/patients.ts";
import type { DueOrder, StandingOrderStore } from "../store/standing-orders.ts";
import { sentDays } from "./sent-days.ts";

const rhythmMs = { day: dayMs, week: 7 * dayMs } as const;
const lookEveryMs = 10_000;

interface StandingOptions {
  orders: Pick<StandingOrderStore, "due" | "place">;
  patients: Pick<PatientStore, "byId">;
  exchange: Pick<ExchangeStore, "read">;
  runner: Pick<JobRunner, "wake">;
  now: () => number;
}

/** What was missed meanwhile is not caught up on: the days that are sent next hold it. */
function nextAfter({ nextAtMs, every }: DueOrder, nowMs: number): number {
  const rhythm = rhythmMs[every];
  return nextAtMs + rhythm * Math.floor((nowMs - nextAtMs) / rhythm + 1);
}

/** Makes what is due by standing orders into something to be sent; while exchange is off they wait. */
export async function placeDueOrders({ orders, patients, exchange, now }: StandingOptions): Promise<void> {
  if (!(await exchange.read()).isOn) return;
  for (const order of await orders.due()) {
    const patient = await patients.byId(order.patientId);
    if (!patient) throw new Error("a standing order for nobody");
    await orders.place(order, sentDays(Number(order.days), patient, now()), nextAfter(order, now()));
  }
}

/** Looks now and again and again, until `signal` aborts, for standing orders and tries that are due. */
export async function keepStandingOrders(
  options: StandingOptions,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await placeDueOrders(options);
      options.runner.wake();
    } catch (err) {
      log.error({ err }, "standing orders could not be looked at");
    }
    await wait(lookEveryMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
