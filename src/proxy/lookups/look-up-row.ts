import { areDatesInDoubt } from "#sensor/life.ts";
import { headlineOutOfUse, verdictOf } from "#sensor/verdict.ts";
import type { Audit } from "../audit/write.ts";
import { journeyOf } from "../devices/journey.ts";
import { stateOf } from "../devices/state.ts";
import { Failure } from "../failure.ts";
import { isDecided, troubleOf } from "../jobs/try-row.ts";
import { withDeadline } from "../platform/call-context.ts";
import type { Platform, PlatformDevice } from "../platform/types.ts";
import { dataOf, factsOf } from "../roster/sensor-facts.ts";
import { wearersDelayMs } from "../roster/wearers-delay.ts";
import type { StoredList, StoredLookup } from "../store/lookup-records.ts";
import type { LookupStore } from "../store/lookups.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";
import { wornOf } from "./worn.ts";

interface LookUpRowOptions {
  store: Pick<LookupStore, "setRow">;
  sensors: Pick<SensorStore, "note" | "wornBy">;
  patients: Pick<PatientStore, "byOpenId" | "openIdsOf" | "figuresOf">;
  platform: Pick<Platform, "deviceInfo" | "deviceReadings">;
  audit: Audit;
  /** For the calls of all lists together. */
  limitRate: () => Promise<void>;
  now: () => number;
}

const longestLookMs = 60_000;

/** An answer that is kept from before an outage is none for a list, which has no room to say how old it is. */
function fresh<T extends Pick<PlatformDevice, "stale">>(answer: T): T {
  if (answer.stale) throw new Failure(answer.stale.code);
  return answer;
}

/** What its data says of a sensor that may have sent some; why there is none where the platform does not give it. */
async function dataFor(
  serial: string,
  found: PlatformDevice,
  { patients, sensors, platform, limitRate, now }: LookUpRowOptions,
) {
  const state = stateOf(found);
  if (state === "unbound" || state === "bound") return { journey: null, data: null, trouble: null };
  try {
    await limitRate();
    const read = fresh(await platform.deviceReadings(serial));
    const delayMs = await wearersDelayMs(patients, sensors, found);
    const journey = journeyOf(serial, found, read, "UTC", now(), delayMs);
    return { journey, data: dataOf(journey, read), trouble: null };
  } catch (error) {
    if (!(error instanceof Failure) || !isDecided(error)) throw error;
    return { journey: null, data: null, trouble: troubleOf(error) };
  }
}

/** Looks up the sensor of one row and writes down what was found, that it is unknown or refused included. */
export function createLookUpRow(options: LookUpRowOptions) {
  const { store, sensors, platform, audit, now } = options;

  const look = (serial: string) =>
    withDeadline("list", longestLookMs, async () => {
      const found = fresh(await platform.deviceInfo(serial));
      return { found, ...(await dataFor(serial, found, options)) };
    });

  return async (job: StoredList, { row, serial }: StoredLookup): Promise<void> => {
    const auditAs = (outcome: "ok" | "failed") =>
      audit({
        actor_id: job.startedBy?.id ?? null,
        actor_role: job.startedBy?.role ?? null,
        action: "device.view",
        subject: serial,
        outcome,
        request_id: `list ${job.id}`,
        client_address: job.startedBy?.clientAddress ?? "",
      });
    try {
      const { found, journey, data, trouble } = await look(serial);
      const { statusCode, activatedAtMs, estimatedEndAtMs, endedAtMs, openId } = found;
      const state = stateOf(found);
      const device = { ...found, state };
      const verdict = journey && verdictOf(device, journey, now());
      // Without the data it may have sent there is no verdict, as on its own page.
      const [headline, headlineMs] = verdict
        ? [verdict.headline, verdict.durationMs]
        : ((trouble ? null : headlineOutOfUse(device, false, now())) ?? [null, null]);
      await sensors.note([{ ...factsOf(found, data), headline }]);
      await auditAs("ok");
      await store.setRow(job.id, row, {
        outcome: "told",
        trouble,
        state,
        statusCode,
        activatedAtMs,
        estimatedEndAtMs,
        endedAtMs,
        isInDoubt: areDatesInDoubt(device, journey, now()),
        openId,
        lastDataAtMs: journey?.lastReadingMs ?? null,
        worn: wornOf(device, journey, now()),
        headline,
        headlineMs,
        doneAtMs: now(),
      });
    } catch (error) {
      await auditAs("failed");
      if (!(error instanceof Failure)) throw error;
      const outcome = ({ "device-unknown": "unknown", "platform-refused": "refused" } as const)[
        error.code as string
      ];
      if (!outcome) throw error;
      await store.setRow(job.id, row, { outcome, trouble: troubleOf(error), doneAtMs: now() });
    }
  };
}
