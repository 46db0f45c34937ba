import { createHash } from "node:crypto";
import type { Logger } from "pino";
import type { Patient } from "#contract/patient.ts";
import { hostOf } from "#contract/receiver-address.ts";
import { isTaken } from "#contract/submissions.ts";
import { toPatient } from "#fhir/patient.ts";
import { toSubmission } from "#fhir/submission.ts";
import { hourMs } from "#glucose/time.ts";
import type { Audit, AuditEntry } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import { type ReadContentOptions, readContent } from "../fhir/read-content.ts";
import { withDeadline } from "../platform/call-context.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { PatientStore } from "../store/patients.ts";
import type { ReceiverStore, StoredReceiver } from "../store/receivers.ts";
import type { StoredSubmission, SubmissionStore } from "../store/submissions.ts";
import { isPassing, problemOf, SendFailure } from "./ask.ts";
import type { EntryAnswer, ReceiverClient } from "./receiver-client.ts";

export interface SubmitOptions extends ReadContentOptions {
  submissions: SubmissionStore;
  receivers: Pick<ReceiverStore, "byId">;
  patients: Pick<PatientStore, "byId">;
  exchange: Pick<ExchangeStore, "read">;
  audit: Audit;
  /** How much faster than real time `now` goes. */
  clockSpeed: () => number;
  log: Logger;
}

const mostAttempts = 10;
const firstPauseMs = 30_000;
const longestReadMs = 60_000;

/** From half a minute to an hour; the last one is some three hours after the first try. */
const pauseAfter = (attempts: number): number => Math.min(hourMs, firstPauseMs * 2 ** (attempts - 1));

/** The same text is the same UUID (version 8 of RFC 9562). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

const holding = (entries: readonly { type: string }[]): string =>
  [...Map.groupBy(entries, ({ type }) => type)].map(([type, all]) => `${type} ${all.length}`).join(", ");

/** What is to be made of entries that were refused: those that a later try may change come first; null where none was. */
function troubleOf(refused: readonly EntryAnswer[]): SendFailure | null {
  const [first] = refused;
  if (!first) return null;
  const failures = refused
    .filter(({ status }) => status >= 400)
    .map(({ status }) => new SendFailure(problemOf(status), { status }));
  return (
    failures.find(({ trouble }) => isPassing(trouble)) ?? new SendFailure("refused", { status: first.status })
  );
}

/**
 * One try to send what is due; whatever becomes of it is written down, but not that the server stops meanwhile: then it
 * stays due. Rejects only where the database cannot be used.
 */
