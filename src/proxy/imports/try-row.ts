import { diabetesTypes, therapies } from "#contract/identity.ts";
import type { ImportRow, ImportTrouble } from "#contract/import.ts";
import { beginningOf } from "#contract/text.ts";
import type { Audit } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import { isPassing } from "../platform/breaker.ts";
import { withDeadline } from "../platform/call-context.ts";
import type { RegisterPatient } from "../roster/register-patient.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { ImportStore } from "../store/imports.ts";

export interface TryRowOptions {
  store: ImportStore;
  register: RegisterPatient;
  audit: Audit;
  now: () => number;
}

/** A row that is to be tried again. */
interface Setback {
  trouble: ImportTrouble;
  /** How long the platform does not want to be asked. */
  pauseMs: number;
  /** Nothing can be registered any more: our signature is refused. */
  isEnd: boolean;
}

/** Null when the platform has answered for this row, even with a refusal; else why the request failed. */
export type TryRow = (job: StoredImport, row: ImportRow) => Promise<Setback | null>;

const mostAttempts = 5;
const longestRegistrationMs = 60_000;

const troubleOf = ({ code, details: { platform } }: Failure): ImportTrouble => ({
  code,
  platformCode: platform?.code ?? null,
  platformMessage: beginningOf(platform?.message ?? "", 300),
});

/** The platform has decided about this row: asking again changes nothing. */
const isDecided = (error: Failure): boolean =>
  error.code.startsWith("platform-") && error.code !== "platform-unauthorized" && !isPassing(error);

/** Registers one row and writes down what came of it. */
export function createTryRow({ store, register, audit, now }: TryRowOptions): TryRow {
  async function registered(job: StoredImport, row: ImportRow) {
    const { partnerUid, name, region, timeZone, tags, dateOfBirth, hospitalNumber, phone } = row;
    const known = { dateOfBirth, hospitalNumber, phone };
    const diabetesType = diabetesTypes.find((one) => one === row.diabetesType);
    const therapy = therapies.find((one) => one === row.therapy);
    const { patient, created } = await withDeadline("background", longestRegistrationMs, () =>
      register({ partnerUid, name, region, timeZone, tags, ...known, diabetesType, therapy }),
    );
    await audit({
      actor_id: job.startedBy?.id ?? null,
      actor_role: job.startedBy?.role ?? null,
      action: created ? "patient.register" : "patient.register-again",
      subject: patient.id,
      outcome: "ok",
      request_id: `import ${job.id}`,
      client_address: job.startedBy?.clientAddress ?? "",
    });
    const nameHere = created || patient.name === name ? null : patient.name;
    await store.setRow(job.id, row.row, {
      outcome: created ? "registered" : "here",
      nameHere,
      trouble: null,
      doneAtMs: now(),
      patientId: patient.id,
      openId: patient.openId,
    });
  }

  return async (job, row) => {
    try {
      await registered(job, row);
      return null;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const trouble = troubleOf(error);
      const { retryAfterS, isFinal = false } = error.details;
      // Shut out until then, it may go on after that.
      const isEnd = isFinal && retryAfterS === undefined;
      // A platform that is left alone was not asked.
      const attempts = row.attempts + (retryAfterS === undefined ? 1 : 0);
      const isAnswered = isDecided(error);
      const isThrough = isAnswered || attempts >= mostAttempts;
      const end = isThrough ? ({ outcome: "failed", doneAtMs: now() } as const) : {};
      await store.setRow(job.id, row.row, { attempts, trouble, ...end });
      return isAnswered ? null : { trouble, pauseMs: (retryAfterS ?? 0) * 1000, isEnd };
    }
  };
}
