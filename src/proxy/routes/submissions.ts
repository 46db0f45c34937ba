import { type Context, Hono } from "hono";
import type { Patient } from "#contract/patient.ts";
import { glucoseRoles } from "#contract/staff.ts";
import {
  newStandingOrder,
  newSubmission,
  type PatientSubmissions,
  patientSubmissions,
} from "#contract/submissions.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { JobRunner } from "../jobs/run.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { PatientStore } from "../store/patients.ts";
import type { ReceiverStore } from "../store/receivers.ts";
import type { StandingOrderStore } from "../store/standing-orders.ts";
import type { SubmissionStore } from "../store/submissions.ts";
import { sentDays } from "../submissions/sent-days.ts";
import { placeDueOrders } from "../submissions/standing.ts";
import { starterOf } from "./job-moves.ts";
import { describe, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";
import { refuseWhileOff } from "./shared-links.ts";

export interface SubmissionRoutesOptions {
  patients: Pick<PatientStore, "byId" | "mergedInto">;
  receivers: ReceiverStore;
  submissions: SubmissionStore;
  standingOrders: StandingOrderStore;
  exchange: Pick<ExchangeStore, "read">;
  runner: Pick<JobRunner, "wake">;
  requireRole: RequireRole;
  now: () => number;
}

const refused = (field: string, reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

/** What of a patient is sent to receivers, by hand and by standing order, and what became of it. */
export function createSubmissionRoutes(options: SubmissionRoutesOptions): Hono<AppEnv> {
  const { patients, receivers, submissions, standingOrders, exchange, runner, requireRole, now } = options;
  const clinicians = requireRole(...glucoseRoles);
  const idsOf = async ({ id }: Patient) => [id, ...(await patients.mergedInto(id)).map((part) => part.id)];
  const placing = { orders: standingOrders, patients, exchange, runner, now };

  async function answerOf(patient: Patient): Promise<PatientSubmissions> {
    const ids = await idsOf(patient);
    return {
      isOn: (await exchange.read()).isOn,
      receivers: (await receivers.list()).map(({ id, name }) => ({ id, name })),
      submissions: await submissions.of(ids),
      orders: await standingOrders.of(ids),
    };
  }

  async function receiverFor(patient: Patient, id: string) {
    await refuseWhileOff(exchange);
    if (patient.archivedAtMs !== null) throw refused("id", "archived", "This patient is archived.");
    const receiver = await receivers.byId(id);
    if (!receiver) throw refused("receiverId", "unknown", "No receiver has this ID.");
    return receiver;
  }

  const changed = async (
    c: Context<AppEnv>,
    patient: Patient,
    action: "again" | "cancel" | "order-stop",
    isChanged: boolean,
  ) => {
    if (!isChanged)
      throw new Failure("not-found", {
        detail: "There is nothing of this patient that could be changed so.",
      });
    await c.get("audit")({ action: `patient-submission.${action}`, subject: patient.id });
    runner.wake();
    return c.json(await answerOf(patient));
  };

  return new Hono<AppEnv>()
    .get(
      "/:id/submissions",
      clinicians,
      describe("What of a patient was and is to be sent to receivers", patientSubmissions),
      async (c) => {
        const patient = await recordOf(patients, c.req.param("id"));
        await c.get("audit")({ action: "patient-submission.view", subject: patient.id });
        return c.json(await answerOf(patient));
      },
    )
    .post(
      "/:id/submissions",
      clinicians,
      describe("Send a patient's last whole days to a receiver", patientSubmissions, "It will be sent"),
      valid("json", newSubmission),
      async (c) => {
        const { receiverId, days, ...asked } = c.req.valid("json");
        const patient = await recordOf(patients, c.req.param("id"));
        const receiver = await receiverFor(patient, receiverId);
        const dates = sentDays(Number(days), patient, now());
        const details = { receiver: receiver.name, first: dates.firstDate, last: dates.lastDate };
        await c.get("audit")({ action: "patient-submission.start", subject: patient.id, details });
        const by = starterOf(c);
        await submissions.add({ receiverId, patientId: patient.id, ...asked, ...dates, by, orderId: null });
        runner.wake();
        return c.json(await answerOf(patient), 201);
      },
    )
    .post(
      "/:id/submissions/:submissionId/again",
      clinicians,
      describe("Send once more what was refused or did not arrive", patientSubmissions),
      async (c) => {
        const patient = await recordOf(patients, c.req.param("id"));
        await refuseWhileOff(exchange);
        const ids = await idsOf(patient);
        return changed(
          c,
          patient,
          "again",
          await submissions.again(c.req.param("submissionId"), ids, starterOf(c)),
        );
      },
    )
    .post(
      "/:id/submissions/:submissionId/cancel",
      clinicians,
      describe("Do not send what waits", patientSubmissions),
      async (c) => {
        const patient = await recordOf(patients, c.req.param("id"));
        const ids = await idsOf(patient);
        return changed(c, patient, "cancel", await submissions.cancel(c.req.param("submissionId"), ids));
      },
    )
    .post(
      "/:id/standing-orders",
      clinicians,
      describe("Send a patient's last whole days again and again", patientSubmissions, "From now on"),
      valid("json", newStandingOrder),
      async (c) => {
        const order = c.req.valid("json");
        const patient = await recordOf(patients, c.req.param("id"));
        const receiver = await receiverFor(patient, order.receiverId);
        const details = { receiver: receiver.name, every: order.every, days: Number(order.days) };
        await c.get("audit")({ action: "patient-submission.order", subject: patient.id, details });
        if (!(await standingOrders.add(patient.id, order, starterOf(c))))
          throw refused(
            "receiverId",
            "duplicate",
            "A standing order of this patient for this receiver stands.",
          );
        await placeDueOrders(placing);
        runner.wake();
        return c.json(await answerOf(patient), 201);
      },
    )
    .delete(
      "/:id/standing-orders/:orderId",
      clinicians,
      describe("Stop a standing order", patientSubmissions),
      async (c) => {
        const patient = await recordOf(patients, c.req.param("id"));
        const ids = await idsOf(patient);
        const isStopped = await standingOrders.stop(c.req.param("orderId"), ids, c.get("staff").id);
        return changed(c, patient, "order-stop", isStopped);
      },
    );
}