export function createSubmit(options: SubmitOptions, client: ReceiverClient, stopping: AbortSignal) {
  const { submissions, receivers, patients, exchange, audit, now, clockSpeed, log } = options;

  const write = (
    { by, patientId, id }: StoredSubmission,
    action: `patient-submission.${"find" | "send" | "answer"}`,
    outcome: "ok" | "failed",
    details: AuditEntry["details"],
  ) =>
    audit({
      actor_id: by.id,
      actor_role: by.role,
      action,
      subject: patientId,
      outcome,
      details,
      request_id: `submission ${id}`,
      client_address: by.clientAddress,
    });

  /** What is told of these days; a failure of the platform is told as one of sending. */
  async function contentOf(patient: Patient, submission: StoredSubmission) {
    try {
      const content = await withDeadline("list", longestReadMs, () =>
        readContent(options, patient, submission, submission),
      );
      if (content.summary.length === 0) throw new SendFailure("no-readings");
      return [toPatient(patient), ...content.devices, ...content.summary, content.report];
    } catch (error) {
      if (error instanceof Failure && error.code.startsWith("platform-")) throw new SendFailure("platform");
      throw error;
    }
  }

  /** The whole, where the record has become a part of another one. */
  async function patientOf({ patientId }: StoredSubmission): Promise<Patient> {
    const own = await patients.byId(patientId);
    const whole = own?.mergedInto ? await patients.byId(own.mergedInto) : own;
    if (!whole || whole.archivedAtMs !== null) throw new SendFailure("patient-gone");
    return whole;
  }

  async function send(submission: StoredSubmission, receiver: StoredReceiver): Promise<void> {
    const { id, firstDate, lastDate } = submission;
    const patient = await patientOf(submission);
    const resources = await contentOf(patient, submission);
    const taken = await submissions.taken(id);
    const bundleFor = (patientThere: string | null) =>
      toSubmission({ patientId: patient.id, resources, taken, patientThere, asOfMs: now(), uuidOf });
    const planned = bundleFor(receiver.patientSystem === null ? null : "Patient/there").entries;
    if (planned.length === 0) return submissions.settle(id, { state: "done", trouble: null });
    // Reading takes a while.
    if (!(await exchange.read()).isOn) return;
    const to = { receiver: receiver.name, address: hostOf(receiver.baseUrl) };
    // Before anything leaves, the hospital number by which the patient is looked for included.
    if (receiver.patientSystem !== null) await write(submission, "patient-submission.find", "ok", to);
    const there = await client.patientThere(receiver, patient);
    if (there) await submissions.noteThere(id, there);
    await write(submission, "patient-submission.send", "ok", {
      ...to,
      first: firstDate,
      last: lastDate,
      holds: holding(planned),
      ...(there && { patient: there.address }),
      ...(there?.isByNumberAlone && { compared: "number" }),
    });
    const { bundle, entries } = bundleFor(there?.address ?? null);
    const answers = (await client.submit(receiver, bundle)).map((answer, i) => ({
      type: "",
      name: "",
      ...entries[i],
      ...answer,
    }));
    await submissions.noteEntries(id, answers);
    const kept = answers.find(({ type }) => type === "Patient")?.location;
    if (kept) await submissions.noteThere(id, { address: kept, isByNumberAlone: false });
    const refused = answers.filter((answer) => !isTaken(answer));
    await write(submission, "patient-submission.answer", refused.length === 0 ? "ok" : "failed", {
      ...to,
      taken: answers.length - refused.length,
      refused: refused.length,
      ...((there || kept) && { patient: there?.address ?? kept ?? "" }),
    });
    const trouble = troubleOf(refused);
    if (trouble) return next(submission, trouble);
    await submissions.settle(id, { state: "done", trouble: null });
  }

  /** When it is tried again, or that it is not. */
  async function next(submission: StoredSubmission, { trouble, retryAfterMs }: SendFailure) {
    const { id, attempts: before } = submission;
    const attempts = before + 1;
    if (isPassing(trouble) && attempts < mostAttempts) {
      const pauseMs = Math.max(retryAfterMs ?? 0, pauseAfter(attempts)) * clockSpeed();
      return submissions.postpone(submission, trouble, now() + pauseMs, retryAfterMs !== null);
    }
    const isAnyThere = (await submissions.taken(id)).size > 0;
    await submissions.settle(id, { state: isAnyThere ? "partly" : "failed", trouble });
  }

  async function failed(submission: StoredSubmission, receiver: StoredReceiver, error: SendFailure) {
    const { trouble } = error;
    await next(submission, error);
    await write(submission, "patient-submission.answer", "failed", {
      receiver: receiver.name,
      problem: trouble.problem,
      ...(trouble.status !== null && { status: trouble.status }),
    });
  }

  return async (submission: StoredSubmission): Promise<void> => {
    const receiver = await receivers.byId(submission.receiverId);
    if (!receiver || !(await submissions.begin(submission))) return;
    try {
      await send(submission, receiver);
    } catch (error) {
      if (databaseTrouble(error)) throw error;
      if (stopping.aborted) return;
      if (!(error instanceof SendFailure)) log.error({ submissionId: submission.id, err: error }, "not sent");
      const known = error instanceof SendFailure ? error : new SendFailure("internal");
      await failed(submission, receiver, known);
    }
  };
}
